"""What the application may do with the ledger: read it. It writes through `ledger_tail` and `ledger_add` alone."""

GRANTS = {
    "ledger_entry": "SELECT",
    "ledger_head": "SELECT",
    "ledger_checkpoint": "SELECT",
    "ledger_leaf": "",
}

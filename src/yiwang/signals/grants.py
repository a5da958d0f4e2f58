"""What the application may do with the tables of signals (org.granting)."""

GRANTS = {
    "signals_signal": "SELECT, INSERT",
    "signals_quarantine": "SELECT, INSERT, DELETE",
    "signals_reading": "SELECT, INSERT",
}

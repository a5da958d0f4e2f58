"""One ledger for every noun: who did what, chained entry by entry, sealed with a key that the database does not hold.

`store.append` is how a room writes into it; `chain` is the arithmetic alone (design §6).
"""

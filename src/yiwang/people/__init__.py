"""Who may sign in: accounts, one-time links, passwords that nobody else knows, and posts that end (R5.4, R9.1)."""

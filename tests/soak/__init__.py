"""A day's traffic and a bad day's accidents together: `python -m tests.soak --minutes 20` (docs/operate.md)."""

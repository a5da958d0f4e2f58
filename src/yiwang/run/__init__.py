"""How Yiwang is run: its places on disk, the embedded PostgreSQL, the processes, the live stream."""

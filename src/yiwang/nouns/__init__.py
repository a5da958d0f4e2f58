"""nouns: what each noun says of itself in its `noun.py`, found and not listed (house rule: a room registers)."""

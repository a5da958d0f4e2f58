"""What the city says: messages that open matters, and readings of sensors."""

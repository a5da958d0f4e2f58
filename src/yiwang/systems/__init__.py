"""The directory of a district: every system that its documents name, and what of the pack carries it."""

"""The wall: the state of the district on one screen, every number a door."""

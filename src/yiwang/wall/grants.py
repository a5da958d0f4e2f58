"""What the application may do with the tables of the wall (org.granting)."""

GRANTS = {"wall_mode": "SELECT, INSERT"}

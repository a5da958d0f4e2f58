"""What the application may do with the table of notices (org.granting)."""

GRANTS = {"notices_notice": "SELECT, INSERT"}

"""What the application may do with the tables of files (org.granting)."""

GRANTS = {"files_file": "SELECT, INSERT, UPDATE (noun, subject), DELETE"}

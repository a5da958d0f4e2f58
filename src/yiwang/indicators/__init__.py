"""How it stands: defined measures over the work that is done, and vital signs over what sensors say."""

"""What each command does, a file a noun; imported when the command has been typed and understood."""

"""Every photo and document behind every door: cleaned, kept once by its hash, shown with what it belongs to."""

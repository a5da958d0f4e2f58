"""What strangers send, read with bounds: text, whole numbers, days and moments, JSON. Pure; used at every door."""

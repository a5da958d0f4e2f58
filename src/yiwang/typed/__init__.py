"""What people write and strangers send, read with bounds: text, numbers, days and moments, JSON. Pure; used at every door."""

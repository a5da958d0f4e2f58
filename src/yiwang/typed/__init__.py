"""What people write and strangers send, read with bounds: text, numbers, days, moments, JSON. Pure; for every door."""

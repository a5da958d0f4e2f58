"""Django's PostgreSQL, whose address is looked up when the first connection is made and not when settings are read."""

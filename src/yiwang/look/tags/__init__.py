"""The tags of `{% load yiwang %}`, one thought a file."""

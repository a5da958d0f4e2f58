"""Notices: what a unit tells those above it, until a day."""

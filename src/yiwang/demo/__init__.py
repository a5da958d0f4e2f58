"""The demo district: its land, its people's messages, a simulated year and a live part."""

"""Yiwang (一网): the platform on which a city district keeps its promises."""

__version__ = "0.1.0"

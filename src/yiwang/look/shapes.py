"""The shapes: lamps, orders, icons. A shape says without colour what its colour says."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

_LAMPS = {
    "ok": '<circle cx="6" cy="6" r="5"/>',
    "watch": '<path d="M6 .8 11.6 11H.4Z"/>',
    "alarm": '<path d="M6 0 12 6 6 12 0 6Z"/>',
    "stale": '<circle class="open" cx="6" cy="6" r="4.6" stroke-width="1.6" stroke-dasharray="2.4 1.9"/>',
    "unknown": (
        '<circle class="open" cx="6" cy="6" r="5" stroke-width="1.5"/>'
        '<path class="open" d="M4.4 4.7c.1-2.1 3.3-2 3.2 0-.1 1.1-1.5 1.1-1.5 2.4" stroke-width="1.3"/>'
        '<circle cx="6.1" cy="8.8" r=".8"/>'
    ),
    "done": '<path class="open" d="M1.2 6.4 4.6 9.8 11 2.6" stroke-width="2.2"/>',
    "no": '<path class="open" d="M2 2 10 10M10 2 2 10" stroke-width="2.2"/>',
}
LAMPS = tuple(_LAMPS)

_ICONS = {
    "clock": '<circle class="open" cx="6" cy="6" r="5"/><path class="open" d="M6 3v3.2l2 1.3"/>',
    "pause": '<path d="M2 1h3v10H2zM7 1h3v10H7z"/>',
    "search": '<circle class="open" cx="5" cy="5" r="3.8"/><path class="open" d="M8 8l3.2 3.2"/>',
    "full": '<circle cx="6" cy="6" r="5"/>',
    "half": '<circle class="open" cx="6" cy="6" r="4.6"/><path d="M6 1.4a4.6 4.6 0 0 1 0 9.2Z"/>',
    "ring": '<circle class="open" cx="6" cy="6" r="4.6"/>',
    "dashed": '<circle class="open" cx="6" cy="6" r="4.6" stroke-dasharray="2.4 1.9"/>',
    "close": '<path class="open" d="M2 2l8 8M10 2l-8 8"/>',
    "right": '<path class="open" d="M4 1.5 8.5 6 4 10.5"/>',
    "left": '<path class="open" d="M8 1.5 3.5 6 8 10.5"/>',
    "down": '<path class="open" d="M1.5 4 6 8.5 10.5 4"/>',
    "pin": '<path class="open" d="M6 11.2C3.6 8.3 2.4 6.4 2.4 4.6a3.6 3.6 0 0 1 7.2 0c0 1.8-1.2 3.7-3.6 6.6Z"/>'
    '<circle cx="6" cy="4.6" r="1.3"/>',
    "person": '<circle class="open" cx="6" cy="3.6" r="2.3"/>'
    '<path class="open" d="M1.6 11c.3-2.7 2-4.2 4.4-4.2s4.1 1.5 4.4 4.2"/>',
    "print": '<path class="open" d="M3 4.5V1.5h6v3M3 8.5H1.5v-4h9v4H9M3 7h6v3.5H3Z"/>',
    "out": '<path class="open" d="M5 2H1.5v8H5M4.5 6h6.5M8.5 3.5 11 6 8.5 8.5"/>',
}
ICONS = tuple(_ICONS)

# points of the map: the shape says the kind
POINTS = {
    "circle": '<circle r="3.2"/>',
    "square": '<rect x="-2.8" y="-2.8" width="5.6" height="5.6"/>',
    "frame": '<rect class="open" x="-2.6" y="-2.6" width="5.2" height="5.2"/>',
    "cross": '<path class="open" d="M-3.2 0h6.4M0-3.2v6.4"/>',
    "diamond": '<path d="M0-5.5 5.5 0 0 5.5-5.5 0Z"/>',
    "triangle": '<path d="M0-5 5.2 4.3H-5.2Z"/>',
}


def lamp_shape(kind: str) -> SafeString:
    """The lamp's shape, 12 × 12, coloured by its class; unknown kinds look unknown."""
    body = _LAMPS.get(kind, _LAMPS["unknown"])
    return mark_safe(f'<svg class="ico" viewBox="0 0 12 12" aria-hidden="true">{body}</svg>')


def icon_shape(name: str) -> SafeString:
    """An icon, 12 × 12; icons stand beside words and are silent."""
    return mark_safe(f'<svg class="ico" viewBox="0 0 12 12" aria-hidden="true">{_ICONS[name]}</svg>')


def point_shape(name: str) -> SafeString:
    """A point of the map on its own, 12 × 12."""
    return mark_safe(f'<svg class="ico" viewBox="-6 -6 12 12" aria-hidden="true">{POINTS[name]}</svg>')


def order_shape(bars: int) -> SafeString:
    """One, two or three bars of three."""
    body = "".join(
        f'<rect{"" if bar < bars else " class=" + chr(34) + "rest" + chr(34)} x="{bar * 4}" width="3" height="11"/>'
        for bar in range(3)
    )
    return mark_safe(f'<svg class="ico" viewBox="0 0 11 11" aria-hidden="true">{body}</svg>')

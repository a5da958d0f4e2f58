"""A kind's drawing as SVG that stands by itself: in a file, or within a page, whose colours it then takes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from .beside_stages import beside_stages
from .called import Called
from .definition import Kind
from .drawing import BOX, HIGH, MARGIN, Arrow, Box, drawing, width_of
from .ends import may_be_in

NO_ROLES: Called = {}
LINE = 18  # between the lines below the drawing
STYLE = """
text{font:13px system-ui,"Noto Sans CJK SC",sans-serif;fill:var(--ink,#1b1b1b);text-anchor:middle}
.box{fill:var(--surface,#fff);stroke:var(--ink-3,#8a8a86)}
.end .box{fill:var(--ground,#efeee9)}
.way{fill:none;stroke:var(--ink-2,#55554f);marker-end:url(#tip)}
.itself{stroke-dasharray:5 4}
.word{font-size:12px;paint-order:stroke;stroke:var(--surface,#fff);stroke-width:4px;stroke-linejoin:round}
.of-end{font-size:12px;text-anchor:start;fill:var(--ink-2,#55554f)}
.here .box{stroke:var(--accent,#1a4fc4);stroke-width:2}
"""


def svg(kind: Kind, language: str, *, here: str = "", roles: Called = NO_ROLES) -> str:
    """The drawing in one of the pack's languages.

    here   the stage at which a matter stands, marked
    roles  what the roles are called
    """
    drawn = drawing(kind, language)
    below = [*_ends(kind, language), *(words.speak(language) for words in beside_stages(kind, roles))]
    width = max([round(drawn.width), *(round(width_of(line)) + 2 * MARGIN for line in below)])
    height = round(drawn.height) + LINE * len(below)
    size = f'width="{width}" height="{height}" viewBox="{drawn.left:.0f} 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
        f"<title>{escape(kind.title.speak(language))}</title>",
        f"<style>{STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="var(--ink-2,#55554f)"/></marker></defs>',
        *(_way(arrow) for arrow in drawn.arrows),
        *(line for box in drawn.boxes for line in _box(box, language, here)),
        *(_words(arrow) for arrow in drawn.arrows),
        *(_below(line, drawn.left + MARGIN, drawn.height + LINE * number) for number, line in enumerate(below)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _ends(kind: Kind, language: str) -> Iterator[str]:
    """Below the drawing, a line for each final stage: how a matter can have ended there, in the order of the file."""
    for name, stage in kind.stages.items():
        titles = [end.title.speak(language) for end in kind.ends.values() if may_be_in(end, name)]
        if stage.final and titles:
            yield f"{stage.title.speak(language)}: {' · '.join(titles)}"


def _below(line: str, x: float, y: float) -> str:
    return f'<text class="of-end" x="{x:.0f}" y="{y:.0f}">{escape(line)}</text>'


def _way(arrow: Arrow) -> str:
    start, *rest = (f"{x:.0f} {y:.0f}" for x, y in arrow.curve)
    return f'<path class="way{" itself" if arrow.by_itself else ""}" d="M{start} C{", ".join(rest)}"/>'


def _words(arrow: Arrow) -> str:
    x, y = arrow.at
    return f'<text class="word" x="{x:.0f}" y="{y + 4:.0f}">{escape(arrow.words)}</text>'


def _box(box: Box, language: str, here: str) -> Iterator[str]:
    marks = " ".join(name for name, on in (("end", box.final), ("here", box.stage == here)) if on)
    yield f'<g class="{marks}">' if marks else "<g>"
    yield (
        f'<rect class="box" x="{box.x - BOX / 2:.0f}" y="{box.y - HIGH / 2:.0f}" width="{BOX}" height="{HIGH}" rx="4"/>'
    )
    title = box.title.get(language) or next(iter(box.title.values()))
    yield f'<text x="{box.x:.0f}" y="{box.y + 5:.0f}">{escape(_fitting(title))}</text></g>'


def _fitting(title: str) -> str:
    """A title as far as a box has room for it; a Chinese character is as wide as two others."""
    room, fitting = 15, ""
    for sign in title:
        room -= 2 if ord(sign) > 0x2E80 else 1
        if room < 0:
            return f"{fitting.rstrip()}…"
        fitting += sign
    return title

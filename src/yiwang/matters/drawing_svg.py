"""A kind's drawing as SVG that stands by itself: in a file, or within a page, whose colours it then takes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from .beside_stages import beside_stages
from .definition import Kind
from .drawing import BOX, HIGH, MARGIN, Arrow, Box, drawing
from .drawing_around import NOTHING, Around
from .drawing_words import LEADING, in_lines, width_of
from .ends import may_be_in

_SIGNS = 14  # of a line in a box, a Chinese character as wide as two
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


def svg(kind: Kind, language: str, *, here: str = "", around: Around = NOTHING) -> str:
    """The drawing in one of the pack's languages.

    here    the stage at which a matter stands, marked
    around  what stands around the kind in its pack
    """
    drawn = drawing(kind, language)
    below = [*_ends(kind, language), *(words.speak(language) for words in beside_stages(kind, around))]
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
    return _text(arrow.lines, *arrow.at, "word")


def _text(lines: Sequence[str], x: float, y: float, name: str) -> str:
    """Lines of words around their middle."""
    first = y + 4 - LEADING * (len(lines) - 1) / 2
    spans = (
        f'<tspan x="{x:.0f}" y="{first + LEADING * number:.0f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text class="{name}">{"".join(spans)}</text>'


def _box(box: Box, language: str, here: str) -> Iterator[str]:
    marks = " ".join(name for name, on in (("end", box.final), ("here", box.stage == here)) if on)
    yield f'<g class="{marks}">' if marks else "<g>"
    yield (
        f'<rect class="box" x="{box.x - BOX / 2:.0f}" y="{box.y - HIGH / 2:.0f}" width="{BOX}" height="{HIGH}" rx="4"/>'
    )
    title = box.title.get(language) or next(iter(box.title.values()))
    yield f"{_text(in_lines(title, _SIGNS), box.x, box.y, 'stage')}</g>"

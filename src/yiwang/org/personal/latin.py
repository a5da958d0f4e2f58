"""Names in Latin letters, and what is shown of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .span import Span

_WORD = (
    r"[A-ZÀ-ÖØ-Þ](?:[a-zà-öø-ÿ]+|[A-ZÀ-ÖØ-Þ]+)(?:['’-][A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+)*|[A-ZÀ-ÖØ-Þ]['’][A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+"
)
_BETWEEN = r"(?:[Dd][aeiou]s?|[Dd]el|[Ll]a|[Vv]an|[Vv]on|[Dd]er|[Dd]en|al|bin|y|e|[A-Z]\.)"
LATIN = rf"(?:{_WORD})(?:[ -](?:{_BETWEEN} ){{0,2}}(?:{_WORD})){{0,4}}"
_ADDRESSED = re.compile(
    r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sr|Sra|Srta|Dra|Mme|Mlle|Hr|Fr)(?:\.\s?|\s)"
    rf"(?P<name>{LATIN})(?![A-Za-z*])"
    r"|(?<![A-Za-z])(?:Miss|Mister|Senhora?|Dona|Señora?|Monsieur|Madame|Herr|Frau)\s"
    rf"(?P<full>{LATIN})(?![A-Za-z*])"
    rf"|(?P<before>{LATIN}) ?(?:先生|女士|小姐|老师|夫人|太太|同学)"
)
_LETTER = re.compile(r"(?<=[^\W\d_])[^\W\d_]")
_HINT = re.compile(r"[A-Z][a-z]*\.?\s[A-Z]|先生|女士|小姐|老师|夫人|太太|同学")


def masked_latin(name: str) -> str:
    """The first letter of each word, and stars.

    >>> masked_latin("John Smith"), masked_latin("Tomé d'Avila-Costa")
    ('J*** S****', "T*** d'A****-C****")
    """
    return _LETTER.sub("*", name)


def addressed(folded: str) -> Iterator[Span]:
    """Names beside a form of address: Mr John Smith, Smith先生."""
    if not _HINT.search(folded):
        return
    for found in _ADDRESSED.finditer(folded):
        which = next(group for group in ("name", "full", "before") if found[group])
        yield Span(*found.span(which), "name", masked_latin(found[which]))

"""Personal data by what it is, wherever it stands (R9.3): a text → where a person shows in it → the text with masks.

Pure: no database, no Django. `masked` is idempotent, never longer than the text, and leaves a text without personal
data as it is. What the masks look like is R9.3's table; what is taken for personal and what is not: `docs/personal.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .doors import doors_in
from .folded import fold
from .forms import forms_in
from .marks import marks_in
from .names import known, mask_name, names_in
from .numbers import HAN_DIGITS, SPOKEN_DIGITS, may_hold_one, numbers_in
from .parted import parted_in
from .span import Span, apart, put_on

__all__ = ["Span", "digits_in", "in_short", "mask_name", "masked", "masked_all", "spans"]

_CODE = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{20,}(?![A-Za-z0-9_-])")
_TURN = re.compile(r"(?<=[0-9])[-_]*(?=[A-Za-z])|(?<=[A-Za-z])[-_]*(?=[0-9])")
_TURNS = 6  # between letters and figures: fewer may be words and a number written together
_FIGURE = re.compile(rf"\d|@|＠|[{HAN_DIGITS}]{{3}}")


def spans(text: str, said_before: Iterable[str] = ()) -> tuple[Span, ...]:
    """Where personal data stands in a text, in order; `told` are names known from elsewhere (the reporter's).

    A long code that a machine made (a key, a hash, a UUID, the secret of a link) is nobody's, whatever it looks like
    in its middle.

    >>> spans("06693174-4137-4d5e-bc47-f6e9aad2db50"), spans("8b4534588203553343a7f5a9162a3ead4dc889ca")
    ((), ())
    """
    if len(text) < 4 and not said_before:
        return ()  # shorter than anything that is recognised
    if text.isascii() and " " not in text and not _FIGURE.search(text):
        return ()  # a code, or one word
    also = list(known(text, said_before)) if said_before else []
    folded = fold(text)
    marked = list(forms_in(folded))  # first: of two that say the same, the district's own
    figures = _FIGURE.search(folded) is not None
    if figures and may_hold_one(folded):
        marked += [*numbers_in(folded), *parted_in(folded)]
    marked += marks_in(folded)
    if figures:
        marked += doors_in(folded)
    marked += names_in(text, folded, marked)
    codes = [code.span() for code in _CODE.finditer(folded) if len(_TURN.findall(code[0])) >= _TURNS]
    if codes:
        marked = [span for span in marked if not any(start <= span.start and span.end <= end for start, end in codes)]
    return apart([*marked, *also])


def masked(text: str, said_before: Iterable[str] = ()) -> str:
    """The text as everybody may see it.

    >>> masked("我叫王小明，电话 138 0013 8000，住霜桥路99弄5号302室")
    '我叫王**，电话 138****8000，住霜桥路99弄****'
    >>> masked("RX-20261012-0163：霜桥路99弄弄口，路灯三天不亮，拨12345无果")
    'RX-20261012-0163：霜桥路99弄弄口，路灯三天不亮，拨12345无果'
    """
    for _ in range(4):  # a mask may bring out what it stood beside
        marked = spans(text, said_before)
        if not marked:
            break
        text = put_on(text, marked)
    return text


def in_short(text: str, most: int) -> str:
    """A text as it is kept or told where no plain words are kept beside it: tidy, masked, and only then cut.

    >>> in_short(" 请致电13800138000 ", 10)
    '请致电138****'
    """
    return masked(text[: most + 4096].replace("\x00", "").strip())[:most]


def masked_all(value: Any, said_before: Iterable[str] = ()) -> Any:
    """A value of JSON's kind with every text in it masked.

    >>> masked_all({"note": ["致电13800138000", 7]})
    {'note': ['致电138****8000', 7]}
    """
    if isinstance(value, str):
        return masked(value, said_before)
    if isinstance(value, dict):
        return {key: masked_all(one, said_before) for key, one in value.items()}
    return [masked_all(one, said_before) for one in value] if isinstance(value, list | tuple) else value


def digits_in(text: str) -> list[str]:
    """The telephone, identity, card and permit numbers of a text in one spelling: digits and letters, without +86.

    >>> digits_in("+86 138-0013-8000，身份证11010519491231002x")
    ['13800138000', '11010519491231002X']
    """
    numbers = []
    for span in spans(text):
        if span.what in ("mobile", "landline", "identity", "card", "permit"):
            if span.number:
                numbers.append(span.number)
                continue
            said = fold(text[span.start : span.end]).translate(SPOKEN_DIGITS).upper()
            number = "".join(one for one in said if one in "0123456789" or (one.isascii() and one.isalpha()))
            numbers.append(number[-11:] if span.what == "mobile" else number)
    return numbers

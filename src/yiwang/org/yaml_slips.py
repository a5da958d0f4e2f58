"""What people who seldom write YAML put into it, found in the line itself (a parser says where it gave up). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yiwang.why import Words, say

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|(?:^|(?<=\s))#.*")
_BLANK = re.compile(r"[ \t\u00a0\u2002-\u200a\u3000]*")
_WIDE = dict(zip("：，｛｝［］＃", ":,{}[]#", strict=True))
_WIDE_KEY = re.compile(r"[\w-]+\s*(：)")
_GLUED = re.compile(r"(?:^|[{,])[\s-]*([A-Za-z_]\w*):(?=[^\s:,}\]/])")
_BEFORE = 2  # lines: a parser gives up after what it could not read
_REASONS = (
    "could not find expected ':'",
    "did not find expected ',' or '}'",
    "did not find expected ',' or ']'",
    "mapping values are not allowed in this context",
    "found character that cannot start any token",
    "found unexpected end of stream",
    "did not find expected key",
    "did not find expected '-' indicator",
    "found undefined alias",
)


def blamed(text: str, line: int) -> tuple[int, Words] | None:
    """(line, what is wrong with it and what mends it) at or just before where a parser gave up, from 1."""
    lines = text.split("\n")
    near = range(line, max(line - _BEFORE, 1) - 1, -1)
    for number in near:
        if number <= len(lines) and (slip := _slip(lines[number - 1].rstrip("\r"))):
            return number, slip
    at = lines[line - 1] if line <= len(lines) else ""
    return next(((line, slip) for slip in _unpaired(at)), None) or _indent(lines, line)


def reason(why: str) -> Words | str:
    """A parser's reason in words, where it is a usual one."""
    return say(f"org.yaml_{_REASONS.index(why) + 1}") if why in _REASONS else why


def blank(key: str) -> Words | None:
    """What is wrong with a name that begins with a blank which only looks like one of YAML's."""
    return say("org.wide_blank") if key[:1].isspace() and key[0] != " " else None


def colon(key: str) -> Words | None:
    """What is wrong with a name without a value that holds a colon: full-width, or with no blank after it."""
    if "：" in key:
        return say("org.wide_sign", sign="：", plain="`: `")
    if match := re.fullmatch(r"([A-Za-z_]\w*):(\S.*)", key):
        return say("org.no_space", name=match[1], value=match[2][:40])
    return None


def _slip(line: str) -> Words | None:
    return next(_slips(line), None)


def _slips(line: str) -> Iterator[Words]:
    indent = _BLANK.match(line)
    before = indent.group() if indent else ""
    rest = _QUOTED.sub(lambda match: " " * len(match.group()), line[len(before) :])
    if not rest.strip():
        return
    if line.count("\t") - before.count("\t") >= 2 or rest.startswith("|"):
        yield say("org.pasted_table")
    if "\t" in before:
        yield say("org.tab")
    elif before.strip(" "):
        yield say("org.wide_blank")
    if sign := _wide(rest):
        yield say("org.wide_sign", sign=sign, plain=f"`{_WIDE[sign]} `")
    if match := _GLUED.search(rest):
        yield say("org.no_space", name=match[1], value=rest[match.end() :].strip(" ,}]")[:40])


def _wide(rest: str) -> str:
    """The first full-width sign that stands where YAML wants a plain one; nothing where it is a word's."""
    if match := _WIDE_KEY.match(rest.lstrip("- ")):
        return match[1]
    return next((sign for sign in rest if sign in _WIDE and ("{" in rest or sign in "｛［")), "")


def _unpaired(line: str) -> Iterator[Words]:
    rest = _QUOTED.sub("", line)
    if rest.count('"') % 2:
        yield say("org.unpaired", sign='"')
    for one, other in ("{}", "[]"):
        if rest.count(one) != rest.count(other):
            yield say("org.unpaired", sign=one if rest.count(one) > rest.count(other) else other)


def _indent(lines: list[str], line: int) -> tuple[int, Words] | None:
    """A line that is indented neither like the one above it nor like any that it could belong to."""
    if not 1 < line <= len(lines) or not lines[line - 1].strip():
        return None
    wanted = len(lines[line - 1]) - len(lines[line - 1].lstrip(" "))
    before = [one for one in lines[: line - 1] if one.strip() and one.lstrip()[0] != "#"]
    above = [len(one) - len(one.lstrip(" ")) for one in before]
    if not above or wanted in _open(above) or (wanted > above[-1] and before[-1].rstrip().endswith(":")):
        return None
    return line, say("org.indent", n=wanted, above=above[-1])


def _open(above: list[int]) -> set[int]:
    """The indents at which a line can go on below these."""
    left = set[int]()
    for n in above:
        left = {one for one in left if one < n} | {n}
    return left

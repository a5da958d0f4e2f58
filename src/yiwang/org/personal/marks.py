"""What leads to a person without being a telephone: mail addresses, chat names, plates told to be somebody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .span import Span

_MAIL = re.compile(r"(?<![A-Za-z0-9._%+*-])([A-Za-z0-9])([A-Za-z0-9._%+-]{0,63})@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_CHAT = re.compile(
    r"(?:微信|(?<![A-Za-z0-9])(?:WeChat|Vx|QQ)|V信|扣扣|钉钉|支付宝)(?P<sure>(?:号码|号|\s?ID)?\s*(?:[是为:]|同号\s*:?)\s*|号码?\s*)?\s*"
    r"(?P<id>[A-Za-z][-_A-Za-z0-9]{5,19}|[1-9][0-9]{4,11})(?![-_A-Za-z0-9*@])",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"(?<![\u4e00-\u9fff])?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]\s?[·-]?\s?"
    r"(?P<rest>[A-HJ-NP-Z0-9]{5,6})(?![A-Za-z0-9*])"
)
_SENTENCE = re.compile(r"[。！？!?;；\n]")
_MINE = re.compile(r"(?:我|本人|自己|家里|邻居|他|她)[^，,]{0,8}(?:车|牌)|车主")


def marks_in(folded: str) -> Iterator[Span]:
    """Every mail address, chat name and personal plate in a folded text."""
    if "@" in folded:
        for found in _MAIL.finditer(folded):
            host = found.group().partition("@")[2]
            yield Span(*found.span(), "mail", f"{found[1]}{'*' * len(found[2])}@{host}")
    for found in _CHAT.finditer(folded):
        name = found["id"]
        # a plain English word after the name of the service is a sentence; a name has a digit, a dash or a colon before
        if found["sure"] or re.search(r"[0-9_-]", name):
            yield Span(*found.span("id"), "chat", name[0] + "*" * (len(name) - 1))
    for found in _PLATE.finditer(folded):
        if any(one.isdigit() for one in found["rest"]) and _MINE.search(_sentence_of(folded, *found.span())):
            start, end = found.span()
            yield Span(start, end, "plate", folded[start : start + 2] + "***" + folded[end - 2 : end])


def _sentence_of(text: str, start: int, end: int) -> str:
    """The sentence in which a span lies."""
    first = max((one.end() for one in _SENTENCE.finditer(text, 0, start)), default=0)
    last = _SENTENCE.search(text, end)
    return text[first : last.start() if last else len(text)]

"""What leads to a person without being a telephone: mail addresses, chat names, plates told to be somebody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .span import Span

_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+*-])([A-Za-z0-9])([A-Za-z0-9._%+-]{0,63})"
    r"(?:\s?@\s?[A-Za-z0-9-]+(?:\s?[.。]\s?[A-Za-z0-9-]+)*\s?[.。]\s?[A-Za-z][A-Za-z0-9-]+"
    r"|\s?(?:#|\(at\)|\[at\]|\*at\*)\s?(?:qq|163|126|139|189|sina|sohu|yeah|gmail|foxmail|outlook|hotmail|icloud)\.[a-z]{2,3})",
    re.IGNORECASE,
)
# addresses in Chinese signs (RFC 6530): what stands before @ begins behind a word that leads to it, and never holds one
_HAN = r"\u4e00-\u9fff"
_LEADS = "是为到至给往发箱址的向在或和"
_ENDS = "中国|公司|网络|网址|网店|在线|中文网|移动|手机|政务|公益|集团|商城|香港|台湾|我爱你|[A-Za-z]{2,}"
_MAIL_HAN = re.compile(
    rf"(?<![A-Za-z0-9._%+*-])(?=[^@]{{0,64}}@)(?P<first>[A-Za-z0-9]|(?![{_LEADS}])[{_HAN}])"
    rf"(?P<rest>(?:[A-Za-z0-9._%+-]|(?![{_LEADS}])[{_HAN}]){{0,63}})"
    rf"@(?:[A-Za-z0-9-]|[{_HAN}]){{1,63}}(?:\.(?:[A-Za-z0-9-]|[{_HAN}]){{1,63}})*?\.(?:{_ENDS})(?![A-Za-z0-9])"
)
_CHAT = re.compile(
    r"(?:[微薇威]信|V信|扣扣|钉钉|飞书|支付宝|(?<![A-Za-z0-9])(?:WeChat|weixin|wx|Vx|V(?=\s?[号:])|QQ|WhatsApp|Telegram|Line(?=\s?[号:]|\s?ID)|Skype)"
    r"|(?:抖音|快手|小红书|微博|陌陌)(?=\s?(?:号|ID|:)))(?P<sure>(?:号码|号|\s?ID)?\s*(?:[是为:]|同号\s*:?)\s*|号码?\s*)?\s*"
    r"(?P<id>[A-Za-z][-_A-Za-z0-9]{5,19}|[1-9][0-9]{4,11})(?![-_A-Za-z0-9*@])",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"(?<![\u4e00-\u9fff])?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z]\s?[·-]?\s?"
    r"(?P<rest>[A-HJ-NP-Za-hj-np-z0-9]{5,6})(?![A-Za-z0-9*])"
)
_SENTENCE = re.compile(r"[。！？!?;；\n]")
_MINE = re.compile(r"(?:我|本人|自己|家里|邻居|他|她)[^，,]{0,8}(?:车|牌)|车主")


def marks_in(folded: str) -> Iterator[Span]:
    """Every mail address, chat name and personal plate in a folded text."""
    if "@" in folded or "#" in folded or "at" in folded.lower():
        for match in _MAIL.finditer(folded):
            yield Span(*match.span(2), "mail", "*" * len(match[2]))
        if not folded.isascii():
            for match in _MAIL_HAN.finditer(folded):
                yield Span(*match.span("rest"), "mail", "*" * len(match["rest"]))
    for match in _CHAT.finditer(folded):
        name = match["id"]
        # a plain English word after the name of the service is a sentence; a name has a digit, a dash or a colon before
        if match["sure"] or re.search(r"[0-9_-]", name):
            yield Span(*match.span("id"), "chat", name[0] + "*" * (len(name) - 1))
    for match in _PLATE.finditer(folded):
        if any(one.isdigit() for one in match["rest"]) and _MINE.search(_sentence_of(folded, *match.span())):
            start, end = match.span()
            yield Span(start, end, "plate", folded[start : start + 2] + "***" + folded[end - 2 : end])


def _sentence_of(text: str, start: int, end: int) -> str:
    """The sentence in which a span lies."""
    first = max((one.end() for one in _SENTENCE.finditer(text, 0, start)), default=0)
    last = _SENTENCE.search(text, end)
    return text[first : last.start() if last else len(text)]

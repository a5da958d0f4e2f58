"""Names, where the sentence tells one: 我叫…, 姓名：…, 联系人…, or a name right before a telephone or identity number.

A family name with a title (王女士, 李先生) names nobody in particular and stays. What only looks like a name is left: a
mask in the wrong place hides what people need to know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .beside import beside_a_title, with_a_dot
from .latin import addressed
from .span import Span
from .surnames import COMPOUND, GIVEN, NOBODY, NOT_NAMES, PARTIES, PLACES, SURNAMES, TITLES

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_GAP = r"[\s:,，。、(（“\"'‘【\[]{0,3}"
# a name follows, said outright
_CALLED = re.compile(r"(?<=[我人字他她子女亲爸妈夫妻公婆爷奶名姐哥弟妹])叫(?:做|作)?" + _GAP)
_NAMED = ("姓名", "名字", "真名")
_NAMED_AS = re.compile(r"(?:是|为|叫)?" + _GAP)
# who takes part: said outright with a colon or "is"; without, the characters decide
_BLANKS = re.compile(r"\s{1,3}")
_PARTY_IS = re.compile(r"(?:姓名)?(?:是|为|叫|名叫|:)" + _GAP)
# the same as forms print them: 姓　名：, 联 系 人：, 姓名/电话：
_LABEL = re.compile("|".join(r"\s{0,4}".join(word) for word in (*_NAMED, *PARTIES, "收件人", "签名")))
_LABEL_IS = re.compile(r"\s{0,4}(?:[/、]\s{0,2}[\u4e00-\u9fff]{1,6}\s{0,2})?:" + _GAP)
_PADDED = re.compile(r"[\u4e00-\u9fff](?:\s{1,3}[\u4e00-\u9fff]){1,2}(?=[\s,，。;；、(/0-9]|$)")
_AND = re.compile(r"\s?[、/和与及或]\s?")  # one more name
# 王小明，男，45 岁;  王小明，住…
_OF_SEX = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,4})\s?[,、(]\s?[男女]\s?[,、)]")
_WHO_LIVES = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,4})\s?[,(]\s?(?:家?住(?![宅院房户建所处])|现住|户籍|身份证)")
# a name is likely: the characters decide, and what follows
_LIKELY = "我是 这里是 本人 找 请联系 联系下 联系一下 丈夫 妻子 老公 老婆 儿子 女儿 父亲 母亲".split()
_LIKELY_IS = re.compile(r"(?:是|系)?" + _GAP)
# these name many people, seldom one: only when the name speaks
_SPEAKERS = "业主 住户 居民 老人 学生 租客 租户 邻居 同事 村民 房客 市民 来电人 家属".split()
_SAYS = re.compile(r"(?:反映|投诉|来电|举报|咨询|求助|表示|称(?![号呼])|说[，,:“]|先生|女士|老人|老师)")
_FOLLOWS = re.compile(
    r"(?:的(?:家|电话|手机|身份|车|妈|爸|母|父|儿|女|丈夫|妻|邻居|家属|房)|电话|手机|联系|号码|身份证|证件|住|家住|家在|现住|今年|男|女|是|在|来自|反映|投诉|来电|咨询|举报|求助|希望|想|要|请"
    r"|您好|你好|说|称|表示|和|与|跟|及|或|先生|女士|同志|微信|地址|卡号|银行|护照|年龄|生于|因|由于|户籍)"
)
_LATIN = re.compile(
    r"(?:[Mm]y name is|[Tt]his is|I am|I'm|[Nn]ame\s?:|[Cc]ontact\s?:|我叫|姓名:?|联系人:?)\s?"
    r"(?P<name>[A-Z][A-Za-z]+(?:[ -][A-Z][A-Za-z]+){1,2})(?![A-Za-z*])"
)
_DOTTED = re.compile(
    r"(?:我叫|我是|姓名|名叫|联系人|本人|业主|住户)"
    + _GAP
    + r"(?P<name>[\u4e00-\u9fff]{2,8}(?:·[\u4e00-\u9fff]{2,8})+)"
)
_ANYBODY = re.compile(
    r"(?:姓名|联系人|户主|投诉人|举报人|申请人)\s?:\s?(?P<name>[\u4e00-\u9fff]{2,4})(?=[\s,，。;；、(（0-9]|$)"
)
# between a name and its number
_NUMBER_OF = re.compile(
    r"(?:的)?[\s,，:：、;；(（\[【-]{0,3}(?:的|本人|联系)?(?:身份证|居民身份证|银行卡|证件|手机|联系|移动|固定|家庭|微信)?(?:电话|手机|号码|号|方式|卡号|卡)*[是为:：\s]{0,3}[(（]?$"
)
# between a number and its name
_OPEN, _SHUT = frozenset('([【“"'), frozenset(')]】”"')
_TO_NAME = re.compile(r"[\s,:、;(\[【“\"-]{0,3}")
_DOUBTFUL = frozenset("车")  # 我叫车来了
_OPENS = re.compile(r"(?:^|[。！？!?;；\n:“\"])\s*(?=[\u4e00-\u9fff])")
_SAID = ("反映", "投诉", "来电", "举报", "咨询", "求助", "表示", "称", "说", "先生", "女士", "老人", "老师")
_ASCII = re.compile(r"[A-Z][A-Za-z]")
_FEW = frozenset({"张三", "李四", "王五", "赵六", "孙七", "周八", "吴九", "郑十"})


def names_in(text: str, folded: str, numbers: Iterable[Span]) -> Iterator[Span]:
    """Every name that the text tells; `numbers` are the numbers found in it."""
    yield from _said_outright(text, folded)
    yield from _likely(text, folded)
    yield from _in_a_row(text, folded)
    yield from _speaking(text, folded)
    yield from _written_out(folded)
    yield from addressed(folded)
    for begins, name in (*beside_a_title(text, _usual), *with_a_dot(folded)):
        yield _span(begins, name)
    for number in numbers:
        if number.what in ("mobile", "landline", "identity", "card", "permit"):
            yield from _before(text, folded, number.start)
            yield from _behind(text, folded, number.end)


def _said_outright(text: str, folded: str) -> Iterator[Span]:
    """Names that the text says are names, and those of who takes part."""
    for found in _CALLED.finditer(folded) if "叫" in folded else ():
        yield from _name(text, folded, found.end(), sure=True)
    for word in _NAMED:
        for at in _after(folded, word):
            yield from _name(text, folded, _past(_NAMED_AS, folded, at), sure=True)
    for word in PARTIES:
        for at in _after(folded, word):
            said = _PARTY_IS.match(folded, at)
            yield from _name(text, folded, said.end() if said else _past(_BLANKS, folded, at), sure=bool(said))


def _likely(text: str, folded: str) -> Iterator[Span]:
    """Names where one is likely."""
    for word in _LIKELY:
        for at in _after(folded, word):
            yield from _name(text, folded, _past(_LIKELY_IS, folded, at), sure=False)


def _in_a_row(text: str, folded: str) -> Iterator[Span]:
    """Names as forms and lists have them: behind a label, before a sex or where somebody lives."""
    if ":" in folded:
        yield from _labelled(text, folded)
    for pattern in (_OF_SEX, _WHO_LIVES):
        for found in pattern.finditer(folded) if "," in folded or "(" in folded or "、" in folded else ():
            if (begins := _name_at_end(found["name"])) is not None:
                yield _span(found.start("name") + begins, found["name"][begins:])


def _speaking(text: str, folded: str) -> Iterator[Span]:
    """Names of those who say something."""
    if any(word in folded for word in _SAID):
        for word in _SPEAKERS:
            for at in _after(folded, word):
                yield from _name(text, folded, at, sure=False, speaks=True)
        for found in _OPENS.finditer(folded):
            yield from _name(text, folded, found.end(), sure=False, speaks=True)


def _written_out(folded: str) -> Iterator[Span]:
    """Names whose form tells where they end: Latin ones, those with a dot, those behind a form's label."""
    for match in _LATIN.finditer(folded) if _ASCII.search(folded) else ():
        yield Span(*match.span("name"), "name", re.sub(r"(?<=[A-Za-z])[A-Za-z]", "*", match["name"]))
    for pattern, sign in ((_DOTTED, "·"), (_ANYBODY, ":")):
        for match in pattern.finditer(folded) if sign in folded else ():
            name = match["name"]
            if not any(one in name for one in NOBODY) and not _titled(name):
                yield _span(match.start("name"), name)


def _labelled(text: str, folded: str) -> Iterator[Span]:
    """Names behind a label and a colon, as a form has them: padded with blanks, one after the other."""
    for label in _LABEL.finditer(folded):
        said = _LABEL_IS.match(folded, label.end())
        if said is None:
            continue
        padded = _PADDED.match(text, said.end())
        if padded and _usual("".join(padded.group().split()), 1) and padded.group()[0] in SURNAMES:
            yield Span(*padded.span(), "name", mask_name("".join(padded.group().split())))
        else:
            yield from _name(text, folded, said.end(), sure=True)


def _name_at_end(text: str) -> int | None:
    """Where, in a few characters, a whole name begins that ends with them; None when none does."""
    for at in range(len(text) - 1):
        family = 2 if text[at : at + 2] in COMPOUND else 1 if text[at] in SURNAMES else 0
        if family and 1 <= len(text) - at - family <= 2 and _usual(text[at:], family) and not _titled(text[at:]):
            return at
    return None


def _after(text: str, word: str) -> Iterator[int]:
    """The places right after a word."""
    at = text.find(word)
    while at >= 0:
        yield at + len(word)
        at = text.find(word, at + len(word))


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """The place after what a pattern that may be empty takes."""
    found = pattern.match(text, at)
    return found.end() if found else at


def known(text: str, known_names: Iterable[str]) -> Iterator[Span]:
    """Where a name that is known from elsewhere (the reporter's) stands in the text."""
    for name in known_names:
        name = name.strip()
        if len(name) < 2 or "*" in name or not _HAN.match(name) or _titled(name):
            continue
        for found in re.finditer(re.escape(name), text):
            yield _span(found.start(), name)


def mask_name(name: str) -> str:
    """The family name and stars.

    >>> mask_name("张三丰"), mask_name("欧阳修"), mask_name("李"), mask_name("John Smith"), mask_name("")
    ('张**', '欧阳*', '李', 'J*********', '')
    """
    kept = 2 if len(name) > 2 and name[:2] in COMPOUND else 1
    return name[:kept] + "*" * (len(name) - kept)


def _span(start: int, name: str) -> Span:
    return Span(start, start + len(name), "name", mask_name(name))


def _titled(name: str) -> bool:
    """Whether a title stands behind the family name."""
    family = 2 if name[:2] in COMPOUND else 1
    return name[family:].startswith(TITLES)


def _name(text: str, folded: str, at: int, *, sure: bool, speaks: bool = False) -> Iterator[Span]:
    """The name that begins at `at`, if one does."""
    family = 2 if text[at : at + 2] in COMPOUND else 1 if text[at : at + 1] in SURNAMES else 0
    if not family or _titled(text[at : at + family + 3]):
        return
    fallback = None
    for given in (2, 1):
        name = text[at : at + family + given]
        if len(name) < family + given or not all(_HAN.match(one) for one in name):
            continue
        end = at + len(name)
        usual = _usual(name, family)
        if not sure and not usual:
            continue
        if speaks and not _SAYS.match(folded, end):
            continue
        if not speaks and not _ends(folded, end):
            if sure and usual and fallback is None:
                fallback = _span(at, name)
            continue
        if sure and (name in NOT_NAMES or (name[0] in _DOUBTFUL and not usual)):
            continue
        yield _span(at, name)
        if more := None if speaks else _AND.match(folded, end):
            yield from _name(text, folded, more.end(), sure=False)
        return
    if fallback:
        yield fallback


def _usual(name: str, family: int) -> bool:
    """Whether the characters after the family name are those of given names, and the whole is no word."""
    given = all(one in GIVEN for one in name[family:])
    return name in _FEW or (given and name not in NOT_NAMES and name[:2] not in NOT_NAMES)


def _ends(folded: str, at: int) -> bool:
    """Whether a name may end here: the text does, another kind of sign follows, or a word that goes on about them."""
    return at >= len(folded) or (not _HAN.match(folded[at]) and folded[at] != "*") or bool(_FOLLOWS.match(folded, at))


def _before(text: str, folded: str, number: int) -> Iterator[Span]:
    """The name right before a number: 王小明，电话…"""
    window = folded[max(0, number - 20) : number]
    gap = _NUMBER_OF.search(window)
    end = number - len(window) + gap.start() if gap else number
    for size in (4, 3, 2):
        name = text[end - size : end] if end >= size else ""
        if not name or not all(_HAN.match(one) for one in name):
            continue
        family = 2 if name[:2] in COMPOUND else 1 if name[0] in SURNAMES else 0
        if not family or not 1 <= size - family <= 2 or _titled(name):
            continue
        if _usual(name, family) or (family == 2 and name[:2] not in PLACES):
            yield _span(end - size, name)
            return


def _behind(text: str, folded: str, end: int) -> Iterator[Span]:
    """The name right behind a number, with which the sentence ends: 138…（王小明）."""
    start = _past(_TO_NAME, folded, end)
    for size in (4, 3, 2):
        name = text[start : start + size]
        after = text[start + size : start + size + 1]
        if len(name) < size or not all(map(_HAN.match, name)) or _HAN.match(after) or after == "*":
            continue
        family = 2 if name[:2] in COMPOUND else 1 if name[0] in SURNAMES else 0
        alone = folded[start - 1 : start] in _OPEN and folded[start + size : start + size + 1] in _SHUT
        # of two signs many are a word: only where they stand by themselves
        if family and 1 <= size - family <= 2 and (size > 2 or alone) and not _titled(name) and _usual(name, family):
            yield _span(start, name)
        return

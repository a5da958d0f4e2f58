"""What copying, scanning and web pages do to a text (L1–L8), one kind of damage a function."""

from __future__ import annotations

import re
from collections.abc import Callable

RADICALS = str.maketrans(
    "人工力文方日月木水火生用立老自行西见言足车长门青页风马高",
    "⼈⼯⼒⽂⽅⽇⽉⽊⽔⽕⽣⽤⽴⽼⾃⾏⻄⻅⾔⾜⻋⻓⻔⻘⻚⻛⻢⾼",
)
WIDE = str.maketrans("0123456789%(),:;", "０１２３４５６７８９％（），：；")
NARROW = str.maketrans("０１２３４５６７８９％（），：；", "0123456789%(),:;")


def radicals(text: str) -> str:
    return text.translate(RADICALS)


def full_width(text: str) -> str:
    return text.translate(WIDE)


def half_width(text: str) -> str:
    return text.translate(NARROW)


def cut_lines(text: str, width: int = 30) -> str:
    """Each line cut to the width of a page, as a PDF gives it."""
    return "\n".join(line[k : k + width] for line in text.split("\n") for k in range(0, max(1, len(line)), width))


def windows_ends(text: str) -> str:
    return text.replace("\n", "\r\n")


def blank_lines(text: str) -> str:
    return text.replace("\n", "\n\n　　")


def spaced_numbers(text: str) -> str:
    """Blanks around digits, as type-setting leaves them."""
    return re.sub(r"(?<=[一-龥])(\d[\d.]*)(?=[一-龥%])", r" \1 ", text)


def furniture(text: str) -> str:
    """A menu above the page, share buttons and a form below it."""
    above = "首页\n设为首页 收藏本站\n浏览次数：1024\n字号：[大 中 小]\n"
    below = "\n打印本页 关闭窗口\n扫一扫在手机打开当前页\n相关报道\n我要纠错\n1.错误类型：\n2.联系电话：12345\n"
    return above + text + below


def split_pages(text: str) -> str:
    """A page number and a running head in the middle of things, between two paragraphs."""
    lines = text.split("\n")
    middle = len(lines) // 2
    return "\n".join([*lines[:middle], "— 7 —", "第 8 页 共 20 页", *lines[middle:]])


def no_final_stop(text: str) -> str:
    """Paragraphs that lost the stop at their end."""
    return re.sub("。(?=\n|$)", "", text)


ALL: dict[str, Callable[[str], str]] = {
    "radicals": radicals,
    "full width": full_width,
    "half width": half_width,
    "cut lines": cut_lines,
    "windows line ends": windows_ends,
    "blank lines": blank_lines,
    "spaced numbers": spaced_numbers,
    "page furniture": furniture,
    "split pages": split_pages,
    "no final stop": no_final_stop,
}

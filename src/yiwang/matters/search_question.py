"""What is searched of what was typed, and which spellings people read as the same. Pure."""

from __future__ import annotations

import re
import unicodedata

LONGEST, MOST = 200, 30  # characters and words of one question


_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def question(text: str) -> str:
    """What is searched of what was typed: whole words, as many as one question may have.

    >>> question("  路灯　坏了 路灯 ")
    '路灯 坏了'
    """
    words: list[str] = []
    for word in text.replace("\x00", "").split():
        if fold(word) and word not in words and len(words) < MOST:
            if len(" ".join([*words, word])) > LONGEST:
                return " ".join(words) if words else word[:LONGEST]
            words.append(word)
    return " ".join(words)


def is_cut(text: str) -> bool:
    """Whether something of what was typed is not searched for: more words than one question may have.

    >>> is_cut("路灯　坏了 路灯"), is_cut("灯 " * 40), is_cut(" ".join(map(str, range(40))))
    (False, False, True)
    """
    return not {word for word in text.replace("\x00", "").split() if fold(word)} <= set(question(text).split())


def fold(text: str) -> str:
    """One spelling for what people read as the same, as `matters_fold` in the database has it.

    >>> fold("霜桥路 ９９弄　Ａ座")
    '霜桥路99弄a座'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_UNSEEN).lower()

"""How much two texts say the same, by the words that both have. Pure.

Chinese has no blanks: there every two signs that stand together count, elsewhere words of three letters or more.
"""

from __future__ import annotations

import re
import unicodedata

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_]{3,}")


def pieces(text: str) -> frozenset[str]:
    """The pieces of a text that can be found in another.

    >>> sorted(pieces("楼道堆物 the Stairs"))
    ['stairs', 'the', '堆物', '楼道', '道堆']
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    found = {run[at : at + 2] for run in _CHINESE.findall(plain) for at in range(len(run) - 1)}
    return frozenset(found | {word for word in _WORD.findall(_CHINESE.sub(" ", plain))})


def share(of: frozenset[str], within: frozenset[str]) -> float:
    """How much of one text stands in another: none 0, all 1.

    >>> share(pieces("楼道堆物"), pieces("三号楼道里堆物")), share(pieces(""), pieces("x"))
    (0.6666666666666666, 0.0)
    """
    return len(of & within) / len(of) if of else 0.0

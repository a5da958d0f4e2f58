"""Characters of a plan read a second, from text to statements.

peer    jionlp's money extractor: the fastest installable recogniser of Chinese numbers with a unit, money only
limit   one compiled regular expression that finds digits with a classifier and does nothing with them
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parents[1] / "tests" / "reading" / "texts"
PLAIN = re.compile(
    r"(?<![\d.第])(\d+(?:\.\d+)?)(万|亿)?(元|平方米|公里|个百分点|%|％|家|户|个|件|项|条|人|名|张|台|套|幢|座|所|处|场|次)"
)


def run(scale: float = 1.0) -> list[dict[str, Any]]:
    """`scale` 1 reads the texts of invented districts 40 times, names of indicators forgotten in between."""
    from yiwang.reading import dictionary, read

    texts = [path.read_text("utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    size = sum(map(len, texts))
    rounds = max(2, int(40 * scale))

    def all_read() -> None:
        dictionary.forget()
        for text in texts:
            read(text)

    def only_found() -> None:
        for text in texts:
            for found in PLAIN.finditer(text):
                found.groups()

    ours = _rate(all_read, size, rounds)
    limit = _rate(only_found, size, rounds)
    peer = _peer(texts, size, rounds)
    return [
        {
            "name": "reading",
            "ours": ours,
            "peer": peer,
            "limit": limit,
            "unit": "characters/s",
            "ratio_to_peer": round(ours / peer, 4) if peer else None,
            "ratio_to_limit": round(ours / limit, 4),
        }
    ]


def _peer(texts: list[str], size: int, rounds: int) -> float | None:
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # it greets on import
            import jionlp
    except ImportError:
        return None
    extract = jionlp.ner.extract_money

    def extracted() -> None:
        for text in texts:
            extract(text)

    return _rate(extracted, size, max(1, rounds // 4))


def _rate(work: Callable[[], None], size: int, rounds: int) -> float:
    """Characters a second of processor time, the first round left out."""
    work()
    begun = time.process_time()
    for _ in range(rounds):
        work()
    return round(rounds * size / (time.process_time() - begun), 1)

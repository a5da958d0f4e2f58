"""Family and given names and the words around them, read once from `names.yaml`."""

from __future__ import annotations

from pathlib import Path

from yiwang.why.yaml_text import data_of

_KNOWN: dict[str, str] = data_of(Path(__file__).with_name("names.yaml").read_text("utf-8"))

SURNAMES = frozenset("".join(_KNOWN["surnames"].split()))
COMPOUND = frozenset(_KNOWN["compound"].split())
GIVEN = frozenset("".join(_KNOWN["given"].split()))
NOT_NAMES = frozenset(_KNOWN["not_names"].split())
TITLES = tuple(_KNOWN["titles"].split())
PARTIES = tuple(_KNOWN["parties"].split())
NOBODY = frozenset(_KNOWN["nobody"].split())
ADDRESSED = tuple(sorted(_KNOWN["addressed"].split(), key=len, reverse=True))
BEFORE_NAMES = frozenset("".join(_KNOWN["before_names"].split()))
SOUNDED = "".join(_KNOWN["sounded"].split())
PLACES = frozenset({"东方", "东门", "西门", "南门", "东郭", "百里", "第五"})  # family names, and mostly places

"""Family and given names and the words around them, read once from `names.yaml`."""

from __future__ import annotations

from pathlib import Path

import yaml

_KNOWN: dict[str, str] = yaml.load(Path(__file__).with_name("names.yaml").read_text("utf-8"), yaml.CSafeLoader)

SURNAMES = frozenset("".join(_KNOWN["surnames"].split()))
COMPOUND = frozenset(_KNOWN["compound"].split())
GIVEN = frozenset("".join(_KNOWN["given"].split()))
NOT_NAMES = frozenset(_KNOWN["not_names"].split())
TITLES = tuple(_KNOWN["titles"].split())
PARTIES = tuple(_KNOWN["parties"].split())
NOBODY = frozenset(_KNOWN["nobody"].split())

"""A receipt cannot be changed, however deep it is; and nothing that stands in it can steer a terminal."""

from __future__ import annotations

import copy
import pickle
import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.why.strategies import receipts
from yiwang.why import Receipt, say


def chain(levels: int) -> Receipt:
    found = Receipt("leaf", source="matter:1")
    for level in range(levels):
        found = Receipt("because", level, [found])
    return found


def test_what_it_was_made_of_can_change_and_it_does_not() -> None:
    reasons, titles, parts = [Receipt("a reason")], {"zh": "水务局"}, [["甲"], {"乙"}]
    receipt, words = Receipt("claim", [titles, parts], reasons), say("why.more", n=parts)
    reasons.append(Receipt("another"))
    titles["zh"] = "绿化局"
    parts[0].append("丙")  # type: ignore[union-attr]
    assert receipt == Receipt("claim", ({"zh": "水务局"}, (("甲",), ("乙",))), [Receipt("a reason")])
    assert words.speak("zh") == "另有 甲、乙 件"


@pytest.mark.parametrize(
    "change",
    [
        lambda it: setattr(it, "value", 2),
        lambda it: it.because.append(it),
        lambda it: it.value.update(zh="绿化局"),
        lambda it: it.value.__setitem__("zh", "绿化局"),
        lambda it: it.claim.args.pop("n"),
    ],
)
def test_nothing_of_it_can_be_changed(change) -> None:  # type: ignore[no-untyped-def]
    receipt = Receipt(say("why.more", n=1), {"zh": "水务局", "en": "Water"})
    with pytest.raises((AttributeError, TypeError)):
        change(receipt)
    assert receipt == Receipt(say("why.more", n=1), {"zh": "水务局", "en": "Water"})


@given(receipts)
def test_copies_are_equal_and_have_the_same_hash(receipt: Receipt) -> None:
    for again in (copy.deepcopy(receipt), pickle.loads(pickle.dumps(receipt)), Receipt.from_json(receipt.to_json())):
        assert again == receipt
        assert hash(again) == hash(receipt)
    assert receipt != Receipt(receipt.claim, receipt.value, (*receipt.because, receipt), receipt.source, receipt.at)
    assert hash(say("why.more", n=1)) == hash(say("why.more", n=True))


def test_ten_thousand_levels_are_read_like_three() -> None:
    deep = chain(10_000)
    assert [depth for depth, _ in deep.walk()] == list(range(10_001))
    assert deep.text("en").count("\n") == 10_000
    assert Receipt.from_json(deep.to_json()) == deep != chain(9_999)
    hidden = deep.masked(lambda _: False)
    assert list(hidden.walk())[-1][1] == Receipt(say("why.not_yours"), source="matter:1")


def test_a_reader_is_asked_for_once_about_each_reference() -> None:
    asked: list[str] = []

    def may_see(reference: str) -> bool:
        asked.append(reference)
        return True

    Receipt("rate", 3, [Receipt("late", 1, source="matter:1") for _ in range(3)]).masked(may_see)
    assert asked == ["matter:1"]


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: Receipt(None), "a sentence, not NoneType"),  # type: ignore[arg-type]
        (lambda: Receipt("a", because=["b"]), "reasons are receipts"),  # type: ignore[list-item]
        (lambda: Receipt("a", at=datetime(2026, 1, 1)), "needs its offset"),
    ],
)
def test_what_is_no_receipt_is_refused_where_it_is_made(made, says) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises((TypeError, ValueError), match=says):
        made()


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=9))
def test_every_reason_is_one_line_of_a_terminal(claim: str, value: str, source: str) -> None:
    receipt = Receipt(claim, value, [Receipt("below", "\x1b[2J\n  forged: yes\u202e", source=source)])
    text = receipt.text("en")
    assert len(text.splitlines()) == 2
    assert not {unicodedata.category(one) for one in text.replace("\n", "")} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(one) for one in text} & {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI", "FSI"}
    assert "\n  below: " in text

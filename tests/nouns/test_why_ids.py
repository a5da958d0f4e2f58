"""What is typed after `yiwang why` is an id, or gets one sentence that says how to write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nouns.asking import handled, why
from tests.support.district import make_district
from tests.support.tickets import ticket
from yiwang.commands.line import main
from yiwang.nouns.ids import Id, Unanswerable
from yiwang.nouns.register import asked

EXAMPLES = {noun: one.example for noun, one in asked().items()}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "matter:RX-20261012-0001"),
        ("nonsense", "clock:RX-20261012-0001/handling"),
        ("policy:12", "goal:12"),
        ("clock:RX-1", "clock:RX-20261012-0001/handling"),
        ("goal:twelve", "goal:12=watch"),
        ("matter:999999", "no matter 999999"),
        ("indicator:hotline_on_time?colour=red", "indicator:on_time@2026-10"),
        ("indicator:hotline_on_time?period=lately", "2026-10"),
        ("goal:999999", "no goal 999999"),
        ("matter:RX-1", "no matter RX-1"),
        ("matter:{number}=nowhere", "nowhere cannot be compared with a stage"),
        ("matter:{number}#lately", "2026-10-12T10:00"),
        ("clock:{number}/nonsense", "handling"),
        ("clock:{number}/handling=soon", "2026-10-12T10:00"),
        ("clock:{unassigned}/handling", "has not started"),
        ("indicator:nonsense@2026-03", "hotline_on_time"),
        ("indicator:hotline_on_time@lately", "2026-10"),
        ("indicator:hotline_on_time@2026-03/天宫", "天宫"),
        ("indicator:hotline_on_time@2026-03=many", "many cannot be compared with a figure"),
    ],
)
def test_an_id_that_cannot_be_answered_gets_one_sentence(shared, capsys, text, sentence):
    district, number, unassigned = shared
    code, out, err = why(capsys, district, text.format(number=number, unassigned=unassigned))
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


@pytest.fixture(scope="module")
def shared(database):
    district = make_district()
    return district, handled(district).number, ticket(district, category="ask").number


def test_who_asks_must_be_somebody(shared, capsys):
    district, number, _ = shared
    assert "No user nobody" in why(capsys, district, f"matter:{number}", "--as", "nobody")[2]
    code = main(["why", f"matter:{number}", "--district", "990000", "--lang", "en"])
    assert (code, "990000" in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize("noun", EXAMPLES)
def test_the_examples_are_ids(noun):
    assert Id.parse(EXAMPLES[noun]).noun == noun


def test_a_span_of_days_is_told_from_a_unit():
    found = Id.parse("indicator:hotline_on_time@2026-10-01/2026-10-12/water")
    assert (found.period, found.unit, found.said) == ("2026-10-01/2026-10-12", "water", None)
    assert Id.parse("indicator:open_matters/water").unit == "water"


@given(st.text(max_size=40) | st.builds("{}:{}".format, st.sampled_from(sorted(EXAMPLES)), st.text(max_size=40)))
def test_whatever_is_typed_is_an_id_or_gets_a_sentence(text):
    refused = None
    try:
        assert Id.parse(text).noun in EXAMPLES
    except Unanswerable as wrong:
        refused = wrong.words.speak("zh")
    assert refused is None or any(example in refused for example in EXAMPLES.values())

"""Whatever is sent: a value within its bounds, or none; never an error that nobody expected."""

from __future__ import annotations

import doctest
import json as plain_json
from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.typed import forms, json, moments, numbers, spoken, text

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize("module", [text, numbers, moments, json, spoken, forms])
def test_the_examples_hold(module) -> None:  # type: ignore[no-untyped-def]
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(module).attempted > 0


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_clean_text_is_text_for_everybody(raw: str) -> None:
    try:
        found = text.clean(raw)
    except text.NotText:
        assert any(0xD800 <= ord(sign) <= 0xDFFF for sign in raw)
        return
    found.encode("utf-8")
    assert "\x00" not in found
    assert text.clean(found) == found
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    assert not ILLEGAL_CHARACTERS_RE.search(found)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])) | st.sampled_from(["一\t二\n三", "🚰", "a\u200db"]))
def test_what_people_write_stays_as_it_is(raw: str) -> None:
    kept = raw.replace("\ufffe", "").replace("\uffff", "")
    assert text.clean(kept) == kept


@given(ANY)
def test_a_whole_number_or_none(raw: object) -> None:
    found = numbers.whole(raw)
    assert found is None or 0 <= found <= numbers.LARGEST


@given(st.integers(0, 10**18 - 1))
def test_every_key_of_the_database_is_read(number: int) -> None:
    assert numbers.whole(str(number)) == number


@pytest.mark.parametrize(
    "raw", ["²", "①", "١٢", "１２", "1.0", "+1", " 1", "1e3", "", "9" * 5000, None, True, {}, [], 2**63]
)
def test_what_only_looks_like_a_number_is_none(raw: object) -> None:
    assert numbers.whole(raw) is None


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))])))
def test_a_moment_can_be_moved_to_any_zone_or_is_none(at) -> None:  # type: ignore[no-untyped-def]
    found = moments.moment(at.isoformat())
    if found is None:
        assert not moments.YEARS[0] <= at.year <= moments.YEARS[1]
        return
    for hours in (-12, 14):
        found.astimezone(timezone(timedelta(hours=hours))) + timedelta(days=3650)


@given(ANY)
def test_days_moments_years_of_anything(raw: object) -> None:
    assert moments.day(raw) is None or isinstance(raw, str)
    assert moments.year(raw) is None or isinstance(raw, str)
    moments.moment(raw)


@given(ANY)
def test_json_comes_in_clean_or_not_at_all(value: object) -> None:
    try:
        found = json.read(plain_json.dumps(value).encode())
    except json.NotJson:
        return
    assert json.read(plain_json.dumps(found).encode()) == found


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"\xff", "{}".encode("utf-16"), b'{"a":1,"a":2}', b"NaN", b"[Infinity]", b"1e400", b"9" * 30,
        b"9" * 5000,
        b'"\\ud800"', b'{"\\ud800": 1}', b"[" * 100_000, b"[" * 30 + b"]" * 30, b'{"a":' * 25 + b"1" + b"}" * 25,
        b'{"a\\u0000":1,"a":2}', b"0." + b"1" * 100,
    ],
)  # fmt: skip
def test_what_has_no_one_meaning_is_refused(body: bytes) -> None:
    with pytest.raises(json.NotJson):
        json.read(body)

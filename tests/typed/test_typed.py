"""Whatever is sent: a value within its bounds, or none; never an error that nobody expected."""

from __future__ import annotations

import doctest
import json as plain_json
from datetime import UTC, date, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.typed import forms, json, moments, numbers, spoken, telephones, text
from yiwang.why.figures import figure

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize("module", [text, numbers, moments, json, spoken, telephones, forms])
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


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4))
def test_what_is_printed_is_read_back(value: Decimal) -> None:
    assert numbers.decimal(figure(value, zeros=True)) == value


@given(st.text(max_size=60))
def test_any_text_is_a_finite_number_or_none(raw: str) -> None:
    found = numbers.decimal(raw)
    assert found is None or (found.is_finite() and abs(found) < numbers.LARGEST_DECIMAL)
    moments.written_day(raw)
    moments.in_form(raw, moments.ISO)
    moments.in_form(raw, moments.EXCEL)
    moments.in_form(raw, moments.EPOCH)


@pytest.mark.parametrize("raw", ["1,5", "1,23", "12,34,567", ",123", "1,,234", "1,234,56", "five", "1e400", "-"])
def test_a_comma_groups_digits_or_nothing_is_read(raw: str) -> None:
    assert numbers.decimal(raw) is None


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_is_read_in_each_way_in_which_it_is_written(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    for written in (f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}年{m}月{d}日", f"{y}{m:02}{d:02}"):
        assert moments.written_day(written) == (y, m, d)
    assert moments.written_day(f"{m}月{d}日") == (None, m, d)


@given(st.integers(1, 199))
def test_a_small_number_is_the_same_in_signs_and_in_digits(n: int) -> None:
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    signs = ("一百" if hundreds else "") + ("零" if hundreds and not tens and ones else "")
    signs += "" if not tens else "十" if tens == 1 and not hundreds else "零一二三四五六七八九"[tens] + "十"
    signs += "零一二三四五六七八九"[ones] if ones else ""
    assert spoken.number(signs) == spoken.chinese_number(signs) == spoken.number(str(n)) == n


@pytest.mark.parametrize("signs", ["十百", "十十", "百百二"])
def test_signs_in_an_order_nobody_writes_are_no_limit(signs: str) -> None:
    with pytest.raises(spoken.NoNumber):
        spoken.number(signs)

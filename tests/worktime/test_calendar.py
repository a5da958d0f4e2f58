"""Calendars are files that people write: chains, half days, seasons, and sentences for what is wrong in them."""

from __future__ import annotations

import csv
import gc
import weakref
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from yiwang.worktime import Calendar, CalendarError, Hours, Limit, due, elapsed

from .wall_clock import at, shown


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_csv", ".csv").replace("_yaml", ".yaml")).write_text(text, "utf-8")
    return folder


def test_district_over_city_over_country(tmp_path: Path) -> None:
    write(
        tmp_path,
        city_yaml="""
            calendar: city
            extends: cn
            hours: "09:00-11:30 13:30-17:00"
            days: city.csv
        """,
        city_csv="from,to,kind,name_zh,name_en,hours,source\n2026-07-01,2026-07-02,off,台风停工,Typhoon,,市应急局通知\n",
        district_yaml="""
            calendar: district
            title: {zh: 澄江区, en: Chengjiang}
            version: 2026-06-30
            extends: city.yaml
            conventions: to midnight
            seasons: [{from: 08-01, to: 08-31, hours: "10:00-16:00"}]
            hours: {default: "09:00-12:00 13:00-17:00", fri: "09:00-12:00 13:00-16:00"}
            days:
              - {date: 2026-07-02, kind: work, name: 恢复办公}
              - {date: 2026-07-03, kind: half, hours: "09:00-12:00", name: {zh: 半天, en: Half}}
        """,
    )
    district = Calendar.load(tmp_path / "district.yaml")
    assert district.chain == ("district", "city", "cn")
    assert district.title["en"] == "Chengjiang"
    assert (district.covers(2026), district.covers(2027)) == (True, False)
    week = [district.day(date(2026, 7, day)) for day in range(1, 5)]
    assert [(day.kind, day.working, str(day.hours or ""), (day.name or {}).get("zh")) for day in week] == [
        ("holiday", False, "", "台风停工"),
        ("makeup", True, "09:00-12:00 13:00-17:00", "恢复办公"),
        ("half_day", True, "09:00-12:00", "半天"),
        ("weekend", False, "", None),
    ]
    assert week[0].source == "市应急局通知"
    assert str(district.day(date(2026, 7, 10)).hours) == "09:00-12:00 13:00-16:00"
    assert district.day(date(2026, 10, 1)).name == {"zh": "国庆节", "en": "National Day"}
    assert shown(due(at("2026-06-30T10:00"), Limit.parse("2 workdays"), district).at) == "2026-07-04 00:00"
    assert Calendar.load("district.yaml", tmp_path).mapping() == district.mapping()

    assert str(district.day(date(2026, 8, 31)).hours) == "10:00-16:00"
    alone = Calendar.from_mapping(district.mapping())
    assert [alone.day(date(2026, month, 5)) for month in (7, 8, 9)] == [
        district.day(date(2026, month, 5)) for month in (7, 8, 9)
    ]
    assert alone.mapping() == district.mapping()
    assert "extends" not in district.mapping()
    assert [alone.day(one.date) for one in week] == week
    source = alone.day(date(2026, 10, 1)).source
    assert source == district.day(date(2026, 10, 1)).source
    assert (source or "").startswith("cn.csv:")


def test_office_hours_by_season() -> None:
    seasonal = Calendar.from_mapping(
        {
            "calendar": "seasonal",
            "years": [2026],
            "hours": "09:00-12:00 13:00-17:00",
            "seasons": [
                {"from": "06-01", "to": "09-30", "hours": "09:00-12:00 14:00-18:00"},
                {"from": "12-15", "to": "01-15", "hours": "10:00-16:00"},
            ],
        }
    )
    hours = [str(seasonal.day(date(2026, month, 1)).hours) for month in (1, 5, 6, 9, 10, 12)]
    winter, usual, summer = "10:00-16:00", "09:00-12:00 13:00-17:00", "09:00-12:00 14:00-18:00"
    assert hours == [winter, usual, summer, summer, usual, usual]
    assert str(seasonal.amended().day(date(2026, 6, 1)).hours) == summer
    assert str(seasonal.amended(hours="08:00-16:00").day(date(2026, 6, 1)).hours) == "08:00-16:00"


def test_a_desk_that_never_closes_needs_no_notice() -> None:
    hotline = Calendar.from_mapping(
        {"week": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "hours": "00:00-24:00", "years": "all"}
    )
    found = due(at("2050-01-01T10:00"), Limit.parse("30 work hours"), hotline)
    assert (shown(found.at), found.provisional) == ("2050-01-02 16:00", False)


def test_a_mapping_that_says_nothing_is_monday_to_friday_and_published_for_no_year() -> None:
    plain = Calendar.from_mapping({})
    assert (str(plain.zone), plain.covers(2026)) == ("Asia/Shanghai", False)
    assert due(at("2026-02-13T10:00"), Limit.parse("1 workday"), plain).provisional


def test_an_emergency_day_off_is_said_without_a_file() -> None:
    cn = Calendar.load("cn")
    typhoon = cn.amended(days=[{"date": "2026-11-23", "kind": "off", "name": "台风"}])
    assert typhoon.day(date(2026, 11, 23)).name == {"zh": "台风", "en": "台风"}
    assert cn.day(date(2026, 11, 23)).kind == "workday"
    assert typhoon.name == "cn"


def test_a_bare_off_in_yaml_is_a_day_off(tmp_path: Path) -> None:
    write(tmp_path, c_yaml="days: [{date: 2026-11-23, kind: off}]\nyears: {2026: notice}")
    assert Calendar.load(tmp_path / "c").day(date(2026, 11, 23)).kind == "holiday"
    assert Calendar.load(str(tmp_path / "c.yaml")).name == "c.yaml"


def test_a_csv_of_days_names_its_line(tmp_path: Path) -> None:
    write(tmp_path, c_yaml="days: d.csv", d_csv="from,to,kind\n2026-01-01,,off\n2026-01-02,,holiday\n")
    with pytest.raises(CalendarError, match=r"d\.csv:3"):
        Calendar.load(tmp_path / "c.yaml")
    (tmp_path / "d.csv").write_bytes("from,kind,name_zh\n2026-01-01,off,元旦\n".encode("gb18030"))
    with pytest.raises(CalendarError, match=r"d\.csv: not usable as CSV; save it in UTF-8"):
        Calendar.load(tmp_path / "c.yaml")
    with pytest.raises(CalendarError, match="no calendar ''"):
        Calendar.load("")


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CalendarError, match="not usable"):
        Calendar.load(tmp_path / "c.yaml")
    with pytest.raises(CalendarError, match="neither a file nor one of the shipped ones \\(cn\\)"):
        Calendar.load("us")


def test_a_make_up_day_may_have_its_own_hours() -> None:
    short = Calendar.from_mapping({"days": [{"date": "2026-11-28", "kind": "work", "hours": "09:00-12:00"}]})
    assert str(short.day(date(2026, 11, 28)).hours) == "09:00-12:00"
    nameless = Calendar.from_mapping({"days": [{"date": "2026-11-28", "kind": "off", "name_en": "Fair"}]})
    assert nameless.day(date(2026, 11, 28)).name == {"zh": "Fair", "en": "Fair"}


def test_office_hours_read_as_written() -> None:
    hours = Hours.parse("9:00—12:00、13:30至17:30")
    assert str(hours) == "09:00-12:00 13:30-17:30"
    assert (hours.opens, hours.closes, hours.minutes) == (540, 1050, 420)


def test_the_table_grows_with_what_is_asked() -> None:
    calendar = Calendar.from_mapping({"years": [2026]})
    for start in ("2026-05-01T10:00", "1990-05-01T10:00", "2060-05-01T10:00", "2026-05-01T10:00"):
        found = due(at(start), Limit.parse("1 workday"), calendar)
        assert found.day is not None
        assert found.day.year == int(start[:4])
    assert due(at("2026-05-01T10:00"), Limit.parse("30000 workdays"), calendar).day == date(2141, 4, 28)
    assert due(at("2026-05-01T10:00"), Limit.parse("80000 work hours"), calendar).provisional
    assert due(at("2391-05-01T10:00"), Limit.parse("1 workday"), calendar).provisional


def test_the_very_first_days_of_the_table() -> None:
    calendar = Calendar.from_mapping({"years": [1900], "zone": "UTC", "week": ["fri"]})
    assert due(at("1900-01-01T12:00"), Limit.parse("4 work hours"), calendar).day == date(1900, 1, 5)
    back = due(at("1901-01-01T12:00"), Limit.parse("1901-01-02, roll back"), calendar)
    assert back.day == date(1900, 12, 28)


FACTS = Path(__file__).parents[3] / "shared" / "data" / "calendars" / "cn_2004_2026.csv"


@pytest.mark.skipif(not FACTS.is_file(), reason="the list of days off of 2004-2026 is not at hand")
def test_every_day_of_23_years_is_what_the_notices_say() -> None:
    with FACTS.open(encoding="utf-8") as lines:
        listed = {(date.fromisoformat(row["date"]), row["kind"]) for row in csv.DictReader(lines)}
    cn = Calendar.load("cn")
    every = [date.fromordinal(n) for n in range(date(2004, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    assert {day for day in every if cn.day(day).kind == "holiday"} == {
        day for day, kind in listed if kind == "holidays"
    }
    assert {day for day in every if cn.day(day).kind == "makeup"} == {day for day, kind in listed if kind == "workdays"}


def test_the_next_opening_may_lie_beyond_what_was_published() -> None:
    closed = Calendar.from_mapping(
        {
            "years": [2026],
            "conventions": "from next opening",
            "days": [{"from": "2026-06-01", "to": "2026-12-31", "kind": "off"}],
        }
    )
    further = closed.amended(days=[{"from": "2027-01-01", "to": "2027-12-31", "kind": "off"}])
    for calendar, day_after_opening in ((closed, "2027-01-04"), (further, "2028-01-04")):
        found = due(at("2026-11-20T10:00"), Limit.parse("1 workday, same time"), calendar)
        assert shown(found.at) == f"{day_after_opening} 09:00"
        assert found.provisional
    assert due(at("2026-11-20T10:00"), Limit.parse("20000 work hours"), further).day is not None


@pytest.mark.parametrize(
    ("hours", "open_for"),
    [
        ("01:30-02:30 03:10-04:00", timedelta(minutes=90)),  # 02:30 is skipped and read as 03:30, after 03:10
        ("01:30-02:30 03:10-03:20", timedelta(minutes=60)),
        ("02:10-02:50 09:00-10:00", timedelta(minutes=100)),
    ],
)
def test_when_the_clocks_go_forward_no_minute_counts_twice(hours: str, open_for: timedelta) -> None:
    week = {"week": ["sun"], "hours": hours, "zone": "America/New_York", "years": "all"}
    sunday = Calendar.from_mapping(week)
    midnight = datetime(2025, 3, 9, tzinfo=sunday.zone)
    assert elapsed(midnight, midnight + timedelta(days=1), sunday) == open_for
    at = due(midnight, Limit.parse(f"{open_for // timedelta(minutes=1)} work minutes"), sunday).at
    assert at == due(midnight, Limit.parse("0 workdays"), sunday).at


def test_working_days_between_two_dates_are_counted_by_the_calendar_and_go_with_it() -> None:
    calendar = Calendar.from_mapping({"week": "mon tue wed thu fri".split(), "hours": "09:00-17:00", "years": "all"})
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert [calendar.workdays(friday, monday) for _ in range(2)] == [1, 1]
    assert calendar.workdays(friday, friday) == calendar.workdays(monday, friday) == 0
    assert calendar.workdays(friday, date(2026, 12, 4)) == 10
    gone = weakref.ref(calendar)
    del calendar
    gc.collect()
    assert gone() is None

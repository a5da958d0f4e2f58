"""Random calendars, receipts, limits and pauses around the holidays and clock changes of 2025."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from yiwang.worktime import Calendar, Conventions, Limit, Pause, Unit

HOURS = [
    "09:00-17:00",
    "08:30-12:00 13:30-17:30",
    "00:00-24:00",
    "20:00-24:00",
    "01:30-02:30 09:00-10:00",
    "06:00-22:00",
]
ZONES = ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "UTC"]
FIRST = datetime(2025, 2, 20, tzinfo=UTC)

conventions = st.builds(
    Conventions,
    counts_receipt_day=st.booleans(),
    ends=st.sampled_from(["office close", "midnight", "same time"]),
    outside=st.sampled_from(["as received", "next opening"]),
    roll=st.sampled_from(["none", "forward", "back"]),
)
days_of_year = st.integers(0, 330).map(lambda n: (FIRST + timedelta(days=n - 30)).date())
named_days = st.builds(
    lambda day, kind: {"date": day, "kind": kind} | ({"hours": "09:00-12:00"} if kind == "half" else {}),
    days_of_year,
    st.sampled_from(["off", "off", "off", "work", "half"]),
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    week = draw(st.sampled_from(["mon tue wed thu fri", "mon tue wed thu fri sat", "tue", "sat sun", "mon wed fri"]))
    mapping = {
        "calendar": "random",
        "zone": draw(st.sampled_from(ZONES)),
        "week": week.split(),
        "hours": {"default": draw(st.sampled_from(HOURS)), "wed": draw(st.sampled_from(HOURS))},
        "days": draw(st.lists(named_days, max_size=12)),
        "years": draw(st.sampled_from(["all", [2025], [2024, 2025, 2026]])),
        "conventions": str(draw(conventions)).split(", "),
    }
    return Calendar.from_mapping(mapping)


# around the changes of the clocks more often than elsewhere
minutes = st.one_of(st.integers(0, 300 * 1440), st.integers(17 * 1440, 19 * 1440), st.integers(254 * 1440, 256 * 1440))
instants = minutes.map(lambda n: FIRST + timedelta(minutes=n))
some_rules = st.one_of(st.just(Conventions()), conventions)


def amounts(unit: Unit) -> st.SearchStrategy[int]:
    most = {Unit.WORKDAYS: 8, Unit.WORK_MINUTES: 1500, Unit.MINUTES: 5000, Unit.DAYS: 20, Unit.MONTHS: 2}
    return st.integers(0, most[unit])


spans = st.sampled_from([Unit.WORKDAYS, Unit.WORK_MINUTES, Unit.MINUTES, Unit.DAYS, Unit.MONTHS])
limits = spans.flatmap(lambda unit: st.builds(Limit, st.just(unit), amounts(unit), conventions=some_rules))
named = st.sampled_from(
    ["2025-07-05", "2025-11-02", "end of year", "end of month", "end of quarter", "15 June", "29 February"]
)
dates = st.builds(lambda text, rules: Limit.parse(text).counted(rules), named, some_rules)


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime, open_end: bool = True) -> list[Pause]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        begin = start + timedelta(minutes=draw(st.integers(-1500, 12000)))
        length = draw(st.one_of(st.integers(0, 3000), st.sampled_from([1440, 480])))
        end = begin + timedelta(minutes=length)
        found.append(Pause(begin, None if open_end and draw(st.integers(0, 9)) == 0 else end, "reason", "approver"))
    return found


@st.composite
def clocks(draw: st.DrawFn) -> tuple[datetime, Limit, Calendar, list[Pause]]:
    start = draw(instants)
    return start, draw(limits), draw(calendars()), draw(pauses_after(start))

"""`yiwang why ID`: every receipt is computed again, and what no longer holds says since when and by whom."""

from __future__ import annotations

import json
import re

import pytest

from tests.nouns.asking import handled, why
from tests.support.tampering import as_superuser
from tests.support.tickets import do
from yiwang.matters import rescheduling
from yiwang.why import Receipt
from yiwang.worktime import Calendar

# --- clocks -----------------------------------------------------------------------------------------------------------


def test_a_deadline_holds_day_by_day(district, capsys):
    one = handled(district)
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling")
    assert code == 0
    assert out.splitlines()[-1] == "still holds: 2026-10-19 17:00"
    assert "2026-10-13 Tue workday: 1" in out
    for said in ("2026-10-19T17:00", "2026-10-19 17:00", "2026-10-19T09:00+00:00"):
        assert why(capsys, district, f"clock:{one.number}/handling={said}")[0] == 0


def test_a_deadline_that_was_moved_says_what_moved_it(district, capsys):
    one = handled(district)
    storm = Calendar.load("cn").amended([{"date": "2026-10-14", "kind": "off", "name": "台风"}], name="typhoon")
    rescheduling.reschedule(district.system, storm, "台风停工")
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling#2026-10-12T12:00=2026-10-19T17:00")
    assert code == 1
    assert "no longer holds: was 2026-10-19 17:00, is 2026-10-20 17:00" in out
    assert "written since 2026-10-12 12:00 into the ledgers of the matters concerned: 1" in out
    assert "Deadlines moved with the calendar, the platform" in out
    # the same without a value: as the ledger has it for that moment
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling#2026-10-12T12:00")
    assert (code, "was 2026-10-19 17:00, is 2026-10-20 17:00" in out) == (1, True)
    # the calendar that moved it is the district's own from then on
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling")
    assert (code, "still holds: 2026-10-20 17:00" in out) == (0, True)


def test_a_clock_that_stands_has_no_deadline(district, capsys):
    one = handled(district)
    do(district, "dispatcher-1", one, "suspend", {"reason": "鉴定"}, "2026-10-13T09:00")
    assert why(capsys, district, f"clock:{one.number}/handling")[:2][0] == 0
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling=2026-10-19T17:00")
    assert (code, "was 2026-10-19 17:00, is —" in out) == (1, True)


# --- matters ----------------------------------------------------------------------------------------------------------


def test_where_a_matter_stands(district, capsys):
    one = handled(district)
    code, out, _ = why(capsys, district, f"matter:{one.number}")
    assert code == 0
    assert "every entry of the ledger follows from the one before: yes" in out
    assert "the entries add up to the present state: yes" in out
    assert why(capsys, district, f"matter:{one.number}=handling")[0] == 0
    code, out, _ = why(capsys, district, f"matter:{one.number}#2026-10-12T10:30=assigned")
    assert (code, "entry 3: " in out) == (1, True)
    assert why(capsys, district, f"matter:{one.number}#2026-10-12T10:30")[0] == 1
    assert why(capsys, district, f"matter:{one.number}#2026-10-12T11:00")[0] == 0


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        (
            'UPDATE matters_entry SET delta = delta || \'{"stage": "closed"}\' WHERE matter_id = %s AND seq = 3',
            "closed",
        ),
        (
            'UPDATE matters_entry SET delta = delta || \'{"reporter.name": "沈*"}\' WHERE matter_id = %s AND seq = 3',
            "reporter.name: the ledger gives not shown to you",
        ),
        ("UPDATE matters_entry SET person_id = NULL WHERE matter_id = %s AND seq = 2", "entry 2 was changed"),
    ],
)
def test_a_ledger_that_was_tampered_with_no_longer_holds(district, database, capsys, tampering, says):
    one = handled(district)
    as_superuser(database, tampering, one.id)
    code, out, _ = why(capsys, district, f"matter:{one.number}")
    assert code == 1
    assert "was a whole ledger, is a broken ledger" in out
    assert says in out
    assert "沈" not in out


# --- figures ----------------------------------------------------------------------------------------------------------


def test_a_figure_of_a_report_still_holds(work, capsys):
    name = "indicator:hotline_on_time@2026-03"
    for text in (name, f"{name}=50%", f"{name}/water=50.0 %", f"{name}#2026-03-31T00:00", f"{name}#2026-03-31=50"):
        code, out, err = why(capsys, work.district, text)
        assert (code, err) == (0, ""), text
        assert "still holds: 50.0%" in out


def test_a_figure_that_changed_names_the_entries_that_changed_it(work, capsys):
    work.handled("路灯不亮", days=10.0, answer=4.0)  # in by 12 March, answered on the 16th, called back the same day
    code, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03#2026-03-15T12:00")
    assert code == 1
    assert "no longer holds: was 50.0%, is 66.7%" in out
    assert "written since 2026-03-15 12:00 into the ledgers of the matters concerned: 2" in out
    code, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03#2026-03-15T12:00=60%")
    assert (code, "up to 2026-03-15 12:00 give 50.0%, not what was said" in out) == (1, True)
    code, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03=50%")
    assert (code, "the time it was said" in out) == (1, True)


def test_for_machines_it_is_a_receipt(work, capsys):
    code, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03#2026-03-31=49%", "--json")
    said = json.loads(out)
    assert code == 1
    assert (said["holds"], said["was"]["en"], said["is"]["en"]) == (False, "49%", "50.0%")
    assert Receipt.from_json(said["receipt"]).because[0].value == 1
    assert Receipt.from_json(said["since"]).value == 0
    assert Receipt.from_json(said["note"]).sentence("en").endswith("not what was said")
    assert said["verdict"]["zh"] == "不再成立：原为 49%，现为 50.0%"


def test_the_first_ten_entries_are_told_and_all_are_counted(district, capsys):
    one = handled(district)
    for n in range(6):
        do(district, "dispatcher-1", one, "suspend", {"reason": "鉴定"}, f"2026-10-{13 + n}T09:00")
        do(district, "dispatcher-1", one, "resume", when=f"2026-10-{13 + n}T10:00")
    _, out, _ = why(capsys, district, f"matter:{one.number}#2026-10-12T12:00=assigned")
    assert "concerned: 12" in out
    assert sum(f"{one.number} entry" in line for line in out.splitlines()) == 10
    assert "2 more" in out


def test_everybody_sees_his_own_sight_only(district, capsys):
    one = handled(district)
    assert why(capsys, district, f"matter:{one.number}", "--as", district.username("bei-1"))[0] == 0
    code, out, err = why(capsys, district, f"matter:{one.number}", "--as", district.username("nan-1"))
    assert (code, out) == (2, "")
    assert "you may not see it" in err


def test_the_references_in_a_receipt_are_ids_too(work, capsys):
    _, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03/water")
    found = set(re.findall(r"\[((?:matter|indicator):[^]]+)\]", out))
    assert {one.partition(":")[0] for one in found} == {"matter", "indicator"}
    for one in found:
        code, again, err = why(capsys, work.district, one)
        assert (code, err) == (0, ""), one
        assert "50.0%" in again or one.startswith("matter:")


def test_a_figure_that_nothing_was_counted_for(work, capsys):
    for text in ("indicator:hotline_on_time@2025-03", "indicator:hotline_on_time@2025-03=—"):
        code, out, _ = why(capsys, work.district, text)
        assert (code, out.splitlines()[-1]) == (0, "still holds: —")

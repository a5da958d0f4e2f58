"""An import loses nothing and doubles nothing: rows read == opened + already there + quarantined."""

from __future__ import annotations

import csv
import gzip
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.signals.letters import MAP
from tests.support.district import TestDistrict, make_district
from yiwang.commands.line import main
from yiwang.matters import rules
from yiwang.matters.models import Matter
from yiwang.org.session import acting_as
from yiwang.signals.importing import bring_in
from yiwang.signals.maps import read_map
from yiwang.signals.models import Quarantined, Signal
from yiwang.signals.queries import quarantined

HEAD = "编号,来信人,主题,时间,内容,赞\n"
DIRTY = [
    # a row                                                                 what becomes of it
    ("1,甲,路灯不亮,2019/2/28 11:25:05,三弄路灯坏了半个月,0", "opened"),
    ('2,乙, 井盖松动　,2019-11-2 07:05:01,"门口，\n有响声",1', "opened"),
    ("3,丙,,2019/12/1 9:00:00,没有主题的来信,0", "opened"),
    ("4,丁,无内容,2019/12/1 9:00:00, ,0", "quarantined"),
    ("5,戊,没有时间,,小区漏水,0", "quarantined"),
    ("6,己,时间不对,2019年13月,小区漏水,0", "quarantined"),
    (",庚,没有编号,2019/12/1 9:00:00,小区漏水,0", "quarantined"),
    ("1,甲,路灯不亮,2019/2/28 11:25:05,三弄路灯坏了半个月,0", "there"),
    ("1,甲,路灯不亮,2019/2/28 11:25:05,内容改了,0", "quarantined"),
    ("8,辛,多出一格,2019/12/1 9:00:00,小区漏水,0,多", "quarantined"),
    (f"9,壬,太长,2019/12/1 9:00:00,{'长' * 20_001},0", "quarantined"),
    ("10,癸,积水\x00严重,2019/12/1 9:00:00,雨后\x07积水,0", "opened"),
    ('11,子,"引号没有闭合,2019/12/1 9:00:00,积水,0', "quarantined"),
    ("12,丑,最后一件,2019/12/1 9:00:00,垃圾未清,0", "opened"),
]
SAID = {what: sum(one == what for _, one in DIRTY) for what in ("opened", "there", "quarantined")}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]

    path = tmp_path_factory.mktemp("map") / "letters.yaml"
    path.write_text(MAP, "utf-8")
    return read_map(path)[0]


def bring(district: TestDistrict, path: Path, letters: Any, **more: Any):  # type: ignore[no-untyped-def]

    return bring_in(district.system, path, letters, "hotline", **more)


def counted(tally: Any) -> tuple[int, int, int, int]:
    assert tally.rows == tally.opened + tally.there + tally.quarantined
    return tally.rows, tally.opened, tally.there, tally.quarantined


def in_database(district: TestDistrict) -> tuple[int, int, int]:
    """(matters, signals, rows in quarantine) of the district."""

    with acting_as(district.system):
        return Matter.objects.count(), Signal.objects.count(), Quarantined.objects.count()


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    path = tmp_path / "来信.csv"
    path.write_bytes((HEAD + "\n".join(row for row, _ in DIRTY) + "\n").encode("gb18030"))
    return path


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_dirt_is_sorted_and_counted(database: str, dirty: Path, letters: Any, batch: int) -> None:
    district = make_district()
    expected = (len(DIRTY), SAID["opened"], SAID["there"], SAID["quarantined"])
    assert counted(bring(district, dirty, letters, check=True, batch=batch))[0] == len(DIRTY)
    assert in_database(district) == (0, 0, 0)
    assert counted(bring(district, dirty, letters, batch=batch)) == expected
    kept = in_database(district)
    assert kept == (SAID["opened"], SAID["opened"], SAID["quarantined"])
    again = bring(district, dirty, letters, batch=batch)
    assert counted(again) == (len(DIRTY), 0, SAID["opened"] + SAID["there"], SAID["quarantined"])
    assert in_database(district) == kept


def test_a_row_is_decided_once_whether_it_is_written_or_only_looked_at(
    database: str, dirty: Path, letters: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Any] = []
    begin = rules.begin
    monkeypatch.setattr(rules, "begin", lambda *args, **more: begun.append(args) or begin(*args, **more))
    district = make_district()
    bring(district, dirty, letters, check=True)
    looked_at = len(begun)
    assert counted(bring(district, dirty, letters))[1] == SAID["opened"]
    assert len(begun) == 2 * looked_at >= 2 * SAID["opened"]


def test_the_matter_says_what_the_letter_said(database: str, dirty: Path, letters: Any) -> None:
    district = make_district()
    bring(district, dirty, letters)
    with acting_as(district.system):
        matter = Matter.objects.get(source="signal:letters:2")
        signal = Signal.objects.get(matter=matter)
    assert (matter.title, matter.text, matter.channel) == ("井盖松动", "门口，\n有响声", "来信")
    assert matter.created_at == datetime(2019, 11, 1, 23, 5, 1, tzinfo=UTC)
    assert matter.number.startswith("RX-20191102-")
    assert matter.facts["reporter.name"] == "乙"
    assert (signal.external_id, signal.raw["赞"]) == ("2", "1")


def test_every_row_in_quarantine_says_why_in_both_languages(database: str, dirty: Path, letters: Any) -> None:
    district = make_district()
    bring(district, dirty, letters)
    rows, total = quarantined(district.system)
    assert total == SAID["quarantined"]
    by_line = {row.line: row.reasons for row in rows}
    assert (
        by_line[6] == [{"zh": "诉求内容：请填写诉求内容", "en": by_line[6][0]["en"]}]
        or "诉求内容" in by_line[6][0]["zh"]
    )
    assert all(reason["zh"] and reason["en"] for reasons in by_line.values() for reason in reasons)


def test_who_sees_less_than_the_district_sees_no_quarantine(database: str, dirty: Path, letters: Any) -> None:
    district = make_district()
    bring(district, dirty, letters)
    assert quarantined(district.as_("bei-1"))[1] == 0
    assert quarantined(make_district().system)[1] == 0


def test_a_mended_row_leaves_the_quarantine(database: str, tmp_path: Path, letters: Any) -> None:
    district = make_district()
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "6,己,时间不对,2019.12.1,小区漏水,0\n", "utf-8")
    assert counted(bring(district, path, letters)) == (1, 0, 0, 1)
    time = msgspec.structs.replace(letters.time, formats=[*letters.time.formats, "%Y.%m.%d"])
    assert counted(bring(district, path, msgspec.structs.replace(letters, time=time))) == (1, 1, 0, 0)
    assert quarantined(district.system)[1] == 0


def test_a_packed_file_that_breaks_off_is_continued_later(database: str, tmp_path: Path, letters: Any) -> None:
    district = make_district()
    rows = "".join(f"{n},甲,路灯不亮 {n},2019/2/28 11:25:05,三弄路灯坏了 {n * 7919 % 10007},0\n" for n in range(3000))
    packed = gzip.compress((HEAD + rows).encode())
    broken, whole = tmp_path / "broken.csv.gz", tmp_path / "whole.csv.gz"
    broken.write_bytes(packed[: len(packed) // 2])
    whole.write_bytes(packed)
    first = bring(district, broken, letters)
    assert first.broken is not None
    assert 0 < first.opened < 3000
    second = bring(district, whole, letters)
    assert counted(second)[0] == 3000
    # a row cut in two at the break may have come in with its first half: then the whole one is told apart from it
    assert second.there + second.opened + second.quarantined == 3000
    assert second.quarantined <= 1
    assert in_database(district)[0] == 3000


ids = st.integers(1, 6)
texts = st.sampled_from(["路灯坏了", "漏水", "", "  ", '说"不来"', "a,b", "两\n行"])
times = st.sampled_from(["2019/2/28 11:25:05", "2019-11-02 07:05:01", "", "明天"])
files = st.lists(st.lists(st.tuples(ids, texts, times), min_size=1, max_size=12), min_size=1, max_size=3)


@settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@example(files=[[(3, "  ", "2019/2/28 11:25:05"), (3, "漏水", "2019-11-02 07:05:01")]], batch=3)
@given(files=files, batch=st.integers(1, 5))
def test_whatever_comes_in_whatever_order_nothing_is_lost_or_doubled(
    database: str, tmp_path_factory: pytest.TempPathFactory, letters: Any, files: list[Any], batch: int
) -> None:
    district = make_district()
    folder, opened, sound = tmp_path_factory.mktemp("in"), 0, set()
    for number, rows in enumerate(files):
        path = folder / f"{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEAD.strip().split(","))
            writer.writerows([one, "甲", "题", time, text, 0] for one, text, time in rows)
        sound |= {one for one, text, time in rows if text.strip() and time[:1] == "2"}
        tally = bring(district, path, letters, batch=batch)
        assert counted(tally)[0] == len(rows)
        opened += tally.opened
    assert in_database(district)[:2] == (opened, opened) == (len(sound), len(sound))


def test_the_terminal_says_how_it_went(
    database: str, dirty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    district = make_district()
    mapping = tmp_path / "letters.yaml"
    mapping.write_text(MAP, "utf-8")
    words = ["signals", "import", str(dirty), "--map", str(mapping), "--kind", "hotline", "--district", district.code]
    assert main([*words, "--check"]) == 0
    assert "未写入" in capsys.readouterr().out
    assert main(words) == 0
    told = capsys.readouterr().out
    assert f"读 {len(DIRTY)} 行 = 立件 {SAID['opened']} + 已有 {SAID['there']} + 隔离 {SAID['quarantined']}" in told
    assert "时间（时间）为空" in told
    assert main(["signals", "quarantine", "--district", district.code, "--lang", "en"]) == 0
    assert f"{SAID['quarantined']} rows in quarantine" in capsys.readouterr().out


def test_the_command_runs_by_itself(database: str, dirty: Path, tmp_path: Path) -> None:
    """In a process of its own, where nothing has been made ready before."""

    district = make_district()
    mapping = tmp_path / "letters.yaml"
    mapping.write_text(MAP, "utf-8")
    words = ["signals", "import", str(dirty), "--map", str(mapping), "--kind", "hotline", "--district", district.code]
    done = subprocess.run(
        [sys.executable, "-m", "yiwang.commands", *words], capture_output=True, text=True, check=False
    )
    late = SAID["opened"]  # letters of 2019
    assert (done.returncode, done.stderr) == (
        0,
        f"{late} 件一立件即已逾期；如已在别处办结，请在映射文件中用 ended 写明\n",
    )
    assert f"立件 {SAID['opened']}" in done.stdout


def test_what_cannot_be_imported_gets_a_sentence(
    database: str, tmp_path: Path, dirty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    district = make_district()
    empty, missing, mapping = tmp_path / "empty.csv", tmp_path / "missing.csv", tmp_path / "letters.yaml"
    empty.write_bytes(b"")
    mapping.write_text(MAP, "utf-8")
    asked = [
        # file   kind           in whose name                  what is said
        (dirty, "hotlin", [], "hotlin"),
        (dirty, "hotline", ["--as", "nobody"], "nobody"),
        (dirty, "hotline", ["--as", district.username("bei-1")], "派单员"),
        (empty, "hotline", [], "空"),
        (missing, "hotline", [], "missing.csv"),
    ]
    for file, kind, name, said in asked:
        words = ["signals", "import", str(file), "--map", str(mapping), "--kind", kind, *name]
        assert main([*words, "--district", district.code]) == 2
        told = capsys.readouterr()
        assert said in told.err
        assert told.out == ""
    assert in_database(district) == (0, 0, 0)

"""What a row becomes: a message, or everything that is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from yiwang.org.pack_text import PackError
from yiwang.signals.definition import MessageMap
from yiwang.signals.maps import read_map
from yiwang.signals.numbers import clean
from yiwang.signals.rules import Message, read_row

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)

MAP = {
    "map": "calls",
    "title": {"zh": "来电", "en": "calls"},
    "version": "2026-01-01",
    "source": "calls",
    "id": "编号",
    "time": {"column": "时间", "formats": ["%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H:%M", "iso", "excel"]},
    "fields": {
        "title": {"column": "主题", "others": ["内容"], "at_most": 10},
        "text": "内容",
        "category": {"column": "类别", "values": {"下水道": "drain.blocked", "垃圾": "litter.pile"}},
        "urgency": {"column": "急", "values": {"是": "urgent"}, "otherwise": "normal", "optional": True},
    },
    "reporter": {"name": "来电人", "phone": "电话"},
    "place": {"lon": "经度", "lat": "纬度"},
    "defaults": {"channel": "电话"},
}


@pytest.fixture
def calls(tmp_path: Path) -> MessageMap:
    return written(tmp_path, MAP)[0]


def written(folder: Path, said: dict[str, object]):  # type: ignore[no-untyped-def]
    path = folder / "calls.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")
    return read_map(path)


ROW = {
    "编号": "1001", "时间": "2026/3/2 9:05:00", "主题": "井盖松动", "内容": "门口井盖松动", "类别": "下水道",
    "来电人": "张三丰", "电话": "13800138000", "经度": "121.91", "纬度": "31.03",
}  # fmt: skip


def read(one: MessageMap, **changed: str) -> Message | list[str]:
    found = read_row({**ROW, **changed}, one, SHANGHAI, NOW)
    return found if isinstance(found, Message) else [words.speak("en") for words in found]


def test_a_row_becomes_a_message(calls: MessageMap) -> None:
    found = read(calls)
    assert isinstance(found, Message)
    assert found.id == "1001"
    assert found.at == datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
    assert found.data == {
        "title": "井盖松动", "text": "门口井盖松动", "category": "drain.blocked", "urgency": "normal", "channel": "电话"
    }  # fmt: skip
    assert found.place == (121.91, 31.03)
    assert found.reporter == {"name": "张三丰", "phone": "13800138000"}


def test_who_called_is_masked_in_every_other_column_too(calls: MessageMap) -> None:
    """No word before the name tells that it is one: the column beside it does."""
    found = read(calls, 内容="张三丰门口井盖松动，回拨*13800138000", 电话="*13800138000")
    assert isinstance(found, Message)
    assert found.raw["内容"] == "张**门口井盖松动，回拨*138****8000"
    assert found.raw["电话"] == "138****8000"


@pytest.mark.parametrize(
    ("said", "kept", "notes"),
    [
        ("021-5555 1234 转 8", "021-5555 1234 转 8", 0),
        ("无", "", 0),
        ("见附件", "见附件", 1),
        ("1.38E+10", "", 1),
    ],
)
def test_what_another_system_has_for_a_telephone_is_kept_and_told(
    calls: MessageMap, said: str, kept: str, notes: int
) -> None:
    found = read(calls, 电话=said)
    assert isinstance(found, Message)
    assert (found.reporter["phone"], len(found.notes)) == (kept, notes)


def test_who_called_is_masked_in_what_is_kept(calls: MessageMap) -> None:
    found = read(calls)
    assert isinstance(found, Message)
    assert (found.raw["来电人"], found.raw["电话"]) == ("张**", "138****8000")


TIMES = [
    # as it is written           in UTC
    ("2026/3/2 9:05:00", "2026-03-02 01:05"),
    ("2026年3月2日 09:05", "2026-03-02 01:05"),
    ("2026-03-02T09:05:00", "2026-03-02 01:05"),
    ("2026-03-02T01:05:00Z", "2026-03-02 01:05"),
    ("2026-03-02", "2026-03-01 16:00"),
    ("　2026/3/2 9:05:00\u200b", "2026-03-02 01:05"),
    ("46083.378472222", "2026-03-02 01:04"),  # a workbook's day number, to the second
]


@pytest.mark.parametrize(("text", "utc"), TIMES)
def test_times_as_people_write_them(calls: MessageMap, text: str, utc: str) -> None:
    found = read(calls, 时间=text)
    assert isinstance(found, Message)
    assert f"{found.at:%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize("ended", [False, True])
def test_what_a_fast_clock_wrote_begins_now(tmp_path: Path, ended: bool) -> None:
    """A matter that began tomorrow would have every act on it stamped tomorrow; the row keeps what was told."""
    told = "2026/10/12 23:00:00"  # 13 hours ahead
    ends = {"column": "状态", "at": "办结", "values": {"已办": "closed"}, "open": ["在办"]}
    one, _ = written(tmp_path, MAP | {"ended": ends})
    found = read(one, 时间=told, 状态="已办" if ended else "在办", 办结=told)
    assert isinstance(found, Message)
    assert found.at == NOW
    assert found.ended == (("closed", NOW) if ended else None)
    assert found.raw["时间"] == told
    assert [told in words.speak("en") for words in found.notes] == [True]


WRONG = [
    # the cells that are wrong             what is said, each once
    ({"时间": "昨天"}, ["昨天"]),
    ({"时间": ""}, ["时间"]),
    ({"时间": "2031/1/1 0:00:00"}, ["future"]),
    ({"时间": "1901/1/1 0:00:00"}, ["too far back"]),
    ({"时间": "0001-01-01"}, ["too far back"]),
    ({"编号": " "}, ["编号"]),
    ({"编号": "无"}, ["编号"]),
    ({"编号": "——"}, ["编号"]),
    ({"编号": "9" * 101}, ["101"]),
    ({"类别": "外星人"}, ["外星人"]),
    ({"经度": "东"}, ["东"]),
    ({"经度": "212", "纬度": "31"}, ["212"]),
    ({"编号": "", "时间": "?", "类别": "?"}, ["?", "?", "编号"]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said"), WRONG)
def test_everything_wrong_is_said_at_once(calls: MessageMap, cells: dict[str, str], said: list[str]) -> None:
    found = read(calls, **cells)
    assert isinstance(found, list)
    assert len(found) == len(said)
    assert all(one in sentence for one, sentence in zip(said, found, strict=True))


def test_an_empty_title_is_taken_from_the_text_and_cut(calls: MessageMap) -> None:
    found = read(calls, 主题="", 内容="小区门口井盖松动多日无人处理")
    assert isinstance(found, Message)
    assert found.data["title"] == "小区门口井盖松动多日"
    assert found.data["text"] == "小区门口井盖松动多日无人处理"


def test_an_empty_cell_is_no_value_and_no_place(calls: MessageMap) -> None:
    found = read(calls, 类别="", 经度="", 纬度="")
    assert isinstance(found, Message)
    assert "category" not in found.data
    assert found.place is None


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\x00" not in clean(text)
    clean(text).encode("utf-8")


BROKEN = [
    # what is written                     what the message names
    ({"time": {"column": "时间", "formats": ["%Q"]}}, "%Q"),
    ({"time": {"column": "时间", "zone": "Mars/Olympus"}}, "Mars"),
    ({"fields": "主题"}, "fields"),
    ({"nonsense": 1}, "nonsense"),
    ({"source": ""}, "60"),
]


@pytest.mark.parametrize(("changed", "names"), BROKEN)
def test_a_broken_map_is_told_with_its_line(tmp_path: Path, changed: dict[str, object], names: str) -> None:
    try:
        problems = written(tmp_path, {**MAP, **changed})[1]
    except PackError as error:
        problems = error.problems
    assert any(names in problem.speak("en") and problem.line > 0 for problem in problems)

"""The board's pages as people meet them: what each sees, what is refused, and that bad input gets a sentence."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

pytestmark = pytest.mark.usefixtures("database")


def upload(name: str, content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def one(plan: Any, quote: str) -> Any:
    from yiwang.goals.models import Statement

    return next(row for row in Statement.objects.filter(plan=plan).order_by("-position") if quote in row.quote)


@pytest.fixture
def sight(district: Any) -> Any:
    """Look into the tables as the supervision office sees them."""
    from yiwang.org.session import acting_as

    return lambda: acting_as(district.as_("supervisor"))


def test_who_is_not_signed_in_is_sent_to_the_sign_in(district: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import Client

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)  # a passer-by sees one district's pages

    for address in ("/board/", "/board/plans/", "/board/orders/", "/board/2026/table.xlsx"):
        answer = Client(HTTP_HOST="localhost").get(address)
        assert answer.status_code == 302
        assert "/sign-in/" in answer["Location"]


def test_a_plan_is_brought_in_by_a_form(client_of: Any) -> None:
    from tests.board.conftest import PLAN

    answer = client_of("supervisor").post("/board/plans/", {"file": upload("plan.txt", PLAN.encode()), "kind": "plan"})
    assert answer.status_code == 302
    page = client_of("supervisor").get(answer["Location"]).content.decode()
    assert "240台" in page
    assert "试验区2026年重点工作安排" in page


BAD = [
    ("empty.txt", b""),
    ("binary.txt", bytes(range(256)) * 40),
    ("broken.docx", b"PK\x03\x04 not a zip"),
    ("scan.pdf", b"%PDF-1.4\n%%EOF"),
    ("nothing.xlsx", b"\xff\xfe"),
]


@pytest.mark.parametrize(("name", "content"), BAD)
def test_a_bad_file_gets_a_sentence_and_loses_nothing(client_of: Any, name: str, content: bytes) -> None:
    answer = client_of("supervisor").post("/board/plans/", {"file": upload(name, content)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_no_file_and_the_same_file_are_told_too(client_of: Any, plan: Any) -> None:
    from tests.board.conftest import PLAN

    client = client_of("supervisor")
    assert client.post("/board/plans/", {}).status_code == 422
    again = client.post("/board/plans/", {"file": upload("again.txt", PLAN.encode())})
    assert again.status_code == 422
    assert f"/board/plans/{plan.pk}/" in again.content.decode()


def test_a_clerk_may_not_bring_in_a_plan_nor_see_one(client_of: Any, plan: Any) -> None:
    client = client_of("water-1")
    assert client.post("/board/plans/", {"file": upload("a.txt", "完成9件。".encode())}).status_code == 422
    assert client.get(f"/board/plans/{plan.pk}/").status_code == 404
    assert client.get(f"/board/plans/{plan.pk}/file/").status_code == 404


def test_the_original_comes_back_byte_by_byte(client_of: Any, plan: Any) -> None:
    from tests.board.conftest import PLAN

    answer = client_of("supervisor").get(f"/board/plans/{plan.pk}/file/")
    assert answer.content == PLAN.encode()
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_line_is_confirmed_in_place_and_the_counts_follow(client_of: Any, plan: Any, sight: Any) -> None:
    with sight():
        park = one(plan, "9座")
    client, address = client_of("supervisor"), f"/board/plans/{plan.pk}/statements/{park.pk}/"
    given = {
        "do": "confirm",
        "version": park.version,
        "indicator": "口袋公园",
        "comparator": "≥",
        "value": "9",
        "unit": "座",
    }
    given |= {"due": "12-31", "lead": "区绿化市容局", "co": "", "kind": "target", "time_frame": "this_year"}
    answer = client.post(address, given, HTTP_HX_REQUEST="true").content.decode()
    assert f'id="s{park.pk}"' in answer
    assert 'data-state="confirmed"' in answer
    assert 'hx-swap-oob="true"' in answer
    stale = client.post(address, given, HTTP_HX_REQUEST="true").content.decode()
    assert "别人刚改过" in stale
    without_scripts = client.post(address, {**given, "version": park.version + 1})
    assert without_scripts.status_code == 302


def test_a_line_is_not_confirmed_by_a_form_that_broke_off(client_of: Any, plan: Any, sight: Any) -> None:
    with sight():
        park = one(plan, "9座")
    for garbled in ({"version": park.version}, {"version": park.version, "do": "confrm"}):
        assert client_of("supervisor").post(f"/board/plans/{plan.pk}/statements/{park.pk}/", garbled).status_code == 400
    with sight():
        assert one(plan, "9座").version == park.version


def test_a_wrong_field_is_said_beside_the_line_and_keeps_what_was_typed(client_of: Any, plan: Any, sight: Any) -> None:
    with sight():
        park = one(plan, "9座")
    address = f"/board/plans/{plan.pk}/statements/{park.pk}/"
    given = {"do": "confirm", "version": park.version, "indicator": "公园", "value": "九座多", "due": "不是日期"}
    answer = client_of("supervisor").post(address, given, HTTP_HX_REQUEST="true").content.decode()
    assert "九座多" in answer
    assert answer.count('aria-invalid="true"') == 2


@pytest.mark.parametrize("only", ["", "review", "other", "dropped", "nonsense"])
def test_every_view_of_a_plan_opens(client_of: Any, plan: Any, only: str) -> None:
    answer = client_of("supervisor").get(f"/board/plans/{plan.pk}/?only={only}&order=doubt&row=²")
    assert answer.status_code == 200


def test_adopting_before_all_is_reviewed_is_refused_with_its_reason(client_of: Any, plan: Any) -> None:
    client = client_of("supervisor")
    answer = client.post(f"/board/plans/{plan.pk}/adopt/", follow=True)
    assert "没有核对" in answer.content.decode()
    assert 'aria-disabled="true"' in answer.content.decode()


def test_the_board_shows_goals_without_a_lead_as_errors(client_of: Any, goals: dict[str, int]) -> None:
    page = client_of("supervisor").get("/board/?year=2026").content.decode()
    assert "1 个目标没有牵头单位" in page
    assert client_of("supervisor").get("/board/?year=2026&unit=none").content.decode().count('class="leaf') == 1


def test_a_clerk_sees_his_units_goals_and_no_others(client_of: Any, goals: dict[str, int]) -> None:
    client = client_of("green-1")
    assert client.get(f"/board/goals/{goals['green']}/").status_code == 200
    assert client.get(f"/board/goals/{goals['lifts']}/").status_code == 404
    assert client.get(f"/board/goals/{goals['lifts']}/why/lamp/").status_code == 404
    assert client_of("head").get(f"/board/goals/{goals['lifts']}/").status_code == 200


@pytest.mark.parametrize("what", ["lamp", "plan", "sentence"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_figure_tells_why_in_both_languages(
    client_of: Any, goals: dict[str, int], what: str, language: str
) -> None:
    client = client_of("head")
    client.cookies["yiwang_language"] = language
    answer = client.get(f"/board/goals/{goals['lifts']}/why/{what}/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 200
    assert 'class="receipt"' in answer.content.decode()


def test_a_report_travels_from_the_unit_to_the_verified_sentence(client_of: Any, goals: dict[str, int]) -> None:
    unit, office, goal = client_of("water-1"), client_of("supervisor"), goals["lifts"]
    bare = unit.post(f"/board/goals/{goal}/report/", {"period": "2026-06", "value": "120"})
    assert bare.status_code == 422  # no evidence
    assert "佐证" in bare.content.decode()
    given = {"period": "2026-06", "value": "120", "note": "已完工", "files": upload("验收.pdf", b"%PDF evidence")}
    sent = unit.post(f"/board/goals/{goal}/report/", given, follow=True)
    assert "按原样保存" in sent.content.decode()  # it is no PDF that could be opened, and that is said
    page = office.get(f"/board/goals/{goal}/").content.decode()
    assert "自报待核实" in page
    assert "还没有核实" in page
    number = page.split("/board/reports/")[1].split("/")[0]
    assert unit.post(f"/board/reports/{number}/verify/", {"verdict": "accept"}).status_code == 409
    for garbled in ({}, {"verdict": "accpt"}):
        assert office.post(f"/board/reports/{number}/verify/", garbled).status_code == 400
    assert office.post(f"/board/reports/{number}/verify/", {"verdict": "return"}).status_code == 422
    assert office.post(f"/board/reports/{number}/verify/", {"verdict": "accept"}).status_code == 302
    page = unit.get(f"/board/goals/{goal}/").content.decode()
    assert "120台" in page.replace(" ", "")
    file = page.split("/board/evidence/")[1].split("/")[0]
    assert unit.get(f"/board/evidence/{file}/").content == b"%PDF evidence"
    assert client_of("green-1").get(f"/board/evidence/{file}/").status_code == 404


def test_a_lead_is_given_by_the_office_alone(client_of: Any, goals: dict[str, int]) -> None:
    goal = goals["solved"]
    office = client_of("supervisor")
    wrong = office.post(f"/board/goals/{goal}/assign/", {"lead": "没有的局", "path": "1 2 3"})
    assert wrong.status_code == 422
    given = {
        "lead": "区城运中心",
        "co": "北街道、南街道",
        "due": "12-31",
        "nature": "rate",
        "indicator": "hotline_solved",
    }
    assert office.post(f"/board/goals/{goal}/assign/", {**given, "indicator": "no_such"}).status_code == 422
    assert client_of("bei-1").get(f"/board/goals/{goal}/").status_code == 404, "nothing of what was refused was kept"
    assert office.post(f"/board/goals/{goal}/assign/", given).status_code == 302
    assert client_of("bei-1").get(f"/board/goals/{goal}/").status_code == 200
    assert client_of("bei-1").post(f"/board/goals/{goal}/assign/", given).status_code == 409
    page = office.get(f"/board/goals/{goal}/").content.decode()
    assert "由指标计算" in page


def test_a_goal_is_broken_down_to_streets(client_of: Any, district: Any, goals: dict[str, int], sight: Any) -> None:
    from yiwang.org.queries import facts

    with sight() as asker:
        north, south = (facts(asker).by_code[code].id for code in ("bei", "nan"))
    office, goal = client_of("supervisor"), goals["lifts"]
    assert office.post(f"/board/goals/{goal}/parts/", {f"unit-{north}": "很多"}).status_code == 422
    given = {f"unit-{north}": "150", f"unit-{south}": "90"}
    assert office.post(f"/board/goals/{goal}/parts/", given).status_code == 302
    page = office.get(f"/board/goals/{goal}/").content.decode()
    assert "合计 240 / 240 台" in page


def test_red_goals_get_their_orders_from_the_page(client_of: Any, goals: dict[str, int]) -> None:
    unit, office, goal = client_of("water-1"), client_of("supervisor"), goals["lifts"]
    given = {"period": "2026-06", "value": "1", "files": upload("a.pdf", b"%PDF")}
    unit.post(f"/board/goals/{goal}/report/", given)
    assert unit.post("/board/orders/open/", {"goal": goal}, follow=True).status_code == 200
    page = office.post("/board/orders/open/", {"goal": goal}, follow=True).content.decode()
    assert "发出 1 单" in page
    assert "没有要发的督办单" in office.post("/board/orders/open/", {"goal": goal}, follow=True).content.decode()
    listed = client_of("head").get("/board/orders/").content.decode()
    assert "蓝单 提醒" in listed  # as its kind calls the grade
    (number,) = set(re.findall(r"DB-\d+-\d+", listed))
    order = office.get(f"/desk/matters/{number}/").content.decode()
    assert "督办等级" in order
    assert not re.search(
        "所督目标|对外承诺", order
    )  # a goal's number is nobody's word, and nobody outside was promised
    assert re.search(r"蓝单 提醒 · [^<]+ · DB-", page)
    assert "DB-" not in client_of("green-1").get("/board/orders/").content.decode()


def test_the_table_goes_out_and_comes_back_with_its_differences_shown_first(
    client_of: Any, goals: dict[str, int]
) -> None:
    office = client_of("supervisor")
    sent = office.get("/board/2026/table.xlsx").content
    book = load_workbook(io.BytesIO(sent))
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[2]}
    row = next(r for r in range(3, sheet.max_row + 1) if "绿地" in str(sheet.cell(r, heads["任务内容"]).value))
    sheet.cell(row, heads["牵头单位"]).value = "北街道"
    out = io.BytesIO()
    book.save(out)
    shown = office.post("/board/2026/table/compare/", {"file": upload("t.xlsx", out.getvalue())}).content.decode()
    assert "北街道" in shown
    page = office.get(f"/board/goals/{goals['green']}/").content.decode()
    assert "北街道</dd>" not in page  # shown, not taken
    kept = shown.split('name="kept" value="')[1].split('"')[0]
    assert office.post("/board/2026/table/take/", {"kept": kept + "x"}, follow=True).content.decode().count("失效") == 1
    taken = office.post("/board/2026/table/take/", {"kept": kept}, follow=True).content.decode()
    assert "已按分解表调整 1 个目标" in taken
    again = office.post("/board/2026/table/take/", {"kept": kept}, follow=True).content.decode()
    assert "刚改过" in again
    for bad in (b"", b"PK\x03\x04", b"text"):
        answer = office.post("/board/2026/table/compare/", {"file": upload("t.xlsx", bad)})
        assert answer.status_code == 422


def test_the_draft_report_marks_numbers_without_a_source(client_of: Any, goals: dict[str, int]) -> None:
    unit, office = client_of("water-1"), client_of("supervisor")
    given = {"period": "2026-06", "value": "120", "files": upload("验收.pdf", b"%PDF")}
    unit.post(f"/board/goals/{goals['lifts']}/report/", given)
    number = office.get(f"/board/goals/{goals['lifts']}/").content.decode().split("/board/reports/")[1].split("/")[0]
    office.post(f"/board/reports/{number}/verify/", {"verdict": "accept"})
    page = office.post("/board/2026/report/", {"draft": "加装电梯120台，比计划的121台少。"}).content.decode()
    assert "2 个数里有 1 个没有来源" in page
    assert '<mark class="missing">121</mark>' in page
    assert "未写入的目标" in page


def test_a_draft_that_is_too_long_is_told_and_not_half_checked(client_of: Any, goals: dict[str, int]) -> None:
    draft = "一句没有数的话。" * 8000 + "加装电梯121台。"
    answer = client_of("supervisor").post("/board/2026/report/", {"draft": draft})
    page = answer.content.decode()
    assert (answer.status_code, "没有核对" in page, draft in page) == (422, True, True)


def test_no_page_carries_inline_script_or_style(client_of: Any, plan: Any, goals: dict[str, int]) -> None:
    office = client_of("supervisor")
    for address in ("/board/", "/board/plans/", f"/board/plans/{plan.pk}/", "/board/orders/", "/board/2026/report/"):
        page = office.get(address).content.decode()
        assert " style=" not in page
        assert "<script>" not in page
        assert " onclick=" not in page


@pytest.mark.parametrize(
    ("year", "reported", "compared", "told"),
    [
        (2023, None, "2023-12-31", "2023-12-31"),  # long over: at its end, not on a day of this year
        (2026, None, "2026-11-26", "11-26"),
        (2027, None, "2027-01-01", "2027-01-01"),  # not begun
        (2023, "2023-06-30", "2023-06-30", "2023-06-30"),
        (2026, "2026-10-31", "2026-10-31", "10-31"),
    ],
)
def test_a_goal_is_compared_on_a_day_of_its_own_year(year: int, reported: Any, compared: str, told: str) -> None:
    from datetime import date
    from types import SimpleNamespace

    from yiwang.board.one import day_text
    from yiwang.goals.queries import Standing

    today, by = date(2026, 11, 26), date.fromisoformat(reported) if reported else None
    actual: Any = SimpleNamespace(by=by) if by else None
    of_year: Any = SimpleNamespace(year=year)
    nothing: Any = None
    one = Standing(of_year, nothing, nothing, actual, today, None, (), "")
    assert one.plan_day.isoformat() == compared
    assert day_text(one.plan_day, today) == told


def test_a_report_with_a_wrong_field_keeps_the_files_that_came_with_it(client_of: Any, goals: dict[str, int]) -> None:
    unit, address = client_of("water-1"), f"/board/goals/{goals['lifts']}/report/"
    file = upload("台账.txt", "六月完成120台".encode())
    first = unit.post(address, {"period": "2026-06", "value": "一百", "files": [file]})
    assert first.status_code == 422
    kept = re.search(r'name="kept" value="(\d+)" checked> 台账\.txt', first.content.decode())
    assert kept
    again = unit.post(address, {"period": "2026-06", "value": "120", "kept": kept.group(1)}, follow=True)
    assert "台账.txt" in again.content.decode()
    assert unit.post(address, {"period": "2026-07", "value": "130", "kept": "999999"}).status_code == 422


def test_a_file_that_cannot_be_kept_is_told_beside_what_else_is_wrong(client_of: Any, goals: dict[str, int]) -> None:
    bad = upload("图.jpg", bytes(range(256)) * 8)
    given = {"period": "2026-06", "value": "一百", "files": [bad]}
    page = client_of("water-1").post(f"/board/goals/{goals['lifts']}/report/", given).content.decode()
    assert page.count('class="field-error"') == 2

"""A plan from its file to goals, at the screen: a split, an edit, a dropped line, an owner; then the spreadsheet."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OUR_PLAN = """澄江区2031年重点工作安排

一、办好民生实事
1.改善老旧住房。完成旧住房修缮42万平方米，加装电梯开工、完工260台。6月底前东闸路雨水泵站建成投用。（牵头单位：区房管局；配合单位：区建交委、各街镇）
2.多种树、建公园。新建绿地36公顷，改造口袋公园9座左右。（责任单位：区绿化市容局）

二、提升治理水平
3.办好市民诉求。12345热线实际解决率不低于85%。（责任单位：区滨江办）
4.稳住就业。新增就业岗位1.8万个，力争达到2万个。（责任单位：区人社局、区经委）
"""
JING_AN = Path(__file__).resolve().parents[3] / "shared" / "documents" / "003_89ebb7b4fe2e92fd.txt"


def sign_in(page: Page, username: str = "liangyunqi", password: str = "clear river demo") -> None:
    page.goto("/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("main button.pri")
    page.wait_for_url(re.compile(r"/(board|desk|wall)/"))


def bring_in(page: Page, name: str, text: bytes) -> None:
    page.goto("/board/plans/")
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/plain", "buffer": text})
    page.click("form.upload button")
    page.wait_for_url(re.compile(r"/board/plans/\d+/$"))


def open_first(page: Page, words: str) -> None:
    """Open the first goal that says the words; its part is folded when nothing in it needs a look today."""
    leaf = page.locator(".leaf", has_text=words).first
    part = page.locator("details.part").filter(has=leaf)
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    leaf.click()


def chosen(page: Page) -> str:
    """The id of the chosen line."""
    return page.locator("tbody[data-row][aria-selected=true]").get_attribute("id") or ""


def choose(page: Page, quote: str) -> str:
    """Press the words in the text; the line beside them is chosen."""
    page.locator("#paper mark", has_text=quote).first.click()
    return chosen(page)


def waiting(page: Page) -> int:
    return page.locator("tbody.review, tbody.missing").count()


def confirm_everything(page: Page, at_most: int = 300) -> int:
    """Enter, Enter, Enter … until nothing waits; what has no value is dropped. Returns how many keys it took."""
    pressed = 0
    while waiting(page) and pressed < at_most:
        row = page.locator("tbody[data-row][aria-selected=true]")
        if row.get_attribute("data-state") not in ("review", "missing"):
            page.locator("tbody.review, tbody.missing").first.locator("tr.shown td").nth(4).click()
            row = page.locator("tbody[data-row][aria-selected=true]")
        lacks_value = (
            row.locator("[name=value]").input_value() == "" and row.locator("[name=kind]").input_value() == "target"
        )
        here, left = chosen(page), waiting(page)
        page.locator(f"#{here}").focus()
        page.keyboard.press("Delete" if lacks_value else "Enter")
        page.wait_for_function(
            "([id, left]) => document.querySelectorAll('tbody.review, tbody.missing').length < left"
            " && document.querySelector('tbody[data-row][aria-selected=true]')",
            arg=[here, left],
        )
        pressed += 1
    return pressed


def test_a_plan_of_our_own_from_the_file_to_the_spreadsheet_and_back(page: Page) -> None:
    sign_in(page)
    bring_in(page, "plan-2031.txt", OUR_PLAN.encode())
    assert page.locator("h1").first.inner_text() == "澄江区2031年重点工作安排"
    assert page.locator(".refused button").get_attribute("aria-disabled") == "true"  # nothing enters unconfirmed

    # an edit: the words in the text and the line beside them belong together
    parks = choose(page, "9座")
    assert page.locator("#paper mark.current").first.inner_text().startswith("改造口袋公园")
    page.fill(f"#{parks} [name=indicator]", "口袋公园改造")
    page.fill(f"#{parks} [name=value]", "十座")
    page.press(f"#{parks} [name=value]", "Enter")
    page.wait_for_selector(f"#{parks} [role=alert]")  # a sentence, and what was typed is still there
    assert page.input_value(f"#{parks} [name=value]") == "十座"
    page.fill(f"#{parks} [name=value]", "10")
    page.press(f"#{parks} [name=value]", "Enter")
    page.wait_for_selector(f"#{parks}.confirmed")
    assert chosen(page) != parks  # on to the next that waits

    # a split: one line said two things
    lifts = choose(page, "260台")
    page.keyboard.press("s")
    page.wait_for_selector(f"#{lifts} ~ tbody .tag:not(.line)", state="attached")
    piece = page.locator("tbody", has=page.locator(".tag", has_text="拆出")).first.get_attribute("id")
    if chosen(page) != piece:
        page.locator(f"#{piece} tr.shown td").nth(1).click()
    page.fill(f"#{piece} [name=indicator]", "加装电梯完工")
    page.fill(f"#{piece} [name=value]", "200")
    page.press(f"#{piece} [name=value]", "Enter")
    page.wait_for_selector(f"#{piece}.confirmed")

    # an owner completed: the plan names a unit that the district does not have
    rate = choose(page, "85%")
    assert "区滨江办" in page.locator(f"#{rate} .why-edit").inner_text()
    page.fill(f"#{rate} [name=lead]", "区城运中心")
    page.press(f"#{rate} [name=lead]", "Enter")
    page.wait_for_selector(f"#{rate}.confirmed")

    # a dropped line, taken back, and dropped again
    jobs = choose(page, "2万个")
    page.keyboard.press("Delete")
    page.wait_for_selector(f"#{jobs}.dropped")
    page.keyboard.press("z")
    page.wait_for_selector(".notice.success")
    assert page.locator(f"#{jobs}").get_attribute("data-state") in ("review", "missing", "confirmed", "stretch")
    choose(page, "2万个")
    page.keyboard.press("Delete")
    page.wait_for_selector(f"#{jobs}.dropped")

    # why: how a line was read
    choose(page, "36公顷")
    page.keyboard.press("w")
    page.wait_for_selector("#receipt .receipt")
    page.keyboard.press("Escape")

    confirm_everything(page)
    assert waiting(page) == 0
    page.click("#counts button.pri")
    page.wait_for_url(re.compile(r"/board/$"))
    page.goto("/board/?year=2031")
    titles = page.locator(".leaf").all_inner_texts()
    assert any("口袋公园改造" in title and "10" in title for title in titles)
    assert any("加装电梯完工" in title and "200" in title for title in titles)
    assert not any("20,000" in title for title in titles)

    # the spreadsheet goes out, is edited, and comes back: differences first
    with page.expect_download() as download:
        page.click("a[href$='table.xlsx']")
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.active
    assert sheet is not None
    heads = {str(cell.value): cell.column for cell in sheet[2]}
    assert {
        "类别/章节",
        "任务内容",
        "量化目标",
        "牵头领导",
        "牵头单位",
        "配合单位",
        "责任人",
        "完成时限",
        "备注",
    } <= set(heads)
    row = next(r for r in range(3, sheet.max_row + 1) if "口袋公园改造" in str(sheet.cell(r, heads["任务内容"]).value))
    sheet.cell(row, heads["牵头领导"]).value = "分管副区长"
    sheet.cell(row, heads["量化目标"]).value = "≥ 12 座"
    edited = io.BytesIO()
    book.save(edited)
    page.click(".rule-note summary")
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files(
        ".rule-note [name=file]", {"name": "table.xlsx", "mimeType": sheet_type, "buffer": edited.getvalue()}
    )
    page.click(".rule-note form button")
    page.wait_for_selector(".diff-new")
    assert sorted(page.locator(".diff-new").all_inner_texts()) == ["≥ 12 座", "分管副区长"]
    page.click("main button.pri")
    page.wait_for_selector(".notice.success")
    assert any("口袋公园改造" in title and "12" in title for title in page.locator(".leaf").all_inner_texts())


def test_a_clerk_reports_with_evidence_and_the_office_verifies(page: Page) -> None:
    sign_in(page, "qiruolan")
    page.goto("/board/")
    open_first(page, "公里")  # pipes, banks, paths: what adds up through the year
    address = page.url
    page.click("#reports details.work > summary >> nth=0")
    page.fill("#reports [name=value]", "1")
    page.fill("#reports [name=explanation]", "核减重复计算")
    page.click("#reports form button.pri")
    page.wait_for_selector(".field-error")  # progress needs evidence
    assert "佐证" in page.locator(".field-error").first.inner_text()
    assert page.input_value("#reports [name=value]") == "1"
    page.set_input_files("#reports [name=files]", {"name": "验收.txt", "mimeType": "text/plain", "buffer": b"seen"})
    page.fill("#reports [name=value]", "一")
    page.click("#reports form button.pri")
    page.wait_for_selector("#reports [name=kept]:checked")  # another field is wrong: what was chosen stays
    page.fill("#reports [name=value]", "1")
    page.click("#reports form button.pri")
    page.wait_for_selector(".notice.success")
    assert "验收.txt" in page.locator(".reports li").first.inner_text()
    report = page.locator(".reports li").first.get_attribute("id")
    assert page.locator(f"#{report} form").count() == 0  # who reported does not verify
    page.context.clear_cookies()
    sign_in(page)
    page.goto(address)
    page.click(f"#{report} button.pri")
    page.wait_for_selector(".notice.success")
    assert "已核实" in page.locator(f"#{report}").inner_text()


@pytest.mark.skipif(not JING_AN.exists(), reason="the plan of Jing'an lies outside the repository")
def test_the_plan_of_jingan_is_confirmed_at_the_screen(page: Page) -> None:
    sign_in(page)
    bring_in(page, JING_AN.name, JING_AN.read_bytes())
    lines = page.locator("tbody[data-row]").count()
    assert lines > 40
    assert page.locator("#paper mark").count() >= lines // 2
    # the units of another district are not ours: every owner is named as unknown, none is invented
    assert page.locator("tbody[data-row] .lack").count() > 0
    page.keyboard.press("j")
    page.keyboard.press("Delete")
    page.wait_for_selector("tbody.dropped")
    page.goto(page.url + "?only=review&order=doubt")
    assert confirm_everything(page, at_most=200) <= lines
    page.click("#counts button.pri")
    page.wait_for_url(re.compile(r"/board/$"))
    page.goto("/board/?year=2023")
    assert page.locator(".leaf").count() > 30
    assert "没有牵头单位" in page.locator(".tree-side").inner_text()

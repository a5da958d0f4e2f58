"""What a person does at the public name: PORT LINK NUMBER PASSWORD. Prints the number of the matter."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.support import browser as chromium

port, link, number, password = sys.argv[1:]


def sign_in(page: Page) -> None:
    page.goto("/sign-in/")
    page.fill("[name=username]", "dispatcher-1")
    page.fill("[name=password]", password)
    page.click("main button")
    page.wait_for_url("**/desk/**")
    assert all(one["secure"] and one.get("httpOnly") for one in page.context.cookies() if "session" in one["name"])


def photo() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((640, 480), 60).convert("RGB").save(made, "JPEG")
    return made.getvalue()


def report(page: Page) -> str:
    """A resident's report with a photo; its number."""
    page.goto("/portal/report/")
    page.fill("#text", "渡口的石阶松了三级，栏杆也断了一截，晚上走着怕")
    page.set_input_files("#photo", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.select_option("#street", "bei")
    page.click(".report-send button")
    return page.inner_text("[data-number]")


def see(page: Page, number: str) -> None:
    """The dispatcher's page of a matter, with its photo."""
    page.goto(f"/desk/matters/{number}/")
    expect(page.locator("main")).to_contain_text("渡口的石阶松了三级")
    page.wait_for_function("[...document.images].some(one => one.complete && one.naturalWidth > 0)")


def visit(browser: Browser) -> Page:
    context = browser.new_context(base_url="https://city.example", locale="zh-CN", ignore_https_errors=True)
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    return page


faults: list[str] = []
with sync_playwright() as playwright:
    mapped = f"--host-resolver-rules=MAP city.example:443 127.0.0.1:{port}"
    browser = playwright.chromium.launch(executable_path=chromium.executable(), args=[*chromium.FLAGS, mapped])
    page = visit(browser)
    if link:
        page.goto(link)
        page.fill("#password", password)
        page.fill("#again", password)
        page.click("main button")
        expect(page.locator("main")).to_contain_text("密码已设置")
        sign_in(page)
        page.goto("/desk/")
        number = report(visit(browser))
        # the list follows by itself, live
        expect(page.locator("main")).to_contain_text("渡口的石阶松了三级", timeout=20_000)
    else:
        sign_in(page)
    see(page, number)
    browser.close()
assert faults == [], faults
print(number)

"""People at screens of their own: signed in as the page asks for it, and no error in any console."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.forms import fill_in
from tests.support.site import Site, demo_password

# the answer with a preview was lost on its way
PREVIEW_LOST = """{
  const peek = document.getElementById('peek');
  peek.dispatchEvent(new CustomEvent('htmx:sendError', {bubbles: true, detail: {target: peek}}));
}"""


@contextmanager
def opened(
    browser: Any, site: Site, *refusals: int, tall: int = 1000, patience: float = 30_000
) -> Iterator[Callable[..., Any]]:
    """`open_desk(username)`: a page of a person's own, a passer-by's without a name; no console may have an error.

    refusals  statuses that are meant, which a browser reports as a failed load: 409 a conflict, 422 an incomplete form
    tall      pixels, where a page is not asked for otherwise;  patience: milliseconds for whatever a page waits for
    """
    site.forget_visitors()
    contexts: list[Any] = []
    errors: list[str] = []

    def meant(said: Any) -> bool:
        return any(f"status of {status}" in said.text for status in refusals)

    def open_desk(username: str = "", width: int = 1440, height: int = tall) -> Any:
        context = browser.new_context(base_url=site.url, locale="zh-CN", viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(patience)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" and not meant(said) else None)
        if username:
            page.goto("/sign-in/")
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", demo_password())
            page.click("main form .btn.pri")
            page.wait_for_url(re.compile(r"/(desk|wall|board)/"))
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert errors == [], errors


def do(page: Any, number: str, action: str, **fields: Any) -> None:
    """Open a matter and do one action through its form."""
    page.goto(f"/desk/matters/{number}/")
    form = page.locator(f'form[action$="/do/{action}/"]')
    if not form.is_visible():
        form.locator("xpath=ancestor::details").locator("summary").click()
    fill_in(form, fields)
    form.locator("button.btn.pri").click()
    page.wait_for_load_state()
    assert page.locator(".notice.success").is_visible(), page.locator("main").inner_text()[:400]


def send_report(page: Any) -> tuple[str, str]:
    """Send what a resident or a firm has filled in at the portal: (number, code), as the page says them."""
    page.click(".report-send button")
    page.wait_for_url("**/report/done/")
    return page.locator("[data-number]").inner_text(), page.locator("[data-code]").inner_text()


def follow(page: Any, number: str, code: str) -> None:
    """Open the page on which whoever reported follows it."""
    page.goto("/portal/track/")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click(".track button")
    page.wait_for_url(f"**/track/{number}/")

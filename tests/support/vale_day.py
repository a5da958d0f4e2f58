"""The people of a day in Vale Sereno at their screens, for the stories that are told of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.support.forms import fill_in
from tests.support.pack_words import names_of
from tests.support.vale import VALE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.site import Site

PASSWORD = "vento sereno 7"
LONG = "|".join(re.escape(name) for name in names_of(VALE) if re.search(r"[._]", name))
CODES = re.compile(rf"(?<![\w:./?=-])(?:{LONG})(?![\w-])")  # what is nobody's word


class Day:
    """The people of the day at their screens; no screen says an error or a code of the pack."""

    def __init__(self, browser: Any, site: Site) -> None:
        self.browser, self.site = browser, site
        self.errors: list[str] = []
        self.pages: dict[str, Page] = {}

    def at(self, username: str = "", width: int = 1440) -> Page:
        """The screen of somebody; of a passer-by without a name, each time a new one."""
        if username in self.pages:
            return self.pages[username]
        context = self.browser.new_context(
            base_url=self.site.url, locale="pt-PT", viewport={"width": width, "height": 900}
        )
        page: Page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        if username:
            self.pages[username] = page
            page.goto("/sign-in/")
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", PASSWORD)
            page.click("main form .btn.pri")
            page.wait_for_url(re.compile(r"/(desk|wall|board)/"))
        return page

    def look(self, page: Page, address: str = "") -> str:
        """What a page says, in words alone."""
        if address:
            page.goto(address)
        said: str = page.locator("body").inner_text()
        assert not (codes := CODES.findall(said)), (page.url, codes)
        html = page.locator("html")
        told = html.get_attribute("lang"), html.get_attribute("data-zone")
        assert told == ("pt", "Atlantic/Azores"), page.url
        return said

    def does(self, username: str, number: str, action: str, **fields: str) -> Page:
        """One action through its form on the desk."""
        page = self.at(username)
        self.look(page, f"/desk/matters/{number}/")
        form = opened(page.locator(f'form[action$="/do/{action}/"]'))
        fill_in(form, fields)
        form.locator("button.btn.pri").click()
        page.wait_for_load_state()
        assert page.locator(".notice.success").is_visible(), self.look(page)[:600]
        return page

    def may(self, username: str, number: str) -> set[str]:
        """The actions that somebody's page of a matter offers."""
        page = self.at(username)
        page.goto(f"/desk/matters/{number}/")
        forms = page.locator('form[action*="/do/"]').evaluate_all("all => all.map(one => one.action)")
        return {address.rstrip("/").rpartition("/")[2] for address in forms}


def file_of(name: str, text: str) -> Any:
    """A file of text, as a form takes it."""
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def opened(form: Any) -> Any:
    """A form, unfolded where it is folded."""
    if not form.is_visible():
        form.locator("xpath=ancestor::details").locator("summary").click()
    return form


def changes(page: Page, selector: str, before: str) -> None:
    page.wait_for_function(
        "([selector, before]) => document.querySelector(selector)?.innerText !== before",
        arg=[selector, before],
        timeout=5000,
    )

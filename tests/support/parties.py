"""The people of a district, each at a screen of their own, from the door of a kind to the end of its matter."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from .desks import opened
from .forms import fill_in
from .passwords import environment_of, give
from .photo import photo
from .site import Site, demo_password

NUMBER = re.compile(r"[A-Z]{2}-\d{8}-\d{4}")
CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{8}\b")
REFUSALS = (404, 409, 422)  # what a story means to be refused: not theirs, too late, incomplete

_VERIFY = """
import django, json, sys
django.setup()
from yiwang.ledger.verifying import verify
from yiwang.org.installed import districts
for district in districts():
    for number in sys.argv[1:]:
        found = verify(district.id, number)
        wrong = [str(one.subject) + ' ' + one.words.speak('en') for one in found.broken]
        print(json.dumps([number, found.entries, '; '.join(wrong)]))
"""


class People:
    """`people("shijing")` is a signed-in page, the same until the night; `people.outside()` a passer-by's telephone."""

    def __init__(self, browser: Any, site: Site) -> None:
        self.browser, self.site = browser, site
        self._day = ExitStack()
        self._pages: dict[str, Any] = {}
        self._open: Any = None

    def __call__(self, username: str) -> Any:
        if username not in self._pages:
            self._pages[username] = self._desk(username)
        return self._pages[username]

    def outside(self) -> Any:
        return self._desk("", 390)

    def on_phone(self, username: str) -> Any:
        """A telephone on which somebody is signed in, as well as at their desk."""
        return self._desk(username, 390)

    def _desk(self, *which: Any) -> Any:
        if self._open is None:
            self._open = self._day.enter_context(opened(self.browser, self.site, *REFUSALS))
        return self._open(*which)

    def go_home(self) -> None:
        """Everybody shuts down their screen: no page had an error."""
        self._pages, self._open = {}, None
        self._day.close()


@contextmanager
def people(browser: Any, site: Site, *usernames: str) -> Iterator[People]:
    """Everybody of a story, who have passwords."""
    give(site, demo_password(), *usernames)
    made = People(browser, site)
    yield made
    made.go_home()


def open_new(page: Any, kind: str, **fields: Any) -> tuple[str, str]:
    """(number, code or nothing) of a matter that somebody opens at the door of its kind."""
    page.goto(f"/desk/new/?kind={kind}")
    fill_in(page.locator("form.new-form"), fields)
    page.click(".new-form .btn.pri")
    page.wait_for_load_state()
    said = page.locator(".notice.success")
    assert said.count(), page.locator("main").inner_text()[:800]
    number, code = NUMBER.search(said.inner_text()), CODE.search(said.inner_text())
    assert number is not None, said.inner_text()
    return number.group(), code.group() if code else ""


def send(page: Any, action: str, **fields: Any) -> str:
    """Fill in and send the form of an action on the page of a matter that is open; what the page says then."""
    form = page.locator(f'form[action$="/do/{action}/"]')
    if not form.is_visible():
        form.locator("xpath=ancestor::details").locator("summary").click()
    fill_in(form, fields)
    form.locator("[data-send]").click()
    page.wait_for_load_state()
    return said(page)


def act(page: Any, number: str, action: str, **fields: Any) -> str:
    """Do one action, which is received; what the page says then."""
    page.goto(f"/desk/matters/{number}/")
    told = send(page, action, **fields)
    assert page.locator(".notice.success").is_visible(), told[:1500]
    return told


def refused(page: Any, number: str, action: str, **fields: Any) -> str:
    """Try an action that is not received; what the page says of it. What was written stands in the form."""
    page.goto(f"/desk/matters/{number}/")
    told = send(page, action, **fields)
    assert not page.locator(".notice.success").count(), told[:1500]
    return told


def mend(page: Any, action: str, **fields: Any) -> str:
    """Put right what was refused, in the form that came back."""
    told = send(page, action, **fields)
    assert page.locator(".notice.success").is_visible(), told[:1500]
    return told


def paste(field: Any, table: str) -> None:
    """What was copied from a table of another program is put into a field."""
    field.evaluate(
        """(one, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            one.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        table,
    )


def read(page: Any, number: str) -> str:
    """What somebody reads on the page of a matter."""
    page.goto(f"/desk/matters/{number}/")
    return said(page)


def said(page: Any) -> str:
    return str(page.locator("main").inner_text())


def offered(page: Any) -> set[str]:
    """The actions that the page of a matter offers."""
    forms = page.locator('form[action*="/do/"]').evaluate_all("all => all.map(one => one.action)")
    return {address.rstrip("/").rpartition("/")[2] for address in forms}


def usual(page: Any) -> str:
    """The action to which the key A leads on the page of a matter."""
    form = page.locator("[data-act][data-key~=a] form")
    return str(form.get_attribute("action")).rstrip("/").rpartition("/")[2]


def stage(page: Any) -> str:
    """The stage in which the matter of the page stands."""
    return str(page.locator(".steps-panel li:not(.future) .step").last.inner_text())


def waits(page: Any, number: str) -> bool:
    """Whether it lies in somebody's inbox, however much else does."""
    page.goto(f"/desk/?q={number}")
    return bool(page.locator(f"[data-row='{number}']").count())


def waiting(page: Any, kind: str) -> list[str]:
    """The numbers of a kind in somebody's inbox."""
    page.goto(f"/desk/?kind={kind}")
    return sorted(page.locator("[data-row]").evaluate_all("all => all.map(one => one.dataset.row)"))


def parts(page: Any, number: str) -> list[str]:
    """The numbers of the matters under one, as somebody sees them on its page."""
    read(page, number)
    said = page.locator("[data-parts] a.mini .mono").all_inner_texts()  # the number, and until when
    return [one for one in said if NUMBER.fullmatch(one)]


def seen(page: Any, number: str) -> bool:
    """Whether it is there for somebody at all."""
    return bool(page.request.get(f"/desk/matters/{number}/").status == 200)


def door(page: Any, number: str, party: str) -> str:
    """The code that is given to an outside party."""
    page.goto(f"/desk/matters/{number}/")
    page.click(f'[data-parties] form[action$="/party/{party}/"] button')
    page.wait_for_load_state()
    return str(page.locator("[data-code]").inner_text())


def follow(page: Any, number: str, code: str) -> str:
    """What somebody outside reads with their number and code."""
    page.goto("/portal/track/")
    page.fill("[name=number]", number)
    page.fill("[name=code]", code.lower())
    page.click(".track button")
    page.wait_for_url(f"**/track/{number}/")
    return said(page)


def say(page: Any, action: str, **fields: Any) -> str:
    """What somebody outside says, on the page that they follow."""
    form = page.locator(f'form[action$="/{action}/"]')
    fill_in(form, fields)
    form.locator("button").click()
    page.wait_for_load_state()
    return said(page)


def picture(name: str = "现场.jpg") -> dict[str, Any]:
    """A photo to put into a form."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo().getvalue()}


def ledger_of(site: Site, *numbers: str) -> dict[str, str]:
    """number -> what is wrong with its ledger: nothing, where it verifies."""
    environment = {**os.environ, **environment_of(site), "DJANGO_SETTINGS_MODULE": "yiwang.settings"}
    command = [sys.executable, "-c", _VERIFY, *numbers]
    told = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    found = {}
    for line in told.stdout.splitlines():
        number, entries, wrong = json.loads(line)
        assert entries > 0, line
        found[number] = wrong
    assert found.keys() == set(numbers), told.stdout
    return found

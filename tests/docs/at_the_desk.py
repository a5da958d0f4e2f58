"""Carries out the ```browser blocks of a page: plain sentences, each of which a person could follow by hand.

somebody without an account           a browser of their own, signed in to nothing
sign in as shijing, some words        a browser of their own, signed in with a name and a password
open /portal/report/                  an address of the site
press the map                         its middle
press Send                            what is called so: a button, a link, what unfolds, a choice
write Water runs into What is it?     the field of that label
choose Water Bureau under Unit        the answer of that list
keep Number                           what stands beside that name; {Number} is it from then on
read Closed                           those words stand on the page
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.docs.how_to import BLOCK, DOCS


@dataclass
class Person:
    """Who follows the page: one browser at a time, and what they have noted down."""

    browser: Any
    base_url: str
    kept: dict[str, str] = field(default_factory=dict)
    page: Any = None

    def follow(self, line: str) -> None:
        """Do what a sentence says. Raises AssertionError where it cannot be done."""
        said = re.sub(r"\{(\w+)\}", lambda name: self.kept[name[1]], line)
        for shape, does in SENTENCES:
            if found := re.fullmatch(shape, said):
                does(self, *found.groups())
                return
        raise AssertionError(f"no such sentence: {line}")

    def fresh(self) -> None:
        if self.page is not None:
            self.page.context.close()
        self.page = self.browser.new_context(base_url=self.base_url, locale="en").new_page()
        self.page.set_default_timeout(60_000)

    def sign_in(self, name: str, password: str) -> None:
        self.fresh()
        self.page.goto("/sign-in/")
        self.page.fill("input[name=username]", name)
        self.page.fill("input[name=password]", password)
        self.page.click("main form .btn.pri")
        self.page.wait_for_url(re.compile(r"/(desk|wall|board)/"))

    def press(self, name: str) -> None:
        """The first that is called so and can be pressed."""
        begins = re.compile(rf"^\s*{re.escape(name)}(\s|$)")
        of_role = [self.page.get_by_role(role, name=name, exact=True) for role in ("button", "link", "radio")]
        found = [*of_role, *(self.page.locator(tag).filter(has_text=begins) for tag in ("summary", "a"))]
        for one in (each for every in found for each in every.all()):
            if one.is_visible():
                one.click()
                self.page.wait_for_load_state()
                return
        raise AssertionError(
            f"nothing on {self.page.url} is called {name}:\n{self.page.locator('body').inner_text()[:2000]}"
        )

    def write(self, words: str, label: str) -> None:
        self._field(label).fill(words)

    def choose(self, answer: str, label: str) -> None:
        listed = self._field(label)
        options = [text.strip() for text in listed.locator("option").all_inner_texts()]
        assert answer in options, f"{answer} is not under {label}: {options[:40]}"
        listed.select_option(index=options.index(answer))

    def _field(self, label: str) -> Any:
        """The first field of that label that can be seen, once it can."""
        found = self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).locator("visible=true").first
        found.wait_for()
        return found

    def keep(self, name: str) -> None:
        self.kept[name] = self.page.locator(
            f"xpath=//dt[normalize-space()='{name}']/following-sibling::dd"
        ).inner_text()

    def read(self, words: str) -> None:
        self.page.wait_for_load_state()
        shown = self.page.locator("body").inner_text()
        assert words in shown, f"{words} is not on {self.page.url}:\n{shown[:2000]}"


SENTENCES: list[tuple[str, Callable[..., None]]] = [
    ("somebody without an account", Person.fresh),
    ("sign in as (.+), (.+)", Person.sign_in),
    ("open (/.*)", lambda person, address: person.page.goto(address)),
    ("press the map", lambda person: person.page.locator(".pinmap svg").click()),
    ("press (.+)", Person.press),
    ("write (.+) into (.+)", Person.write),
    ("choose (.+) under (.+)", Person.choose),
    ("keep (.+)", Person.keep),
    ("read (.+)", Person.read),
]


def follow(page: str, person: Person) -> None:
    """Do what the ```browser blocks of docs/`page` say, one sentence after the other."""
    for block in BLOCK.finditer((DOCS / page).read_text("utf-8")):
        for line in block["text"].splitlines() if block["language"] == "browser" else ():
            person.follow(line)

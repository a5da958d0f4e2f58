"""What an office's keyboard leaves in a file is blamed on its own line, with what mends it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError

SOUND = """\
matter: fountains
version: 2026-01-01
stages:
  fresh: {title: {zh: 待办, en: "To do"}, owner: unit}
  over: {title: {zh: "办结：完", en: "Over, done"}, final: true}
form:
  text: {type: text}
"""
SLIPS = {
    "full-width colon": ("version: 2026", "version：2026", 2, "： is full-width here"),
    "full-width colon between braces": ("owner: unit}", "owner：unit}", 4, "： is full-width here"),
    "full-width comma": ("}, owner", "}， owner", 4, "， is full-width here"),
    "full-width comma before a plain value": ("final: true}", "final: true， last: true}", 5, "， is full-width here"),
    "full-width brace": ("fresh: {title", "fresh: ｛title", 4, "｛ is full-width here"),
    "colon without a blank": ("matter: fountains", "matter:fountains", 1, "the colon after matter wants a blank"),
    "colon without a blank between braces": ("owner: unit}", "owner:unit}", 4, "the colon after owner wants a blank"),
    "tab": ("  over:", "\tover:", 5, "this line begins with a tab"),
    "full-width blank": ("  over:", "\u3000over:", 5, "this line begins with a full-width blank"),
    "blank of a web page": ("  over:", "\u00a0\u00a0over:", 5, "this line begins with a full-width blank"),
    "pasted table": ("form:\n", "form:\n1\ttitle\ttext\n2\tplace\ttext\n", 8, "this looks like a pasted table"),
    "pasted table with bars": ("form:\n", "form:\n| a | b |\n|---|---|\n", 7, "this looks like a pasted table"),
    "brace": ("owner: unit}", "owner: unit", 4, "a { on this line has no partner"),
    "brace too many": ("owner: unit}", "owner: unit}}", 4, "a } on this line has no partner"),
    "quote": ('en: "To do"', 'en: "To do', 4, 'a " on this line has no partner'),
    "indent": ("  over:", "   over:", 5, "this line is indented by 3 and the one above by 2"),
}  # fmt: skip


def told(text: str, folder: Path) -> PackError:
    path = folder / "fountains.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        PackFile(path)
    return caught.value


@pytest.mark.parametrize(("sound", "slip", "line", "says"), SLIPS.values(), ids=SLIPS)
def test_a_slip_of_the_keyboard_is_blamed_on_its_line(
    sound: str, slip: str, line: int, says: str, tmp_path: Path
) -> None:
    assert SOUND.count(sound) == 1
    first = told(SOUND.replace(sound, slip), tmp_path).problems[0]
    assert first.speak("en").startswith(f"fountains.yaml:{line}: {says}")
    assert not any(word in first.speak("zh") for word in ("expected", "token", "found"))


def test_what_is_sound_is_read(tmp_path: Path) -> None:
    path = tmp_path / "fountains.yaml"
    path.write_text(SOUND, "utf-8")
    assert PackFile(path).data["stages"]["over"]["title"]["zh"] == "办结：完"


class Field(msgspec.Struct, forbid_unknown_fields=True):
    type: Literal["text", "number"] = "text"
    required: bool = False
    since: date | None = None


class Definition(msgspec.Struct, forbid_unknown_fields=True):
    form: dict[str, Field] = {}
    rows: list[Field] = []


MISFITS = {
    "choices are listed": ("form: {a: {type: string}}", "form.a.type cannot be 'string'; choose one of number, text"),
    "and the near one first": ("rows: [{type: txt}]", "rows[0].type cannot be 'txt'; did you mean text?"),
    "a part misspelt": ("form: {a: {requird: true}}", "there is nothing called requird in form.a; did you mean requ"),
    "a part of nothing": ("form: {a: {colour: 1}}", "there is nothing called colour in form.a; correct the name"),
    "a text is a text": ("form: {a: {required: 是}}", "form.a.required must be true or false, not a text"),
    "a day": ("form: {a: {since: 2026/1/5}}", "2026/1/5 is not a day; write it like 2024-02-29"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), MISFITS.values(), ids=MISFITS)
def test_what_does_not_fit_is_told_with_what_would(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "fountains.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError) as caught:
        PackFile(path).as_a(Definition)
    assert caught.value.problems[0].speak("en").startswith(f"fountains.yaml:1: {says}")

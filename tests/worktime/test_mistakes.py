"""Every slip gets a sentence that names it and its mend: `mistakes.yaml` holds what is written and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from yiwang.worktime import Calendar, CalendarError, Limit, LimitError, RulesError, WorktimeError
from yiwang.worktime.log_rules import LogRules

FILE = Path(__file__).with_name("mistakes.yaml")
MISTAKES = [
    (kind, one["written"], one["zh"], one["en"])
    for kind, listed in yaml.safe_load(FILE.read_text("utf-8")).items()
    for one in listed
]
READ: dict[str, tuple[type[WorktimeError], Callable[[Path], object]]] = {
    "calendar": (CalendarError, Calendar.load),
    "limit": (LimitError, lambda file: Limit.parse(file.read_text("utf-8"))),
    "rules": (RulesError, LogRules.load),
}


@pytest.mark.parametrize(("kind", "written", "zh", "en"), MISTAKES)
def test_what_is_answered(tmp_path: Path, kind: str, written: str, zh: str, en: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(written, "utf-8")
    error, read = READ[kind]
    with pytest.raises(error) as raised:
        read(file)
    assert (raised.value.words.speak("zh"), str(raised.value)) == (zh, en)

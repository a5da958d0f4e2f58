"""What can be wrong with a calendar, a limit or an instant, said in the words of the person who wrote it."""

from __future__ import annotations

from typing import Any

from yiwang.why import Unreadable, say


class WorktimeError(Unreadable):
    """`words` speaks Chinese and English; `str()` is the English sentence."""

    def __init__(self, key: str, /, **args: Any) -> None:
        super().__init__(say(key, **args))

    def __str__(self) -> str:
        return self.sentence("en")


class CalendarError(WorktimeError):
    """A calendar file that cannot be used; the sentence names the file and what would put it right."""


class LimitError(WorktimeError):
    """A limit that nobody can count."""


class InstantError(WorktimeError):
    """A moment without a time zone, or too far away for any calendar."""


class RulesError(WorktimeError):
    """A rules file or a log that cannot be checked."""

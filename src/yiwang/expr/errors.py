"""What can be wrong with an expression (`ExprError`) and with the facts given to it (`FactError`)."""

from __future__ import annotations

from typing import Any

from yiwang.why import Words, say


class ExprError(ValueError):
    """An expression that cannot be used, with the place and a sentence in both languages.

    line, column  count from 1, in characters
    reason        the sentence without the place
    words         the sentence with the place
    """

    def __init__(self, reason: Words, text: str, at: int) -> None:
        self.reason = reason
        self.text = text
        self.at = at = max(0, min(at, len(text)))
        self.line = text.count("\n", 0, at) + 1
        self.column = at - text.rfind("\n", 0, at)
        self.words = say("expr.at", line=str(self.line), column=str(self.column), reason=reason)
        super().__init__(reason, text, at)

    def speak(self, language: str = "zh") -> str:
        return self.words.speak(language)

    def __str__(self) -> str:
        return self.speak("en")


class FactError(ValueError):
    """A row carries a value that its schema does not allow; `field` names it."""

    def __init__(self, field: str, value: Any, words: Words) -> None:
        self.field = field
        self.value = value
        self.words = words
        super().__init__(field, value, words)

    def speak(self, language: str = "zh") -> str:
        return self.words.speak(language)

    def __str__(self) -> str:
        return self.speak("en")

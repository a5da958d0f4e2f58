from __future__ import annotations

from yiwang.why import Words


class Unreadable(Exception):
    """A file that cannot be read as a table, or not further; `words` says why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.speak("zh"))
        self.words = words

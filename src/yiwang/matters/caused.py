"""What a pack's file may say of matters that others lead to: opened or linked by an outcome, and each its own. Pure.

A matter that another has led to does not stand under it: it has its own unit, course and end, and the other waits for
nothing of it. Both pages show the link to whoever sees both.
"""

from __future__ import annotations

from msgspec import Struct

from yiwang.org.titles import Title


class Cause(Struct, forbid_unknown_fields=True, frozen=True):
    """Matters to which one of this kind may lead, by an action that `opens` them.

    kind   what they are
    undo   the roles that may take a link away again, with a reason; the matter that was opened goes on
    title  what they are called beside the one that led to them
    """

    kind: str
    title: Title
    undo: str | list[str]

    @property
    def roles(self) -> list[str]:
        return [self.undo] if isinstance(self.undo, str) else self.undo

"""What a client's key stands for: the same key with the same content is a retry, and with other content it is refused.

The entry that was written under a key holds a keyed digest of what was asked, as everybody may read it. Where plain
words were kept apart, a digest of all of it stands among those of the matter's numbers, which are read by nobody and
taken away with the words: of an erased person nothing can be tried any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yiwang.files import queries as files
from yiwang.org.asker import Asker
from yiwang.org.keyed import keyed
from yiwang.org.personal import masked_all
from yiwang.org.personal.continued import masked_together
from yiwang.org.session import acting_as, system
from yiwang.typed.numbers import whole
from yiwang.typed.text import seen
from yiwang.why import Conflict, Receipt, say

from . import rows
from .definition import Kind
from .draft import Content, Repeated
from .opening import CREATE, Opening
from .plain import HIDDEN
from .reported import Reported

_DEEPEST = 20  # lists and mappings in one another
_KIND, _PLACE, _ATTACHED = "of.kind", "of.place", "of.attached"  # beside the fields, whose names have no dot in front


class OpenedBefore(Conflict):
    """The same was sent twice: the receipt's value is the number under which it was opened the first time."""


class OpenedOther(Conflict):
    """The key opened something else: the receipt's value is its number, and nothing was opened now."""


def content_of_opening(asker: Asker, kind: Kind, opening: Opening, attached: Iterable[str] = ()) -> Content:
    """What a new matter was asked for with; `attached` is what came with it beside its form."""
    said = {**opening.data, _KIND: kind.matter, _PLACE: opening.place, _ATTACHED: sorted(attached)}
    return content_of(asker, kind, said, opening.reporter)


def content_of(asker: Asker, kind: Kind, said: Mapping[str, Any], reporter: Reported | None = None) -> Content:
    """What was asked for, each file by what is in it: blanks at the ends and signs that nobody sees make no other."""
    reporter = reporter or Reported()
    files_in = _files_in(asker, kind, said)
    plain = {name: value for name, raw in said.items() if (value := _tidy(files_in.get(name, raw))) is not None}
    shown = {name: HIDDEN if name in kind.hidden else masked_all(one, (reporter.name,)) for name, one in plain.items()}
    shown |= masked_together({name: text for name, text in plain.items() if isinstance(text, str)})
    who = {"reporter": [reporter.name, reporter.phone, reporter.address]} if reporter else {}
    as_read = _digest(asker, shown | reporter.masked())
    return Content(as_read, _digest(asker, plain | who) if reporter or shown != plain else "")


def opened_before(asker: Asker, key: str, kind: Kind, content: Content) -> None:
    """Raises OpenedBefore where a key opened a matter with this content, OpenedOther where with another, and Conflict
    where it stands for an action."""
    if (written := rows.written_under(asker, key)) is None:
        return
    number, repeated = written
    if repeated.action != CREATE:
        raise Conflict(Receipt(say("matters.key_used", name=key)))
    if not _is_content(repeated, content):
        raise OpenedOther(Receipt(say("matters.key_opened_other", number=number), number))
    raise OpenedBefore(Receipt(say("matters.opened_before", number=number), number))


def done_before(
    asker: Asker, repeated: Repeated, matter: int, action: str, key: str | None, content: Content | None
) -> None:
    """Raises Conflict where the entry that a key wrote is not this action on this matter with this content."""
    if (repeated.matter, repeated.action) != (matter, action):
        raise Conflict(Receipt(say("matters.key_used", name=key)))
    if not _is_content(repeated, content):
        raise Conflict(Receipt(say("matters.key_did_other", seq=repeated.seq)))


def _is_content(written: Repeated, content: Content | None) -> bool:
    """Whether an entry was written with this content; what is older than such digests is taken for the same."""
    if not written.content or content is None:
        return True
    if written.content != content.shown:
        return False
    return not content.whole or rows.is_known_by(written.matter, content.whole) or rows.was_put_right(written.matter)


def _digest(asker: Asker, said: Mapping[str, Any]) -> str:
    return keyed(f"asked {asker.district}", json.dumps(said, sort_keys=True, default=str))


def _tidy(value: Any, depth: int = 0) -> Any:
    """A value without what a reader of forms takes off; None for what says nothing. What lies deeper than anything that
    a field takes counts as there, whatever it is."""
    if isinstance(value, str):
        return seen(value).strip() or None
    if not isinstance(value, Mapping | list | tuple):
        return value
    if depth > _DEEPEST:
        return str(type(value))
    if isinstance(value, Mapping):
        return {str(name): one for name, raw in value.items() if (one := _tidy(raw, depth + 1)) is not None} or None
    return [_tidy(one, depth + 1) for one in value] or None


# --- files ----------------------------------------------------------------------------------------------------------


def _files_in(asker: Asker, kind: Kind, said: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that name files → the same with what is in these: who sends a form again uploads them again."""
    naming = {name: _tidy(raw) for name, raw in said.items() if _names_files(kind, name)}
    numbers = {one for raw in naming.values() for one in _numbers(raw)}
    if not numbers:
        return {}
    by_number = files.digests_of(asker, numbers)  # what belongs to nothing yet shows to who uploaded it alone
    with acting_as(system(asker.district)) as platform:
        by_number |= files.digests_of(platform, numbers - by_number.keys())
    return {name: _read(raw, by_number) for name, raw in naming.items()}


def _names_files(kind: Kind, name: str) -> bool:
    spec = kind.fields.get(name.partition(".")[0])
    return name == "files" or (spec is not None and spec.type in ("files", "checklist"))


def _numbers(raw: Any) -> Iterator[int]:
    if isinstance(raw, Mapping):
        raw = list(raw.values())
    if isinstance(raw, list | tuple):
        for one in raw:
            yield from _numbers(one)
    elif not isinstance(raw, bool) and (number := whole(raw)) is not None:
        yield number


def _read(raw: Any, by_number: Mapping[int, str]) -> Any:
    if isinstance(raw, Mapping):
        return {name: _read(one, by_number) for name, one in raw.items()}
    if isinstance(raw, list | tuple):
        return [_read(one, by_number) for one in raw]
    number = None if isinstance(raw, bool) else whole(raw)
    return raw if number is None else by_number.get(number, raw)

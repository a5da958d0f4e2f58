"""Personal data corrected, erased, and taken out of what was written before there were masks (PIPL Art. 46–47).

The ledger holds masks and salted digests, so plain words can be put right or taken away for good and every chain still
holds: what was done, when and why is an entry of its own, and what was erased shows as erased. Done as the owner of the
tables by whoever runs the installation, for a person who asked for it; the application's own role cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from yiwang.ledger import clock
from yiwang.org import masking, personal
from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, as_owner
from yiwang.why import Incomplete, NotThere, Receipt, Refusal, say

from . import bulk, doors, rows, search_words
from .act import Act
from .clock_state import Delta
from .disclosure import REPORTER_ERASED
from .draft import ROW, Draft
from .entitled import TITLES
from .kinds import kind_of, world
from .models import Entry, Matter, Number, Reporter
from .models import Plain as PlainRow
from .plain import CORRECT, ERASE, ERASED, SEALED, SWEEP, part
from .reported import Reported
from .unmasking import SHORTEST

WHO = ("name", "phone", "address")  # of who reported


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken away: fields of entries, and whether who reported was among it."""

    number: str
    fields: list[tuple[int, str]]
    reporter: bool


def erase(asker: Asker, number: str, reason: str, *, at: datetime | None = None) -> Erased:
    """Take away who reported a matter and everything that was said in plain words; the masks stay.

    Twice is once. Raises NotThere, Refusal without a reason.
    """
    with _held(asker, number, reason) as held:
        kept = PlainRow.objects.filter(matter_id=held.matter).order_by("seq", "field").values_list("seq", "field")
        fields, reporter = list(kept), Reporter.objects.filter(matter_id=held.matter).exists()
        if fields or reporter:
            step = held.act(ERASE, at)
            gone: list[list[Any]] = [[seq, name] for seq, name in fields]
            delta: Delta = {REPORTER_ERASED: step.at.isoformat()}
            if reporter:
                gone.append([search_words.BEGINNING, "reporter"])
                delta |= {"reporter.name": "", "reporter.phone": ""}
            held.draft.append(ERASE, delta, step, {"reason": held.reason, ERASED: gone}, None)
            for model in (PlainRow, Number, Reporter):
                model.objects.filter(matter_id=held.matter).delete()
            rows.update(asker, held.matter, held.draft)
            with connection.cursor() as cursor:
                cursor.execute(_FORGET, [held.matter, search_words.REPORTER])
    return Erased(number, fields, reporter)


_FORGET = "DELETE FROM matters_said WHERE matter_id = %s AND seq = %s"


def correct(asker: Asker, number: str, name: str, text: str, reason: str, *, at: datetime | None = None) -> None:
    """Put right what is kept of a person: "reporter.name", "reporter.phone", "reporter.address", "title", or a text of
    the kind's form or actions that the matter holds. The words before are taken away.

    Raises NotThere, Refusal without a reason, for a field that the matter does not have, for a telephone that is none.
    """
    with _held(asker, number, reason) as held:
        if name.startswith("reporter.") and name.removeprefix("reporter.") in WHO:
            delta, data = _reporter(held.matter, name.removeprefix("reporter."), text)
        else:
            delta, data = _text(held.draft, held.matter, name, text)
        held.draft.append(CORRECT, delta, held.act(CORRECT, at), {"reason": held.reason, **data}, None)
        rows.update(asker, held.matter, held.draft)
        _find_again(asker, held.matter)


def _reporter(matter: int, part_of: str, text: str) -> tuple[Delta, dict[str, Any]]:
    """Who reported, put right; the ledger holds a new digest of it."""
    row = Reporter.objects.filter(matter_id=matter).first()
    before = {one: getattr(row, one) if row else "" for one in WHO}
    said = Reported.typed(**{part_of: text})
    if wrong := doors.wrong_with_reporter(said):
        raise Incomplete(wrong)
    now = Reported(**{**before, part_of: getattr(said, part_of)})
    name, phone, address, salt = now.plain()
    Reporter.objects.filter(matter_id=matter).update(name=name, phone=phone, address=address, salt=salt)
    if row is None:
        raise Refusal(Receipt(say("matters.nobody_reported"), False))
    return {"reporter.name": personal.mask_name(name), "reporter.phone": masking.phone(phone)}, {
        ROW: {"reporter": now.commitment()}
    }


def _text(draft: Draft, matter: int, name: str, text: str) -> tuple[Delta, dict[str, Any]]:
    """A text, put right; the words that stood there before are taken away."""
    fact = name if name == "title" else f"form.{name}"
    spec = draft.kind.fields.get(name)
    if draft.state.get(fact) is None or not (name == "title" or (spec and spec.type in ("text", "person"))):
        raise Refusal(Receipt(say("matters.no_such_text", name=personal.in_short(name, 40)), False))
    before = PlainRow.objects.filter(matter_id=matter, field=name)
    gone = [[seq, name] for seq in before.values_list("seq", flat=True)]
    before.delete()
    gone_too = {TITLES: None} if name == "title" and draft.state.get(TITLES) else {}
    return {fact: text.strip(), **gone_too}, {name: text.strip(), **({ERASED: gone} if gone else {})}


def _find_again(asker: Asker, matter: int) -> None:
    """The keyed digests of the numbers that are there now."""
    Number.objects.filter(matter_id=matter).delete()
    texts = list(PlainRow.objects.filter(matter_id=matter).values_list("text", flat=True))
    if row := Reporter.objects.filter(matter_id=matter).first():
        texts.append(Reported(row.name, row.phone, row.address).called())
    bulk.keep_numbers(asker, [(matter, texts)])


@dataclass(frozen=True, slots=True)
class _Held:
    """A matter under its lock, with what is about to be written to it and why."""

    asker: Asker
    matter: int
    draft: Draft
    last_at: datetime
    reason: str

    def act(self, action: str, at: datetime | None) -> Act:
        """The platform does it, never before what was done last."""
        return Act(action, max(at or clock.now(), self.last_at), {}, self.asker.person, self.asker.posts, "system")


@contextmanager
def _held(asker: Asker, number: str, reason: str) -> Iterator[_Held]:
    """The matter of a number, as the owner of the tables, in one transaction."""
    reason = personal.in_short(reason, 400)
    if not asker.system:
        raise Refusal(Receipt(say("matters.not_yours", who=say("matters.by_system")), False))
    if len(reason) < SHORTEST:
        raise Refusal(Receipt(say("matters.purpose_missing", n=SHORTEST), False))
    with as_owner(), acting_as(asker):
        matter = Matter.objects.filter(district=asker.district, number=number).values_list("pk", flat=True).first()
        row = rows.hold(asker, matter, None) if matter is not None else None
        if matter is None or row is None:
            raise NotThere(say("matters.no_matter", number=personal.in_short(number, 40)))
        kind = kind_of(asker, row.state["kind"], row.kind_version)
        yield _Held(asker, matter, Draft.resume(kind, world(asker), row), row.last_at, reason)


# --- what was written before there were masks -----------------------------------------------------------------------


def sweep(asker: Asker, *, at_once: int = 500) -> Iterator[str]:
    """Mask what rows and search show of matters that were written before masks were; yields the number of each.

    Their first entries cannot be written anew and keep what was said then: pages mask those as they show them. Each
    matter that is touched has an entry, and its plain words are kept where they open for a purpose. Again is nothing.
    """
    last = 0
    while True:
        with as_owner(), acting_as(asker):
            found = Matter.objects.filter(district=asker.district, pk__gt=last).order_by("pk")
            ids = list(found.values_list("pk", flat=True)[:at_once])
        if not ids:
            return
        last = ids[-1]
        for matter in ids:
            with as_owner(), acting_as(asker):
                if number := _swept(asker, matter):
                    yield number


def _swept(asker: Asker, matter: int) -> str | None:
    held = rows.hold(asker, matter, None)
    if held is None:
        return None
    kind = kind_of(asker, held.state["kind"], held.kind_version)
    names = list(Reporter.objects.filter(matter_id=matter).values_list("name", flat=True))
    texts = {name: value for name, value in held.state.items() if isinstance(value, str | list)}
    shown, _, _ = part(texts, {}, 0, names)
    changed = {name: value for name, value in texts.items() if shown[name] != value}
    draft = Draft.resume(kind, world(asker), held)
    _search_again(draft, matter, names)
    if not changed:
        return None
    draft.known_names = tuple(names)
    step = Act(SWEEP, max(clock.now(), held.last_at), {}, asker.person, asker.posts, "system")
    draft.append(SWEEP, changed, step, {}, None)
    rows.update(asker, matter, draft)
    return str(held.state["number"])


def _search_again(draft: Draft, matter: int, names: list[str]) -> None:
    """Words of old entries that tell of somebody are found by their masks alone."""
    again = []
    for seq, data in Entry.objects.filter(matter_id=matter, seq__gt=search_words.BEGINNING).values_list("seq", "data"):
        if SEALED in data:
            continue
        shown: Mapping[str, Any] = personal.masked_all(data, names)
        if shown != data:
            again.append((matter, seq, search_words.written(draft.kind, shown, draft.world.lists)))
    if again:
        rows.keep_words(again)

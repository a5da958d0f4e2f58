"""`yiwang matters show NUMBER`, `yiwang matters redraw NUMBER`, `yiwang matters reschedule`."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta

from yiwang.commands.frame.askers import acting, named
from yiwang.commands.frame.command import command
from yiwang.matters import clocks, drawing_lots, draws, queries, rescheduling
from yiwang.matters.fields.filling import title_of as title_of_field
from yiwang.matters.kinds import title_of, world
from yiwang.matters.rescheduling import Moved
from yiwang.matters.whose import done_by
from yiwang.matters.world import World
from yiwang.org.asker import Asker
from yiwang.org.personal import in_short
from yiwang.org.session import acting_as
from yiwang.why import NotThere, Words, say
from yiwang.why.words import format_value
from yiwang.worktime import Calendar


@command("matters show", asker=acting)
def run_show(args: argparse.Namespace, asker: Asker) -> int:
    _show(asker, _there(asker, args.number), args.lang)
    return 0


def _there(asker: Asker, number: str) -> queries.OneMatter:
    """The matter of a number in the asker's district. Raises NotThere."""
    if matter := queries.one(asker, number=number):
        return matter
    raise NotThere(say("matters.no_matter", number=in_short(number, 40)))


def _show(asker: Asker, matter: queries.OneMatter, lang: str) -> None:
    """One matter with its clocks and its ledger."""
    print(f"{matter.row.number}  {matter.row.title}")
    print(f"{matter.kind.title.speak(lang)} · {matter.kind.stages[matter.row.stage].title.speak(lang)}")
    for name in matter.kind.clocks:
        if receipt := clocks.receipt(matter.kind, name, matter.state, world(asker)):
            print(receipt.text(lang))
    for entry in matter.entries:
        who = format_value(done_by(entry, matter.people, entry.role), lang)
        what = format_value(title_of(matter.kind, entry.action), lang)
        at = entry.at.astimezone(world(asker).district.zone)
        print(f"{entry.seq:3} {at:%Y-%m-%d %H:%M} {what}  {who}  {bytes(entry.hash).hex()[:12]}")


@command("matters redraw", asker=acting)
def run_redraw(args: argparse.Namespace, asker: Asker) -> int:
    """0 where every draw comes out the same, 1 where one does not or nothing was drawn."""
    return _redraw(_there(asker, args.number), args.lang)


def _redraw(matter: queries.OneMatter, lang: str) -> int:
    wrong, made = 0, list(drawing_lots.draws_of(matter))
    for entry, name, said in made:
        title = title_of_field(name, matter.kind.fields[name])
        differs = draws.differences(said)
        same = say("matters.redraw_same", title=title, n=len(said["drawn"]))
        print(f"{entry.seq:3} {said['hash'][:12]} {' '.join(said['drawn'])}")
        for words in differs or [same]:
            print(f"    {words.speak(lang)}")
        wrong += bool(differs)
    if not made:
        print(say("matters.no_draw", number=matter.row.number).speak(lang))
    return 1 if wrong or not made else 0


@command("matters reschedule", asker=named)
def run_reschedule(args: argparse.Namespace, asker: Asker) -> int:
    with acting_as(asker):
        known = world(asker)
    calendar = Calendar.load(args.calendar) if args.calendar else known.calendar
    if args.apply:
        moved = rescheduling.reschedule(asker, calendar, args.reason)
    else:
        moved = rescheduling.preview(asker, calendar)
    for one in moved:
        print(_moved(one, known).speak(args.lang))
    whole = say(
        "matters.moved_all",
        district=known.district.title,
        clocks=len(moved),
        matters=len({one.matter for one in moved}),
    )
    print(say("matters.have_moved" if args.apply else "matters.would_move", moved=whole).speak(args.lang))
    if args.apply and args.calendar:
        print(say("matters.name_the_calendar", calendar=args.calendar).speak(args.lang), file=sys.stderr)
    return 0


def _moved(moved: Moved, known: World) -> Words:
    """A clock's way in one line, in local time."""
    before, after = (moment.astimezone(known.district.zone) for moment in (moved.before, moved.after))
    if not moved.by:
        key = "matters.moved_now_provisional" if moved.provisional else "matters.moved_no_longer_provisional"
        return say(key, number=moved.number, clock=moved.clock, after=after)
    key = "matters.moved" if moved.by > timedelta() else "matters.moved_back"
    line = say(key, number=moved.number, clock=moved.clock, before=before, after=after, by=abs(moved.by))
    return say("matters.moved_still_provisional", moved=line) if moved.provisional else line

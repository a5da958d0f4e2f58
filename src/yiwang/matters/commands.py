"""`yiwang matters show NUMBER`, `yiwang matters reschedule`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from yiwang.why import Refusal

from . import personal_commands

if TYPE_CHECKING:
    from yiwang.org.asker import Asker
    from yiwang.org.models import District
    from yiwang.why import Words

    from .rescheduling import Moved
    from .world import World


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands of matters, and those of the personal data in them."""
    personal_commands.add(subparsers)
    matters = subparsers.add_parser("matters", help="look at matters").add_subparsers(required=True)
    show = matters.add_parser("show", help="one matter with its clocks and its ledger")
    show.add_argument("number")
    show.add_argument("--lang", choices=("zh", "en"), default="zh")
    show.set_defaults(run=run_show)
    move = matters.add_parser("reschedule", help="which running clocks a changed calendar moves; --apply moves them")
    move.add_argument("--calendar", metavar="FILE", help="a calendar file or a shipped name; else the district's own")
    move.add_argument("--apply", action="store_true", help="move them, with a ledger entry for each matter")
    move.add_argument("--reason", default="", help="why; it stands in every entry")
    move.add_argument("--district", help="code of the district, where there are several")
    move.add_argument("--lang", choices=("zh", "en"), default="zh")
    move.set_defaults(run=run_reschedule)


def _everywhere() -> Iterator[tuple[District, Asker]]:
    """The platform itself as asker, in each district of this installation."""
    from yiwang.org import session
    from yiwang.org.models import District
    from yiwang.serve.django import setup

    setup()
    for district in District.objects.order_by("code"):
        with session.acting_as(session.system(district.pk)) as asker:
            yield district, asker


def run_show(args: argparse.Namespace) -> int:
    from yiwang.serve.django import setup

    setup()
    from yiwang.why.words import format_value

    from . import clocks, queries
    from .kinds import title_of, world

    for _, asker in _everywhere():
        found = queries.one(asker, number=args.number)
        if found is None:
            continue
        print(f"{found.row.number}  {found.row.title}")
        print(
            f"{getattr(found.kind.title, args.lang)} · {getattr(found.kind.stages[found.row.stage].title, args.lang)}"
        )
        for name in found.kind.clocks:
            if receipt := clocks.receipt(found.kind, name, found.state, world(asker)):
                print(receipt.text(args.lang))
        for entry in found.entries:
            who = found.people.get(entry.person_id or 0, entry.role)
            what = format_value(title_of(found.kind, entry.action), args.lang)
            at = entry.at.astimezone(world(asker).district.zone)
            print(f"{entry.seq:3} {at:%Y-%m-%d %H:%M} {what}  {who}  {bytes(entry.hash).hex()[:12]}")
        return 0
    print(f"There is no matter {args.number}.")
    return 1


def run_reschedule(args: argparse.Namespace) -> int:
    from yiwang.serve.django import setup

    setup()
    from yiwang.org.asking import asker_named
    from yiwang.org.queries import NoDistrict
    from yiwang.org.session import acting_as
    from yiwang.why import say
    from yiwang.worktime import Calendar, CalendarError

    from . import rescheduling
    from .kinds import world

    try:
        asker = asker_named(None, args.district)
        with acting_as(asker):
            known = world(asker)
        calendar = Calendar.load(args.calendar) if args.calendar else known.calendar
        if args.apply:
            moved = rescheduling.reschedule(asker, calendar, args.reason)
        else:
            moved = rescheduling.preview(asker, calendar)
    except (NoDistrict, CalendarError) as wrong:
        print(wrong.words.speak(args.lang) if isinstance(wrong, CalendarError) else wrong, file=sys.stderr)
        return 2
    except Refusal as refused:
        print(refused.receipt.sentence(args.lang), file=sys.stderr)
        return 2
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


def _moved(one: Moved, known: World) -> Words:
    """A clock's way in one line, in local time."""
    from datetime import timedelta

    from yiwang.why import say

    before, after = (moment.astimezone(known.district.zone) for moment in (one.before, one.after))
    if not one.by:
        key = "matters.moved_now_provisional" if one.provisional else "matters.moved_no_longer_provisional"
        return say(key, number=one.number, clock=one.clock, after=after)
    key = "matters.moved" if one.by > timedelta() else "matters.moved_back"
    line = say(key, number=one.number, clock=one.clock, before=before, after=after, by=abs(one.by))
    return say("matters.moved_still_provisional", moved=line) if one.provisional else line

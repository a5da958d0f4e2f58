"""`yiwang people add|invite|reset|end-post|close|list`: accounts, by an administrator on the machine, with a reason."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from yiwang.why import Refusal, say

if TYPE_CHECKING:
    from yiwang.org.asker import Asker
    from yiwang.why import Words

    from .store import Account


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the commands of accounts."""
    people = subparsers.add_parser("people", help="accounts: make, invite, reset, end a post, close, list")
    commands = people.add_subparsers(required=True, dest="act")
    new = _command(commands, "add", "a person with a post and an account that nobody can use yet")
    new.add_argument("username")
    new.add_argument("name", help="the person's name")
    new.add_argument("post", help="the code of a post of the pack's posts.csv")
    new.add_argument("--since", help="first day of the post, such as 2026-01-31 (today)")
    for name, what in (
        ("invite", "a one-time link with which a person sets their first password"),
        ("reset", "void a forgotten password and give a new link"),
    ):
        link = _command(commands, name, what)
        link.add_argument("username")
        link.add_argument("--hours", type=int, default=72, help="how long the link lives (72)")
        link.add_argument("--site", default=None, help="address of the site (YIWANG_HOSTS, else http://127.0.0.1:8000)")
    end = _command(commands, "end-post", "a person does not hold a post any more, from now on")
    end.add_argument("username")
    end.add_argument("post")
    close = _command(commands, "close", "nobody signs in with this account any more")
    close.add_argument("username")
    listed = _command(commands, "list", "everybody with their posts, and who can sign in", reason=False)
    listed.add_argument("--waiting", action="store_true", help="only those who cannot sign in yet")
    _command(commands, "first", "say what to do when nobody can sign in yet", reason=False)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str, *, reason: bool = True
) -> argparse.ArgumentParser:
    one = commands.add_parser(name, help=what)
    if reason:
        one.add_argument("--reason", required=True, help="why: it stands in the ledger")
    one.add_argument("--district", help="code of the district (the home district)")
    one.add_argument("--lang", choices=("zh", "en"), default="zh")
    one.set_defaults(run=run)
    return one


def run(args: argparse.Namespace) -> int:
    from yiwang.serve.django import setup

    setup()
    from yiwang.org.asking import asker_named
    from yiwang.org.queries import NoDistrict

    from . import store

    try:
        district = asker_named(None, args.district).district
        with store.administering(district) as asker:
            said = list(_ACTS[args.act](args, asker))
    except Refusal as error:
        print(error.words.speak(args.lang))
        return 2
    except NoDistrict as none:
        print(none.sentence(args.lang))
        return 2
    for line in said:
        print(line if isinstance(line, str) else line.speak(args.lang))
    return 0


Said = Iterable["Words | str"]


def _add(args: argparse.Namespace, asker: Asker) -> Said:
    from yiwang.org.pack_table import NoDay, day_of
    from yiwang.why import say

    from . import store

    try:
        since = day_of(args.since) if args.since else None
    except NoDay:
        raise Refusal(say("people.bad_day", text=args.since[:40])) from None
    person, before = store.add(asker, args.username, args.name, args.post, args.reason, since)
    begins = (since or store.today(asker)).isoformat()
    username = person.user.username if person.user else ""
    yield say("people.added", name=person.name, username=username, post=args.post, since=begins)
    if before:
        yield say("people.handed_over", names=before, post=args.post)


def _invite(args: argparse.Namespace, asker: Asker) -> Said:
    from . import store

    person = store.find(asker, args.username)
    site = _site(args.site)
    make = store.reset if args.act == "reset" else store.invite
    secret, expires = make(asker, person, args.reason, args.hours)
    return _link(args, asker, person.name, f"{site}/account/{secret}/", expires)


def _link(args: argparse.Namespace, asker: Asker, name: str, address: str, expires: datetime) -> Said:
    from yiwang.why import say

    if args.act == "reset":
        yield say("people.was_reset", name=name)
    yield say("people.link_is", name=name, expires=_local(expires, asker))
    yield f"  {address}"


def _site(given: str | None) -> str:

    hosts = [host.strip() for host in os.environ.get("YIWANG_HOSTS", "").split(",") if host.strip()]
    site = given or (f"https://{hosts[0]}" if hosts else "http://127.0.0.1:8000")
    if not site.startswith(("http://", "https://")):
        raise Refusal(say("people.bad_site", site=site[:60]))
    return site.rstrip("/")


def _local(at: datetime, asker: Asker) -> str:
    from yiwang.org.queries import facts

    return at.astimezone(facts(asker).zone).strftime("%Y-%m-%d %H:%M")


def _end_post(args: argparse.Namespace, asker: Asker) -> Said:
    from yiwang.why import say

    from . import store

    person = store.find(asker, args.username)
    store.end_post(asker, person, args.post, args.reason)
    yield say("people.ended", name=person.name, post=args.post)


def _close(args: argparse.Namespace, asker: Asker) -> Said:
    from yiwang.why import say

    from . import store

    person = store.find(asker, args.username)
    username = person.user.username if person.user else ""
    posts = store.close(asker, person, args.reason)
    if posts:
        yield say("people.closed", name=person.name, username=username, posts=posts)
    else:
        yield say("people.closed_without", name=person.name, username=username)


def _list(args: argparse.Namespace, asker: Asker) -> Said:
    from . import store

    for one in store.accounts(asker):
        if not args.waiting or one.state in ("waiting", "invited"):
            yield _line(one, args.lang, asker)


def _line(one: Account, language: str, asker: Asker) -> str:
    from yiwang.why import say

    expires = _local(one.expires, asker) if one.expires else ""
    state = say(f"people.state_{one.state}", **({"expires": expires} if one.state == "invited" else {}))
    posts = ", ".join(one.posts) or say("people.no_post_today").speak(language)
    return f"{one.username}\t{one.name}\t{posts}\t{state.speak(language)}"


def _first(args: argparse.Namespace, asker: Asker) -> Said:
    from yiwang.why import say

    from . import store

    if not any(one.state == "open" for one in store.accounts(asker)):
        yield say("people.none_yet")


_ACTS = {
    "add": _add,
    "invite": _invite,
    "reset": _invite,
    "end-post": _end_post,
    "close": _close,
    "list": _list,
    "first": _first,
}

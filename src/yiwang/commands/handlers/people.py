"""`yiwang people add|invite|reset|end-post|rename|close|list`: accounts, by an administrator, with a reason."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeAlias

from yiwang.commands.frame.askers import named
from yiwang.commands.frame.command import command
from yiwang.org.asker import Asker
from yiwang.org.pack_table import NoDay, day_of
from yiwang.org.queries import facts
from yiwang.people import store
from yiwang.people.store import Account
from yiwang.why import Refusal, Words, say

Said: TypeAlias = Iterable[Words | str]


@contextmanager
def administrator(args: argparse.Namespace) -> Iterator[Asker]:
    """Whoever sits at the machine, in one district."""
    with named(args) as platform, store.administering(platform.district) as asker:
        yield asker


@command("people add", asker=administrator)
def add(args: argparse.Namespace, asker: Asker) -> Said:
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


@command("people invite", asker=administrator)
@command("people reset", asker=administrator)
def invite(args: argparse.Namespace, asker: Asker) -> Said:
    person = store.find(asker, args.username)
    site = _site(args.site)
    make = store.reset if args.act == "reset" else store.invite
    secret, expires = make(asker, person, args.reason, args.hours)
    return _link(args, asker, person.name, f"{site}/account/{secret}/", expires)


def _link(args: argparse.Namespace, asker: Asker, name: str, address: str, expires: datetime) -> Said:
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
    return at.astimezone(facts(asker).zone).strftime("%Y-%m-%d %H:%M")


@command("people end-post", asker=administrator)
def end_post(args: argparse.Namespace, asker: Asker) -> Said:
    person = store.find(asker, args.username)
    store.end_post(asker, person, args.post, args.reason)
    yield say("people.ended", name=person.name, post=args.post)


@command("people rename", asker=administrator)
def rename(args: argparse.Namespace, asker: Asker) -> Said:
    person = store.find(asker, args.username)
    before = store.rename(asker, person, args.name, args.reason)
    yield say("people.renamed", before=before, name=person.name)


@command("people close", asker=administrator)
def close(args: argparse.Namespace, asker: Asker) -> Said:
    person = store.find(asker, args.username)
    username = person.user.username if person.user else ""
    posts = store.close(asker, person, args.reason)
    if posts:
        yield say("people.closed", name=person.name, username=username, posts=posts)
    else:
        yield say("people.closed_without", name=person.name, username=username)


@command("people list", asker=administrator)
def everybody(args: argparse.Namespace, asker: Asker) -> Said:
    for one in store.accounts(asker):
        if not args.waiting or one.state in ("waiting", "invited"):
            yield _line(one, args.lang, asker)


def _line(account: Account, language: str, asker: Asker) -> str:
    expires = _local(account.expires, asker) if account.expires else ""
    state = say(f"people.state_{account.state}", **({"expires": expires} if account.state == "invited" else {}))
    posts = ", ".join(account.posts) or say("people.no_post_today").speak(language)
    return f"{account.username}\t{account.name}\t{posts}\t{state.speak(language)}"


@command("people first", asker=administrator)
def first(args: argparse.Namespace, asker: Asker) -> Said:
    if not any(one.state == "open" for one in store.accounts(asker)):
        yield say("people.none_yet")

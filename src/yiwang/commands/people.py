"""`yiwang people add|invite|reset|end-post|rename|close|list`: accounts, by an administrator, with a reason."""

from __future__ import annotations

import argparse

from .frame.command import Nouns, does


def add(nouns: Nouns) -> None:
    """Register the commands of accounts."""
    people = nouns.add_parser("people", help="accounts: make, invite, reset, end a post, close, list")
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
    rename = _command(commands, "rename", "a person has another name; what they did stays theirs")
    rename.add_argument("username")
    rename.add_argument("name", help="the person's new name")
    close = _command(commands, "close", "nobody signs in with this account any more")
    close.add_argument("username")
    listed = _command(commands, "list", "everybody with their posts, and who can sign in", reason=False)
    listed.add_argument("--waiting", action="store_true", help="only those who cannot sign in yet")
    _command(commands, "first", "say what to do when nobody can sign in yet", reason=False)


def _command(commands: Nouns, name: str, what: str, *, reason: bool = True) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what)
    if reason:
        parser.add_argument("--reason", required=True, help="why: it stands in the ledger")
    parser.add_argument("--district", help="code of the district (the home district)")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.set_defaults(refuses_aloud=True)
    does(parser, f"people {name}")
    return parser

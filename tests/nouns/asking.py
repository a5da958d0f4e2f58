"""`yiwang why` asked in English, and a ticket to ask about."""

from __future__ import annotations

from tests.support.tickets import do, ticket
from yiwang.commands.line import main


def why(capsys, district, text, *more):
    code = main(["why", text, "--district", district.code, "--lang", "en", *more])
    told = capsys.readouterr()
    return code, told.out, told.err


def handled(district):
    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", one, "accept", when="2026-10-12T11:00")
    return one

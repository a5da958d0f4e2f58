# ruff: noqa: E501 (a broken kind is easier to see on one line)
"""While a vote is secret nothing tells it: whatever was voted, everybody reads the same, also when a voter steps back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from difflib import unified_diff
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.packs.checking import problems
from tests.support.clients import client
from tests.support.district import make_district, write_pack
from tests.support.tickets import at
from yiwang.matters import auditing, proof, queries, secrecy, store
from yiwang.matters.definition import kind_from
from yiwang.matters.models import Entry, Matter
from yiwang.matters.panel import ROOT
from yiwang.org.session import acting_as

KIND = Path(__file__).with_name("permit_by_committee.yaml")
THREE = ["water-1人", "water-2人", "green-1人"]
VOTES = ("agree", "refuse", "abstain")
READERS = ("dispatcher-1", "supervisor", "green-1")  # who called the vote, who takes people out, who has yet to vote


@pytest.fixture(scope="module")
def village(database: str) -> Any:
    return make_district(lambda pack: shutil.copy(KIND, pack / "matters"))


def voted(village: Any, first: str, second: str, *, steps_back: bool) -> Any:
    """A matter on which two of three have voted; of whom the first may since have stepped back."""
    with acting_as(village.as_("dispatcher-1")) as asker:
        data = {"title": "修缮", "text": "老宅"}
        matter = store.open_matter(asker, "relic", data, at=at("2026-10-12T09:00"), place=(121.91, 31.01))
    acts = [("dispatcher-1", "call", {"members": THREE}), ("water-1", "vote", {"position": first})]
    acts += [("water-2", "vote", {"position": second})]
    acts += [("supervisor", "take_out", {"who": THREE[0]})] if steps_back else []
    for minute, (who, action, data) in enumerate(acts):
        with acting_as(village.as_(who)) as asker:
            store.act(asker, matter.id, action, data, at=at(f"2026-10-12T10:0{minute}"))
    return matter


def everything_read(village: Any, who: str, matter: Any) -> dict[str, str]:
    """What somebody reads of a matter at every door, without what differs between any two matters."""
    asking, number = client(village, who), matter.number
    doors = {
        "page": (f"/desk/matters/{number}/", {}),
        "preview": (f"/desk/matters/{number}/preview/", {"HTTP_HX_REQUEST": "true"}),
        "api": (f"/api/v1/matters/{number}", {}),
        "export": (f"/desk/matters/export.csv?q={number}", {}),
    }
    read = {}
    for door, (address, headers) in doors.items():
        answer = asking.get(address, **headers)
        assert answer.status_code in (200, 404), (door, answer.status_code)
        shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
        read[door] = _alike(shown.decode("utf-8-sig"), matter)
    return read


def _alike(text: str, matter: Any) -> str:
    text = re.sub(r'(csrfmiddlewaretoken" value|name="key" value|"x-csrftoken"|nonce)[=:] ?"[^"]*"', "", text)
    text = re.sub(r"WW-\d{8}-\d{4}", "N", text)
    text = re.sub(r"[0-9a-f]{32,}|[0-9A-Za-z_-]{40,}", "H", text)
    text = re.sub(r"[0-9a-f]{4}…[0-9a-f]{4}", "H", text)
    text = re.sub(r'<time class="bar-date".*', "", text)
    return re.sub(rf"matter:{matter.id}(?![0-9])", "ID", text)


def differing(first: dict[str, str], other: dict[str, str]) -> Iterator[str]:
    for door, text in first.items():
        yield from unified_diff(text.splitlines(), other[door].splitlines(), door, door, lineterm="", n=0)


@pytest.mark.parametrize("steps_back", [False, True])
def test_whatever_was_voted_everybody_reads_the_same(village: Any, steps_back: bool) -> None:
    each = [voted(village, *votes, steps_back=steps_back) for votes in product(VOTES, repeat=2)]
    for who in READERS:
        first, *others = [everything_read(village, who, matter) for matter in each]
        assert "修缮" in first["page"]
        for other in others:
            assert not [*differing(first, other)], who
    with acting_as(village.as_("dispatcher-1")) as asker:
        for word in ("同意", "agree", "不同意"):
            numbers = {one.number for one in queries.matters(asker, queries.Filter(q=word))}
            assert numbers.isdisjoint({matter.number for matter in each})


def test_the_hash_of_stepping_back_tells_no_vote(village: Any) -> None:
    """Every reader of the ledger has the hashes. Nobody can make one of them again by trying what there is to try."""
    matter = voted(village, "agree", "refuse", steps_back=True)
    with acting_as(village.as_("dispatcher-1")):
        entries = list(Entry.objects.filter(matter=matter.id).order_by("seq"))
    telling = [one for one in entries if any(name.startswith((ROOT, "ballots.")) for name in one.delta)]
    assert [one.action for one in telling if one.action != "call"] == ["vote", "vote", "take_out"]
    salts = [one.data.get(secrecy.SALT, "") for one in telling]
    assert all(len(salt) == 32 for salt in salts)
    assert len({*salts}) == len(salts)
    with acting_as(village.system) as asker:
        assert auditing.verify(asker).broken == []
    with acting_as(village.as_("dispatcher-1")):
        assert Matter.objects.get(pk=matter.id).facts["votes.committee.responded"] == 1


# --- proof ------------------------------------------------------------------------------------------------------------

TELLS = "votes.committee.for > 1"
FIELD = "why: {type: text, title: {zh: 理由, en: Reason}"
BROKEN = {
    "a queue": ("panels:\n", "queues:\n  near: {title: {zh: 将过, en: Near}, when: \"stage = 'voting' and TELLS\"}\npanels:\n".replace("TELLS", TELLS), "queues.near.when"),
    "what a field asks": (FIELD, FIELD + f", asked_when: {TELLS}", "asks.why.asked_when"),
    "a clock": ("starts: voting, restarts: voting", f"starts: voting, restarts: voting, when: {TELLS}", "clocks.voting.when"),
    "an escalation": ("  drop: {", f"  near: {{title: {{zh: 将过, en: Near}}, from: voting, by: system, raises: [supervisor], does: {{after: 1 workday, when: votes.committee.quorum and {TELLS}}}}}\n  drop: {{", "actions.near"),
    "a person's act": ("by: dispatcher, needs: [why]}\nclocks", f"by: dispatcher, needs: [why], when: votes.committee.quorum and {TELLS}}}\nclocks", "actions.drop"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_kind_that_would_tell_is_refused(name: str) -> None:
    before, after, where = BROKEN[name]
    text = KIND.read_text("utf-8")
    assert before in text
    found = list(proof.complaints(kind_from(yaml.safe_load(text.replace(before, after, 1)))))
    told = [words.speak("en") for path, words in found if path == where]
    assert any("before" in one and "over" in one for one in told), found


INDICATOR = """\
indicator: told
title: {zh: 准予, en: granted}
version: 2026-01-01
reference: 试验
kind: relic
counted_by: created_at
denominator:
  title: {zh: 全部, en: all}
  when: created_at is not null
numerator:
  title: {zh: 准予, en: granted}
  when: in.granted is not null
unit: {zh: "%", en: "%"}
"""


def test_an_indicator_counts_no_secret_votes(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", "990000")
    shutil.copy(KIND, pack / "matters")
    assert problems(pack) == []
    said = INDICATOR.replace("in.granted is not null", TELLS)
    (pack / "indicators" / "told.yaml").write_text(INDICATOR, "utf-8")
    assert problems(pack) == []
    (pack / "indicators" / "told.yaml").write_text(said, "utf-8")
    (told,) = problems(pack)
    assert told.startswith("indicators/told.yaml:")
    assert "how a secret vote stands" in told

"""What is reported again is counted when it is opened, by the rule of its kind, and says of what (R2.12)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.district import make_district
from tests.support.tickets import at
from yiwang.matters import queries, repeats_queries, store
from yiwang.matters.linked import REPEATED, REPEATED_AFTER, REPEATED_OF
from yiwang.matters.models import Link
from yiwang.matters.opening import Opening
from yiwang.matters.reported import Reported
from yiwang.org.session import acting_as

MINE, OTHERS = Reported("王女士", "13800138001"), Reported("李先生", "13800138002")
HERE, NEAR, FAR = (121.91, 31.03), (121.9103, 31.0301), (121.93, 31.03)


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    def ruled(pack: Path) -> None:
        """A class of its own that repeats lead to: what counts can be asked for."""
        file = pack / "matters" / "hotline.yaml"
        text = file.read_text("utf-8")
        file.write_text(
            text.replace(
                "routing:\n", "routing:\n  - {to: green, when: repeats.count >= 3, because: {zh: 反复, en: repeated}}\n"
            )
        )

    return make_district(ruled)


def call(
    district: Any, when: str, reporter: Reported = MINE, category: str = "drain.blocked", place: Any = HERE
) -> Any:
    with acting_as(district.system) as asker:
        data = {"title": "返水", "text": "又返水了", "category": category}
        return store.open_matter(asker, "hotline", data, at=at(when), place=place, reporter=reporter)


def test_it_counts_what_is_alike_and_nothing_else(district: Any) -> None:
    first = call(district, "2026-10-01T08:00")
    assert first.state.get(REPEATED) is None
    assert call(district, "2026-10-02T08:00", OTHERS, place=FAR).state.get(REPEATED) is None  # another caller elsewhere
    assert call(district, "2026-10-02T09:00", category="drain.cover").state.get(REPEATED) is None  # another thing
    by_caller = call(district, "2026-10-03T08:00", place=FAR)
    assert by_caller.state[REPEATED] == 2  # the same caller once, the same place once
    by_place = call(district, "2026-10-04T08:00", Reported(), place=NEAR)
    assert by_place.state[REPEATED_OF] == [first.number]
    assert call(district, "2026-12-24T08:00").state.get(REPEATED) is None  # long ago


def test_it_tells_what_came_again_after_its_end(district: Any) -> None:
    """R2.12: of two earlier calls one was answered and is over; that the trouble is there again is counted apart."""
    over = call(district, "2027-09-01T08:00")
    with acting_as(district.as_("dispatcher-1")) as asker:
        store.act(asker, over.id, "reply", {"result": "已说明"}, at=at("2027-09-01T09:00"))
    with acting_as(district.as_("dispatcher-2")) as asker:
        store.act(asker, over.id, "verify", {"reached": True, "solved": True}, at=at("2027-09-01T10:00"))
    call(district, "2027-09-02T08:00")
    again = call(district, "2027-09-03T08:00")
    assert (again.state[REPEATED], again.state[REPEATED_AFTER]) == (2, 1)


def test_the_same_object_is_what_a_form_says_of_it(database: str) -> None:
    """The same device again, wherever it was carried to, whoever reports it."""

    def of_devices(pack: Path) -> None:
        file = pack / "matters" / "grid_event.yaml"
        file.write_text(
            re.sub(r"\nrepeats: .*", "\nrepeats: {within: 15 days, same: [form.device]}", file.read_text("utf-8")),
            "utf-8",
        )

    made = make_district(of_devices)

    def alarm(when: str, device: str) -> Any:
        with acting_as(made.system) as asker:
            data = {"title": "井盖位移", "category": "drain.cover", **({"device": device} if device else {})}
            return store.open_matter(asker, "grid_event", data, at=at(when)).state

    first = alarm("2026-10-12T08:00", "D-1")
    assert alarm("2026-10-13T08:00", "D-2").get(REPEATED) is None
    assert alarm("2026-10-14T08:00", "").get(REPEATED) is None
    assert alarm("2026-10-15T08:00", "D-1")[REPEATED_OF] == [first["number"]]
    assert alarm("2026-10-30T08:00", "").get(REPEATED) is None


def test_rules_know_the_count_and_links_lead_to_each(district: Any) -> None:
    opened = [call(district, f"2027-02-0{n}T08:00") for n in range(1, 6)]
    assert [one.state.get(REPEATED, 0) for one in opened] == [0, 1, 2, 3, 4]
    assert [one.state["suggested"] for one in opened] == ["water", "water", "water", "green", "green"]
    with acting_as(district.system):
        assert Link.objects.filter(from_matter=opened[-1].id, kind="repeats").count() == 4


def test_of_many_at_once_each_repeats_those_before_it(district: Any) -> None:
    data = {"title": "返水", "text": "又返水了", "category": "drain.blocked"}
    openings = [Opening(data, at(f"2027-05-0{day}T08:00"), HERE, MINE, key=f"many-{day}") for day in (3, 1, 2)]
    with acting_as(district.system) as asker:
        opened = store.open_many(asker, "hotline", openings)
    assert [one.state.get(REPEATED, 0) for one in opened if one] == [2, 0, 1]


def test_the_receipt_names_those_that_one_may_see(district: Any) -> None:
    call(district, "2027-07-01T08:00", place=FAR)
    one = call(district, "2027-07-02T08:00")
    last = call(district, "2027-07-03T08:00", place=(121.91, 31.01))
    for post, named in (("dispatcher-1", 2), ("nan-1", 0)):
        with acting_as(district.as_(post)) as asker:
            found = queries.one(asker, pk=last.id)
            assert found is not None
            receipt = repeats_queries.why_repeated(asker, found)
            assert (receipt.value if receipt else 0) == named
            said = [part.claim for part in receipt.because] if receipt else []
            assert (one.number in said, len(said)) == (named > 0, named and 1 + named)

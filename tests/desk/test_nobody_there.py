"""Who gives a matter to a unit for which nobody acts is told so: nobody there would see it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.district import make_district
from tests.support.tickets import ticket
from yiwang.matters.models import Matter
from yiwang.org.models import Appointment
from yiwang.org.session import acting_as, as_owner

SAYS = "目前无人任职"


def rubbish_is_for_greening(pack: Path) -> None:
    file = pack / "duties.csv"
    file.write_text(file.read_text("utf-8").replace("litter,street of place", "litter,green"), "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    """Greening's one clerk has left."""
    made = make_district(rubbish_is_for_greening)
    with as_owner():
        Appointment.objects.filter(district=made.id, post__code="green-1").update(until="2026-01-01")
    return made


@pytest.mark.parametrize(
    ("unit", "deserted"), [("water", False), ("green", True), ("nb-bei-1", False), ("nb-nan-1", True)]
)
def test_one_matter_is_given_and_its_giver_is_told(district: Any, unit: str, deserted: bool) -> None:
    number = ticket(district).number
    sent = {"unit": unit, "version": "2", "key": unit}
    with acting_as(district.system):
        sent["version"] = str(Matter.objects.get(number=number).version)
    answer = client(district, "dispatcher-1").post(f"/desk/matters/{number}/do/assign/", sent, follow=True)
    assert (answer.status_code, SAYS in answer.content.decode()) == (200, deserted)
    with acting_as(district.system):
        assert Matter.objects.get(number=number).lead.code == unit


def test_of_a_batch_each_such_unit_is_told_before_and_after(district: Any) -> None:
    numbers = [ticket(district, category=one).number for one in ("drain.blocked", "litter.pile", "litter.pile")]
    asking = client(district, "dispatcher-1")
    plan = asking.post("/desk/bulk/", {"number": numbers, "back": "/desk/"}).content.decode()
    assert plan.count(SAYS) == 1
    send = re.findall(r'name="send" value="([^"]+)"', plan)
    sent = asking.post("/desk/bulk/", {"sure": "1", "send": send, "back": "/desk/"}, follow=True).content.decode()
    assert ("已派出 3 件" in sent, sent.count(SAYS)) == (True, 1)

"""A story in plain steps: who does what to a matter at which moment, through the store, in the demo's own pack.

Its pages are walked elsewhere; what is told here is the course itself: who may, what is asked, what the clocks say.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.district import DEMO_PACK
from tests.support.photo import photo
from yiwang.files import store as files
from yiwang.files.definition import EVIDENCE
from yiwang.indicators import queries as indicators
from yiwang.matters import by_itself, queries, store
from yiwang.matters.models import Matter
from yiwang.matters.reported import Reported
from yiwang.org import session
from yiwang.org.session import acting_as
from yiwang.packs import loading
from yiwang.why import Incomplete, Refusal

CODE = "990108"
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Town:
    """The demo district under a code of its own, without its year: `town.at("2026-09-01 09:30")` begins a story."""

    district: int

    def at(self, moment: str) -> Day:
        return Day(self, datetime.fromisoformat(moment).replace(tzinfo=ZONE))

    @property
    def system(self) -> Any:

        return session.system(self.district)

    def username(self, post: str) -> str:
        """Whoever holds a post signs in so."""
        return f"{_people()[post]}.{CODE}"

    def holder(self, post: str) -> Any:
        """The asker who holds a post (`street-qinghe-clerk-1`)."""
        found = session.asker_of_user(User.objects.get(username=self.username(post)).pk)
        assert found is not None, post
        return found


@dataclass(frozen=True)
class Day:
    """A moment of a story."""

    town: Town
    moment: datetime

    def opens(self, post: str, kind: str, *, place: tuple[float, float] | None = None, **form: Any) -> Loop:
        """Somebody opens a matter; with `post` empty, anybody on the portal."""
        reporter = _reporter(form)
        with acting_as(self.town.holder(post) if post else self.town.system) as asker:
            door = "" if post else "portal"
            for name in form.pop("photos", ()):
                form[name] = _picture(asker)
            made = store.open_matter(asker, kind, form, at=self.moment, place=place, reporter=reporter, door=door)
        return Loop(self.town, made.id, made.number)

    def does(self, loop: Loop, post: str, action: str, role: str = "", **form: Any) -> dict[str, Any]:
        """Somebody acts; the matter's state afterwards. `photos=("photos_after",)` hands a picture in for each."""
        with acting_as(self.town.holder(post)) as asker:
            for name in form.pop("photos", ()):
                form[name] = _picture(asker)
            return dict(store.act(asker, loop.id, action, form, at=self.moment, role=role).state)

    def hears(self, loop: Loop, party: str, action: str, **form: Any) -> dict[str, Any]:
        """The reporter or an outside party acts by their own door; the matter's state afterwards."""
        with acting_as(self.town.system) as asker:
            return dict(store.act(asker, loop.id, action, form, at=self.moment, role=party).state)

    def comes(self) -> None:
        """The platform does what this moment has brought."""
        by_itself.act_by_itself(self.town.system, now=self.moment)

    def refuses(self, loop: Loop, post: str, action: str, **form: Any) -> str:
        """What somebody is told who may not do it now, in Chinese."""
        with pytest.raises(Refusal) as refused:
            self.does(loop, post, action, **form)
        return str(refused.value)

    def wants(self, loop: Loop, post: str, action: str, **form: Any) -> set[str]:
        """What the form says is missing or wrong."""
        with pytest.raises(Incomplete) as refused:
            self.does(loop, post, action, **form)
        return set(refused.value.fields)


@dataclass(frozen=True)
class Loop:
    """A matter of a story."""

    town: Town
    id: int
    number: str

    @property
    def state(self) -> dict[str, Any]:

        with acting_as(self.town.system) as asker:
            return dict(queries.state_of(asker, Matter.objects.get(pk=self.id)))

    @property
    def stage(self) -> str:
        return str(self.state["stage"])

    def parts(self, name: str) -> list[Loop]:
        """The matters under it, in the order in which they were opened."""
        with acting_as(self.town.system):
            rows = Matter.objects.filter(whole=self.id).order_by("pk")
            return [Loop(self.town, row.pk, row.number) for row in rows]


def measured(town: Town, indicator: str, period: str, until: str) -> tuple[int, int]:
    """Numerator and denominator of an indicator over a period ("2026-09"), as of a moment."""
    moment = datetime.fromisoformat(until).replace(tzinfo=ZONE)
    found = indicators.measure(town.system, indicator, period=period, now=moment)
    return found.numerator, found.denominator


def load_town() -> Town:
    """Load the demo's pack once under a code and sign-ins of its own. Needs the fixture `database`."""
    folder = Path(tempfile.mkdtemp(dir=os.environ["YIWANG_VAR"])) / "pack"
    shutil.copytree(DEMO_PACK, folder, ignore=shutil.ignore_patterns("sign_ins.yaml"))
    said = (folder / "pack.yaml").read_text("utf-8").replace("990106", CODE)
    (folder / "pack.yaml").write_text(said, "utf-8")
    people = list(csv.reader(io.StringIO((folder / "people.csv").read_text("utf-8"))))
    for row in people[1:]:
        row[0] = f"{row[0]}.{CODE}"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(people)
    (folder / "people.csv").write_text(out.getvalue(), "utf-8")
    return Town(loading.load(folder))


@cache
def _people() -> dict[str, str]:
    """post -> username of the demo."""
    rows = csv.DictReader(io.StringIO((DEMO_PACK / "people.csv").read_text("utf-8")))
    return {row["post"]: row["username"] for row in rows}


def _reporter(form: dict[str, Any]) -> Any:

    names = {name: form.pop(f"reporter_{name}") for name in ("name", "phone") if f"reporter_{name}" in form}
    return Reported(**names) if names else None


def _picture(asker: Any) -> list[int]:

    shot = SimpleUploadedFile("现场.jpg", photo().read(), "image/jpeg")
    return [files.keep(asker, one).pk for one in files.prepare([shot], EVIDENCE)]

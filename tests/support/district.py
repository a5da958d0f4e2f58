"""A small district of a test's own: two bureaus, two streets of two neighbourhoods, a map of four squares.

Every call makes a new tenant, so tests need no cleaning: row security keeps them apart, as it keeps districts.

        north street (bei)      nb-bei-1 | nb-bei-2
        south street (nan)      nb-nan-1 | nb-nan-2        121.90–121.94 E, 31.00–31.04 N
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

DEMO_PACK = Path(__file__).resolve().parents[2] / "packs" / "demo"
KINDS = ("hotline", "grid_event", "supervision")  # those whose parties the small district has
_serial = itertools.count()

UNITS = """code,parent,kind,name_zh,name_en,short_zh,short_en,aliases,gb_code
qu,,district,试验区人民政府,Test District,试验区,District,,{code}
csc,qu,centre,试验区城运中心,Operations Centre,区城运中心,Centre,,
dcs,qu,office,试验区督查室,Supervision Office,区督查室,Supervision,,
water,qu,bureau,试验区水务局,Water Bureau,区水务局,Water,区水务局,
green,qu,bureau,试验区绿化市容局,Greening Bureau,区绿化市容局,Greening,,
bei,qu,street,北街道,North Street,北街道,North,,{code}001
nan,qu,street,南街道,South Street,南街道,South,,{code}002
nb-bei-1,bei,neighbourhood,北一居,North One,北一,N1,,{code}001001
nb-bei-2,bei,neighbourhood,北二居,North Two,北二,N2,,{code}001002
nb-nan-1,nan,neighbourhood,南一居,South One,南一,S1,,{code}002001
nb-nan-2,nan,neighbourhood,南二居,South Two,南二,S2,,{code}002002
"""
POSTS = """code,unit,role,title_zh,title_en
head,qu,head,区长,Head
dispatcher-1,csc,dispatcher,派单席,Dispatcher
dispatcher-2,csc,dispatcher,核查席,Verifier
auditor,csc,auditor,审计员,Auditor
supervisor,dcs,supervisor,督查专员,Supervisor
supervisor-2,dcs,supervisor,督查专员,Supervisor
water-1,water,clerk,经办,Clerk
water-2,water,clerk,经办,Clerk
green-1,green,clerk,经办,Clerk
bei-1,bei,clerk,经办,Clerk
nan-1,nan,clerk,经办,Clerk
bei-grid,bei,grid_worker,网格员,Grid worker
nb-bei-1-1,nb-bei-1,clerk,居委,Clerk
"""
CATEGORIES = """code,parent,name_zh,name_en,class,urgency
drain,,排水,Drainage,request,normal
drain.blocked,drain,下水道堵塞,Blocked drain,request,normal
drain.cover,drain,井盖缺失,Missing cover,request,urgent
litter,,市容,Litter,request,normal
litter.pile,litter,暴露垃圾,Exposed rubbish,complaint,normal
ask,,咨询,Questions,consult,normal
"""
DUTIES = """category,unit_rule,clause,note
drain,water,3.2,
litter,street of place,4.1,
"""


@dataclass(frozen=True)
class TestDistrict:
    """The tenant and its people: `as_("water-1")` is the asker who holds that post."""

    __test__ = False

    id: int
    code: str
    folder: Path

    @property
    def system(self):  # type: ignore[no-untyped-def]
        from yiwang.org import session

        return session.system(self.id)

    def username(self, post: str) -> str:
        return f"{post}.{self.code}"

    def as_(self, post: str):  # type: ignore[no-untyped-def]
        """The asker who holds a post."""
        from django.contrib.auth.models import User

        from yiwang.org import session

        found = session.asker_of_user(User.objects.get(username=self.username(post)).pk)
        assert found is not None
        return found


def _of_other_kinds(folder: str, names: list[str]) -> set[str]:
    """The indicators of kinds that the small district has not."""
    found = set()
    for name in names if Path(folder).name == "indicators" else ():
        said = yaml.safe_load((Path(folder) / name).read_text("utf-8"))["kind"]
        if not {said} <= {*KINDS, "any"} if isinstance(said, str) else not {*said} <= {*KINDS}:
            found.add(name)
    return found


def _of_own_kinds(roles: str) -> str:
    """The file of roles, which see of the kinds that they name those alone that the small district has."""
    named = re.compile(r"(?<=kinds: \[)[a-z_, ]+(?=\])")
    return named.sub(lambda kinds: ", ".join(one for one in kinds[0].split(", ") if one in KINDS), roles)


def write_pack(folder: Path, code: str) -> Path:
    """The small district as a pack: our own lists, three kinds of the demo pack."""
    (folder / "geo").mkdir(parents=True)
    (folder / "matters").mkdir()
    for kind in KINDS:
        shutil.copy(DEMO_PACK / "matters" / f"{kind}.yaml", folder / "matters")
    (folder / "roles.yaml").write_text(_of_own_kinds((DEMO_PACK / "roles.yaml").read_text("utf-8")), "utf-8")
    for file in ("goals.yaml", "personal.yaml", "results.yaml"):
        shutil.copy(DEMO_PACK / file, folder / file)
    for room in ("indicators", "pages"):
        if (DEMO_PACK / room).is_dir():
            shutil.copytree(DEMO_PACK / room, folder / room, ignore=_of_other_kinds)
    (folder / "pack.yaml").write_text(
        f"version: 2026-01-01\ndistrict:\n  code: '{code}'\n  title: {{zh: 试验区, en: Test District}}\n"
        "  demo: true\n  offices: {dispatch: csc, supervision: dcs}\n",
        "utf-8",
    )
    (folder / "units.csv").write_text(UNITS.format(code=code), "utf-8")
    (folder / "posts.csv").write_text(POSTS, "utf-8")
    posts = [line.split(",")[0] for line in POSTS.splitlines()[1:]]
    people = "".join(f"{post}.{code},{post}人,{post},2024-01-01\n" for post in posts)
    (folder / "people.csv").write_text("username,name,post,since\n" + people, "utf-8")
    (folder / "categories.csv").write_text(CATEGORIES, "utf-8")
    (folder / "duties.csv").write_text(DUTIES, "utf-8")
    _write_map(folder / "geo", code)
    return folder


def _square(west: float, south: float) -> dict[str, object]:
    east, north = west + 0.02, south + 0.02
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _write_map(geo: Path, code: str) -> None:
    def collection(features: list[tuple[dict[str, str], dict[str, object]]]) -> str:
        made = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
        return json.dumps({"type": "FeatureCollection", "features": made})

    corners = {
        "nb-nan-1": (121.90, 31.00),
        "nb-nan-2": (121.92, 31.00),
        "nb-bei-1": (121.90, 31.02),
        "nb-bei-2": (121.92, 31.02),
    }
    squares = {unit: _square(*corner) for unit, corner in corners.items()}
    gb = {"nb-bei-1": "001001", "nb-bei-2": "001002", "nb-nan-1": "002001", "nb-nan-2": "002002"}
    (geo / "neighbourhoods.geojson").write_text(collection([({"unit": u}, s) for u, s in squares.items()]))
    (geo / "cells.geojson").write_text(
        collection([({"unit": u, "code": f"{code}{gb[u]}001"}, s) for u, s in squares.items()])
    )
    streets = []
    for unit, south in (("nan", 31.00), ("bei", 31.02)):
        ring = [[121.90, south], [121.94, south], [121.94, south + 0.02], [121.90, south + 0.02], [121.90, south]]
        streets.append(({"unit": unit}, {"type": "Polygon", "coordinates": [ring]}))
    (geo / "streets.geojson").write_text(collection(streets))


def make_district(change: Callable[[Path], object] = lambda pack: None) -> TestDistrict:
    """Load a fresh small district, with what `change` writes into its pack. Needs the fixture `database`."""
    from yiwang.packs import loading

    code = f"99{os.getpid() % 10_000:04d}{next(_serial)}"
    folder = write_pack(Path(tempfile.mkdtemp(dir=os.environ["YIWANG_VAR"])) / "pack", code)
    change(folder)
    return TestDistrict(loading.load(folder), code, folder)

"""The public figures: counted once for everybody, small counts kept back, right after a load of the pack."""

from __future__ import annotations

import re
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.district import make_district
from tests.support.site import Site
from tests.support.web import web
from yiwang.indicators import queries as indicators
from yiwang.org import asker as asking
from yiwang.org import session
from yiwang.org.models import District
from yiwang.org.session import acting_as
from yiwang.packs import loading
from yiwang.portal import public
from yiwang.portal.public import _figure


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(lambda pack: set_fewest(pack, 13))


def set_fewest(pack: Any, n: int) -> None:
    file = pack / "pages" / "portal.yaml"
    file.write_text(re.sub(r"^fewest: \d+$", f"fewest: {n}", file.read_text("utf-8"), flags=re.M), "utf-8")


@pytest.fixture
def asker(district: Any) -> Any:
    return passer_by(district)


def passer_by(district: Any) -> Any:
    """Who asks without signing in, when nothing has been counted yet."""
    public._kept.clear()
    row = District.objects.get(pk=district.id)
    return asking.public(row.pk, row.code, row.generation)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The moments at which somebody counted; each takes a little while."""
    real, times = public._count, []

    def count(asker: Any) -> Any:
        times.append(time.monotonic())
        time.sleep(0.3)
        return real(asker)

    monkeypatch.setattr(public, "_count", count)
    return times


def test_thirty_visitors_at_once_cause_one_count(site: Site) -> None:
    with web(site, YIWANG_LOG="INFO", YIWANG_DEMO="1") as running, ThreadPoolExecutor(30) as many:

        def home(_: int) -> str:
            with urllib.request.urlopen(f"{running.url}/portal/", timeout=60) as answer:
                return str(answer.read().decode())

        pages = list(many.map(home, range(30)))
        moments = {found[1] for page in pages if (found := re.search(r'counted-at">.*?datetime="([^"]+)"', page, re.S))}
        assert len(moments) == 1
        assert len(re.findall(r"public figures of district \S+ counted in", running.said())) == 1


def test_while_one_counts_the_others_show_what_was_counted_before(
    asker: Any, counted: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting_as(asker):
        before = public.figures(asker)
    monkeypatch.setattr(public, "GOOD_FOR", 0.0)

    def ask() -> None:
        with acting_as(asker):
            public.figures(asker)

    counting = threading.Thread(target=ask)
    counting.start()
    while len(counted) < 2:
        time.sleep(0.01)
    with acting_as(asker):
        assert public.figures(asker) is before
    counting.join()
    with acting_as(asker):
        assert public.figures(asker) is not before
    assert len(counted) == 3


def test_a_fault_while_counting_is_nobodys_lock(asker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken, acting_as(asker):
        broken.setattr(public, "_count", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            public.figures(asker)
    with acting_as(asker):
        assert public.figures(asker).fewest == 13


def test_after_a_load_of_the_pack_they_are_counted_anew(database: str) -> None:
    district = make_district(lambda pack: set_fewest(pack, 13))
    asker = passer_by(district)
    with acting_as(asker):
        before = public.figures(asker)
        assert public.figures(asker) is before
    set_fewest(district.folder, 14)
    loading.load(district.folder)
    newer = replace(asker, generation=asker.generation + 1)
    with acting_as(newer):
        assert public.figures(newer).fewest == 14
    assert (asker.district, asker.generation) not in public._kept


def test_a_count_below_the_districts_choice_is_not_told(asker: Any) -> None:
    with acting_as(session.system(asker.district)) as everybody:
        one = indicators.measures(everybody, ["hotline_solved"], period="month")["hotline_solved"]
        definition = one.definition
    for numerator, denominator, excluded, told in (
        (30, 40, 2, (40, 30, None)),
        (2, 40, 10, (40, None, 10)),
        (10, 10, 10, (10, 10, 10)),
        (9, 9, 50, (None, None, 50)),
        (0, 0, 0, (None, None, None)),
    ):
        given = SimpleNamespace(
            definition=definition, numerator=numerator, denominator=denominator, excluded=excluded, value=1, text=str
        )
        found = _figure(given, 10)  # type: ignore[arg-type]
        assert (found.base, found.numerator, found.excluded) == told
        assert found.shown == (denominator >= 10)


def test_what_is_kept_is_bounded(asker: Any) -> None:
    for n in range(50):
        public._keep((n, 1), replace(public.Figures(None, 1, "month", (), 0.0)))  # type: ignore[arg-type]
    assert len(public._kept) <= public.DISTRICTS

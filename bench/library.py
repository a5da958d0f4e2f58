"""What an ended matter solved, offered while a new one is taken down: the request of the desk over a year of matters.

ours    the desk's view of what is like a new matter, signed in, as the page asks it: what is open near by, and the
        libraries of ended ones with why each is thought to be like it
limit   a bare view behind the same middleware, signed in as the same person: what any request costs
Both in turns, in the same process; the middle of many requests.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench._cluster import database

MATTERS = 50_000
ROUNDS = 60
WHO = "shijing"  # of the desk that sees the whole district
ASKED: dict[str, dict[str, str]] = {
    "category, street and words": {
        "category": "C0301",
        "street": "street-zhenbo",
        "title": "楼道堆物",
        "text": "消防通道被堵",
    },
    "words alone": {"title": "小区门口积水", "text": "每次下雨门口积水，车辆无法进出，希望尽快排水"},
}


def run(scale: float = 1.0) -> list[dict[str, Any]]:
    """`scale` 1 is a simulated year of 50,000 matters."""
    with database() as _:
        _a_year(max(200, int(MATTERS * scale)))
        return list(measured(max(5, int(ROUNDS * min(scale, 1.0)))))


def _a_year(matters: int) -> None:
    from yiwang.demo import accounts, year
    from yiwang.packs import loading

    pack = Path(__file__).resolve().parents[1] / "packs" / "demo"
    year.simulate(year.Year(pack, loading.load(pack), matters, 1, datetime.now(UTC)))
    accounts.open_accounts(pack)


def measured(rounds: int) -> Iterator[dict[str, Any]]:
    """A row for each way of asking, in milliseconds: the middle, and what nineteen of twenty stay below."""
    from django.test import Client, override_settings

    with override_settings(ROOT_URLCONF="bench._bare", ALLOWED_HOSTS=["127.0.0.1"]):
        someone = Client(SERVER_NAME="127.0.0.1")
        _sign_in(someone)
        for name, said in ASKED.items():
            _milliseconds(someone, "/desk/new/like/", {"kind": "hotline", **said})  # what is read once, is
            ours, bare = [], []
            for _ in range(rounds):
                ours.append(_milliseconds(someone, "/desk/new/like/", {"kind": "hotline", **said}))
                bare.append(_milliseconds(someone, "/bare/", {}))
            middle, limit = median(ours), median(bare)
            yield {
                "name": f"library, asked by {name}",
                "ours": round(middle, 1),
                "ours_95": round(quantiles(ours, n=20)[-1], 1),
                "peer": None,
                "limit": round(limit, 1),
                "unit": "ms",
                "ratio_to_peer": None,
                "ratio_to_limit": round(middle / limit, 1),
            }


def _sign_in(client: Any) -> None:
    from django.contrib.auth.models import User

    client.force_login(User.objects.get(username=WHO), "django.contrib.auth.backends.ModelBackend")


def _milliseconds(client: Any, address: str, said: Mapping[str, str]) -> float:
    begun = time.perf_counter()
    answer = client.get(address, said)
    spent = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, (address, answer.status_code)
    return spent

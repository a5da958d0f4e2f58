"""A small district with pages over it, without a browser: Django's own client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.clients import client

PLAN = """试验区2026年重点工作安排

一、改善居住条件
1.加装电梯。完成加装电梯240台，力争开工300台。9月底前文化馆新馆建成开放。（责任单位：区水务局）
2.多种树。新建绿地36公顷，改造口袋公园9座。（责任单位：区绿化市容局）

二、提升治理水平
3.办好诉求。12345热线实际解决率不低于85%。（责任单位：区滨江办）
"""


@pytest.fixture
def district(database: str) -> Any:
    from tests.support.district import make_district

    return make_district()


@pytest.fixture
def client_of(district: Any) -> Callable[[str], Any]:
    """post -> a client that is signed in as the one who holds it."""
    return lambda post: client(district, post)


@pytest.fixture
def plan(district: Any) -> Any:
    """A plan that waits for review."""
    from yiwang.goals import store
    from yiwang.org.session import acting_as

    with acting_as(district.as_("supervisor")) as asker:
        return store.import_plan(asker, PLAN.encode(), "plan.txt")


@pytest.fixture
def goals(district: Any, plan: Any) -> dict[str, int]:
    """Adopted goals by a word of their quote."""
    from yiwang.goals import queries, store
    from yiwang.org.session import acting_as

    with acting_as(district.as_("supervisor")) as asker:
        store.confirm_all(asker, plan.pk)
        store.adopt(asker, plan.pk)
        board = queries.lamps(asker, year=2026).goals
        words = {"lifts": "240台", "green": "36公顷", "solved": "85%"}
        return {name: next(one.goal.pk for one in board if word in one.goal.quote) for name, word in words.items()}

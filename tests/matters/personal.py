"""A ticket that tells of somebody, in plain words and masked."""

from __future__ import annotations

from tests.support.tickets import at
from yiwang.matters import store
from yiwang.org.session import acting_as

SAID = "我叫欧阳守拙，电话10023456789，住霜桥路99弄17号楼1908室，弄口路灯不亮"

SHOWN = "我叫欧阳**，电话100****6789，住霜桥路99弄****，弄口路灯不亮"

PHONE = "10023456789"


def received(district, words, **more):
    """A ticket whose title and text are these words."""

    data = {"title": words, "text": words, "category": "drain.blocked"}
    with acting_as(district.system) as asker:
        return store.open_matter(asker, "hotline", data, at=at("2026-10-12T10:00"), place=(121.91, 31.03), **more)

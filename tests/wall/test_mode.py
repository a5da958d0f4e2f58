"""What the wall does differently in an emergency."""

from __future__ import annotations


def test_in_an_emergency_what_is_off_stands_first(database: str) -> None:
    from types import SimpleNamespace as Sign

    from yiwang.wall import vitals

    signs = [Sign(lamp=lamp) for lamp in ("ok", "watch", "stale", "ok", "alarm")]
    ordered = sorted(signs, key=lambda sign: vitals.WORST_FIRST.index(sign.lamp))
    assert [sign.lamp for sign in ordered] == ["alarm", "stale", "watch", "ok", "ok"]

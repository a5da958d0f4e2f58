"""Who may do what to plans and goals, each refusal with its reason (R5.8, design §10.12)."""

from __future__ import annotations

from collections.abc import Iterable

from yiwang.org.asker import Asker
from yiwang.why import Receipt, Refusal, say


def supervises(asker: Asker) -> bool:
    """Whether the asker works in the supervision office, or is the platform itself."""
    return asker.system or asker.supervises


def must_supervise(asker: Asker) -> None:
    """Plans, goals, owners and orders are the supervision office's. Raises Refusal."""
    if not supervises(asker):
        raise Refusal(Receipt(say("goals.only_supervisors"), False))


def against_reporting(asker: Asker, lead: int | None, co: Iterable[int]) -> Receipt | None:
    """Why the asker may not report on a goal of these units; None when they may."""
    if asker.system or reporting_unit(asker, lead, co) is not None:
        return None
    return Receipt(say("goals.only_its_units"), False)


def reporting_unit(asker: Asker, lead: int | None, co: Iterable[int]) -> int | None:
    """The unit for which the asker reports: the lead before a co-unit."""
    mine = {post.unit for post in asker.posts if post.does.for_the_unit}
    return next((unit for unit in (lead, *co) if unit in mine), None)


def against_verifying(asker: Asker, reporter: int | None, unit: int | None) -> Receipt | None:
    """Who reported never verifies, nor does their unit; only the supervision office does (R5.8)."""
    if not supervises(asker) or asker.person is None:
        return Receipt(say("goals.only_supervisors_verify"), False)
    if reporter in asker.behind:
        return Receipt(say("goals.reported_by_yourself"), False)
    if unit is not None and any(post.unit == unit for post in asker.every_post):
        return Receipt(say("goals.reported_by_your_unit"), False)
    return None

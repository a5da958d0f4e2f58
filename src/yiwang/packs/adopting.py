"""Who takes a change of a definition into use: somebody whom the district's roles let, not who made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yiwang.ledger import store as ledger
from yiwang.nouns.pack import Difference
from yiwang.org.asker import Asker
from yiwang.org.asking import NoSuchUser, asker_named
from yiwang.org.queries import facts
from yiwang.why import Refusal, say


@dataclass(frozen=True)
class Adoption:
    """Who approved a change and why, and who proposed it: accounts of the district, by their names."""

    approved_by: str = ""
    reason: str = ""
    proposed_by: str = ""


def check(asker: Asker, changed: Iterable[Difference], said: Adoption) -> None:
    """Raises Refusal where what changes needs somebody to adopt it, and who is named may not. New kinds need nobody."""
    adopters = [name for name, role in facts(asker).roles.items() if role.adopts]
    needs = [one.title for one in changed if one.sign != "+"]
    if not adopters or not needs:
        return
    if not said.approved_by or len(said.reason.strip()) < 2:
        raise Refusal(say("packs.adoption_wanted", kinds=needs, roles=adopters))
    if said.approved_by == said.proposed_by:
        raise Refusal(say("packs.adopts_own", username=said.approved_by))
    try:
        who = asker_named(said.approved_by, asker.district_code)
    except NoSuchUser:
        raise Refusal(say("packs.adopter_unknown", username=said.approved_by)) from None
    if not {post.role for post in who.posts} & {*adopters}:
        raise Refusal(say("packs.may_not_adopt", username=said.approved_by, roles=adopters))


def note(asker: Asker, changed: Iterable[Difference], said: Adoption) -> None:
    """Each definition's own entry: from when it is in use, by whose word, and what is different."""
    for one in changed:
        data = {
            "version": one.version.isoformat(),
            "sign": one.sign,
            "approved_by": said.approved_by,
            "proposed_by": said.proposed_by,
            "reason": said.reason.strip(),
        }
        ledger.append(asker, one.subject, "adopt", data, stream="packs")

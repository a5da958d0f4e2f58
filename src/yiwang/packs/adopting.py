"""Who takes a change of a definition into use: somebody whom the district's roles let, not who made it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from yiwang.ledger import store as ledger
from yiwang.nouns.pack import Difference
from yiwang.org.asker import Asker
from yiwang.org.asking import NoSuchUser, asker_named
from yiwang.org.definition import Organisation
from yiwang.org.pack_text import Problem
from yiwang.org.queries import facts
from yiwang.why import Refusal, say


@dataclass(frozen=True)
class Adoption:
    """Who approved a change and why, and who proposed it: accounts of the district, by their names."""

    approved_by: str = ""
    reason: str = ""
    proposed_by: str = ""


class LeftAsItIs(Exception):
    """What a start does not do by itself: the changes that somebody must want, and what stands against them."""

    def __init__(self, changed: Sequence[Difference], against: Sequence[Problem]) -> None:
        super().__init__(len(changed), len(against))
        self.changed = changed
        self.against = against


def adopters(asker: Asker) -> list[str]:
    """The roles of the running district that take changes into use; none: whoever loads a pack does."""
    return [name for name, role in facts(asker).roles.items() if role.adopts]


def wants_a_word(
    changed: Iterable[Difference], said: Organisation, roles: Collection[str]
) -> list[Mapping[str, str] | str]:
    """What one of these roles must adopt: changed and retired definitions, and that nobody need adopt any more."""
    if not roles:
        return []
    wanted: list[Mapping[str, str] | str] = [one.title for one in changed if one.sign != "+"]
    return wanted if any(role.adopts for role in said.roles.roles.values()) else [*wanted, "roles.yaml"]


def check_start(asker: Asker, changed: Sequence[Difference], said: Organisation, against: Sequence[Problem]) -> None:
    """A start changes definitions, but retires none, and does nothing for which somebody's word is wanted. Raises
    LeftAsItIs."""
    if against or any(one.sign == "-" for one in changed) or wants_a_word(changed, said, adopters(asker)):
        raise LeftAsItIs(changed, against)


def check(asker: Asker, changed: Iterable[Difference], said: Organisation, adoption: Adoption) -> None:
    """Raises Refusal where what changes needs somebody to adopt it, and who is named may not. New kinds need nobody."""
    roles = adopters(asker)
    if not (wanted := wants_a_word(changed, said, roles)):
        return
    if not adoption.approved_by or len(adoption.reason.strip()) < 2:
        raise Refusal(say("packs.adoption_wanted", kinds=wanted, roles=roles))
    if adoption.approved_by == adoption.proposed_by:
        raise Refusal(say("packs.adopts_own", username=adoption.approved_by))
    try:
        who = asker_named(adoption.approved_by, asker.district_code)
    except NoSuchUser:
        raise Refusal(say("packs.adopter_unknown", username=adoption.approved_by)) from None
    if not {post.role for post in who.posts} & {*roles}:
        raise Refusal(say("packs.may_not_adopt", username=adoption.approved_by, roles=roles))


def note(asker: Asker, changed: Iterable[Difference], said: Adoption) -> None:
    """Each definition's own entry: from when it is in use, by whose word, and what is different."""
    for difference in changed:
        data = {
            "version": difference.version.isoformat(),
            "sign": difference.sign,
            "approved_by": said.approved_by,
            "proposed_by": said.proposed_by,
            "reason": said.reason.strip(),
        }
        ledger.append(asker, difference.subject, "adopt", data, stream="packs")

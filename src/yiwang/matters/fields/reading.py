"""One value as it came in, read as the type that its field has: typed, or said what is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yiwang.org.colleagues import meant as called_so
from yiwang.org.personal import in_short
from yiwang.typed import identifiers, identity_numbers, moments
from yiwang.typed.forms import Wrong, yes_or_no
from yiwang.typed.numbers import SURE_DIGITS, decimal, digits, is_too_large, whole, wholes
from yiwang.typed.telephones import is_telephone
from yiwang.typed.text import seen as text_seen
from yiwang.why import Words, say

from ..objects import meant
from ..world import World
from .spec import FieldSpec

MOST_FILES = 50
_CENT = Decimal("0.01")
_EMAIL = re.compile(r"[^@\s,;<>\"']{1,64}@[^@\s,;<>\"']{1,190}\.[^@\s.,;<>\"']{2,24}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader may look at beside the value: the district, the moment at which it is said, and what stands."""

    world: World
    at: datetime
    state: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.at.astimezone(self.world.district.zone).date()


Reader = Callable[[Any, FieldSpec, Seen], Any]


def plain(raw: Any) -> str:
    """Text, or a number as text; what is a list or an object is no value of one field."""
    if isinstance(raw, str) or (isinstance(raw, int | float | Decimal | date) and not isinstance(raw, bool)):
        return str(raw)
    raise Wrong(say("matters.not_text"))


def text(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    said = plain(raw)
    if spec.at_least and len(text_seen(said)) < spec.at_least:
        raise Wrong(say("matters.text_too_short", n=spec.at_least))
    if len(said) > spec.at_most:
        raise Wrong(say("matters.text_too_long", n=len(said), most=spec.at_most))
    return said


def number(raw: Any, spec: FieldSpec, seen: Seen) -> int | float:
    amount = _amount(raw, spec)
    if not isinstance(raw, float) and (digits(amount) > SURE_DIGITS or (amount and amount.adjusted() < -SURE_DIGITS)):
        raise Wrong(say("matters.number_too_fine", value=in_short(str(raw), 40), most=SURE_DIGITS))
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def money(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    """An amount to the cent, kept as text, so that no sum of many drifts."""
    amount = _amount(raw, spec)
    if amount != amount.quantize(_CENT):
        raise Wrong(say("matters.finer_than_a_cent", value=in_short(str(raw), 40)))
    return f"{amount + 0:.2f}"


def _amount(raw: Any, spec: FieldSpec) -> Decimal:
    said = plain(raw)
    amount = decimal(said)
    if amount is None:
        key = "number_too_large" if is_too_large(said) else "not_a_number"
        raise Wrong(say(f"matters.{key}", value=in_short(said, 40)))
    if (spec.least is not None and amount < spec.least) or (spec.most is not None and amount > spec.most):
        raise Wrong(_range(spec))
    return amount


def _range(spec: FieldSpec) -> Words:
    if spec.least is None:
        return say("matters.at_most_number", most=spec.most)
    if spec.most is None:
        return say("matters.at_least_so_much", least=spec.least)
    return say("matters.between_numbers", least=spec.least, most=spec.most)


def day(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    if (found := moments.day(plain(raw))) is None:
        raise Wrong(say("matters.not_a_date", value=in_short(str(raw), 40)))
    return found.isoformat()


def instant(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    at = moments.moment(raw if isinstance(raw, datetime) else plain(raw), seen.world.district.zone)
    if at is None:
        raise Wrong(say("matters.not_a_date", value=in_short(str(raw), 40)))
    return at.isoformat()


def yes(raw: Any, spec: FieldSpec, seen: Seen) -> bool:
    answer = yes_or_no(raw)
    if answer is None:
        raise Wrong(say("matters.not_yes_or_no", value=in_short(str(raw), 40)))
    return answer


def choice(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    if not isinstance(raw, str) or raw not in spec.values:
        titles = [title.mapping() for title in spec.values.values()]
        raise Wrong(say("matters.not_a_choice", value=in_short(str(raw), 40), choices=titles))
    return raw


def choices(raw: Any, spec: FieldSpec, seen: Seen) -> list[str]:
    """Several of the values, in the order of the definition."""
    said = {choice(one, spec, seen) for one in _several(raw)}
    _number_of(len(said), spec)
    return [code for code in spec.values if code in said]


def unit(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    said, district = plain(raw), seen.world.district
    that_unit = district.by_code.get(said) or district.named(said)
    if that_unit is None:
        raise Wrong(say("matters.no_such_unit", value=in_short(said, 60)))
    if spec.of and that_unit.kind not in spec.of:
        raise Wrong(
            say("matters.wrong_unit", unit=that_unit.name, kinds=[say(f"matters.unit_{one}") for one in spec.of])
        )
    return that_unit.code


def units(raw: Any, spec: FieldSpec, seen: Seen) -> list[str]:
    found = list(dict.fromkeys(unit(one, spec, seen) for one in _several(raw)))
    _number_of(len(found), spec)
    return found


def category(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    said = plain(raw)
    if said not in seen.world.categories:
        raise Wrong(say("matters.no_such_category", value=in_short(said, 60)))
    return said


def object_(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    """The code of an object that stands on the field's list, from its code or its name. Whether whoever says it may
    know of it, `mentioned` asks."""
    said = plain(raw)
    candidates = meant(seen.world.lists.get(spec.list_, {}).values(), said)
    if len(candidates) > 1:
        raise Wrong(
            say("matters.several_objects", value=in_short(said, 60), codes=[one.code for one in candidates[:6]])
        )
    if not candidates:
        raise Wrong(say("matters.no_such_object", value=in_short(said, 60)))
    return candidates[0].code


def objects(raw: Any, spec: FieldSpec, seen: Seen) -> list[str]:
    found = list(dict.fromkeys(object_(one, spec, seen) for one in _several(raw)))
    _number_of(len(found), spec)
    return found


def colleague(raw: Any, spec: FieldSpec, seen: Seen) -> int:
    """The number of somebody who holds a post today, from their name or user name, or the number itself."""
    people = seen.world.people.in_post()
    said = plain(raw)
    candidates = [one for one in people if raw == one.person] if isinstance(raw, int) else called_so(said, people)
    if len(candidates) > 1:
        names = [one.username for one in candidates[:6]]
        raise Wrong(say("matters.several_colleagues", value=in_short(said, 40), names=names))
    if not candidates:
        raise Wrong(say("matters.no_such_colleague", value=in_short(said, 40)))
    if spec.of and not any(post.role in spec.of for post in candidates[0].posts):
        roles = [seen.world.district.roles[role].title for role in spec.of if role in seen.world.district.roles]
        raise Wrong(say("matters.wrong_role", name=candidates[0].name, roles=roles))
    return candidates[0].person


def colleagues(raw: Any, spec: FieldSpec, seen: Seen) -> list[int]:
    found = list(dict.fromkeys(colleague(one, spec, seen) for one in _several(raw)))
    _number_of(len(found), spec)
    return found


def phone(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    said = plain(raw)
    if not is_telephone(said):
        raise Wrong(say("matters.no_phone"))
    return said


def email(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    said = plain(raw)
    if not _EMAIL.fullmatch(said):
        raise Wrong(say("matters.no_email"))
    return said


def credit_code(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    said = identifiers.written(plain(raw))
    if not identifiers.is_credit_code(said):
        raise Wrong(say("matters.no_credit_code", value=in_short(said, 40)))
    return said


def identity(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    said = identifiers.written(plain(raw))
    if not identity_numbers.is_identity_number(said, seen.day):
        raise Wrong(say("matters.no_identity_number"))
    return said


def matter(raw: Any, spec: FieldSpec, seen: Seen) -> str:
    """The number of another matter; whether there is one in the asker's sight, `mentioned` asks the database."""
    said = plain(raw).upper()
    if not re.fullmatch(r"[0-9A-Z]{1,12}-[0-9]{8}-[0-9]{4,9}", said):
        raise Wrong(say("matters.no_such_number", value=in_short(said, 40)))
    return said


def files(raw: Any, spec: FieldSpec, seen: Seen) -> list[int]:
    """Numbers of files, each once. Whether they are there and the asker's, `store` asks the database."""
    numbers = {_file_number(one) for one in _several(raw)}
    if len(numbers) > MOST_FILES:
        raise Wrong(say("matters.too_many_files", n=len(numbers), most=MOST_FILES))
    return sorted(numbers)


def file_numbers(raw: Any) -> list[int]:
    """Those of a form's values that are numbers of files at all, to show again what was kept."""
    return sorted(set(wholes(raw if isinstance(raw, list | tuple) else ())))[:MOST_FILES]


def _file_number(raw: Any) -> int:
    number = whole(raw)
    if number is None:
        raise Wrong(say("matters.no_such_file"))
    return number


def _several(raw: Any) -> Iterable[Any]:
    if isinstance(raw, Mapping):
        raise Wrong(say("matters.not_one_value"))
    return raw if isinstance(raw, list | tuple) else [raw]


def _number_of(n: int, spec: FieldSpec) -> None:
    if n < spec.at_least:
        raise Wrong(say("matters.too_few", n=spec.at_least))
    if n > spec.at_most:
        raise Wrong(say("matters.too_many", n=n, most=spec.at_most))

"""The receipt of a figure, from the two sides of it down to the matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Protocol
from urllib.parse import urlencode

from yiwang.matters.exclusion_queries import taken_out
from yiwang.matters.kinds import current_kinds, kind_of
from yiwang.matters.queries import numbers_and_titles
from yiwang.org.asker import Asker
from yiwang.org.district import UnitFacts
from yiwang.org.queries import facts
from yiwang.org.session import acting_as
from yiwang.org.titles import Title
from yiwang.why import Cases, Receipt, Words, say

from .definition import Indicator
from .period import Period
from .statement import CasePart

_NAMED = 500  # matters taken out of a rate of which it is told who granted it
SCHEME = "indicator:"  # the source of a receipt whose matters can be listed


class Page(Protocol):
    """Some of the matters behind a figure."""

    @property
    def ids(self) -> list[int]: ...


class Figure(Protocol):
    """What a receipt asks of a figure (measured.Measured)."""

    @property
    def asker(self) -> Asker: ...

    @property
    def unit(self) -> UnitFacts | None: ...

    @property
    def period(self) -> Period | None: ...

    @property
    def by(self) -> str: ...

    @property
    def at(self) -> datetime: ...

    @property
    def as_of(self) -> bool: ...

    @property
    def definition(self) -> Indicator: ...

    @property
    def numerator(self) -> int: ...

    @property
    def denominator(self) -> int | None: ...

    @property
    def excluded(self) -> int: ...

    @property
    def codes(self) -> Mapping[str, int]: ...

    @property
    def merged(self) -> int: ...

    @property
    def excluded_share(self) -> Decimal | None: ...

    @property
    def parts(self) -> Sequence[CasePart]: ...

    @property
    def sql(self) -> str: ...

    @property
    def receipt(self) -> Receipt: ...

    def text(self, language: str = "zh") -> str: ...

    def cases(self, part: CasePart = "numerator", *, page: int = 1, size: int = 50) -> Page: ...


def receipt_of(figure: Figure) -> Receipt:
    """Claim, value, and what it rests on."""
    indicator = figure.definition
    where = figure.unit.name if figure.unit else say("indicators.whole_district")
    local = figure.at.astimezone(_zone(figure))
    when = figure.period.words() if figure.period else say("indicators.up_to", at=local)
    claim = say("indicators.claim", title=indicator.title.mapping(), where=where, when=when)
    value = {language: figure.text(language) for language in ("zh", "en")}
    return Receipt(claim, value, _because(figure), indicator.reference, figure.at)


def _because(figure: Figure) -> Iterator[Receipt]:
    indicator = figure.definition
    yield Receipt(_named(indicator.numerator.title), figure.numerator, source=opens(figure, "numerator"))
    if indicator.denominator and figure.denominator is not None:
        yield Receipt(_named(indicator.denominator.title), figure.denominator, source=opens(figure, "denominator"))
        late = figure.denominator - figure.numerator
        yield Receipt(say("indicators.against"), late, source=opens(figure, "against"))
    if indicator.exclude:
        words = say("indicators.excluded", title=indicator.exclude.title.mapping(), share=figure.excluded_share)
        codes = [
            Receipt(say("indicators.code", code=_code(figure, code)), n) for code, n in sorted(figure.codes.items())
        ]
        yield Receipt(words, figure.excluded, [*codes, *_granted(figure)], opens(figure, "excluded"))
    if "merged" in figure.parts:
        yield Receipt(say("indicators.merged"), figure.merged, source=opens(figure, "merged"))
    local = figure.at.astimezone(_zone(figure))
    how, by = say(f"indicators.how_{indicator.measures}"), say(f"indicators.by_{figure.by}")
    yield Receipt(say("indicators.defined", version=indicator.version, how=how, by=by), source=indicator.reference)
    if indicator.stands:
        yield Receipt(say("indicators.standing", at=local))
    else:
        yield Receipt(say("indicators.counted_by", fact=_fact(figure, indicator.counted_by)))
    if figure.as_of:
        yield Receipt(say("indicators.folded", at=local))
    yield Receipt(say("indicators.statement"), figure.sql)


def _granted(figure: Figure) -> Iterator[Receipt]:
    """Who granted what was taken out, and how many each (R2.11)."""
    if not figure.excluded:
        return
    with acting_as(figure.asker) as asker:
        known = taken_out(asker, figure.cases("excluded", size=_NAMED).ids, figure.at)
    for name, n in sorted(Counter(one.granted_by for one in known.values()).items()):
        yield Receipt(say("indicators.granted_by", name=name), n)


def with_cases(figure: Figure, at_most: int) -> Receipt:
    """The receipt with the first matters of each part under it."""
    receipt, parts = figure.receipt, {opens(figure, part): part for part in figure.parts}
    because = [
        Cases(one.value, partial(_matters, figure, parts[one.source])).under(one, at_most)
        if one.source in parts
        else one
        for one in receipt.because
    ]
    return Receipt(receipt.claim, receipt.value, because, receipt.source, receipt.at)


def _matters(figure: Figure, part: CasePart, page: int, size: int) -> Iterator[Receipt]:
    matters = figure.cases(part, page=page, size=size)
    with acting_as(figure.asker) as asker:
        known = numbers_and_titles(asker, matters.ids)
    for pk in matters.ids:
        number, title = known[pk]
        yield Receipt(number, title, source=f"matter:{pk}")


def opens(figure: Figure, part: str) -> str:
    """Where the matters of a part are listed."""
    asked = {
        "part": part,
        "period": str(figure.period) if figure.period else None,
        "unit": figure.unit.code if figure.unit else None,
        "by": figure.by,
        "as_of": figure.at.isoformat() if figure.as_of else None,
    }
    return f"{SCHEME}{figure.definition.indicator}?{urlencode({k: v for k, v in asked.items() if v})}"


def _named(title: Title) -> Words:
    return say("indicators.named", title=title.mapping())


def _zone(figure: Figure):  # type: ignore[no-untyped-def]
    with acting_as(figure.asker):
        return facts(figure.asker).zone


def _code(figure: Figure, code: str) -> object:
    """A reason code as its field's choices call it."""
    exclude = figure.definition.exclude
    name = (exclude.code or "").removeprefix("form.") if exclude else ""
    with acting_as(figure.asker):
        for kind in figure.definition.kinds:
            spec = kind_of(figure.asker, kind).fields.get(name)
            if spec and code in spec.values:
                return spec.values[code].mapping()
    return code


def _fact(figure: Figure, name: str) -> object:
    """The instant that decides the period, as its kind calls it."""
    if name in ("created_at", "closed_at"):
        return say("indicators.created_at" if name == "created_at" else "indicators.closed_at")
    with acting_as(figure.asker):
        every = {kind.matter: kind for kind in current_kinds(figure.asker)}
    kind = every[figure.definition.kinds[0]] if figure.definition.kinds[0] in every else next(iter(every.values()))
    root, _, rest = name.partition(".")
    if root == "clock":
        clock, _, what = rest.rpartition(".")
        return say(f"indicators.clock_{what}", clock=kind.clocks[clock].title.mapping())
    if root not in ("in", "at", "first"):
        return kind.schema.fields[name].title
    titled = kind.stages.get(rest) if root == "in" else kind.actions.get(rest)
    return say(f"indicators.when_{root}", what=titled.title.mapping() if titled else rest)

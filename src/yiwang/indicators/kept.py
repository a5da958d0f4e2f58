"""The district's current definitions, read once per load of the pack, with their expressions as SQL."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.expr import Schema, parse
from yiwang.matters.kinds import current_kinds
from yiwang.org.asker import Asker
from yiwang.org.per_load import per_load
from yiwang.org.personal import in_short
from yiwang.why import NotThere, say

from .definition import Exclusion, Indicator, Part, VitalSign, indicator_from, sign_from
from .models import IndicatorVersion, VitalSignVersion
from .proof import schema_of
from .sql import NOTHING, TRUE, Sql, sql, verbatim


def no_such(code: str, known: list[str]) -> NotThere:
    """No such indicator or vital sign in this district; the sentence names those that there are."""
    return NotThere(say("indicators.unknown", code=in_short(code, 60), known=known))


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """An indicator ready to be counted. Its pieces of SQL speak of the table `m` (sources).

    counted   the instant that decides the period, None for what stands open
    denominator, numerator, excluded   conditions; `excluded` says nothing when nothing is
    code      the reason code of an exclusion
    once      leaves out of rates, middles and what stands open the matters that were merged into others: those are
              counted already (R1.13); nothing where no kind of it merges, and in volumes, where each call counts
    """

    definition: Indicator
    schema: Schema
    kinds: tuple[str, ...] | None
    counted: Sql | None
    denominator: Sql
    numerator: Sql
    excluded: Sql
    code: Sql | None
    once: Sql = NOTHING

    @property
    def happens(self) -> bool:
        """Whether the instant that decides the period is something done to the matter, not a limit that runs out."""
        return not self.definition.counted_by.endswith(".due") and self.definition.counted_by != "due_at"

    @property
    def looks_into_facts(self) -> bool:
        """Whether any of its conditions needs more than the columns of a matter."""
        pieces = (self.counted or NOTHING, self.denominator, self.numerator, self.excluded, self.once)
        return self.definition.median is not None or any("m.facts" in piece.text for piece in pieces)

    @property
    def id(self) -> str:
        return self.definition.indicator


@per_load
def ready(asker: Asker, code: str) -> Ready:
    """An indicator by its id. Raises NotThere. Call inside `acting_as`."""
    row = IndicatorVersion.objects.filter(district=asker.district, code=code, current=True).first()
    if row is None:
        raise no_such(code, codes(asker))
    return _prepared(asker, indicator_from(row.definition))


def codes(asker: Asker) -> list[str]:
    """The ids of all indicators, in the pack's order."""
    rows = IndicatorVersion.objects.filter(district=asker.district, current=True).order_by("position")
    return list(rows.values_list("code", flat=True))


def _prepared(asker: Asker, indicator: Indicator) -> Ready:
    every = {kind.matter: kind for kind in current_kinds(asker)}
    wanted = None if indicator.kinds == ["any"] else tuple(indicator.kinds)
    schema = schema_of(every[name] for name in wanted or every)

    def written(text: str) -> Sql:
        return verbatim(parse(text, schema).sql("postgres"))

    def holds(part: Part | Exclusion | None) -> Sql:
        if part is None:
            return NOTHING
        return TRUE if part.when.strip().lower() == "true" else sql("(%s) IS TRUE", written(part.when))

    merges = any(every[name].merge is not None for name in wanted or every)
    return Ready(
        indicator,
        schema,
        wanted,
        None if indicator.stands else written(indicator.counted_by),
        holds(indicator.denominator) or TRUE,
        holds(indicator.numerator),
        holds(indicator.exclude),
        written(indicator.exclude.code) if indicator.exclude and indicator.exclude.code else None,
        _ONCE if merges and (indicator.stands or indicator.measures != "count") else NOTHING,
    )


# who sees one without the other counts that one
_ONCE = Sql(
    "(NOT (coalesce((m.facts->>'merged.once')::boolean, false)"
    " AND EXISTS (SELECT FROM matters_link l WHERE l.kind = 'merged' AND l.from_matter_id = m.id)))"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A vital sign and the title of its dimension."""

    definition: VitalSign
    dimension: dict[str, str]


@per_load
def signs(asker: Asker) -> list[Sign]:
    """The vital signs of the district, in the pack's order. Call inside `acting_as`."""
    rows = VitalSignVersion.objects.filter(district=asker.district, current=True).order_by("position")
    return [Sign(sign_from(row.definition), row.dimension) for row in rows]

"""What an indicator is to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Asked, Block, Noun, Reference

NOUN = Noun(
    name="indicators",
    after=("matters", "pages", "signals"),
    references={
        "indicator": Reference(page="wall:rate", part="wall:rate_cases"),
        "series": Reference(page="wall:vital"),
    },
    blocks=(Block("vitals", "indicators.nav.vitals", ("wall:vitals",), when="yiwang.indicators.vitals:has_any"),),
    asked={
        "indicator": Asked(
            shape=r"(?P<name>[^/@]+)(@(?P<period>\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d|[^/@]+))?(/(?P<unit>[^/@]+))?",
            example="indicator:on_time@2026-10/water#2026-11-01T09:00=93.2%",
            again="yiwang.indicators.again:indicator",
            parts=frozenset({"part", "period", "unit", "by", "as_of"}),
        )
    },
    pack="yiwang.indicators.loading:PART",
    schemas={
        "indicator": "yiwang.indicators.definition:Indicator",
        "vitals": "yiwang.indicators.definition:VitalSigns",
    },
)

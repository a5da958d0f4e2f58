"""What an indicator is to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Block, Noun, Reference

from .definition import Indicator, VitalSigns

NOUN = Noun(
    name="indicators",
    after=("matters", "signals"),
    references={
        "indicator": Reference(page="wall:rate", part="wall:rate_cases"),
        "series": Reference(page="wall:vital"),
    },
    blocks=(Block("vitals", "look.nav.vitals", ("wall:vitals",)),),
    pack="yiwang.indicators.loading:PART",
    schemas={"indicator": Indicator, "vitals": VitalSigns},
)

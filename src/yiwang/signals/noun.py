"""What signals are to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Noun

NOUN = Noun(
    name="signals",
    after=("matters",),
    topics=("readings",),
    pack="yiwang.signals.loading:PART",
    schemas={"map": "yiwang.signals.definition:MessageMap"},
)

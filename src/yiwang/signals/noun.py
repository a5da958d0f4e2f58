"""What signals are to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Noun

from .definition import MessageMap

NOUN = Noun(
    name="signals",
    after=("matters",),
    topics=("readings",),
    pack="yiwang.signals.loading:PART",
    schemas={"map": MessageMap},
)

"""What the directory is to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Block, Noun

NOUN = Noun(
    name="systems",
    after=("goals",),
    blocks=(Block("systems", "systems.nav", ("desk:systems",), when="yiwang.systems.queries:has_any"),),
    pack="yiwang.systems.loading:PART",
    schemas={"systems": "yiwang.systems.definition:Directory"},
)

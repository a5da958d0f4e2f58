"""What a matter is to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Block, Noun, Reference

from .definition import Kind

NOUN = Noun(
    name="matters",
    references={"matter": Reference(page="wall:matter", model="matters.Matter")},
    blocks=(
        Block("inbox", "look.nav.inbox", ("desk:inbox",)),
        Block("matters", "look.nav.matters", ("desk:matters",)),
        Block("map", "look.nav.map", ("wall:map", "wall:wall"), whole=True),
    ),
    topics=("matters",),
    pack="yiwang.matters.loading:PART",
    schemas={"matter": Kind},
)

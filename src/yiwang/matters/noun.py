"""What a matter is to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Asked, Block, Noun, Reference

NOUN = Noun(
    name="matters",
    after=("pages",),
    references={"matter": Reference(page="wall:matter", model="matters.Matter")},
    blocks=(
        Block("inbox", "matters.nav.inbox", ("desk:inbox",)),
        Block("matters", "matters.nav.matters", ("desk:matters",)),
        Block("map", "matters.nav.map", ("wall:map", "wall:wall"), whole=True),
    ),
    topics=("matters",),
    asked={
        "clock": Asked(
            shape=r"(?P<name>[^/@]+)/(?P<part>[^/@]+)",
            example="clock:RX-20261012-0001/handling",
            again="yiwang.matters.again:clock",
        ),
        "matter": Asked(
            shape=r"(?P<name>[^/@]+)",
            example="matter:RX-20261012-0001",
            again="yiwang.matters.again:matter",
        ),
    },
    pack="yiwang.matters.loading:PART",
    schemas={
        "matter": "yiwang.matters.definition:Kind",
        "results": "yiwang.matters.results:Results",
        "gate": "yiwang.matters.gate:GateFile",
    },
)

"""What the district itself is to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Block, Noun

NOUN = Noun(
    name="org",
    blocks=(
        Block(
            "readings",
            "org.nav.readings",
            ("desk:readings",),
            audits=True,
            alarm="yiwang.org.readings:over_today",
        ),
    ),
    schemas={
        "pack": "yiwang.org.definition:Pack",
        "roles": "yiwang.org.definition:Roles",
        "rosters": "yiwang.org.roster:Rosters",
    },
)

"""A noun that no room knows: only its value says what it is."""

from __future__ import annotations

from yiwang.nouns.definition import Block, Noun, Reference

NOUN = Noun(
    name="lanterns",
    after=("matters",),
    references={
        "lantern": Reference(page="board:goal", model="org.Unit"),
        "glow": Reference(page="wall:vital", part="wall:rate_cases"),
    },
    blocks=(Block("lanterns", "look.nav.goals", ("lanterns:all", "portal:home")),),
    topics=("lanterns", "lanterns.lit"),
)

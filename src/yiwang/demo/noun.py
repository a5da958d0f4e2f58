"""What the demo brings to a pack: its own files, read and proven with the others (nouns.definition)."""

from yiwang.nouns.definition import Noun

NOUN = Noun(name="demo", after=("goals", "indicators", "signals"), pack="yiwang.demo.loading:PART")

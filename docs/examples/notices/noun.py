"""What a notice is to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Noun

NOUN = Noun(name="notices", topics=("notices",))

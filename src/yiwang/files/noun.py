"""What a file is to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Noun, Reference

NOUN = Noun(name="files", references={"evidence": Reference(page="board:evidence", model="files.File")})

"""What pages are to the other rooms (nouns.definition)."""

from yiwang.nouns.definition import Noun

NOUN = Noun(
    name="pages",
    pack="yiwang.pages.loading:PART",
    schemas={
        "page-wall": "yiwang.pages.definition:Wall",
        "page-desk": "yiwang.pages.definition:Desk",
        "page-portal": "yiwang.pages.definition:Portal",
        "page-board": "yiwang.pages.definition:Board",
    },
)

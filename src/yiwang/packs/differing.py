"""What would change for the running district if a pack were loaded, before it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yiwang.nouns.pack import Difference, WholePack
from yiwang.org.installed import district_of_code
from yiwang.org.pack_text import Problem
from yiwang.org.session import acting_as, as_owner, system

from .loading import compared


def differences(pack: WholePack) -> tuple[list[Difference], list[Problem]] | None:
    """Every difference, noun by noun, and what the district has against it; None where it is not loaded yet."""
    there = district_of_code(pack.organisation.pack.district.code)
    if there is None:
        return None
    with as_owner(), acting_as(system(there.id)) as asker:
        return compared(asker, pack)


def spoken(differences: Iterable[Difference], language: str) -> Iterator[str]:
    """The lines that say it: a sign, what it is, and under it what is different."""
    for one in differences:
        yield f"{one.sign} {one.title_in(language)} ({one.subject.partition(':')[2]} {one.version.isoformat()})"
        for words in one.lines:
            yield f"    {words.speak(language)}"

"""Words: a matter is found when each of them can be read on its page, by whoever asks (design §10.19).

A word is a piece of what was written (title, text, form, ledger), of the name of its place, unit in charge or category,
or the beginning of its number. Nothing is ranked and nothing is cut: a filter, a count or a page comes after.
Blanks, width and case of signs do not count. Who reported is found by what is shown of it ("138****8000"), by
everybody to whom it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BigAutoField, Lookup, Q

from yiwang.org.asker import Asker
from yiwang.org.queries import facts

from .kinds import world
from .search_question import fold, question


class HoldsWord(Lookup):
    """`pk__holds_word=(word, units, categories, units complained of)`.

    The ids are found first and walked by the primary key: the planner cannot know how few they are, and would else read
    all that the asker sees.
    """

    lookup_name = "holds_word"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = self.process_lhs(compiler, connection)
        return (
            f"{column} = ANY(ARRAY(SELECT matters_holding(%s, %s::bigint[], %s::text[], %s::bigint[])))",
            [*params, *self.rhs],
        )


BigAutoField.register_lookup(HoldsWord)


def holding(asker: Asker, text: str) -> Q:
    """The condition that a matter holds every word of a question; none holds what has no sign that can be searched."""
    condition, words = Q(), question(text).split()
    if not words:
        return Q(pk__in=[])
    for word in words:
        if not word.strip("*"):  # all of it is masked wherever it stands: the stars alone would find everything masked
            return Q(pk__in=[])
        condition &= Q(pk__holds_word=_of(asker, word))
    return condition


def _of(asker: Asker, word: str) -> tuple[Any, ...]:
    """What `matters_holding` is asked: the word, and whose names hold it."""
    piece, known = fold(word), world(asker)
    units = [
        unit.id
        for unit in facts(asker).units.values()
        if _held(piece, [*unit.name.values(), *unit.short.values(), *unit.aliases])
    ]
    named = {code for code, one in known.categories.items() if _held(piece, one.name.values())}
    below = [code for code in known.categories if named.intersection(_path(known.categories, code))]
    complained_of = [post.unit for post in asker.every_post]
    return word, units, below, complained_of


def _held(piece: str, names: Iterable[str]) -> bool:
    return any(piece in fold(name) for name in names)


def _path(tree: Any, code: str) -> list[str]:
    """A category and those above it: a page shows them all."""
    path = []
    while code in tree and code not in path:
        path.append(code)
        code = tree[code].parent
    return path

"""Words: a matter is found when each of them can be read on its page, by whoever asks (design §10.19).

A word is a piece of what was written (title, text, form, ledger), of the name of its place, unit in charge or category,
or the beginning of its number. Nothing is ranked and nothing is cut: a filter, a count or a page comes after.
Blanks, width and case of signs do not count. Who reported is found by what is shown of it ("138****8000"), by
everybody to whom it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import BigAutoField, Lookup, Q

from yiwang.org.asker import Asker
from yiwang.org.queries import facts

from .definition import Kind
from .fields.spec import FieldSpec
from .fields.types import TYPES
from .kinds import world
from .objects import Lists, codes_in

APART = "\x1f"  # between two fields: no word is found across it
LONGEST, MOST = 200, 30  # characters and words of one question
REPORTER, BEGINNING = 0, 1  # the rows of a matter's words beside those of its entries
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def question(text: str) -> str:
    """What is searched of what was typed: whole words, as many as one question may have.

    >>> question("  路灯　坏了 路灯 ")
    '路灯 坏了'
    """
    words: list[str] = []
    for word in text.replace("\x00", "").split():
        if fold(word) and word not in words and len(words) < MOST:
            if len(" ".join([*words, word])) > LONGEST:
                return " ".join(words) if words else word[:LONGEST]
            words.append(word)
    return " ".join(words)


def is_cut(text: str) -> bool:
    """Whether something of what was typed is not searched for: more words than one question may have.

    >>> is_cut("路灯　坏了 路灯"), is_cut("灯 " * 40), is_cut(" ".join(map(str, range(40))))
    (False, False, True)
    """
    return not {word for word in text.replace("\x00", "").split() if fold(word)} <= set(question(text).split())


def fold(text: str) -> str:
    """One spelling for what people read as the same, as `matters_fold` in the database has it.

    >>> fold("霜桥路 ９９弄　Ａ座")
    '霜桥路99弄a座'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_UNSEEN).lower()


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
    """The condition that a matter holds every word of a question."""
    condition = Q()
    for word in question(text).split():
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


# --- what is kept of a matter --------------------------------------------------------------------------------------


def began_with(kind: Kind, state: Mapping[str, Any], lists: Lists) -> str:
    """The words of a matter itself: title, form, channel."""
    form = (said(spec, state.get(f"form.{name}"), lists) for name, spec in kind.form.items() if is_in_words(spec))
    return joined([state.get("title"), state.get("form.text"), state.get("channel"), *form])


def reported_by(state: Mapping[str, Any]) -> str:
    """What everybody to whom the reporter shows may see of them."""
    return joined([state.get("reporter.name"), state.get("reporter.phone")])


def written(kind: Kind, data: Mapping[str, Any], lists: Lists) -> str:
    """The words of one entry."""
    return joined([said(spec, data.get(name), lists) for name, spec in kind.fields.items() if is_in_words(spec)])


def is_in_words(spec: FieldSpec) -> bool:
    return (TYPES[spec.type].worded or bool(spec.list_)) and not spec.personal


def said(spec: FieldSpec, value: Any, lists: Lists) -> Any:
    """What is found of a value: of objects their codes and their names."""
    if not spec.list_:
        return value
    known = lists.get(spec.list_, {})
    codes = codes_in(spec, value)
    return joined([*codes, *(name for code in codes if code in known for name in known[code].name.values())])


def joined(parts: Iterable[Any]) -> str:
    return APART.join(str(part).replace(APART, " ") for part in parts if part not in (None, ""))

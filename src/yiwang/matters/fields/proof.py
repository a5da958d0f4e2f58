"""What is wrong with what a file says of a field. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from yiwang.org.definition import UNIT_KINDS
from yiwang.typed.numbers import LARGEST_DECIMAL, SURE_DIGITS, digits
from yiwang.typed.sizes import GROUNDS, LENGTHS
from yiwang.why import Words, say

from .documents import COMPLETE
from .reading import MOST_FILES
from .rows import COUNT, MOST_ROWS, most
from .spec import FieldSpec
from .values import why_not

Complaint = tuple[str, Words]
IN_ROWS = ("text", "number", "money", "date", "bool", "enum", "unit", "person", "phone", "uscc", "matter")
COMPUTED = ("text", "number", "money", "date", "bool", "enum")
_SIZED = (
    "text",
    "person",
    "choices",
    "units",
    "objects",
    "colleagues",
    "list",
)  # types that at_least and at_most bound
_WORDS = ("text", "person", "phone", "email", "id_number")  # types whose words can be kept apart
_MOST_FIELDS = 30
_LONGEST = 100_000  # signs of a text that a page, a search and a file can hold
_CENTS = Decimal(100)


def complaints(path: str, name: str, spec: FieldSpec) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of one field, and of the fields of its rows."""
    yield from _values(path, name, spec)
    yield from _sizes(path, spec)
    yield from _fillable(path, spec)
    yield from _range(path, spec)
    yield from _worked_out(path, name, spec)
    if not 0 <= spec.sensitivity <= 3:
        yield f"{path}.sensitivity", say("matters.no_sensitivity", n=spec.sensitivity)
    elif spec.sensitivity and spec.type not in _WORDS:
        yield f"{path}.sensitivity", say("matters.sensitive_words", name=name, known=list(_WORDS))
    yield from _rows(path, name, spec)
    yield from _documents(path, name, spec)


def names(path: str, spec: FieldSpec) -> Iterator[tuple[str, str]]:
    """(path in the file, name) of what a rule calls by a name within a field: the fields of a row, each of several
    values and each document, which is a fact of its own."""
    several = spec.values if spec.type == "choices" else {}
    for what, named in (("fields", spec.fields), ("values", several), ("documents", spec.documents)):
        yield from ((f"{path}.{what}.{name}", name) for name in named)


def _values(path: str, name: str, spec: FieldSpec) -> Iterator[Complaint]:
    if (spec.type in ("enum", "choices")) != bool(spec.values):
        listed = spec.type in ("enum", "choices")
        yield path, say("matters.enum_values" if listed else "matters.values_of_no_enum", name=name)
    if spec.type == "choices" and COUNT in spec.values:
        yield f"{path}.values.{COUNT}", say("matters.choice_taken", name=COUNT)
    if spec.of and spec.type not in ("unit", "units", "matter", "checklist", "colleague", "colleagues"):
        yield f"{path}.of", say("matters.of_what", name=name)
    if bool(spec.list_) != (spec.type in ("object", "objects")):
        yield path, say("matters.list_of_object" if not spec.list_ else "matters.list_of_no_object", name=name)
    for kind in sorted({*spec.of} - UNIT_KINDS) if spec.type in ("unit", "units") else ():
        yield f"{path}.of", say("matters.no_unit_kind", kind=kind, known=sorted(UNIT_KINDS))
    if spec.default is None:
        return
    if (spec.type == "bool" and not isinstance(spec.default, bool)) or (
        spec.type == "enum" and spec.default not in spec.values
    ):
        yield f"{path}.default", say("matters.no_default", name=name, value=str(spec.default))
    elif spec.type not in ("bool", "enum") and (why := why_not(spec, spec.default)):
        yield f"{path}.default", say("matters.never_so", fact=name, value=str(spec.default), why=why)


def _sizes(path: str, spec: FieldSpec) -> Iterator[Complaint]:
    if spec.at_most < 1:
        yield f"{path}.at_most", say("matters.below_one", name="at_most", n=spec.at_most)
    elif not 0 <= spec.at_least <= spec.at_most:
        yield f"{path}.at_least", say("matters.at_least_number", n=spec.at_least, most=spec.at_most)
    elif spec.at_least and spec.type not in _SIZED:
        yield f"{path}.at_least", say("matters.at_least_of_what", known=list(_SIZED))


def _fillable(path: str, spec: FieldSpec) -> Iterator[Complaint]:
    """Whoever must give it can: there are as many values as it asks for, and one between its bounds."""
    if spec.type in ("text", "person") and spec.at_most > _LONGEST:
        yield f"{path}.at_most", say("matters.text_at_most", n=spec.at_most, most=_LONGEST)
    if spec.type == "choices" and spec.values and spec.at_least > len(spec.values):
        yield f"{path}.at_least", say("matters.at_least_number", n=spec.at_least, most=len(spec.values))
    if spec.type == "list" and spec.at_least > most(spec):
        yield f"{path}.at_least", say("matters.at_least_number", n=spec.at_least, most=most(spec))
    if spec.type == "money" and spec.least is not None and spec.most is not None:
        first = (Decimal(spec.least) * _CENTS).to_integral_value(ROUND_CEILING)
        if spec.least <= spec.most < first / _CENTS:
            yield f"{path}.least", say("matters.no_cent_between", least=spec.least.said, most=spec.most.said)
    if spec.type in ("number", "money"):
        for what, bound in (("least", spec.least), ("most", spec.most)):
            if bound is not None and (abs(bound) >= LARGEST_DECIMAL or digits(bound) > SURE_DIGITS):
                yield f"{path}.{what}", say("matters.bound_too_fine", value=bound.said[:40], most=SURE_DIGITS)
    titles = [title.mapping() for title in spec.values.values()]
    if twice := next((one for at, one in enumerate(titles) if one in titles[:at]), None):
        yield f"{path}.values", say("matters.title_twice", title=twice)


def _range(path: str, spec: FieldSpec) -> Iterator[Complaint]:
    bounds = {what: bound for what in ("least", "most") if (bound := getattr(spec, what)) is not None}
    known = {"line": LENGTHS, "area": GROUNDS}.get(spec.type)
    foreign = [what for what, bound in bounds.items() if (bound.unit not in known if known else bound.unit)]
    if bounds and not known and spec.type not in ("number", "money"):
        yield f"{path}.{next(iter(bounds))}", say("matters.range_of_numbers")
    elif foreign:
        words = say("matters.size_in", type=spec.type, known=list(known)) if known else say("matters.no_size_of_number")
        yield f"{path}.{foreign[0]}", words
    elif spec.least is not None and spec.most is not None and spec.least > spec.most:
        yield f"{path}.least", say("matters.range_empty", least=spec.least.said, most=spec.most.said)
    if spec.measure is not None and spec.type not in ("number", "money"):
        yield f"{path}.measure", say("matters.measure_of_numbers")


def _worked_out(path: str, name: str, spec: FieldSpec) -> Iterator[Complaint]:
    if spec.computed and spec.type not in COMPUTED:
        yield f"{path}.type", say("matters.not_computed", name=name, known=list(COMPUTED))
    if spec.computed and (spec.required or spec.asked_when or spec.default is not None):
        yield f"{path}.computed", say("matters.computed_is_not_asked", name=name)


def _rows(path: str, name: str, spec: FieldSpec) -> Iterator[Complaint]:
    if (spec.type == "list") != bool(spec.fields):
        yield path, say("matters.list_of_fields" if spec.type == "list" else "matters.fields_of_no_list", name=name)
    if spec.type == "list" and spec.at_most > MOST_ROWS and spec.at_most != FieldSpec().at_most:
        yield f"{path}.at_most", say("matters.rows_at_most", n=MOST_ROWS)
    if len(spec.fields) > _MOST_FIELDS:
        yield f"{path}.fields", say("matters.columns_at_most", n=_MOST_FIELDS)
    for inner, column in spec.fields.items():
        here = f"{path}.fields.{inner}"
        if column.type not in IN_ROWS:
            yield f"{here}.type", say("matters.not_in_rows", name=inner, known=list(IN_ROWS))
        elif column.computed or column.asked_when or column.personal or column.sensitivity:
            yield here, say("matters.plain_in_rows", name=inner)
        else:
            yield from complaints(here, inner, column)


def _documents(path: str, name: str, spec: FieldSpec) -> Iterator[Complaint]:
    for what in ("documents", "beside"):
        if getattr(spec, what) and spec.type != "files":
            yield f"{path}.{what}", say("matters.only_of_files", what=what, name=name)
    if spec.told and not spec.goes_outside:
        yield f"{path}.told", say("matters.not_told", field=name)
    if spec.documents and spec.beside:
        yield f"{path}.beside", say("matters.pair_of_documents", name=name)
    for code in sorted(spec.documents.keys() & {COUNT, COMPLETE}):
        yield f"{path}.documents.{code}", say("matters.document_taken", name=code)
    for code, document in spec.documents.items():
        here = f"{path}.documents.{code}"
        if not 1 <= document.at_most <= MOST_FILES:
            yield f"{here}.at_most", say("matters.documents_at_most", n=document.at_most, most=MOST_FILES)
        elif not 0 <= document.at_least <= document.at_most:
            yield f"{here}.at_least", say("matters.at_least_number", n=document.at_least, most=document.at_most)

"""Proves the letters and templates of a kind: what they name exists and is known by then, and each is written. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiwang.org.pack_table import like
from yiwang.org.titles import Title
from yiwang.why import Words, say

from . import templates
from .definition import Kind
from .fields.spec import FieldSpec

Complaint = tuple[str, Words]
_ALWAYS = frozenset({templates.TODAY, "kind", "number", "stage", "title", "created_at", "urgency", "now"})
# what no text repeats: files and shapes, rows, and the number of another matter, which not every reader may know of
_SEVERAL = ("files", "line", "area", "checklist", "list", "matter")
_VOTES = FieldSpec(type="number")  # how many voted for it, as if of a field
_NOBODY_S = frozenset({"system", "reporter"})  # they hold no post in which a letter could be written


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong and what would put it right)."""
    sure = _sure(kind)
    for name, letter in kind.letters.items():
        writing = [one for one, action in kind.actions.items() if name in action.writes]
        if not writing:
            yield f"letters.{name}", say("matters.letter_unwritten", letter=name)
        yield from _text(kind, f"letters.{name}", letter.text, letter.otherwise, writing, sure, done=True)
    for name, spec in kind.fields.items():
        if spec.template is None:
            continue
        path = f"{'form' if name in kind.form else 'asks'}.{name}.template"
        if spec.type != "text" or name in kind.form or spec.sensitivity:
            yield path, say("matters.template_of_what", name=name)
            continue
        asking = [one for one, action in kind.actions.items() if name in action.asked]
        yield from _text(kind, path, spec.template.text, spec.template.otherwise, asking, sure, done=False)
    for name, action in kind.actions.items():
        for wanted in action.writes:
            if wanted not in kind.letters:
                near = like(wanted, list(kind.letters))
                yield (
                    f"actions.{name}.writes",
                    say("matters.no_such_letter", letter=wanted, known=near or [*kind.letters]),
                )
        if action.writes and (by := [one for one in action.actors if one in _NOBODY_S | kind.parties.keys()]):
            yield f"actions.{name}.by", say("matters.letter_by_nobody", action=name, by=by)


def _text(
    kind: Kind,
    path: str,
    text: Title,
    otherwise: Mapping[str, Title],
    actions: list[str],
    sure: Mapping[str, frozenset[str]],
    *,
    done: bool,
) -> Iterator[Complaint]:
    """What is wrong with a text that actions write, or begin with.

    done  whether it is written when the action is done, and knows what that has asked
    """
    if any(templates.torn(words) for words in text.mapping().values()):
        yield f"{path}.text", say("matters.template_torn")
    named, missing = templates.named_in(text), [*templates.unknown(kind, text)]
    for fact in missing:
        near = like(fact, [*kind.schema.fields, templates.TODAY, templates.REPORTER])
        key = "matters.template_no_fact_near" if near else "matters.template_no_fact"
        yield f"{path}.text", say(key, fact=fact, near=near)
    for fact in (one for one in named if one.startswith(("form.", "votes."))):
        spec = kind.fields.get(fact.removeprefix("form."), _VOTES if fact.startswith("votes.") else None)
        if spec is not None and (spec.personal or spec.sensitivity or _secret(kind, fact)):
            yield f"{path}.text", say("matters.template_hidden", fact=fact)
        elif spec is not None and spec.type in _SEVERAL:
            yield f"{path}.text", say("matters.template_not_one", fact=fact, type=spec.type)
    for fact in otherwise.keys() - {*named}:
        yield f"{path}.or.{fact}", say("matters.template_or_of_nothing", fact=fact)
    for fact in (one for one in named if one not in missing and one not in otherwise):
        early = [name for name in actions if fact not in _known(kind, name, sure, done=done)]
        if early:
            title = kind.actions[early[0]].title.mapping()
            yield f"{path}.text", say("matters.template_unknown_yet", fact=fact, action=title)


def _secret(kind: Kind, fact: str) -> bool:
    """Whether it tells how somebody voted where nobody may know."""
    secret = {name: one.vote for name, one in kind.panels.items() if one.secret}
    return fact.removeprefix("form.") in secret.values() or fact.split(".")[1] in secret


def _known(kind: Kind, name: str, sure: Mapping[str, frozenset[str]], *, done: bool) -> frozenset[str]:
    """What is known for certain when an action is begun, or done."""
    action = kind.actions[name]
    known = frozenset.intersection(*(sure.get(stage, frozenset()) for stage in action.stages)) | _ALWAYS
    if action.actors == ["unit"]:
        known |= {"unit"}
    return known | _given(kind, name) if done else known


def _given(kind: Kind, name: str) -> frozenset[str]:
    """What is known because an action was done: its moment, and what it must be told."""
    action = kind.actions[name]
    told = {one if one in ("unit", "category") else f"form.{one}" for one in action.needs if _must(kind, one)}
    return frozenset({*told, f"at.{name}", f"first.{name}", f"count.{name}"})


def _must(kind: Kind, name: str) -> bool:
    spec = kind.fields.get(name)
    return spec is None or not (spec.asked_when or spec.documents)


def _sure(kind: Kind) -> dict[str, frozenset[str]]:
    """stage -> the facts that are known whichever way a matter has come there."""
    born = {f"form.{name}" for name, spec in kind.form.items() if spec.required and _must(kind, name)}
    sure: dict[str, frozenset[str]] = {kind.first: frozenset({*born, *kind.needs, f"in.{kind.first}"})}
    waiting = [kind.first]
    while waiting:
        stage = waiting.pop()
        for name in kind.by_stage[stage]:
            after = sure[stage] | _given(kind, name)
            for to in kind.actions[name].leads_to(stage):
                there = after | {f"in.{to}"}
                known = there if to not in sure else sure[to] & there
                if known != sure.get(to):
                    sure[to] = known
                    waiting.append(to)
    return sure

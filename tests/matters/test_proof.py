# ruff: noqa: E501 (what is broken is easier to see on one line)
"""A kind that could strand a matter is refused, with the walk that goes wrong and the mend (design §4, §10.5)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from yiwang.matters import proof
from yiwang.matters.crew import EVERYBODY, Crew
from yiwang.matters.definition import kind_from
from yiwang.matters.schema import Home
from yiwang.worktime import Calendar


def said(change: str, people: Crew | None = None) -> list[str]:
    kind = kind_from(small(change))
    found = proof.complaints(kind, units=UNITS, classes=CLASSES, crew=people or crew(**FULL))
    return [f"{path}: {words.speak('en')}" for path, words in found]


def act(name: str, more: str) -> str:
    return f"actions.{name}: {{title: {{zh: 甲, en: Extra}}, {more}}}\n"


def enum(name: str, part: str = "asks", more: str = "") -> str:
    return f"{part}.{name}: {{type: enum, title: {{zh: 甲, en: A}}, values: {{yes_: {{zh: 是, en: Y}}, no_: {{zh: 否, en: N}}, maybe: {{zh: 或, en: M}}}}{more}}}\n"


ANSWERED_AT_ONCE = (
    act("reply", "from: got, to: looking, by: dispatcher, needs: [done], handles: true, at_most: 1")
    + "actions.again.unless: unit is null\nclocks.looking_at.stops: [over, again, anew]\nclocks.sending.stops: [sent, looking]\n"
)


BROKEN: dict[str, tuple[str, str]] = {
    # who
    "born without a unit": ("stages.got.owner: unit\nactions.send.by: unit", "stages.got.owner: stage got belongs to the unit in charge, but there is none yet (new)"),
    "sent without a unit": ("actions.send.needs: []", "stages.sent.owner: stage sent belongs to the unit in charge, but there is none yet (new, Send)"),
    "sent perhaps without a unit": ("actions.send.needs: []\nactions.send.may: [unit]", "stages.sent.owner: stage sent belongs to the unit in charge"),
    "an owner with nothing to do": ("actions.finish.by: supervisor\nactions.again.by: supervisor", "stages.looking.owner: stage looking belongs to dispatcher, who can do nothing there"),
    "the reporter of a kind without codes": ("public: false\nstages.got.owner: reporter\nactions.send.by: reporter", "stages.got.owner: a stage that belongs to the reporter needs public"),
    "verified by who handled it": ("actions.finish.by: unit\nactions.again.by: unit\nstages.looking.owner: unit", "stages.looking: a matter gets stuck at stage looking (new, Send, Mend; whatever was given): only those who handled it could do Again, and they may not verify it"),
    "verified by the handler": ("actions.finish.by: handler\nactions.again: null\nclocks.looking_at.stops: over\nclocks.mending.restarts: []", "only those who handled it could do Finish"),
    "closed by the platform alone": ("actions.finish.by: system\nactions.again: null\nclocks.looking_at.stops: over\nclocks.mending.restarts: []", "Finish is for the platform alone"),
    # what is not solved
    "not safe leads back by one, ends by another": (act("judge", "from: over, by: reporter, needs: [safe], outcomes: [{when: not form.safe, to: got}]") + "clocks.sending.restarts: got", "actions.finish: with form.safe = False, action judge leads back to stage got, but finish ends the matter all the same; give finish the same outcome, or do not ask it there"),
    "a mood leads back only when it is not safe": (enum("mood") + act("judge", "from: over, by: reporter, needs: [mood], outcomes: [{when: \"form.mood = 'no_'\", to: got}]") + "clocks.sending.restarts: got\nactions.finish.may: [mood]\nactions.finish.outcomes: [{when: not form.safe, to: got}]", "actions.finish: with form.mood = no_, action judge leads back"),
    # conditions
    "a condition on its own answer": ("actions.mend.when: form.days < 3\nactions.mend.needs: [done, days]", "actions.mend.when: when of mend uses form.days, which only mend itself asks for"),
    "a hindrance in its own answer": ("actions.finish.unless: not form.safe", "actions.finish.unless: unless of finish uses form.safe, which only finish itself asks for"),
    "a fact that nobody gives": ("actions.mend.when: form.days < 3", "the condition of mend uses form.days, which nobody gives before"),
    "a value misspelt in when": ("actions.finish.when: form.grade = 'graet'", "actions.finish.when: form.grade is never graet; did you mean great?"),
    "a value misspelt in a list": ("actions.finish.unless: form.grade in ('smal')", "form.grade is never smal; did you mean small?"),
    "a value misspelt in a limit table": ("clocks.mending.limit: {by: form.grade, smal: 5 workdays, default: 3 workdays}", "clocks.mending.limit.smal: form.grade is never smal; did you mean small?"),
    "a class misspelt in a limit table": ("clocks.mending.limit: {by: category.class, complant: 5 workdays, default: 3 workdays}", "category.class is never complant; did you mean complaint?"),
    "a value misspelt in a route": ("routing: [{to: north, because: {zh: 甲, en: a}, when: \"form.grade = 'huge'\"}, {to: street of place, because: {zh: 乙, en: b}}]", "routing[0].when: form.grade is never huge; it can be great, small"),
    "a category that is none": ("actions.finish.unless: category = 'lift.stuk'", "category is never lift.stuk; did you mean lift.stuck?"),
    "a unit that is none": ("actions.finish.unless: unit = 'nroth'", "unit is never nroth; did you mean north?"),
    "a stage that is none": ("actions.finish.unless: stage = 'loking'", "stage is never loking; did you mean looking?"),
    "an urgency that is none": ("actions.finish.unless: urgency = 'urgnt'", "urgency is never urgnt; did you mean urgent?"),
    "a condition that contradicts itself": ("actions.finish.when: form.grade = 'small' and form.grade = 'great'", "actions.finish.when: the condition of finish can never hold"),
    "numbers that contradict": ("actions.mend.may: [days]\nactions.finish.when: form.days > 5 and form.days < 3", "the condition of finish can never hold"),
    "a count below zero": ("actions.finish.when: count.again < 0", "the condition of finish can never hold: count.again < 0"),
    "a count out of reach": ("actions.finish.when: count.again > 2", "the condition of finish can never hold"),
    "a moment before the beginning": ("actions.finish.when: now < created_at", "the condition of finish can never hold"),
    "a thing that never happened yet": ("actions.finish.when: at.finish is not null", "the condition of finish can never hold"),
    "a text for a condition": ("actions.finish.when: form.text", "actions.finish.when: form.text is not a condition"),
    "a value for which nothing is left": ("actions.finish.when: form.grade = 'small'\nactions.again: null\nclocks.looking_at.stops: over\nclocks.mending.restarts: []", "stages.looking: a matter gets stuck at stage looking (new, Send, Mend; form.grade = great): the condition of Finish does not hold"),
    "one answer of three": (enum("mood") + "actions.mend.needs: [done, mood]\nactions.finish.when: form.mood = 'yes_'\nactions.again.when: form.mood = 'no_'", "form.mood = maybe): the condition of Again does not hold, the condition of Finish does not hold"),
    "an answer that may be left out": (enum("mood") + "actions.mend.may: [mood]\nactions.finish.when: form.mood = 'yes_'\nactions.again.when: form.mood <> 'yes_'", "Finish asks for form.mood, which nobody has given"),
    "a number between two": ("actions.mend.needs: [done, days]\nactions.finish.when: form.days > 5\nactions.again.when: form.days < 5", "stages.looking: a matter gets stuck at stage looking"),
    "a sum below a line": ("actions.mend.needs: [done, days]\nactions.finish.unless: form.days * 2 < 7\nactions.again: null\nclocks.looking_at.stops: over\nclocks.mending.restarts: []", "stages.looking: a matter gets stuck at stage looking"),
    "an unknown answer with a usual one": (enum("mood") + "actions.mend.may: [mood]\nactions.finish.when: coalesce(form.mood, 'yes_') <> 'no_'\nactions.again: null\nclocks.looking_at.stops: over\nclocks.mending.restarts: []", "form.mood = no_): the condition of Finish does not hold"),
    "a class for which nothing is left": ("actions.finish.when: category.class = 'complaint'\nactions.again: null\nclocks.looking_at.stops: over\nclocks.mending.restarts: []", "stages.looking: a matter gets stuck at stage looking"),
    # time and times
    "closed within four hours or never": ("actions.finish.within: 4 hours\nactions.again: null\nclocks.looking_at.stops: over\nclocks.mending.restarts: []", "a matter gets stuck at stage looking (new, Send, Mend; whatever was given): the time for Finish is over"),
    "closed within a day by its condition or never": ("actions.finish.when: now < in.looking + interval '1 day'\nactions.again: null\nclocks.looking_at.stops: over\nclocks.mending.restarts: []", "a matter gets stuck at stage looking"),
    "closed in time or never": ("actions.finish.before: looking_at\nactions.again: null\nclocks.looking_at.stops: over\nclocks.mending.restarts: []", "Finish must come before the clock runs out"),
    "no time at all": ("actions.finish.within: 0 hours", "actions.finish.within: limit 0 hours leaves no time at all"),
    "a clock without time": ("clocks.sending.limit: 0 workdays", "clocks.sending.limit: limit 0 workdays leaves no time at all"),
    "a text of no sign": ("form.note: {type: text, title: {zh: 注, en: Note}, at_least: 9, at_most: 3}", "form.note.at_least: at_least must be 1 to 3, not 9"),
    "never at all": ("actions.finish.at_most: 0", "actions.finish.at_most: at_most must be at least 1, not 0"),
    "less than never": ("actions.again.at_most: -1", "at_most must be at least 1, not −1"),
    "sent only once, sent back twice": ("actions.back: {title: {zh: 退, en: Back}, from: sent, to: got, by: unit}\nactions.send.at_most: 1\nclocks.sending.restarts: back", "a matter gets stuck at stage got (new, Send, Back; whatever was given): Send was done as often as it may be done"),
    # clocks
    "a pause for good": ("actions.go_on: null", "actions.wait.pauses: wait pauses clock mending and nothing lets it go on"),
    "a pause whose end cannot come": ("actions.go_on.when: count.wait < 0", "the condition of go_on can never hold"),
    "going on from nothing": ("actions.wait: null", "go_on"),
    "a clock that never starts": (act("never", "from: sent, by: dispatcher, when: count.again < 0") + "clocks.extra: {title: {zh: 甲, en: A}, starts: never, stops: over, limit: 1 day}", "the condition of never can never hold"),
    "a clock that stops before it starts": ("clocks.extra: {title: {zh: 甲, en: A}, starts: looking, stops: got, limit: 1 day}", "clocks.extra.stops: nothing in stops ever comes after clock extra has started"),
    "a stage without a clock": ("clocks.looking_at: null", "stages.looking: stage looking can be waited in with no clock running"),
    "sent anew with a clock that has stopped": (ANSWERED_AT_ONCE + act("anew", "from: looking, to: sent, by: dispatcher, needs: [unit, why]"), "stages.sent: stage sent can be waited in with no clock running"),
    "sent anew by another unit's clock": (ANSWERED_AT_ONCE + act("anew", "from: looking, to: sent, by: dispatcher, needs: [unit, why], unless: unit = 'north'"), "stages.sent: stage sent can be waited in with no clock running"),
    "born without a clock": ("clocks.sending.starts: sent\nclocks.sending.stops: mend", "stages.got: stage got can be waited in with no clock running"),
    # forms
    "co-units": ("actions.send.may: [co_units]", "there is no field co_units; add it to form or asks"),
    "a desk that is none": ("desk: bureau", "desk: desk must be centre or street, not bureau"),
    "personal data in an act": ("asks.who: {type: text, title: {zh: 人, en: Who}, personal: true}", "asks.who.personal: an action cannot ask for personal data (who)"),
    "personal data that would be lost": ("form.id_card: {type: text, title: {zh: 证, en: Card}, personal: true}", "form.id_card.personal: the platform keeps only reporter_name, reporter_phone apart"),
    "a choice of nothing": ("asks.mood: {type: enum, title: {zh: 甲, en: A}}", "asks.mood: field mood is an enum and needs values"),
    "choices of a text": ("asks.why.values: {x: {zh: 甲, en: A}}", "asks.why: field why has values but is not an enum"),
    "a field of every matter": ("asks.title: {type: text, title: {zh: 甲, en: A}}", "asks.title: every matter has a title of its own"),
    "asked in two places": ("asks.text: {type: text, title: {zh: 甲, en: A}}", "asks.text: text is both in form and in asks"),
    "a name that cannot be one": ("asks.Über: {type: text, title: {zh: 甲, en: A}}", "a name is lower-case letters"),
    "the platform's own name": ("actions.create: {title: {zh: 甲, en: A}, from: sent, by: unit}", "create is a name that the platform gives its own entries"),
    "evidence of less than nothing": ("actions.mend.evidence: -1", "actions.mend.evidence: evidence must be 0 to 20, not −1"),
    "more time by a text": (act("longer", "from: sent, by: dispatcher, needs: [why], extends: {clock: mending, by: why, up_to: 5}"), "the field of extends.by, why, must be a number"),
    "more time that nobody asks for": (act("longer", "from: sent, by: dispatcher, needs: [why], extends: {clock: mending, by: days, up_to: 5}"), "actions.longer.extends: who asks for it is not said: name the action that asks for days in asked_by"),
    "more time that is asked for elsewhere": (act("longer", "from: sent, by: dispatcher, extends: {clock: mending, by: days, up_to: 5, asked_by: mend}"), "actions.longer.extends.asked_by: mend does not ask for days; put days into its needs"),
    "more time by an action that is none": (act("longer", "from: sent, by: dispatcher, extends: {clock: mending, by: days, up_to: 5, asked_by: mnd}"), "actions.longer.extends.asked_by: "),
    "urgencies that nobody lists": ("actions.send.may: [unit, urgency]", "to ask for urgency, list the possible ones in urgencies"),
    "an instead that is elsewhere": ("actions.again.then: send", "send cannot be done where again is done"),
    "sensitivity of nothing": ("sensitivity: {complant: 2}", "sensitivity.complant: sensitivity complant: 2 is not possible"),
    "born closed": ("stages: {over: {title: {zh: 办结, en: Over}, final: true}, got: {title: {zh: 已收, en: Got}, owner: dispatcher}, sent: {title: {zh: 已派, en: Sent}, owner: unit}, looking: {title: {zh: 核查, en: Looking}, owner: dispatcher}}", "the first stage over is final"),
    "an automatic act that may be refused": ("auto: send\nactions.send.by: [dispatcher, system]\nactions.send.when: form.grade = 'small'\nactions.other: {title: {zh: 丙, en: Other}, from: got, to: over, by: dispatcher}", "auto: the auto action send may be refused when a matter opens (the condition of Send does not hold)"),
    "an automatic act that needs more": ("auto: send\nactions.send.by: [dispatcher, system]\nactions.send.needs: [unit, why]", "auto: the auto action send must be for the system in stage got and need nothing but unit"),
    "from nowhere": ("actions.finish.from: []", "action finish needs stages in from"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_kind_is_refused_with_its_reason(change: str, says: str) -> None:
    found = said(change)
    assert any(says in one for one in found), found
    assert all(
        any("一" <= sign <= "鿿" for sign in words.speak("zh"))
        for _, words in proof.complaints(kind_from(small(change)), units=UNITS, classes=CLASSES)
    )


SOUND: dict[str, str] = {
    "sent anew only where nobody had it": ANSWERED_AT_ONCE + act("anew", "from: looking, to: sent, by: dispatcher, needs: [unit, why], when: unit is null"),
    "as it is": "",
    "a fact given before": "actions.mend.needs: [done, days]\nactions.finish.when: form.days < 3\nactions.again.when: form.days >= 3\nactions.again.at_most: null",
    "both sides of a number": "actions.mend.needs: [done, days]\nactions.finish.when: form.days >= 5\nactions.again.when: form.days < 5\nactions.again.at_most: null",
    "a shortcut with a window": act("quick", "from: looking, to: over, by: dispatcher, verifies: true, within: 4 hours"),
    "after a day": "actions.finish.when: now > in.looking + interval '1 day'",
    "between three and five days": act("quick", "from: looking, to: over, by: dispatcher, verifies: true, when: now > in.looking + interval '3 days' and now < in.looking + interval '5 days'"),
    "votes": "asks.signed: {type: number, title: {zh: 签, en: Signed}}\nasks.all: {type: number, title: {zh: 全, en: All}}\nactions.mend.needs: [done, signed, all]\nactions.finish.when: form.signed * 100 >= form.all * 85\nactions.again.when: form.signed * 100 < form.all * 85\nactions.again.at_most: null",
    "an unknown answer with its own way": enum("mood") + "actions.mend.may: [mood]\nactions.finish.when: coalesce(form.mood, 'yes_') <> 'no_'\nactions.again.when: form.mood = 'no_'\nactions.again.at_most: null",
    "a window opened again": act("call", "from: looking, by: dispatcher") + "actions.finish.within: {limit: 4 hours, since: call}",
    "an automatic first act": "auto: send\nactions.send.by: [dispatcher, system]",
    "a street's own desk": "desk: street",
    "a reporter who acts": "stages.over2: {title: {zh: 评, en: Rated}, final: true}\nactions.rate: {title: {zh: 评, en: Rate}, from: over, to: over2, by: reporter, needs: [safe]}",
    "not safe leads back by both": act("judge", "from: over, by: reporter, needs: [safe], outcomes: [{when: not form.safe, to: got}]") + "clocks.sending.restarts: got\nclocks.mending.restarts: [again, sent]\nactions.finish.outcomes: [{when: not form.safe, to: got}]",
    "three times each way": "actions.again.at_most: 3\nactions.back: {title: {zh: 退, en: Back}, from: sent, to: got, by: unit, at_most: 3}\nclocks.sending.restarts: back",
}  # fmt: skip


@pytest.mark.parametrize("change", SOUND.values(), ids=SOUND)
def test_a_sound_kind_is_proven(change: str) -> None:
    assert said(change) == []


PEOPLE = [
    ({**FULL, "dispatcher": []}, "stages.got.owner: nobody in the pack is dispatcher"),
    ({**FULL, "dispatcher": ["north", "south"]}, "stages.got.owner: nobody in the pack is dispatcher"),
    ({**FULL, "clerk": [], "dispatcher": []}, "actions.send: send can never be done: nobody may do Send"),
]


@pytest.mark.parametrize(("posts", "says"), PEOPLE)
def test_whose_move_it_is_must_exist(posts: dict[str, list[str]], says: str) -> None:
    assert any(says in one for one in said("", crew(**posts))), said("", crew(**posts))


def test_one_dispatcher_cannot_verify_what_they_handled_themselves() -> None:
    reply = act("reply", "from: got, to: looking, by: dispatcher, needs: [done, unit], handles: true")
    assert said(reply) == []
    found = said(reply, crew(**{**FULL, "dispatcher": ["centre"]}))
    assert any("only those who handled it could do Finish" in one for one in found), found


def test_one_supervisor_cannot_verify_what_they_handled_themselves() -> None:
    change = "actions.mend.by: supervisor\nstages.sent.owner: supervisor\nactions.finish.by: supervisor\nactions.again.by: supervisor\nstages.looking.owner: supervisor"
    assert any("only those who handled it could do" in one for one in said(change))
    assert said(change, EVERYBODY) == []


def test_one_kind_is_proven_within_half_a_second_of_work() -> None:
    for path in sorted((Path(__file__).resolve().parents[2] / "packs" / "demo" / "matters").glob("*.yaml")):
        kind = kind_from(yaml.safe_load(path.read_text("utf-8")), Home.of(Calendar.load("cn")))
        begun = time.process_time()
        assert proof.complaints(kind) == []
        assert time.process_time() - begun < 5, path  # bounded: ten times what it takes, whatever else runs


SIGNED = act("sign", "from: looking, to: over, by: clerk, unlike: [mend], verifies: true")


def test_who_signs_for_a_unit_is_not_the_only_one_who_can_have_done_it() -> None:
    """What a unit does, each who acts for it may have done: where one alone signs there, nobody might be left."""
    alone, two = crew(**FULL), crew(**FULL | {"clerk": ["north", "north", "south", "south"]})
    assert [one for one in said(SIGNED, alone) if one.startswith("actions.sign.unlike")]
    assert not [one for one in said(SIGNED, two) if one.startswith("actions.sign.unlike")]

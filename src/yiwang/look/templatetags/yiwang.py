"""The parts of every page (`{% load yiwang %}`): words, numbers that open, lamps, clocks, receipts, small drawings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError, DjangoViteManifestError

from yiwang.look import charts, clocks, days, figures, mapping, page, receipts, shapes, speech, times
from yiwang.why import Receipt

register = template.Library()

# --- words ------------------------------------------------------------------------------------------------------


@register.simple_tag
def say(key: str, **args: Any) -> str:
    """{% say "desk.inbox" n=5 %}: a sentence of the catalogues, escaped."""
    return conditional_escape(speech.spoken(key, **args))


@register.simple_tag
def title(thing: Any) -> str:
    """{% title unit.name %}: a title {zh, en}, words or text in the active language."""
    return conditional_escape(speech.speak(thing))


@register.filter
def spoken(thing: Any) -> str:
    """{{ unit.name|spoken }}: the same, for attributes and conditions."""
    return speech.speak(thing)


@register.filter
def words(key: str) -> str:
    """{{ "look.numerator"|words }}: a sentence without places, for attributes."""
    return speech.spoken(key)


@register.filter
def of(mapping_: Mapping[str, Any] | None, name: str) -> Any:
    """{{ counts|of:name }}: what a mapping holds under a name; None where it holds nothing."""
    return mapping_.get(name) if isinstance(mapping_, Mapping) else None


@register.simple_tag
def language() -> str:
    return speech.language()


# --- numbers ----------------------------------------------------------------------------------------------------


@register.simple_tag
def number(
    value: Any,
    href: str = "",
    unit: Any = "",
    name: Any = "",
    digits: int | None = None,
    sign: bool = False,
    cls: str = "",
) -> SafeString:
    """{% number value href unit name="实际解决率" digits=1 %}: a figure that opens its receipt in place.

    Without `href` it is a plain figure; without scripts the link leads to the receipt as a page.
    """
    text = value if isinstance(value, str) else str(value) if isinstance(value, figures.Rate) else None
    text = figures.figure(value, digits, sign=sign) if text is None else text
    tail = format_html('<span class="u">{}</span>', speech.speak(unit)) if unit else ""
    if not href:
        return format_html('<span class="num {}">{}</span>{}', cls, text, tail)
    label = speech.spoken("look.open_receipt", name=speech.speak(name), value=f"{text}{speech.speak(unit)}").strip()
    return format_html(
        '<a class="n {}" href="{}" hx-get="{}" hx-target="#receipt" aria-label="{}">{}</a>{}',
        cls,
        href,
        href,
        label,
        text,
        tail,
    )


@register.inclusion_tag("look/rate.html")
def rate(
    n: int | None,
    d: int | None,
    href: str = "",
    name: Any = "",
    href_n: str = "",
    href_d: str = "",
    digits: int = 1,
) -> dict[str, Any]:
    """{% rate n d href name=… href_n=… href_d=… %}: a percentage beside its base; nothing over nothing is "—"."""
    return {
        "rate": figures.Rate(n or 0, d or 0, digits),
        "n": n or 0,
        "d": d or 0,
        "href": href,
        "href_n": href_n,
        "href_d": href_d,
        "name": name,
    }


@register.simple_tag
def figure_of(value: Any, digits: int | None = None, sign: bool = False) -> str:
    """{% figure_of value 1 as text %}: a number as text, to be said in a sentence."""
    return figures.figure(value, digits, sign=sign)


@register.filter
def figure(value: Any, digits: int | None = None) -> str:
    """{{ value|figure:1 }}: a number as text."""
    return figures.figure(value, digits)


# --- states -----------------------------------------------------------------------------------------------------


@register.simple_tag
def lamp(kind: str, word: Any = None, size: str = "", set: str = "state") -> SafeString:
    """{% lamp "watch" %}, {% lamp "watch" set="goal" %}: colour, shape and word.

    kind  ok, watch, alarm, stale, unknown, done, no;  set  state (正常 …) or goal (绿灯 …)
    word  another word; "" shows the shape alone and keeps the word for screen readers
    size  "lg" beside running text
    """
    kind = kind if kind in shapes.LAMPS else "unknown"
    usual = speech.spoken(f"look.lamp.{set}.{kind}")
    shown = usual if word is None else speech.speak(word)
    text = format_html("<span>{}</span>", shown) if shown else format_html('<span class="sr">{}</span>', usual)
    return format_html('<span class="lamp {} {}">{}{}</span>', kind, size, shapes.lamp_shape(kind), text)


@register.simple_tag
def lamp_word(kind: str, set: str = "state") -> str:
    """{% lamp_word "watch" %}: the word of a lamp, for an accessible name."""
    return speech.spoken(f"look.lamp.{set}.{kind}")


ORDERS = {"blue": 1, "orange": 2, "red": 3}


@register.simple_tag
def order(colour: str, word: Any = None) -> SafeString:
    """{% order "red" %}: a supervision order by its bars and its word."""
    text = speech.spoken(f"look.order.{colour}") if word is None else speech.speak(word)
    return format_html(
        '<span class="lamp order {}">{}<span>{}</span></span>', colour, shapes.order_shape(ORDERS[colour]), text
    )


@register.simple_tag
def point(name: str) -> SafeString:
    """{% point "diamond" %}: a point of the map beside its word in a legend."""
    return shapes.point_shape(name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "search" %}: a silent picture beside a word."""
    return shapes.icon_shape(name)


@register.simple_tag
def clock_chip(clock: Any, now: datetime | None = None, href: str = "", named: bool = False) -> SafeString:
    """{% clock_chip clock now href named=True %}: what is left of a clock; with `href` it opens why.

    `named` puts the clock's title before the time left.
    """
    if not clock:
        return mark_safe("")
    chip = clocks.chip_of(clock, now)
    shape = shapes.lamp_shape(chip.shape) if chip.shape in shapes.LAMPS else shapes.icon_shape(chip.shape)
    text = f"{chip.title} {chip.text}".strip() if named else chip.text
    if not href:
        return format_html('<span class="chip {}" title="{}">{}{}</span>', chip.kind, chip.title, shape, text)
    label = speech.spoken("look.open_receipt", name=chip.title, value=chip.text).strip()
    return format_html(
        '<a class="chip {}" href="{}" hx-get="{}" hx-target="#receipt" aria-label="{}">{}{}</a>',
        chip.kind,
        href,
        href,
        label,
        shape,
        text,
    )


@register.inclusion_tag("look/stepper.html")
def stepper(steps: Sequence[Mapping[str, Any]], compact: bool = False) -> dict[str, Any]:
    """{% stepper steps %}: each step is {title, state: past|now|future, note}; `compact` draws bars for the portal."""
    return {"steps": steps, "compact": compact}


@register.simple_tag
def empty(what: Any, then: Any = "") -> SafeString:
    """{% empty "没有待核查的事项" "下一批预计 13:30" %}: what is empty, since when, what comes next."""
    return format_html('<div class="state"><b>{}</b><div>{}</div></div>', speech.speak(what), speech.speak(then))


@register.inclusion_tag("look/problem.html")
def problem(what: Any, then: Any = "", actions: Sequence[tuple[Any, str]] = ()) -> dict[str, Any]:
    """{% problem what then actions %}: what happened, what is kept, what to do; actions are (words, address)."""
    return {"what": what, "then": then, "actions": actions}


@register.inclusion_tag("look/loading.html")
def loading(lines: int = 3) -> dict[str, Any]:
    """{% loading 3 %}: bars in the final layout, shown after 300 ms."""
    return {"lines": range(lines)}


# --- receipts ---------------------------------------------------------------------------------------------------


@register.inclusion_tag("look/receipt.html")
def receipt(
    r: Receipt,
    lamp: str = "",
    lamp_word: Any = None,
    note: Any = "",
    foot: Any = "",
    cases: str = "",
    n: int | None = None,
    full: str = "",
    now: datetime | None = None,
) -> dict[str, Any]:
    """{% receipt r lamp="watch" note=… foot=… cases=address n=177 %}: the tree of reasons, as rows that add up.

    note   one sentence under the head;  foot  version of the definition
    cases  the list of the matters behind the figure, `n` how many;  full  the same receipt as a page
    """
    return {
        "head": r.sentence(speech.language()),
        "value": receipts.value_text(r.value),
        "source": receipts.source_of(r.source),
        "at": r.at,
        "rows": list(receipts.rows_of(r)),
        "days": days.days_of(r, now or timezone.now()),
        "lamp": lamp,
        "lamp_word": lamp_word,
        "note": note,
        "foot": foot,
        "cases": cases,
        "n": n,
        "full": full,
    }


# --- drawings ---------------------------------------------------------------------------------------------------


@register.simple_tag
def spark(values: Sequence[Any], low: Any = None, high: Any = None, width: int = 68) -> SafeString:
    """{% spark values low high %}: a line with the band's ends dashed; None in `values` leaves a gap."""
    return charts.spark(values, low, high, width=width)


@register.simple_tag
def goal_bar(done: Any, plan: Any, target: Any, lamp: str = "") -> SafeString:
    """{% goal_bar done plan target lamp %}: fill = done, tick = plan to date, both against the target."""
    return charts.goal_bar(done, plan, target, lamp)


@register.simple_tag
def bar(part: Any, whole: Any, mark: Any = None) -> SafeString:
    """{% bar part whole mark %}: a plain bar with a tick."""
    return charts.bar(part, whole, mark)


@register.simple_tag
def lamp_strip(parts: Sequence[tuple[str, int]]) -> SafeString:
    """{% lamp_strip parts %}: one bar cut by (lamp, count)."""
    return charts.strip(parts)


@register.inclusion_tag("look/map.html")
def map_svg(drawing: mapping.Drawing, pin: bool = False, walk: bool = True, figures: bool = False) -> dict[str, Any]:
    """{% map_svg drawing %}: the map. `pin` lets a place be pressed into the form's fields `lon` and `lat`.

    `figures` leaves out the land: what a map that stands already takes over when its figures change.
    """
    points = [{"dot": dot, "shape": mark_safe(shapes.POINTS[dot.shape])} for dot in drawing.dots]
    return {"map": drawing, "points": points, "pin": pin, "walk": walk, "figures": figures}


# --- times ------------------------------------------------------------------------------------------------------


@register.simple_tag
def local(value: Any, style: str = "full", now: datetime | None = None) -> SafeString:
    """{% local instant "short" %}: a time of the district; styles in `yiwang.look.times.local_text`."""
    text = times.local_text(value, style, now)
    if not isinstance(value, datetime):
        return format_html("{}", text)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_tag
def local_text(value: Any, style: str = "full") -> str:
    """{% local_text instant "day" as text %}: the same without its element, to be said in a sentence."""
    return times.local_text(value, style)


@register.simple_tag
def age(value: Any, now: datetime | None = None) -> SafeString:
    """{% age instant %}: how long ago."""
    at = times.instant(value)
    return format_html('<time datetime="{}">{}</time>', at.isoformat() if at else "", times.age_text(value, now))


@register.simple_tag
def duration(span: Any) -> str:
    """{% duration span %}: the two largest parts of a timedelta or of seconds."""
    return times.span_text(span)


@register.simple_tag
def now() -> datetime:
    return timezone.now()


# --- the page ---------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def page_of(context: Context) -> page.Page:
    """{% page_of as page %}: district, person, language, size and the blocks of the app bar."""
    return page.page_of(context["request"])


KEYS = (
    ("J", "next"),
    ("K", "previous"),
    ("Enter", "open"),
    ("X", "select"),
    ("A", "assign"),
    ("R", "reassign"),
    ("M", "merge"),
    ("E", "extend"),
    ("C", "contact"),
    ("N", "new"),
    ("B", "bulk"),
    ("W", "why"),
    ("G", "source"),
    ("U", "review"),
    ("Z", "undo"),
    ("/", "search"),
    ("?", "all"),
    ("Esc", "close"),
)


@register.simple_tag
def all_keys() -> list[tuple[str, str]]:
    """Every key with the words for what it does, for the dialog behind "?"."""
    return [(key, speech.spoken(f"look.keys.{name}")) for key, name in KEYS]


@register.simple_tag
def island(name: str) -> SafeString:
    """{% island "main" %}: a built TypeScript part; nothing where the front end is not built, pages work without."""
    try:
        built = DjangoViteAssetLoader.instance().generate_vite_asset(f"src/{name}.ts", app="default")
    except (DjangoViteAssetNotFoundError, DjangoViteManifestError):
        return mark_safe("")
    return mark_safe(built)

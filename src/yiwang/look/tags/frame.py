"""The page itself: its frame, its keys, its built parts."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError, DjangoViteManifestError

from yiwang.look import page, speech

register = template.Library()


@register.simple_tag(takes_context=True)
def page_of(context: Context) -> page.Page:
    """{% page_of as page %}: district, person, language, size and the blocks of the app bar."""
    return page.page_of(context["request"])


# key, what it does, and the part of a page without which it does nothing; a page's own keys stand on its buttons
KEYS = (
    ("J", "next", "[data-rows] [data-row]"),
    ("K", "previous", "[data-rows] [data-row]"),
    ("Enter", "open", "[data-rows] [data-row]"),
    ("X", "select", "[data-rows] [data-row] input[type=checkbox]"),
    ("W", "why", "[data-rows] [data-row] a.chip, [data-rows] [data-row] a.n"),
    ("/", "search", '[data-key="/"]'),
    ("?", "all", "*"),
    ("Esc", "close", "*"),
)


@register.simple_tag
def all_keys() -> list[tuple[str, str, str]]:
    """The keys that mean the same on every page, for the dialog behind "?"; it shows those that do something there."""
    return [(key, speech.spoken(f"look.keys.{name}"), needs) for key, name, needs in KEYS]


@register.simple_tag
def island(name: str) -> SafeString:
    """{% island "main" %}: a built TypeScript part; nothing where the front end is not built, pages work without."""
    try:
        built = DjangoViteAssetLoader.instance().generate_vite_asset(f"src/{name}.ts", app="default")
    except (DjangoViteAssetNotFoundError, DjangoViteManifestError):
        return mark_safe("")
    return SafeString(built)

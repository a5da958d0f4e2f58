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
    return SafeString(built)

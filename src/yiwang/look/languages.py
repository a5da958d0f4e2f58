"""In which language a page speaks: one of those of the district's pack, as its reader asked or as they are used to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from yiwang.org.queries import facts
from yiwang.pages.queries import words_of
from yiwang.why.words import LANGUAGES

from .speech import CHINESE, speaking


class LanguageMiddleware:
    """Behind the one that knows who asks, and so in which district."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asker = getattr(request, "asker", None)
        if asker is None:
            return self.get_response(request)
        language = chosen(request, facts(asker).languages)
        with speaking(language, {} if language in LANGUAGES else words_of(asker)):
            answer = self.get_response(request)
            answer.headers.setdefault("Content-Language", choice(language).code)
            return answer


def chosen(request: HttpRequest, languages: Sequence[str]) -> str:
    """The language that was chosen on a page before, else the first that the browser asks for, else the usual one."""
    asked = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    asked += [name for name, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
    known = (name.partition("-")[0] for name in asked)
    return next((name for name in known if name in languages), languages[0])


@dataclass(frozen=True, slots=True)
class Choice:
    """A language to change to: what Django calls it, what a document says, and its own name."""

    code: str
    document: str
    name: str


def choice(language: str) -> Choice:
    """A language by its two letters.

    >>> choice("pt")
    Choice(code='pt', document='pt', name='Português')
    """
    if language == "zh":
        return Choice(CHINESE, "zh-CN", "中文")
    name = LANG_INFO.get(language, {}).get("name_local", language)
    return Choice(language, language, name[:1].upper() + name[1:])

"""A page speaks one of its district's languages: the one that was chosen, else the browser's, else the usual one."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    ("languages", "cookie", "browser", "speaks"),
    [
        (("zh", "en"), "", "", "zh"),
        (("zh", "en"), "", "en-GB,en;q=0.9", "en"),
        (("zh", "en"), "", "fr-CA,fr", "zh"),
        (("zh", "en"), "zh-hans", "en", "zh"),
        (("zh", "en"), "pt", "en", "en"),
        (("pt",), "", "zh-CN", "pt"),
        (("pt", "en"), "", "zh-CN,en;q=0.3", "en"),
        (("pt", "en"), "pt", "en", "pt"),
        (("pt", "en"), "no language; <script>", "…", "pt"),
    ],
)
def test_the_language_of_a_page(languages: tuple[str, ...], cookie: str, browser: str, speaks: str) -> None:
    from django.conf import settings

    from yiwang.look.languages import chosen

    request = RequestFactory(headers={"accept-language": browser}).get("/")
    if cookie:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    assert chosen(request, languages) == speaks


def test_a_sentence_that_a_language_lacks_is_english_and_a_title_is_what_there_is() -> None:
    from django.template import Context, Template

    from yiwang.look.speech import language, speak, speaking, spoken

    with speaking("pt"):
        assert language() == "pt"
        assert spoken("look.sign_in") == "Sign in"
        assert speak({"pt": "Ribeira", "en": "Brook"}) == "Ribeira"
        assert speak({"zh": "溪"}) == "溪"
        assert Template("{{ at }}").render(Context({"at": 0.5})) == "0.5"  # a drawing is drawn in every language
    with speaking("zh"):
        assert speak({"pt": "Ribeira"}) == "Ribeira"

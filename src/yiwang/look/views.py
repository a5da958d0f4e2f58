"""Pages that belong to no face: sign-in, the way home by role, text size, and a receipt on its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from yiwang.nouns import register
from yiwang.nouns.sight import as_seen
from yiwang.org import sign_in
from yiwang.why import Receipt

from .asked import Asked
from .demo_sign_ins import demo_sign_ins
from .page import SIZE_COOKIE, SIZES, page_of, page_of_block
from .speech import spoken
from .tags.reasons import receipt as receipt_part

PUBLIC_HOMES = ("portal:home", "sign-in")


def home(request: HttpRequest) -> HttpResponse:
    """The page with which a person's day begins: what their posts' roles say, or the whole district for its head."""
    asker = getattr(request, "asker", None)
    if asker is None or not asker.posts:
        return redirect(next(_existing(PUBLIC_HOMES)))
    blocks = register.homes()
    begins = [blocks[name] for name in asker.homes if name in blocks]
    if page_of(request).at_the_root:
        begins = [block for block in blocks.values() if block.whole] + begins
    pages = (page_of_block(block) for block in (*begins, *blocks.values()))
    return redirect(next(page for page in pages if page))


def _existing(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        with suppress(NoReverseMatch):
            yield reverse(name)


class SignInForm(AuthenticationForm):
    """Name and password; a name that cannot be one is refused before the database is asked."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            field.error_messages["required"] = spoken("look.sign_in.empty")

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if len(name) > sign_in.LONGEST_NAME:
            raise ValidationError(spoken("look.sign_in.long_name", most=sign_in.LONGEST_NAME))
        return name


class SignIn(LoginView):
    authentication_form = SignInForm
    template_name = "look/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        sign_in.remember(self.request, answer, form.get_user())
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["sign_ins"], context["demo_password"] = demo_sign_ins()
        return context


@require_POST
def size(request: HttpRequest) -> HttpResponse:
    """Standard or elder size, kept in a cookie for a year."""
    form = Asked.of_form(request)
    wanted, then = form.choice("size", SIZES), form.written("next")
    if not url_has_allowed_host_and_scheme(then, {request.get_host()}):
        then = "/"
    answer = HttpResponseRedirect(then)
    if wanted:
        answer.set_cookie(SIZE_COOKIE, wanted, max_age=365 * 86400, samesite="Lax", httponly=True)
    return answer


def receipt_response(request: HttpRequest, receipt: Receipt, **more: Any) -> HttpResponse:
    """A receipt where it was asked for, as its reader may see it: in place for htmx, as a page otherwise.

    `more` is what the tag `receipt` takes beside the receipt: lamp, lamp_word, note, foot, cases, n, again.
    """
    in_place = bool(getattr(request, "htmx", False)) or request.headers.get("HX-Request") == "true"
    part = receipt_part(as_seen(receipt), **more, full=request.get_full_path() if in_place else "")
    html = render_to_string("look/receipt.html", part, request=request)
    if in_place:
        return HttpResponse(html)
    return render(request, "look/receipt_page.html", {"receipt": mark_safe(html)})

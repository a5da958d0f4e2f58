"""The page of a one-time link, and the page on which a person changes their own password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from yiwang.look.asked import Asked
from yiwang.look.gate import AskedRequest
from yiwang.org.limits import Limit, count
from yiwang.why import Words, say

from . import store

LONGEST = 200  # signs of a password: more is no password but work for the server
TRIES = Limit(10, 15 * 60)  # of the old password, a person
_RULES = {
    "password_too_short": "people.too_short",
    "password_too_common": "people.too_common",
    "password_entirely_numeric": "people.all_digits",
    "password_too_similar": "people.too_similar",
}


@never_cache
@sensitive_post_parameters()
def link(request: AskedRequest, secret: str) -> HttpResponse:
    """Set the first password, or a new one after a reset: once, while the link lives."""
    invitation = store.link(secret)
    state = invitation.state if invitation else "unknown"
    if invitation is None or state != "open":
        return _shown(request, "people/link_over.html", status=404 if invitation is None else 410, state=state)
    expires = timezone.localtime(invitation.expires)
    if request.method != "POST":
        return _shown(request, "people/link.html", invitation=invitation, expires=expires)
    account = User.objects.get(pk=invitation.user)
    wrong = wrong_with(request, account)
    if wrong:
        return _shown(request, "people/link.html", status=422, invitation=invitation, wrong=wrong, expires=expires)
    if not store.set_password(invitation, secret, Asked.of_form(request).written("password")):
        return _shown(request, "people/link_over.html", status=410, state="ended")
    return _shown(request, "people/link_done.html", invitation=invitation)


@never_cache
@sensitive_post_parameters()
@login_required
def password(request: AskedRequest) -> HttpResponse:
    """Change one's own password: the old one is asked for, every other page of the account ends."""
    account = request.user
    assert isinstance(account, User)
    if request.method != "POST":
        return _shown(request, "people/password.html")
    tried = count("password-change", str(account.pk), TRIES)
    if tried.over:
        wait = max(1, round(tried.wait / 60))
        return _shown(request, "people/password.html", status=429, wrong={"old": say("people.too_often", wait=wait)})
    form = Asked.of_form(request)
    old, new = form.written("old"), form.written("password")
    wrong = wrong_with(request, account)
    if not account.check_password(old[:LONGEST]):
        wrong = {"old": say("people.old_wrong"), **wrong}
    else:
        tried.give_back()
        if not wrong and new == old:
            wrong["password"] = say("people.same_again")
    if not wrong and not store.change_password(request.asker, account, new):
        wrong = {"old": say("people.changed_meanwhile")}
    if wrong:
        return _shown(request, "people/password.html", status=422, wrong=wrong)
    account.refresh_from_db()
    update_session_auth_hash(request, account)
    return _shown(request, "people/password_done.html")


def wrong_with(request: AskedRequest, account: User) -> dict[str, Words]:
    """field -> what is wrong with the new password that was typed twice."""
    form = Asked.of_form(request)
    typed, again = form.written("password"), form.written("again")
    if not typed:
        return {"password": say("people.empty")}
    if len(typed) > LONGEST:
        return {"password": say("people.too_long", most=LONGEST)}
    person = getattr(account, "person", None)
    account.first_name = person.name if person else ""  # so that a name is no password
    try:
        password_validation.validate_password(typed, account)
    except ValidationError as error:
        return {"password": say(_RULES.get(error.error_list[0].code or "", "people.too_common"))}
    return {} if typed == again else {"again": say("people.not_the_same")}


def _shown(request: AskedRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, template, context, status=status)

"""One transaction a request, opened for the asker behind it, in the time of their district (design §7)."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yiwang.why import say

from . import queries, session
from .asker import public


class AskerMiddleware:
    """Sets `request.asker`: the signed-in person's sight, else that of a passer-by in the home district.

    Who acts for another has the other's sight and no other (`request.stand_in`, look.standing_in).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asker = getattr(request, "stand_in", None)
        if asker is None and request.user.is_authenticated:
            asker = session.asker_of_user(request.user.pk)
        if asker is None:
            try:
                asker = public(*queries.home_district())
            except queries.NoDistrict:
                sentences = [say("org.no_district").speak(language) for language in ("zh", "en")]
                answer = HttpResponse("\n".join(sentences), status=503, content_type="text/plain; charset=utf-8")
                answer.key = "no_district"  # type: ignore[attr-defined]  # its words, for those who want them as JSON
                return answer
        with session.acting_as(asker), timezone.override(queries.facts(asker).zone):
            request.asker = asker  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= 500:  # the page failed after it wrote: nothing of it may stay (design §10.10)
                transaction.set_rollback(True)
            return response

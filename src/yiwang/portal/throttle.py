"""How often one visitor may try: reports and tracking codes are open to everybody, so they are counted."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.org.limits import Limit, over

ALL_TOGETHER = 100  # so many visitors may use up their own limit before everybody is asked to wait


def too_often(request: HttpRequest, what: str, *, at_most: int, seconds: int) -> bool:
    """Count one try of this visitor; True when there were more than `at_most` within `seconds`.

    Who a visitor is: `yiwang.org.visitor`.
    """
    everybody = Limit(at_most * ALL_TOGETHER, seconds)
    return over(request, what, each=Limit(at_most, seconds), all_together=everybody) is not None

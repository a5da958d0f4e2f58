"""The only place that writes definitions of indicators and vital signs."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from yiwang.org.asker import Asker
from yiwang.org.titles import plain

from .definition import Indicator, VitalSigns
from .models import IndicatorVersion, VitalSignVersion


@transaction.atomic
def adopt(asker: Asker, indicators: Sequence[Indicator], signs: VitalSigns | None) -> None:
    """Make these the district's indicators and vital signs; those that are no longer named are kept but not current."""
    IndicatorVersion.objects.filter(district=asker.district).update(current=False)
    for position, indicator in enumerate(indicators):
        IndicatorVersion.objects.update_or_create(
            district_id=asker.district,
            code=indicator.indicator,
            version=indicator.version,
            defaults={"definition": plain(indicator), "current": True, "position": position},
        )
    VitalSignVersion.objects.filter(district=asker.district).update(current=False)
    for position, sign in enumerate(signs.signs if signs else ()):
        VitalSignVersion.objects.update_or_create(
            district_id=asker.district,
            code=sign.code,
            version=signs.version,  # type: ignore[union-attr]
            defaults={
                "definition": plain(sign),
                "dimension": plain(signs.dimensions[sign.dimension]),  # type: ignore[union-attr]
                "current": True,
                "position": position,
            },
        )

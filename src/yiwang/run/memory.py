"""Memory of a web process that does not grow with visits.

A page that was rendered stands in a circle (Django's contexts know their parts and are known by them), so that only
the collector of cycles gives it back, with every row that it showed. The collector looks at the oldest objects when a
quarter as much has been added as there was: with all that the start makes, that is a quarter of the process. So what
the start has made is set aside, and the rest is looked at once a minute, which takes some tens of milliseconds.
"""

from __future__ import annotations

import asyncio
import gc

EVERY = 60.0  # seconds


def set_aside() -> None:
    """Call when everything is imported: it stays as long as the process, and is not looked at again."""
    gc.collect()
    gc.freeze()


async def give_back(every: float = EVERY) -> None:
    """Until it is cancelled: give back the pages that are over."""
    while True:
        await asyncio.sleep(every)
        gc.collect()

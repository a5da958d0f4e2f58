"""Memory of a web process that does not grow with visits.

A page that was rendered stands in a circle (Django's contexts know their parts and are known by them), so that only
the collector of cycles gives it back, with every row that it showed. The collector looks at the oldest objects when a
quarter as much has been added as there was: with all that the start makes, that is a quarter of the process. So what
the start has made is set aside, and the rest is looked at once a minute, which takes some tens of milliseconds.

What pages leave is a small part: measured by `tests.soak`, a process stays where its first minutes brought it. What
made it grow was loading the pack again, from 138 to 208 MB within a minute, all of it objects of Python (what the C
library gives out hardly moved). Such memory is not given back while one object lives in each of its pieces, so that
moments count as much as what stays:

- all visitors of the moment after a load made the district, some 8 MB, side by side; now one of them does
  (`org.per_load`), and who still works under the earlier load finds what there was;
- functions that nobody asked again held on to their part of the earlier load; now a district's values go together;
- expressions and counted working days were kept by schema and by calendar, of which each load has its own; now they
  are kept in the schema and the calendar, and go with them;
- the outlines of a grid's cells were kept as lists of numbers, half of a district; now as shapes.

So nothing outside `per_load` may be kept under a key that belongs to a load (`tests/test_caches.py`), and nothing
under one that a passer-by makes up, unless both the number and the size of what is kept are bounded.
"""

from __future__ import annotations

import asyncio
import gc
import logging

EVERY = 60.0  # seconds

log = logging.getLogger(__name__)


def set_aside() -> None:
    """Call when everything is imported: it stays as long as the process, and is not looked at again."""
    gc.collect()
    gc.freeze()


async def give_back(every: float = EVERY) -> None:
    """Until it is cancelled: give back the pages that are over."""
    log.info("what pages leave behind is looked for every %g seconds, to give back its memory", every)
    while True:
        await asyncio.sleep(every)
        gc.collect()

"""Writing into the ledger as one asker."""

from __future__ import annotations


def append(asker, subject, action, data=None, **more):
    from yiwang.ledger import store
    from yiwang.org.session import acting_as

    with acting_as(asker):
        return store.append(asker, subject, action, data, **{"stream": "tests", **more})

"""Starts the embedded PostgreSQL again when it ends by itself, for as long as it is asked to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from .backoff import Backoff
from .postgres import Postgres, PostgresTrouble
from .rotation import rotate

LOOKS = 0.5  # seconds between two looks


class Keeper:
    """`with Keeper(cluster, say):` keeps a started cluster alive. `say` takes a line for whoever watches."""

    def __init__(self, cluster: Postgres, say: Callable[[str], None]) -> None:
        self._cluster, self._say = cluster, say
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def __enter__(self) -> Keeper:
        self._thread.start()
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._done.set()
        self._thread.join()

    def _keep(self) -> None:
        backoff = Backoff()
        while not self._done.wait(LOOKS):
            rotate(self._cluster.folder / "server.log")
            if self._cluster.lives():
                continue
            self._say("PostgreSQL ended and is started again")
            try:
                self._cluster.revive()
                self._say("PostgreSQL runs again")
            except (PostgresTrouble, OSError) as trouble:
                self._say(f"PostgreSQL could not be started: {trouble}")
            if self._done.wait(backoff.after_an_end()):
                return

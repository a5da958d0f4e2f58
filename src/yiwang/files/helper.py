"""The decoder's own process: takes one file after the other from its standard input, gives each back cleaned.

It may use no more than so much memory and time, works behind everything else, and leaves when it has grown or has
nothing to do: what a picture costs is never kept by the web server, and a decoder's fault ends nobody else's request.

asked:     {"name", "takes", "budget", "size"} as a line of JSON, then `size` bytes
answered:  {"size", …Clean} and `size` bytes, or {"refused": key, "args": {…}, "status": n}
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import resource
import select
import signal
import sys
from typing import Any, BinaryIO

from .cleaning import clean
from .definition import NotKept
from .photo import prepare

MOST_MEMORY = 1280 * 2**20
CPU_SECONDS = 25.0
IDLE_SECONDS = 60.0
GROWN = 250 * 2**20  # bytes: beyond this it leaves after its work and a fresh one is started


def main() -> None:
    """Work until the other side goes away."""
    _bind()
    prepare()
    asked, answered = sys.stdin.buffer, sys.stdout.buffer
    while select.select([asked], [], [], IDLE_SECONDS)[0]:
        line = asked.readline()
        if not line:
            return
        order = json.loads(line)
        content = asked.read(order["size"])
        if len(content) != order["size"]:
            return
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)  # SIGPROF ends the process, whatever it is doing
        _answer(answered, order, content)
        signal.setitimer(signal.ITIMER_PROF, 0)
        del content
        if _peak() > GROWN:
            return


def _peak() -> int:
    """The most bytes that it ever held; what it is said to have used counts its parent's too, on Linux."""
    try:
        with open("/proc/self/status", "rb") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith(b"VmHWM:"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _bind() -> None:
    os.nice(10)
    logging.disable()  # what a library finds odd in a file is of no use to anybody
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the limit is not kept
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us: then our input ends


def _answer(out: BinaryIO, asked: dict[str, Any], content: bytes) -> None:
    try:
        cleaned = clean(asked["name"], content, frozenset(asked["takes"]), asked["budget"])
    except NotKept as refused:
        words = refused.words
        _send(out, {"refused": words.key, "args": dict(words.args), "status": refused.status, "size": 0}, b"")
        return
    head = dataclasses.asdict(dataclasses.replace(cleaned, content=b""))
    head |= {"taken_at": cleaned.taken_at.isoformat() if cleaned.taken_at else None, "size": len(cleaned.content)}
    del head["content"]
    _send(out, head, cleaned.content)


def _send(out: BinaryIO, head: dict[str, Any], body: bytes) -> None:
    out.write(json.dumps(head).encode() + b"\n")
    out.write(body)
    out.flush()


if __name__ == "__main__":
    main()

"""The form fuzzer for as long as one likes, against a server that runs (with YIWANG_PROXIES=127.0.0.1).

python -m tests.fuzz http://127.0.0.1:8177 --requests 20000 [--seed 7]
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import django
import yaml

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "yiwang.settings"
    django.setup()
    from .browser import Visitor
    from .fuzzer import Fuzzer

    asked = argparse.ArgumentParser()
    asked.add_argument("url")
    asked.add_argument("--requests", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    given = asked.parse_args()
    pack = Path(__file__).resolve().parents[2] / "packs" / "demo"
    said = yaml.safe_load((pack / "sign_ins.yaml").read_text("utf-8"))
    people = [
        Visitor(given.url, one["username"], str(said["password"]), f"198.51.100.{n}")
        for n, one in enumerate(said["sign_ins"] if given.requests else [], 1)
    ]
    fuzzer = Fuzzer(given.url, [Visitor(given.url), *people], seed=given.seed)
    print(f"seed {given.seed}: {len(fuzzer.routes)} addresses, {len(fuzzer.forms)} of them with forms", flush=True)
    told = 0
    while sum(fuzzer.statuses.values()) < given.requests:
        fuzzer.run(requests=min(200, given.requests), seconds=3600)
        for fault in fuzzer.faults[told:]:
            print(fault, flush=True)
        told = len(fuzzer.faults)
        print(dict(sorted(fuzzer.statuses.items())), flush=True)

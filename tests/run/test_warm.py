"""Types are looked into before there is a second thread: afterwards no reading does so any more."""

from __future__ import annotations

import subprocess
import sys

import pytest

READ = """
import sys
from pathlib import Path
import yaml
import yiwang.goals.definition, yiwang.indicators.definition, yiwang.matters.definition, yiwang.org.definition
from yiwang.run import warm
if sys.argv[1] == "warm":
    warm.look_into_types()
types = list(warm.types())
seen = []
sys.setprofile(lambda frame, event, _: seen.append(1) if frame.f_code.co_name == "get_class_annotations" else None)
from yiwang.matters.definition import kind_from
import msgspec
for file in Path("packs/demo/matters").glob("*.yaml"):
    kind_from(yaml.safe_load(file.read_text("utf-8")))
for one in types:
    try:
        msgspec.convert({}, one, strict=False)
    except msgspec.ValidationError:
        pass
sys.setprofile(None)
print(len(seen))
"""


@pytest.mark.parametrize(("how", "looked_into"), [("cold", True), ("warm", False)])
def test_no_type_is_looked_into_after_the_start(how: str, looked_into: bool) -> None:
    done = subprocess.run([sys.executable, "-c", READ, how], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (int(done.stdout) > 0) is looked_into

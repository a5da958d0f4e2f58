"""What the demo's sensors say: a daily swing around a mean, noise that drifts, now and then something unusual."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from yiwang.indicators.definition import VitalSign, VitalSigns
from yiwang.org.titles import convert
from yiwang.why.yaml_text import data_of

from .files import year_of

Reading = tuple[str, datetime, float]

_FINE = timedelta(hours=26)  # as often as the sensor speaks
_COARSE = timedelta(days=30)  # before that once an hour
_QUIET = timedelta(hours=4, minutes=12)  # how long the broken sensor has been silent when the year ends


class Sensors:
    """The vital signs of a pack that say what is usual."""

    def __init__(self, pack: Path, seed: int) -> None:
        kept = data_of((pack / "vitals.yaml").read_text("utf-8"))
        signs = convert(kept, VitalSigns).signs
        self.signs = [sign for sign in signs if sign.usual is not None]
        said = year_of(pack).sensors
        self.silent, self._share = said.silent, said.unusual
        self._seed = seed

    def history(self, until: datetime) -> Iterator[Reading]:
        """What they said up to `until`: the last day at their own cadence, a month once an hour."""
        for sign in self.signs:
            step = max(sign.cadence, timedelta(seconds=30))
            last = self._last(sign, until)
            coarse = max(step, timedelta(hours=1))
            yield from self._between(sign, last - _COARSE, last - _FINE, coarse)
            yield from self._between(sign, last - _FINE, last, step)

    def due(self, since: datetime, until: datetime) -> list[Reading]:
        """What they say after `since`, up to `until`."""
        readings: list[Reading] = []
        for sign in self.signs:
            if sign.code != self.silent:
                step = max(sign.cadence, timedelta(seconds=30))
                readings += self._between(sign, since, until, step)
        return readings

    def value(self, sign: VitalSign, at: datetime) -> float:
        """What a sensor shows at an instant; the same whenever it is asked."""
        usual = sign.usual
        assert usual is not None
        hours = (at.timestamp() / 3600 + 8) % 24
        value = usual.mean + usual.swing * math.sin((hours - 9) / 24 * 2 * math.pi)
        value += usual.noise * (0.7 * self._drift(sign, at, 5400) + 0.5 * self._drift(sign, at, 600))
        value += self._unusual(sign, at, value)
        return round(max(value, 0.0) if usual.mean >= 0 else value, sign.decimals)

    def _between(self, sign: VitalSign, since: datetime, until: datetime, step: timedelta) -> Iterator[Reading]:
        seconds = int(step.total_seconds())
        at = datetime.fromtimestamp((int(since.timestamp()) // seconds + 1) * seconds, since.tzinfo)
        while at <= until:
            yield sign.code, at, self.value(sign, at)
            at += step

    def _last(self, sign: VitalSign, until: datetime) -> datetime:
        return until - _QUIET if sign.code == self.silent else until

    def _drift(self, sign: VitalSign, at: datetime, every: int) -> float:
        """Noise that moves smoothly between fixed points, in about -1 to 1."""
        place, part = divmod(at.timestamp() / every, 1)
        before, after = (Random(f"{self._seed}:{sign.code}:{every}:{int(place) + n}").gauss(0, 0.5) for n in (0, 1))
        return before + (after - before) * part

    def _unusual(self, sign: VitalSign, at: datetime, value: float) -> float:
        """How far it is pushed, in some spells of three hours, past its first threshold and back."""
        block, part = divmod(at.timestamp() / 10_800, 1)
        rng = Random(f"{self._seed}:{sign.code}:event:{int(block)}")
        levels = sign.high or sign.low
        if levels is None or rng.random() >= self._share:
            return 0.0
        first, *more = (threshold for _, threshold in levels.listed())
        beyond = ((more[0] if more else first) - first) * rng.uniform(0.1, 0.9)
        return (first + beyond - value) * math.sin(part * math.pi)

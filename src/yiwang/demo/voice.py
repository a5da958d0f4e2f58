"""What people say: messages of residents, findings of patrols, answers of units, remarks at the callback.

The words lie in the pack's `texts/`; here their places are filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from .files import groups_of


@dataclass(frozen=True, slots=True)
class Leaf:
    """A category of the lowest level, and what is said of it."""

    code: str
    name: str
    class_: str
    urgent: bool
    weight: float
    grid: float
    at: str
    cores: tuple[str, ...]
    effects: tuple[str, ...]
    answers: tuple[str, ...]


class Voice:
    """The texts of a pack. Every method draws from `rng` alone, so that one seed says the same twice."""

    def __init__(self, phrases: dict[str, Any]) -> None:
        self.phrases = phrases

    def message(self, rng: Random, leaf: Leaf, address: str, again: bool) -> tuple[str, str]:
        """(title, text) of what a resident says."""
        said = self.phrases
        opening = "再次反映，" if again else rng.choice(said["openings"][leaf.class_])
        where = "" if leaf.at == "none" else f"{address}，"
        parts = [f"{opening}{where}{self._core(rng, leaf)}"]
        if rng.random() < 0.6 and leaf.class_ in ("complaint", "request"):
            parts.append(rng.choice(leaf.effects))
        if again:
            parts.append(rng.choice(["上次答复说已处理，过几天又是老样子", "之前打过电话", "这是第二次反映了"]))
        text = "，".join(parts) + "。" + rng.choice(said["pleas"][leaf.class_])
        return (f"{address} {leaf.name}" if where else f"{leaf.name}（{address}）"), text

    def patrol(self, rng: Random, leaf: Leaf, address: str) -> tuple[str, str]:
        """(title, text) of what a patrol, a camera or a sensor finds."""
        text = rng.choice(self.phrases["patrol"]).format(where=address, core=self._core(rng, leaf))
        return f"{address} {leaf.name}", text + "。"

    def answer(self, rng: Random, leaf: Leaf) -> str:
        """What the unit writes when it is done."""
        pattern: str = rng.choice(self.phrases["answers"][leaf.class_])
        return pattern.format(answer=rng.choice(leaf.answers).format(n=rng.randint(2, 26)))

    def result(self, rng: Random, leaf: Leaf) -> str:
        """What is reported of a grid event that was put right."""
        return rng.choice(leaf.answers).format(n=rng.randint(2, 26)) + "。"

    def one(self, rng: Random, *path: str) -> Any:
        """One of the phrases under a path of `phrases.yaml`."""
        phrase: Any = self.phrases
        for part in path:
            phrase = phrase[part]
        return rng.choice(phrase)

    def reporter(self, rng: Random) -> tuple[str, str]:
        """(name, phone) of nobody: no mobile number begins with 100."""
        names = self.phrases["names"]
        return rng.choice(names["surnames"]) + rng.choice(names["given"]), f"100{rng.randrange(10**8):08d}"

    def _core(self, rng: Random, leaf: Leaf) -> str:
        said = self.phrases
        return rng.choice(leaf.cores).format(
            n=rng.randint(2, 9),
            c=rng.choice("二三四五六七八"),
            h=rng.randint(2, 9),
            d=rng.choice(said["days"]),
            t=rng.choice(said["times"]),
        )


def read_leaves(pack: Path, categories: dict[str, dict[str, str]]) -> list[Leaf]:
    """Every leaf of the categories that has texts, in the order of the category list."""
    leaves: dict[str, Leaf] = {}
    for group in groups_of(pack):
        for code, leaf in group.leaves.items():
            known = categories[code]
            leaves[code] = Leaf(
                code,
                known["name_zh"],
                known["class"] or "request",
                known["urgency"] == "urgent",
                leaf.weight,
                leaf.grid,
                group.at if leaf.at is None else leaf.at,
                tuple(leaf.cores),
                tuple(group.effects),
                tuple(group.answers),
            )
    return [leaves[code] for code in categories if code in leaves]

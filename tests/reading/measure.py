"""The measured table of docs/reading.md: `python -m tests.reading.measure`."""

from __future__ import annotations

import json

from yiwang.reading import read
from yiwang.reading.score import score

from .gold import NAMES, gold_of, owners_of, text_of


def main() -> None:
    print("| text | lines | full F1 | name | measure | time frame | milestones R / P | lead | list |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name in NAMES:
        reading = read(text_of(name), filename=f"{name}.txt")
        said = [json.dumps(row.to_json(), ensure_ascii=False) for row in (*reading.statements, *reading.items)]
        gold = [*gold_of(name), *owners_of(name)]
        result = score([json.dumps(row, ensure_ascii=False) for row in gold], said)
        view = result.views["all"]
        similar, measure, frame = (view["extras"][key] for key in ("indicator_sim", "measure", "time_frame"))
        ticks = result.milestones
        owners = result.items
        cells = (
            name,
            str(view["gold"]),
            f"{view['full_f1']:.3f}",
            f"{similar:.3f}",
            f"{measure:.3f}",
            f"{frame:.3f}",
            f"{ticks['recall']:.2f} / {ticks['precision']:.2f}" if ticks else "",
            f"{owners['lead_right']:.2f}" if owners else "",
            f"{owners['list_exact']:.2f}" if owners else "",
        )
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()

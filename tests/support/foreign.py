"""A kind of matter that shares no word with the demo pack: stages, actions, clocks, fields, choices of its own."""

from __future__ import annotations

from pathlib import Path

LEAK = """
matter: leak
title: {zh: 漏损, en: Leak}
version: 2026-02-02
reference: 试验规则
prefix: LS
public: true
sensitivity: {complaint: 2, consult: 0}
opens:
  desk: {by: [clerk], fields: [title, text, size, category, place]}
  portal: {anybody: true, fields: [title, text, size, place]}
form:
  text: {type: text, title: {zh: 描述, en: Description}, required: true}
  size:
    type: enum
    title: {zh: 大小, en: Size}
    values: {drip: {zh: 滴, en: Drip}, flood: {zh: 涌, en: Flood}}
asks:
  why: {type: text, title: {zh: 缘由, en: Cause}}
  outcome: {type: text, title: {zh: 修后, en: Outcome}}
  nights: {type: number, title: {zh: 晚数, en: Nights}}
  dry: {type: bool, title: {zh: 干了, en: Dry}}
  pardon: {type: enum, title: {zh: 免计, en: Pardon}, values: {frost: {zh: 冰冻, en: Frost}}}
stages:
  fresh: {title: {zh: 新, en: Fresh}, owner: dispatcher}
  sent: {title: {zh: 已送, en: Sent}, owner: unit}
  digging: {title: {zh: 开挖, en: Digging}, owner: unit}
  frozen: {title: {zh: 冻, en: Frozen}, owner: unit}
  looking: {title: {zh: 看, en: Looked at}, owner: dispatcher}
  weeping: {title: {zh: 还漏, en: Weeping}, owner: dispatcher}
  mended: {title: {zh: 好, en: Mended}, final: true}
  dropped: {title: {zh: 弃, en: Dropped}, final: true}
actions:
  send: {title: {zh: 送, en: Send}, from: fresh, to: sent, by: [dispatcher, system], needs: [unit],
         may: [category, size]}
  drop: {title: {zh: 弃, en: Drop}, from: [fresh, weeping], to: dropped, by: dispatcher, needs: [why]}
  dig: {title: {zh: 挖, en: Dig}, from: sent, to: digging, by: unit}
  bounce: {title: {zh: 弹, en: Bounce}, from: sent, to: fresh, by: unit, needs: [why]}
  pass_on: {title: {zh: 转, en: Pass on}, from: [sent, digging], by: dispatcher, needs: [unit]}
  rename: {title: {zh: 改类, en: Rename}, from: [sent, digging, frozen, looking], by: dispatcher, needs: [category]}
  measure: {title: {zh: 量, en: Measure}, from: [sent, digging, frozen], by: unit, needs: [size]}
  freeze: {title: {zh: 冻, en: Freeze}, from: digging, to: frozen, by: unit, needs: [why], pauses: [drying]}
  thaw: {title: {zh: 化, en: Thaw}, from: frozen, to: digging, by: unit}
  hold: {title: {zh: 停, en: Hold}, from: digging, by: dispatcher, pauses: [drying, walking]}
  let_go: {title: {zh: 放, en: Let go}, from: digging, by: dispatcher, continues: [drying, walking]}
  visit: {title: {zh: 走到, en: Visit}, from: digging, by: unit, at_most: 1}
  request_time: {title: {zh: 求时, en: Request time}, from: digging, by: unit, needs: [nights, why], before: drying}
  lengthen:
    title: {zh: 给时, en: Lengthen}
    from: digging
    by: dispatcher
    extends: {clock: drying, by: nights, up_to: 7, unit: days, asked_by: request_time}
  fill: {title: {zh: 填, en: Fill}, from: [digging, frozen], to: looking, by: unit, needs: [outcome], handles: true}
  pass_it: {title: {zh: 过, en: Pass}, from: looking, to: mended, by: dispatcher, verifies: true}
  dig_again: {title: {zh: 再挖, en: Dig again}, from: [looking, weeping], to: digging, by: dispatcher, needs: [why],
              verifies: true, unless: unit is null}
  judge:
    title: {zh: 评, en: Judge}
    from: mended
    by: reporter
    needs: [dry]
    may: [why]
    outcomes: [{when: not form.dry, to: weeping}]
    within: {limit: 20 days, since: mended}
  complain: {title: {zh: 不服, en: Complain}, from: dropped, to: weeping, by: reporter, needs: [why]}
  resend: {title: {zh: 再送, en: Resend}, from: weeping, to: sent, by: dispatcher, needs: [unit]}
  ask_pardon: {title: {zh: 求免, en: Ask pardon}, from: [mended, dropped], by: dispatcher, needs: [pardon, why]}
  spare: {title: {zh: 免, en: Spare}, from: [mended, dropped], by: supervisor, needs: [why], unlike: [ask_pardon],
          when: count.ask_pardon > count.spare}
  poke: {title: {zh: 戳, en: Poke}, from: [fresh, sent, digging, frozen, looking, weeping], by: system, may: [why],
         reminds: true}
exclusion: {asked_by: ask_pardon, granted_by: spare, code: pardon}
clocks:
  picking: {title: {zh: 分, en: Picking}, starts: fresh, restarts: fresh, stops: [sent, dropped], limit: 4 work hours}
  drying:
    title: {zh: 干, en: Drying}
    starts: [sent, digging]
    stops: fill
    resumes: dig_again
    limit: {by: form.size, drip: 5 workdays, flood: 8 hours, default: 3 workdays}
  walking:
    title: {zh: 走, en: Walking}
    starts: sent
    stops: [fill, visit]
    resumes: dig_again
    limit: {by: category.class, complaint: 2 workdays, consult: 10 days, default: 4 workdays}
  seeing: {title: {zh: 看, en: Seeing}, starts: looking, restarts: looking, stops: [pass_it, dig_again],
           limit: 2 workdays}
  again:
    title: {zh: 重来, en: Again}
    starts: weeping
    restarts: [weeping, dig_again]
    stops: [fill, mended, dropped]
    limit: {by: urgency, urgent: 1 workday, default: 3 workdays}
routing:
  - {when: form.size = 'flood', to: water, because: {zh: 试验规则 2, en: trial rule 2}}
  - {to: duty of category, because: {zh: 试验规则 3, en: trial rule 3}}
  - {to: street of place, because: {zh: 试验规则 4, en: trial rule 4}}
"""

ON_TIME = """
indicator: {clock}_on_time_of_{kind}
title: {{zh: 按时, en: On time}}
version: 2026-02-02
reference: 试验规则
kind: {kind}
counted_by: clock.{clock}.due
denominator: {{title: {{zh: 到期, en: due}}, when: not clock.{clock}.paused}}
numerator: {{title: {{zh: 按时, en: in time}}, when: clock.{clock}.stopped <= clock.{clock}.due{before}}}
{exclude}unit: {{zh: "%", en: "%"}}
"""


def with_leaks(pack: Path) -> None:
    """Write the kind into a pack, and for every clock of every kind of it the rate of those that were in time."""
    import yaml

    (pack / "matters" / "leak.yaml").write_text(LEAK, "utf-8")
    for path in (pack / "matters").glob("*.yaml"):
        kind = yaml.safe_load(path.read_text("utf-8"))
        exclude = ""
        if said := kind.get("exclusion"):
            code = said["code"]
            exclude = f"exclude: {{title: {{zh: 免计, en: pardoned}}, when: excluded, code: form.{code}}}\n"
        for clock, spec in kind["clocks"].items():
            before = f" and not clock.{clock}.late_before" if spec.get("restarts") else ""
            text = ON_TIME.format(clock=clock, kind=kind["matter"], exclude=exclude, before=before)
            (pack / "indicators" / f"{clock}_of_{kind['matter']}.yaml").write_text(text, "utf-8")

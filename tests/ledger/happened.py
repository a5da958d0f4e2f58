"""What happens to a district in an ordinary year, beside its tickets."""

from __future__ import annotations

from tests.signals.letters import MAP
from yiwang.goals import store as goals
from yiwang.goals.models import Statement
from yiwang.matters.models import Matter
from yiwang.org.session import acting_as
from yiwang.people import store as administration
from yiwang.signals.importing import bring_in
from yiwang.signals.maps import read_map

LETTERS = """编号,来信人,主题,时间,内容,状态,办结时间
1,王小明,路灯不亮,2026/9/1 9:00:00,三弄路灯坏了，电话13800138000,已办结,2026/9/3 10:00:00
2,乙,井盖松动,2026/10/12 9:00:00,门口有响声,办理中,
3,丙,时间不对,2026/13/12 9:00:00,门口有响声,办理中,
"""
ENDED = """ended:
  column: 状态
  at: 办结时间
  values: {已办结: closed}
  open: [办理中]
"""


def imported(district, folder):
    """A file with one letter that ended elsewhere, one that goes on and one that opens nothing, and again."""
    mapping, letters = folder / "letters.yaml", folder / "letters.csv"
    mapping.write_text(MAP + ENDED, "utf-8")
    letters.write_text(LETTERS, "utf-8")
    tally = bring_in(district.system, letters, read_map(mapping)[0], "hotline")
    assert (tally.opened, tally.ended, tally.quarantined) == (2, 1, 1)
    assert bring_in(district.system, letters, read_map(mapping)[0], "hotline").there == 2
    with acting_as(district.system):
        return [Matter.objects.get(source=f"signal:letters:{n}") for n in (1, 2)]


def people(district):
    with administration.administering(district.id) as asker:
        person, _ = administration.add(asker, "new-clerk", "新经办", "water-2", "岗位轮换新来的同事")
        administration.invite(asker, person, "岗位轮换新来的同事", 24)
        administration.end_post(asker, person, "water-2", "岗位轮换调往街道")
        administration.close(asker, person, "岗位轮换调往街道")


def review(district):
    text = f"试验区2026年工作\n\n1.完成加装电梯100台。新建绿地3公顷。（责任单位：区水务局）\n{district.code}"
    with acting_as(district.as_("supervisor")) as asker:
        plan = goals.import_plan(asker, text.encode(), "second.txt", year=2026)
        rows = list(Statement.objects.filter(plan=plan.pk).order_by("position"))
        assert len(rows) >= 2
        goals.split(asker, rows[0].pk)
        goals.merge(asker, [row.pk for row in rows[:2]])
        goals.undo(asker, plan.pk)
        goals.drop(asker, rows[1].pk)
        goals.restore(asker, rows[1].pk)

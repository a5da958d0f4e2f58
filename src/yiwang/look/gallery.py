"""Every shared part in its states on one page, for those who build pages (demo mode only)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yiwang.why import Receipt

from .mapping import Area, Dot, Drawing, Line, Projection, label_point
from .page import page_of

NOW = datetime(2026, 10, 12, 10, 26, 40, tzinfo=ZoneInfo("Asia/Shanghai"))

COLOURS = (
    *("ink", "ink-2", "ink-3", "line-strong", "line", "sunk", "bg"),
    *("accent", "accent-soft", "ok-f", "watch-f", "alarm-f", "stale-f", "mark"),
)
SIZES = (
    (32, "2,316 件"),
    (24, "槐树路 18 弄口"),
    (20, "区水务局"),
    (16, "按人生大事找服务"),
    (14, "正文，行高 1.6—1.75"),
)


def gallery(request: HttpRequest) -> HttpResponse:
    """The page of parts; invented figures, one moment in time."""
    if not settings.DEMO or not page_of(request).signed_in:
        raise Http404
    return render(request, "look/gallery.html", parts())


def parts() -> dict[str, Any]:
    """What the page shows."""
    ago, ahead = NOW - timedelta(minutes=14), NOW + timedelta(minutes=28)
    return {
        "now": NOW,
        "clocks": [
            ({"due": NOW + timedelta(days=8)}, "充裕 enough"),
            ({"due": NOW.replace(hour=17, minute=30)}, "今天 today"),
            ({"due": NOW + timedelta(days=1, hours=13, minutes=33, seconds=20)}, "下个工作日 next working day"),
            ({"due": ahead, "title": {"zh": "派单", "en": "Assign"}}, "2 小时内 under 2 h"),
            ({"due": ago}, "已超时 overdue"),
            ({"due": ahead, "paused": "等材料"}, "停表 paused"),
            ({"due": ahead, "started": ago, "stopped": NOW}, "按时停表 met"),
            ({"due": ago, "stopped": NOW}, "停表已晚 stopped late"),
            ({"due": NOW + timedelta(days=88), "provisional": True}, "来年日历未载入 provisional"),
        ],
        "rate_receipt": _rate_receipt(),
        "steps": [
            {"title": "已派单", "state": "past", "note": "09-30"},
            {"title": "已签收", "state": "past", "note": "09-30"},
            {"title": "办理中", "state": "now", "note": "第 4 / 5 日"},
            {"title": "待核查", "state": "future", "note": "派单席"},
            {"title": "已办结", "state": "future", "note": ""},
        ],
        "goals": [
            ("ok", 1036, 1008, 1200),
            ("watch", 300, 318, 420),
            ("alarm", 151, 178, 240),
            ("done", 1530, 1185, 1500),
        ],
        "series": [61, 60, 64, 63, 62, 66, 67, 70, 71, 72, 75, 76, 80, 79, 79, 78, 79, 84, 82, 81, 80, 79, 78, 68.2],
        "falling": [99, 98.8, 98.9, 98.5, 98.2, 98.3, 97.9, 97.6, 97.3, 97.1],
        "broken": [50, 51, 49, None, None, 56, 54, 52, None, None],
        "colours": COLOURS,
        "sizes": SIZES,
        "strip": [("ok", 29), ("watch", 8), ("alarm", 3), ("done", 2)],
        "map": _map(),
        "actions": [("查看变化", "#"), ("登记意见", "#")],
    }


def _rate_receipt() -> Receipt:
    valid = Receipt(
        "有效回访（分母）",
        1163,
        [
            Receipt("已回访", 1214),
            Receipt("无法接通", -38, source="三次以上，分日拨打"),
            Receipt("批准剔除", -13, source="均有事由"),
        ],
    )
    return Receipt(
        "实际解决率",
        "84.8%",
        [
            valid,
            Receipt("认可解决（分子）", 986),
            Receipt("未认可", 177, source="转重办 121，解释 56"),
            Receipt("986 ÷ 1,163", "84.8%"),
        ],
        at=NOW,
    )


def _map() -> Drawing:
    """Four squares with a stream: enough to see every state of the map."""
    squares = {
        name: {
            "type": "Polygon",
            "coordinates": [[(x, y), (x + 0.02, y), (x + 0.02, y + 0.015), (x, y + 0.015), (x, y)]],
        }
        for name, x, y in (("东岸", 0.02, 0), ("西岸", 0, 0), ("北里", 0, 0.015), ("南里", 0.02, 0.015))
    }
    projection = Projection.around(squares.values(), width=420, margin=8)
    areas = [
        Area(
            id=name,
            name=name,
            d=projection.path(shape),
            at=projection(*label_point(shape)),
            href=f"#{name}",
            step=step,
            figure=str(159 + 20 * step),
            alarm="超时 3" if step == 3 else "",
            label=f"{name} {159 + 20 * step}",
            chosen=step == 3,
        )
        for step, (name, shape) in enumerate(squares.items(), start=1)
    ]
    stream = {"type": "LineString", "coordinates": [(0, 0.012), (0.012, 0.016), (0.028, 0.011), (0.04, 0.014)]}
    road = {"type": "LineString", "coordinates": [(0.005, 0.03), (0.015, 0.01), (0.02, 0)]}
    return Drawing(
        projection=projection,
        areas=tuple(areas),
        lines=(Line("water", projection.path(stream), size=2), Line("road", projection.path(road), size=2)),
        dots=tuple(
            Dot(
                shape,
                projection(0.004 + 0.006 * n, 0.004),
                name=shape,
                lamp={"diamond": "alarm", "triangle": "watch"}.get(shape, ""),
            )
            for n, shape in enumerate(("circle", "square", "frame", "cross", "diamond", "triangle"))
        ),
        name="示意地图",
    )

"""What protects the tables of goals (org.declared)."""

from yiwang.files.protection import files_of
from yiwang.org.asker import INVOLVED
from yiwang.org.declared import Protection, Table, append_only, sight
from yiwang.org.row_security import IN_DISTRICT

# whoever is involved: in a plan under review the units that it names, in a goal its lead, co-units and all above them
OF_A_PLAN = f"{IN_DISTRICT} AND EXISTS (SELECT FROM goals_plan p WHERE p.id = {{t}}.plan_id)"
OF_A_GOAL = f"{IN_DISTRICT} AND EXISTS (SELECT FROM goals_goal g WHERE g.id = {{t}}.goal_id)"
OF_A_REPORT = f"{IN_DISTRICT} AND EXISTS (SELECT FROM goals_report r WHERE r.id = {{t}}.report_id)"

PROTECTION = Protection(
    {
        "goals_settings": Table("SELECT", sight(IN_DISTRICT)),
        "goals_plan": Table("SELECT, INSERT, UPDATE (step, adopted_at)", sight(INVOLVED)),
        "goals_statement": Table(
            "SELECT, INSERT, UPDATE (position, status, kind, quote, quote_offset, indicator, comparator,"
            " value, value2, unit, measure, period, due, approx, stretch, scope, time_frame, lead_id, co,"
            " merged_into_id, version)",
            sight(OF_A_PLAN),
        ),
        "goals_correction": Table("SELECT, INSERT", sight(OF_A_PLAN), append_only("goals_correction")),
        "goals_goal": Table(
            "SELECT, INSERT, UPDATE (title, comparator, value, value2, unit, stretch, due, nature, base, path,"
            " indicator, lead_id, co, leader, contact, note, seen_by, version)",
            sight(INVOLVED),
        ),
        "goals_change": Table("SELECT, INSERT", sight(OF_A_GOAL), append_only("goals_change")),
        "goals_report": Table("SELECT, INSERT", sight(OF_A_GOAL), append_only("goals_report")),
        "goals_verification": Table("SELECT, INSERT", sight(OF_A_REPORT), append_only("goals_verification")),
    },
    {"files_file": files_of("plan", "goals_plan") + files_of("report", "goals_report", handed_over=True)},
)

"""Who sees goals and plans is decided here, by the database (design §7)."""

from django.db import migrations

from yiwang.org.migrations._as_first_run import IN_DISTRICT, append_only, row_security

# a plan under review and what was read of it: the units that it names; a goal: its lead, co-units and all above them
INVOLVED = "{t}.district_id = {district} AND {t}.seen_by && {units}"
OF_A_PLAN = "{t}.district_id = {district} AND EXISTS (SELECT FROM goals_plan p WHERE p.id = {t}.plan_id)"
OF_A_GOAL = "{t}.district_id = {district} AND EXISTS (SELECT FROM goals_goal g WHERE g.id = {t}.goal_id)"
OF_A_REPORT = "{t}.district_id = {district} AND EXISTS (SELECT FROM goals_report r WHERE r.id = {t}.report_id)"
OF_EITHER = (
    "{t}.district_id = {district} AND (EXISTS (SELECT FROM goals_plan p WHERE p.id = {t}.plan_id)"
    " OR EXISTS (SELECT FROM goals_report r WHERE r.id = {t}.report_id))"
)

SIGHT = {
    "goals_settings": IN_DISTRICT,
    "goals_plan": INVOLVED,
    "goals_statement": OF_A_PLAN,
    "goals_correction": OF_A_PLAN,
    "goals_goal": INVOLVED,
    "goals_change": OF_A_GOAL,
    "goals_report": OF_A_GOAL,
    "goals_verification": OF_A_REPORT,
    "goals_document": OF_EITHER,
}
APPEND_ONLY = ("goals_correction", "goals_change", "goals_report", "goals_verification", "goals_document")


class Migration(migrations.Migration):
    dependencies = [("goals", "0001_initial"), ("org", "0002_row_security")]

    operations = [
        *(migrations.RunSQL(row_security(table, who), migrations.RunSQL.noop) for table, who in SIGHT.items()),
        *(migrations.RunSQL(append_only(table), migrations.RunSQL.noop) for table in APPEND_ONLY),
    ]

"""What the application may do with the tables of goals (org.granting)."""

GRANTS = {
    "goals_settings": "SELECT",
    "goals_plan": "SELECT, INSERT, UPDATE (step, adopted_at)",
    "goals_statement": "SELECT, INSERT, UPDATE (position, status, kind, quote, quote_offset, indicator, comparator,"
    " value, value2, unit, measure, period, due, approx, stretch, scope, time_frame, lead_id, co, merged_into_id,"
    " version)",
    "goals_correction": "SELECT, INSERT",
    "goals_goal": "SELECT, INSERT, UPDATE (title, comparator, value, value2, unit, stretch, due, nature, base, path,"
    " indicator, lead_id, co, leader, contact, note, seen_by, version)",
    "goals_change": "SELECT, INSERT",
    "goals_report": "SELECT, INSERT",
    "goals_verification": "SELECT, INSERT",
}

"""Who is on duty in the small district: one dispatcher by day, the other by night."""

DUTY = """rosters:
  duty:
    title: {zh: 值班室, en: Duty}
    lead: head
    shifts:
      - {from: 08:00, to: 18:00, post: dispatcher-1}
      - {from: 18:00, to: 08:00, post: dispatcher-2}
"""

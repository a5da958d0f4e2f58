"""What the application may do with the tables of indicators (org.granting): definitions are loaded by the owner."""

GRANTS = {"indicators_indicator": "SELECT", "indicators_vital": "SELECT"}

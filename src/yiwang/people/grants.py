"""Pages reach invitations through the functions of migration 0001 alone: whoever reads the table gains nothing."""

GRANTS = {"people_invitation": ""}

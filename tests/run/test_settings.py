"""The migrated database works as the application's role."""

from __future__ import annotations

import pytest


def test_the_application_connects_as_a_role_bound_by_row_security(database: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("yiwang_app", False, False)


def test_the_application_may_use_what_migrations_made_and_makes_no_account(database: str) -> None:
    from django.contrib.auth.models import User
    from django.contrib.sessions.models import Session
    from django.db import ProgrammingError, transaction
    from django.utils import timezone

    made = Session.objects.create(session_key="of-settings", session_data="", expire_date=timezone.now())
    assert Session.objects.filter(pk=made.pk).exists()
    made.delete()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        User.objects.create_user("clerk-of-settings")


def test_no_model_lacks_a_migration(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import call_command

    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail(f"Write these migrations:\n{capsys.readouterr().out}", pytrace=False)

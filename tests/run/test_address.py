"""Settings know no address: it is looked up when somebody connects."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CODE = """
import os, django
django.setup()
from yiwang.org.models import District
os.environ["DATABASE_URL"], os.environ["DATABASE_APP_URL"] = os.environ["OWNER"], os.environ["APP"]
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user, current_database()")
    print(*cursor.fetchone(), District.objects.count() >= 0)
"""


def test_the_database_may_be_named_after_the_settings_were_read(database: str, tmp_path: Path) -> None:
    environment = {**os.environ, "OWNER": database, "APP": os.environ["DATABASE_APP_URL"], "YIWANG_VAR": str(tmp_path)}
    environment["DATABASE_URL"] = environment["DATABASE_APP_URL"] = "postgresql://nobody@127.0.0.1:1/none"
    done = subprocess.run([sys.executable, "-c", CODE], env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    role, _, counted = done.stdout.split()
    assert (role, counted) == ("yiwang_app", "True")

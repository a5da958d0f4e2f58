"""The worker knows every room's tasks, and does them as the application's role."""

from __future__ import annotations

import os
import subprocess
import sys

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from yiwang.matters.tasks import urge
from yiwang.run.tasks import clear_sessions, remove_old_jobs

OWN = "asked-for-by-this-test"  # other tests leave work of their own in the same tables


def test_the_worker_knows_its_tasks_and_what_it_does_at_night(database: str) -> None:
    app.perform_import_paths()
    assert {"yiwang.matters.tasks.urge", "yiwang.run.tasks.remove_old_jobs"} <= set(app.tasks)
    assert all(task.queueing_lock for task in (p.task for p in app.periodic_registry.periodic_tasks.values()))


def test_a_worker_process_does_what_was_asked_for(database: str) -> None:
    asked = [task.configure(queue=OWN, queueing_lock=None) for task in (clear_sessions, remove_old_jobs, urge)]
    wanted = [task.defer(timestamp=0) for task in asked]
    done = subprocess.run(
        [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot", f"--queues={OWN}"],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    ended = ProcrastinateJob.objects.filter(id__in=wanted).values_list("status", flat=True)
    assert set(ended) == {"succeeded"}, done.stderr


def test_a_command_reads_no_room_for_the_sake_of_its_tasks() -> None:
    """To start one would take twice as long."""
    asks = (
        "import sys; from yiwang.commands.frame.ready import django_ready; django_ready();"
        " print([name for name in sys.modules if name.startswith('yiwang.') and name.endswith('.tasks')])"
    )
    said = subprocess.run([sys.executable, "-c", asks], env=dict(os.environ), capture_output=True, text=True)
    assert said.stdout.strip() == "[]", said.stderr

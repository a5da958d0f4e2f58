"""Every room's tasks. A worker imports this when it starts; neither a page nor a command asks for a task, so none of
them reads the rooms that it has no use for."""

from __future__ import annotations

from django.utils.module_loading import autodiscover_modules

from . import tasks as tasks

autodiscover_modules("tasks")

"""Settings of gunicorn (`-c python:webcare_pwa.cli.sharing`): the app is loaded once, before the web processes are forked, so
that they share its memory and start at once. A new release needs a restart, not a reload."""

from __future__ import annotations

import gc
import sys
from typing import Any

from webcare_pwa import watcher
from webcare_pwa.web.context import Services

preload_app = True
SWITCH_INTERVAL = 0.0005  # seconds; with Python's 5 ms a thread that holds the write lock waits that long after each statement


def pre_fork(_server: object, _worker: object) -> None:
    """What was loaded stays out of the garbage collector: its marks would turn shared pages into own ones."""
    gc.collect()
    gc.freeze()


def post_fork(_server: object, _worker: object) -> None:
    """Threads take turns more often."""
    sys.setswitchinterval(SWITCH_INTERVAL)


def post_worker_init(worker: Any) -> None:
    """Each web process watches the worker."""
    its: Services = worker.wsgi.extensions["webcare"]
    watcher.start(its.database, its.clock, its.settings.data_dir)

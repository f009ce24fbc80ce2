"""The running product with a push service of our own, for tests with real browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.push_lab.push_service import PushService
from tests.push_lab.running_app import RunningApp


@pytest.fixture
def push() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def running(tmp_path: Path, push: PushService) -> Iterator[RunningApp]:
    folder = tmp_path / "app"
    folder.mkdir()
    with RunningApp(folder, push.base) as app:
        yield app

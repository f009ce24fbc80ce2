"""A real Chromium, and the real app with something to see; both started once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.screens.lit_house import CHROMIUM, LitHouse
from webcare_pwa import vapid
from webcare_pwa.db import Database


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lit_house(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LitHouse]:
    """The app, served."""
    folder = tmp_path_factory.mktemp("lit_house")
    shutil.copy(empty_sqlite, folder / "webcare.db")
    vapid.create(folder / "vapid.pem")
    database = Database(f"sqlite:///{folder}/webcare.db", durable=False)
    with LitHouse(database, folder) as house:
        yield house
    database.close()

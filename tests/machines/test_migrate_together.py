"""Two machines of a new release start at the same time and both run `migrate` on the same empty database."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench import lab
from webcare_pwa import schema
from webcare_pwa.db import Database


@pytest.mark.slow
@pytest.mark.parametrize("kind", lab.kinds())
def test_two_migrations_at_once_are_one(kind: str, tmp_path: Path) -> None:
    with lab.store(kind, tmp_path) as url:
        environ = {
            **os.environ, "WEBCARE_DATABASE_URL": url, "WEBCARE_DATA_DIR": str(tmp_path), "WEBCARE_SECRET_KEY": "migrate-" * 8,
            "WEBCARE_BASE_URL": "http://127.0.0.1", "WEBCARE_VAPID_SUBJECT": "mailto:beheer@corporatie.example",
        }
        both = [lab.spawn(["-m", "flask", "--app", "app", "migrate"], tmp_path / "log", environ) for _ in range(2)]
        assert [each.wait(60) for each in both] == [0, 0], (tmp_path / "log").read_text()
        database = Database(url)
        assert schema.version(database) == schema.head()
        database.close()

"""schemathesis throws generated requests at the API, as its own OpenAPI document describes it, and finds nothing.

Run as a process of its own with all its phases and checks, against the real app behind a real socket.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.serving import make_server

from tests.builders import World
from tests.web.api_call import NOW, SECRET
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.models.organisation import ApiToken
from webcare_pwa.models.report import Report


@pytest.fixture
def address(app: Flask, database: Database, world: World) -> Iterator[str]:
    """The app on a free port of this machine, with a token that works."""
    with database.write() as session:
        session.add(ApiToken(organisation_id=world.waterveen, name="proef", token_hash=links.digest(SECRET),
                             created_at=NOW))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.slow
def test_schemathesis_finds_nothing(address: str, database: Database, tmp_path: Path) -> None:
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "run", f"{address}/api/v1/openapi.json", "--url", address,
        "--header", f"Authorization: Bearer {SECRET}", "--checks", "all", "--max-examples", "300", "--seed", "2026",
        "--continue-on-failure",
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    with database.read() as session:
        assert session.scalars(select(func.count()).select_from(Report)).one() > 50

"""Fixtures every test may use: a database (SQLite always, PostgreSQL when `make test` started one), a clock we own, the app.

Each test has a database of its own, copied from one that the real migrations built once per worker.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from tests.builders import World, build_world
from tests.fakes import SATURDAY_0210, FakeClock
from tests.thrift import thrifty
from webcare_pwa import schema
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.settings import Settings

POSTGRES = os.environ.get("WEBCARE_TEST_POSTGRES", "")
KINDS = ["sqlite", "postgres"] if POSTGRES else ["sqlite"]


@pytest.fixture(scope="session", autouse=True)
def thrift() -> Iterator[None]:
    """What is worked out once is known to every test of this process (see thrift.py)."""
    with thrifty():
        yield


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    database = Database(f"sqlite:///{path}", durable=False)
    schema.upgrade(database)
    _close_whole(database)
    return path


@pytest.fixture(scope="session")
def lived_in_sqlite(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A SQLite file with the world in it."""
    path = tmp_path_factory.mktemp("world") / "world.db"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}", durable=False)
    with database.write() as session:
        world = build_world(session, SATURDAY_0210)
    _close_whole(database)
    return path, world


@pytest.fixture(scope="session")
def empty_postgres() -> Iterator[str]:
    """Name of a migrated, empty PostgreSQL database to copy from."""
    with _template() as (name, database):
        schema.upgrade(database)
        database.close()
        yield name


@pytest.fixture(scope="session")
def lived_in_postgres(empty_postgres: str) -> Iterator[tuple[str, World]]:
    """Name of a PostgreSQL database with the world in it."""
    with _template(empty_postgres) as (name, database):
        with database.write() as session:
            world = build_world(session, SATURDAY_0210)
        database.close()
        yield name, world


@pytest.fixture
def sqlite_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite database, for tests where the engine does not matter; with the world in it for a test that asks for it."""
    path = tmp_path / "webcare.db"
    lived_in = "world" in request.fixturenames
    shutil.copy(request.getfixturevalue("lived_in_sqlite")[0] if lived_in else request.getfixturevalue("empty_sqlite"), path)
    database = Database(f"sqlite:///{path}", durable=False)
    yield database
    database.close()


@pytest.fixture
def postgres_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh PostgreSQL database, likewise."""
    lived_in = "world" in request.fixturenames
    original = request.getfixturevalue("lived_in_postgres")[0] if lived_in else request.getfixturevalue("empty_postgres")
    name = f"test_{uuid.uuid4().hex[:8]}"
    _postgres_admin(f"create database {name} template {original}")
    database = Database(f"{POSTGRES}/{name}", pool_size=8)
    yield database
    database.close()
    _postgres_admin(f"drop database {name} with (force)")


@pytest.fixture(params=KINDS)
def any_database(request: pytest.FixtureRequest) -> Database:
    """A fresh database of each kind in turn, for steps and stories."""
    database: Database = request.getfixturevalue(f"{request.param}_database")
    return database


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """The test's database: of every kind under tests/steps and tests/stories, SQLite elsewhere."""
    kind = "any_database" if "any_database" in request.fixturenames else "sqlite_database"
    database: Database = request.getfixturevalue(kind)
    return database


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Steps and stories run on every database."""
    path = metafunc.definition.path.as_posix()
    if "database" in metafunc.fixturenames and ("/tests/steps/" in path or "/tests/stories/" in path):
        metafunc.fixturenames.append("any_database")
        metafunc.parametrize("any_database", KINDS, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: at the end one process would wait for the other."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture
def clock() -> FakeClock:
    """Saturday 28 November 2026, 02:10 in Amsterdam, until the test moves it."""
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a plain test app."""
    return Settings(
        database_url="", secret_key="test-" * 10, base_url="http://localhost", data_dir=tmp_path,
        vapid_private_key_file=tmp_path / "vapid.pem", vapid_subject="mailto:beheer@corporatie.example",
        push_hosts=("http://127.0.0.1",), log_level="WARNING",
    )


@pytest.fixture
def world(request: pytest.FixtureRequest, database: Database) -> World:
    """Two organisations on one desk with people in all roles, dwellings and a rota (see builders.py), there already."""
    built: World = request.getfixturevalue("lived_in_sqlite" if database.is_sqlite else "lived_in_postgres")[1]
    return deepcopy(built)


@pytest.fixture
def app(settings: Settings, database: Database, clock: FakeClock) -> Flask:
    """The real app on the test's database and clock."""
    app = create_app(settings, database=database, clock=clock)
    app.config["TESTING"] = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


def _close_whole(database: Database) -> None:
    """All of it in the one file that is copied."""
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.close()


@contextmanager
def _template(original: str = "template1") -> Iterator[tuple[str, Database]]:
    name = f"template_{uuid.uuid4().hex[:8]}"
    _postgres_admin(f"create database {name} template {original}")
    yield name, Database(f"{POSTGRES}/{name}")
    _postgres_admin(f"drop database {name}")


def _postgres_admin(statement: str) -> None:
    engine = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()

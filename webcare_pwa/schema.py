"""Brings a database to a version of the schema. On PostgreSQL an advisory lock keeps two starters apart.

The migration library is loaded when it is used: web process and worker import this module but never migrate (10 MiB each).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from webcare_pwa.db import Database

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
_LOCK = 736_201


def upgrade(database: Database, target: str = "head") -> None:
    """Run all migrations up to `target` in one transaction."""
    _run(database, "upgrade", target)


def downgrade(database: Database, target: str) -> None:
    """Go back to `target` ("base" for nothing)."""
    _run(database, "downgrade", target)


def version(database: Database) -> str | None:
    """The revision the database is at."""
    from alembic.runtime.migration import MigrationContext

    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The newest revision in the code."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _run(database: Database, act: str, target: str) -> None:
    from alembic import command

    config = _config()
    engine = database.engine.execution_options(sqlite_begin="IMMEDIATE")
    with engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
        config.attributes["connection"] = connection
        getattr(command, act)(config, target)

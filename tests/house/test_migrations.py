"""Migrations: numbered, one head, up-down-up on both databases, and what they build is what the models say."""

from __future__ import annotations

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

import webcare_pwa.models  # noqa: F401  the metadata must be complete
from webcare_pwa import schema
from webcare_pwa.db import Base, Database


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_files_are_numbered_and_there_is_one_head() -> None:
    names = sorted(path.name for path in (schema.MIGRATIONS / "versions").glob("*.py"))
    assert [name[:5] for name in names] == [f"{number:04}_" for number in range(1, len(names) + 1)]
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    assert len(scripts.get_heads()) == 1
    for script in scripts.walk_revisions():
        assert re.match(rf"{script.revision}_", Path(script.path).name), script.path


def test_up_down_up(any_database: Database) -> None:
    wanted = {table.name for table in Base.metadata.sorted_tables}
    assert tables(any_database) == wanted
    schema.downgrade(any_database, "base")
    assert tables(any_database) == set()
    assert schema.version(any_database) is None
    schema.upgrade(any_database)
    assert tables(any_database) == wanted
    assert schema.version(any_database) == schema.head()


def test_models_and_migrations_are_equal(any_database: Database) -> None:
    with any_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_going_up_again_changes_nothing(any_database: Database) -> None:
    schema.upgrade(any_database)
    assert schema.version(any_database) == schema.head()

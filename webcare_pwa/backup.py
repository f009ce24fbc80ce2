"""Saves the whole database to one file while it is in use, and puts such a file back with nothing in it that would still be
sent (`steps/restoring.py`). Photos are in it; the push key and the secret key are not, and need a copy of their own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from webcare_pwa import backup_postgres, backup_sqlite, schema
from webcare_pwa.backup_sqlite import Unusable
from webcare_pwa.db import Database

__all__ = ["Unusable", "in_use", "load", "save"]

Hold = Callable[[Database], None]


def save(database: Database, file: Path) -> None:
    """Write `file`, readable by its owner only. It appears when it is whole and checked, or not at all."""
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".backup-") as folder:
        draft = Path(folder) / "draft"
        if database.is_sqlite:
            backup_sqlite.save(_path(database), draft)
        else:
            backup_postgres.save(database.engine.url, draft)
        draft.chmod(0o600)
        _flush(draft)
        draft.replace(file)
    _flush(file.absolute().parent)


def load(database: Database, file: Path, hold: Hold) -> None:
    """Put `file` back, bring it to this release's schema, and let `hold` mark what must not be sent any more."""
    if database.is_sqlite:
        _load_sqlite(database, file, hold)
    else:
        _load_postgres(database, file, hold)


def in_use(database: Database) -> bool:
    """Does another process have the database open?"""
    database.close()
    if database.is_sqlite:
        return backup_sqlite.in_use(_path(database))
    with database.read() as session:
        return backup_postgres.in_use(session)


def _load_sqlite(database: Database, file: Path, hold: Hold) -> None:
    """The copy is made ready beside the database: at no moment is there one with things to send in its place."""
    backup_sqlite.check(file)
    place = _path(database)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".restore-") as folder:
        ready = Path(folder) / "ready"
        backup_sqlite.save(file, ready)
        copy = Database(f"sqlite:///{ready}")
        _prepare(copy, hold)
        copy.close()
        database.close()
        backup_sqlite.load(ready, place)


def _load_postgres(database: Database, file: Path, hold: Hold) -> None:
    backup_postgres.check(file)
    with database.write() as session:
        backup_postgres.empty(session)
    backup_postgres.load(database.engine.url, file)
    database.close()  # statements prepared for the tables of before
    _prepare(database, hold)


def _prepare(copy: Database, hold: Hold) -> None:
    found, newest = schema.version(copy), schema.head()
    if found is None or newest is None or found > newest:
        raise Unusable(f"The backup is of schema {found}, this release knows {newest} at most.")
    schema.upgrade(copy)
    hold(copy)


def _path(database: Database) -> Path:
    return Path(database.engine.url.database or "")


def _flush(path: Path) -> None:
    """On the disk, not only in the system's memory: a backup is for the day the power goes."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

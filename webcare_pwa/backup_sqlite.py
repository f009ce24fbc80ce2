"""Backup of a SQLite database that is in use, and putting one back, both through SQLite's own online copying: no half-written
page and no commit of another process can come in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class Unusable(Exception):
    """The file is not a whole backup, or the database cannot be read or written. The message says which."""


def save(database: Path, file: Path) -> None:
    """Copy one moment of the database into `file`, which must not exist, and check the copy."""
    with (
        _errors(f"{database} cannot be copied"), closing(_existing(database)) as source,
        closing(sqlite3.connect(file)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, no -wal beside it
    check(file)


def check(file: Path) -> None:
    """Raises `Unusable` unless the file is whole, with every reference in place."""
    with _errors(f"{file} is no usable database"), closing(_existing(file)) as copy:
        said = copy.execute("PRAGMA integrity_check").fetchall()
        lost = copy.execute("PRAGMA foreign_key_check").fetchall()
    if said != [("ok",)] or lost:
        raise Unusable(f"{file} is damaged: {said[0][0] if said else lost[0]}")


def load(file: Path, database: Path) -> None:
    """Put the content of `file` in the place of the database's, as one commit."""
    with (
        _errors(f"{database} cannot be written"), closing(_existing(file)) as source,
        closing(sqlite3.connect(database)) as its,
    ):
        source.backup(its)
        its.execute("PRAGMA journal_mode=WAL")


def in_use(database: Path) -> bool:
    """Has any other process the database open? Leaving WAL mode is only possible when nobody has."""
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(database, timeout=0.2)) as its:
            its.execute("PRAGMA journal_mode=DELETE")
            its.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:
        return False  # damaged: that is why it is put back
    return False


def _existing(file: Path) -> sqlite3.Connection:
    """Without this a wrong path would be a new, empty database."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=10)


@contextmanager
def _errors(what: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Unusable(f"{what}: {error}") from error

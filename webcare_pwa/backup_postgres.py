"""Backup of a PostgreSQL database with its own tools, `pg_dump` and `pg_restore`; they read one moment while others write."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.orm import Session

from webcare_pwa.backup_sqlite import Unusable


def save(url: URL, file: Path) -> None:
    """Dump the database into `file` in pg_dump's own compressed form, and check that its list of contents reads."""
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
    check(file)


def check(file: Path) -> None:
    """Raises `Unusable` unless it is a dump that pg_restore can read."""
    _run("pg_restore", None, "--list", str(file))


def load(url: URL, file: Path) -> None:
    """Fill an empty database from `file`, all or nothing."""
    _run("pg_restore", url, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(file))


def empty(session: Session) -> None:
    """Take everything out of the database: the dump may be of an older schema, which knows not all of it."""
    session.execute(text("drop schema public cascade"))
    session.execute(text("create schema public"))


def in_use(session: Session) -> bool:
    """Has any other process of any machine a connection to this database?"""
    query = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    return bool(session.scalar(text(f"{query} and backend_type = 'client backend'")))


def _run(program: str, url: URL | None, *arguments: str) -> None:
    """The password goes by the environment, where the list of processes does not show it."""
    path = shutil.which(program)
    if path is None:
        raise Unusable(f"{program} is not installed on this machine (Debian: postgresql-client)")
    environ, where = dict(os.environ), []
    if url is not None:
        environ["PGPASSWORD"] = url.password or ""
        plain = url.set(drivername="postgresql", password=None).render_as_string()
        where = [f"--dbname={plain}"]
    done = subprocess.run([path, *where, *arguments], env=environ, capture_output=True, text=True)  # noqa: S603  our own words
    if done.returncode != 0:
        raise Unusable(f"{program}: {done.stderr.strip()[-500:]}")

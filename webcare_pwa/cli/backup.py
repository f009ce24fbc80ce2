"""`flask --app app backup FILE` while everything runs, and `restore FILE` while nothing does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from webcare_pwa import backup as backups
from webcare_pwa import wake
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models import organisation as organisations_
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.steps import restoring
from webcare_pwa.web.context import services

ALIVE_WITHIN = timedelta(seconds=60)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Write the whole database to FILE (mode 0600), while everything runs."""
    try:
        backups.save(services().database, file)
    except (backups.Unusable, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}: {file.stat().st_size} bytes, checked. The push key and the secret key are not in it.")


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Also when web or worker seem to run, or a backup of now cannot be made.")
@with_appcontext
def restore(file: Path, yes: bool) -> None:
    """Put FILE in the place of the database. What was unsent in it is held and listed, never sent."""
    its = services()
    wake.disconnect(its.database)
    if not file.is_file():
        raise click.ClickException(f"{file} does not exist.")
    if not yes and (_alive(its.database) or backups.in_use(its.database)):
        raise click.ClickException("Web or worker still run on this database. Stop them first, or give --yes.")
    _keep(its.database, its.settings.data_dir / f"before-restore-{real_now():%Y%m%d-%H%M%S-%f}", forced=yes)
    waiting: list[int] = []

    def hold(copy: Database) -> None:
        with copy.write() as session:
            restoring.put_back(session, now=its.clock.now(session), house=its.house)
            every = frozenset(each.id for each in organisations_.every(session))
            waiting.extend(restoring.urgent_held(session, every))

    try:
        backups.load(its.database, file, hold)
    except (backups.Unusable, OSError, SQLAlchemyError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file} was put back. {len(waiting)} open urgent incidents call nobody until somebody resumes them in the app.")


def _alive(database: Database) -> bool:
    """Did any process give a sign of life lately?"""
    try:
        with database.read() as session:
            newest = session.scalar(select(func.max(Heartbeat.at)))
    except SQLAlchemyError:
        return False  # no database, an empty or a damaged one
    return newest is not None and real_now() - newest < ALIVE_WITHIN


def _keep(database: Database, file: Path, *, forced: bool) -> None:
    """What is there now may be needed after all."""
    try:
        backups.save(database, file)
    except (backups.Unusable, OSError) as error:
        if not forced and _has_something(database):
            raise click.ClickException(f"What is there now cannot be kept ({error}). Give --yes to go on.") from error
        return
    click.echo(f"What was there is kept in {file}.")


def _has_something(database: Database) -> bool:
    path = database.engine.url.database if database.is_sqlite else None
    return path is None or (Path(path).exists() and Path(path).stat().st_size > 0)

"""Runs the migrations on the engine that `webcare_pwa/schema.py` hands over."""

from alembic import context

import webcare_pwa.models  # noqa: F401  the metadata must be complete
from webcare_pwa.db import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()

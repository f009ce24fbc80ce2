"""Builds the app from the environment; nothing else. `flask --app app ...` and `gunicorn app:app` start here."""

import os

from webcare_pwa.cli.without_settings import app_without_settings
from webcare_pwa.factory import create_app
from webcare_pwa.settings import SettingsError, from_environ

try:
    app = create_app(from_environ(os.environ))
except SettingsError as error:
    app = app_without_settings(str(error))

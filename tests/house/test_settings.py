"""Every setting stands in the README and nothing else does; the example settings are usable; all faults come at once."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from pathlib import Path

import pytest

from webcare_pwa import settings
from webcare_pwa.settings import Settings, SettingsError, from_environ

ROOT = Path(__file__).resolve().parents[2]
READ = set(re.findall(r'read\.(?:text|number|choice)\(\s*"([A-Z_]+)"', inspect.getsource(settings)))
GOOD = {
    "WEBCARE_SECRET_KEY": "x" * 40, "WEBCARE_BASE_URL": "https://dienst.corporatie.example/",
    "WEBCARE_VAPID_SUBJECT": "mailto:beheer@corporatie.example",
}  # fmt: skip


def test_the_readme_has_every_setting_and_no_other() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Settings")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `WEBCARE_([A-Z_]+)`", table, re.MULTILINE)) == READ


def test_every_field_is_read() -> None:
    assert len(READ) == len(fields(Settings))


def test_the_example_for_systemd_uses_real_settings() -> None:
    lines = (ROOT / "docs/deployment/webcare.env.example").read_text(encoding="utf-8").splitlines()
    names = {line.partition("=")[0].removeprefix("WEBCARE_").removesuffix("_FILE") for line in lines if line[:1] == "W"}
    assert names <= READ


def test_good_settings_are_taken() -> None:
    found = from_environ(GOOD)
    assert found.base_url == "https://dienst.corporatie.example"
    assert found.secure_cookies and not found.demo


def test_all_faults_come_in_one_message() -> None:
    with pytest.raises(SettingsError) as refused:
        from_environ({"WEBCARE_SECRET_KEY": "kort", "WEBCARE_MAIL_PORT": "x", "WEBCARE_DEMO": "ja", "WEBCARE_MAIL_HOST": "m"})
    for name in ("SECRET_KEY", "BASE_URL", "VAPID_SUBJECT", "MAIL_PORT", "DEMO", "MAIL_FROM"):
        assert f"WEBCARE_{name}" in str(refused.value), name


@pytest.mark.parametrize(("name", "value"), [
    ("BASE_URL", "http://dienst.corporatie.example"), ("BASE_URL", "dienst"), ("VAPID_SUBJECT", "mailto:x@localhost"),
    ("VAPID_SUBJECT", "beheer@corporatie.example"), ("SECRET_KEY", "x" * 31), ("MAIL_TLS", "ssl"), ("LOG_LEVEL", "luid"),
])  # fmt: skip
def test_a_wrong_value_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"WEBCARE_{name}"):
        from_environ({**GOOD, f"WEBCARE_{name}": value})


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("y" * 40 + "\n", encoding="utf-8")
    without = {name: value for name, value in GOOD.items() if name != "WEBCARE_SECRET_KEY"}
    assert from_environ({**without, "WEBCARE_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "y" * 40
    with pytest.raises(SettingsError, match="SECRET_KEY_FILE cannot be read"):
        from_environ({**without, "WEBCARE_SECRET_KEY_FILE": str(tmp_path / "none")})

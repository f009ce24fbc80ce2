"""Every setting, read from the environment once. A wrong or missing one stops the start, all faults in one message.

Each variable `WEBCARE_X` may also be given as `WEBCARE_X_FILE`, the path of a file that holds the value (for secrets).
"""

from __future__ import annotations

import ipaddress
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from webcare_pwa.environ import PREFIX, Environ

SMS_PROVIDERS = ("twilio", "messagebird", "cm")


class SettingsError(Exception):
    """The environment is not usable; the message lists every fault."""


@dataclass(frozen=True)
class Settings:
    """The whole configuration of one process."""

    database_url: str
    secret_key: str
    base_url: str  # public address without trailing slash, for links in pages and mails
    vapid_private_key_file: Path
    vapid_subject: str
    data_dir: Path
    demo: bool = False
    mail_host: str = ""
    mail_port: int = 25
    mail_user: str = ""
    mail_password: str = ""
    mail_tls: str = "starttls"  # none | starttls | tls
    mail_from: str = ""
    push_hosts: tuple[str, ...] = ()  # extra push service origins, for tests or an own push service
    voice_url: str = "https://api.twilio.com"  # a call API of Twilio's form
    voice_account: str = ""
    voice_token: str = ""
    voice_from: str = ""  # the number that calls, +31...
    metrics_token: str = ""  # without it there are no metrics
    deadman_url: str = ""
    deadman_private: bool = False  # may be http and in the own network
    selftest_minutes: int = 0  # 0: never
    selftest_url: str = ""  # the base address as the worker reaches it
    sms_provider: str = ""  # twilio | messagebird | cm; empty: no SMS
    sms_account: str = ""  # Twilio: the account SID
    sms_secret: str = ""  # auth token, access key or product token
    sms_from: str = ""
    pushover_token: str = ""  # of the application; empty: no Pushover
    telegram_token: str = ""  # of the bot; empty: no Telegram
    contact_hosts: tuple[str, ...] = ()  # own servers for messages that may have a private address
    proxies: int = 0  # how many proxies stand in front and set X-Forwarded-*
    raw_days: int = 90  # 0: raw texts are kept for ever
    log_level: str = "INFO"

    @property
    def secure_cookies(self) -> bool:
        """Cookies only over TLS, except when the app itself is on plain http (demo, tests)."""
        return self.base_url.startswith("https://")

    @property
    def contact_kinds(self) -> tuple[str, ...]:
        """Which contact methods this installation can use, most waking first."""
        has = {"voice": self.voice_token, "sms": self.sms_provider, "pushover": self.pushover_token, "ntfy": "no key needed",
               "telegram": self.telegram_token, "teams": "no key needed", "mail": self.mail_host}
        return tuple(kind for kind, key in has.items() if key)


def from_environ(environ: Mapping[str, str]) -> Settings:
    """Read all settings. Raises `SettingsError` with every fault."""
    read = Environ(environ)
    data_dir = Path(read.text("DATA_DIR", "instance")).absolute()
    demo = read.choice("DEMO", "0", ("0", "1")) == "1"
    settings = Settings(
        database_url=read.text("DATABASE_URL", f"sqlite:///{data_dir}/webcare.db"),
        secret_key=read.text("SECRET_KEY", None if not demo else _demo_secret(data_dir)),
        base_url=read.text("BASE_URL", "http://127.0.0.1:8000" if demo else None).rstrip("/"),
        vapid_private_key_file=Path(read.text("VAPID_KEY_PATH", str(data_dir / "vapid.pem"))),
        vapid_subject=read.text("VAPID_SUBJECT", "mailto:beheer@waterveen.example" if demo else None),
        data_dir=data_dir,
        demo=demo,
        mail_host=read.text("MAIL_HOST", ""),
        mail_port=read.number("MAIL_PORT", 25),
        mail_user=read.text("MAIL_USER", ""),
        mail_password=read.text("MAIL_PASSWORD", ""),
        mail_tls=read.choice("MAIL_TLS", "starttls", ("none", "starttls", "tls")),
        mail_from=read.text("MAIL_FROM", ""),
        push_hosts=tuple(read.text("PUSH_HOSTS", "").split()),
        voice_url=read.text("VOICE_URL", "https://api.twilio.com").rstrip("/"),
        voice_account=read.text("VOICE_ACCOUNT", ""),
        voice_token=read.text("VOICE_TOKEN", ""),
        voice_from=read.text("VOICE_FROM", ""),
        metrics_token=read.text("METRICS_TOKEN", ""),
        deadman_url=read.text("DEADMAN_URL", "").rstrip("/"),
        deadman_private=read.choice("DEADMAN_PRIVATE", "0", ("0", "1")) == "1",
        selftest_minutes=read.number("SELFTEST_MINUTES", 15),
        selftest_url=read.text("SELFTEST_URL", "").rstrip("/"),
        **_contact_settings(read),
        proxies=read.number("PROXIES", 0),
        raw_days=read.number("RAW_DAYS", 90),
        log_level=read.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    )
    faults = read.faults + _faults(settings)
    if faults:
        raise SettingsError("Settings are not usable:\n" + "\n".join(f"  - {fault}" for fault in faults))
    return settings


def _contact_settings(read: Environ) -> dict[str, Any]:
    """What the installation has for contacts beside push and voice."""
    return {
        "sms_provider": read.choice("SMS_PROVIDER", "", ("", *SMS_PROVIDERS)),
        "sms_account": read.text("SMS_ACCOUNT", ""),
        "sms_secret": read.text("SMS_SECRET", ""),
        "sms_from": read.text("SMS_FROM", ""),
        "pushover_token": read.text("PUSHOVER_TOKEN", ""),
        "telegram_token": read.text("TELEGRAM_TOKEN", ""),
        "contact_hosts": tuple(read.text("CONTACT_HOSTS", "").split()),
    }


def _demo_secret(data_dir: Path) -> str:
    """A key of its own for each demo, kept so that logins survive a restart."""
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def _faults(settings: Settings) -> list[str]:
    faults = []
    if settings.secret_key and len(settings.secret_key) < 32:
        faults.append(f"{PREFIX}SECRET_KEY must have at least 32 characters")
    if settings.base_url and not _is_web_address(settings.base_url, plain_http=settings.demo):
        faults.append(f"{PREFIX}BASE_URL must be an https:// address (http only in demo mode or on localhost)")
    if settings.vapid_subject and not _is_contact(settings.vapid_subject):
        faults.append(f"{PREFIX}VAPID_SUBJECT must be a real mailto: or https: address (Apple refuses others)")
    if settings.mail_host and not settings.mail_from:
        faults.append(f"{PREFIX}MAIL_FROM is missing (needed with {PREFIX}MAIL_HOST)")
    return faults + _voice_faults(settings) + _sms_faults(settings)


def _voice_faults(settings: Settings) -> list[str]:
    """Calling needs all of it or none: half a configuration would be found out at night."""
    given = {"ACCOUNT": settings.voice_account, "TOKEN": settings.voice_token, "FROM": settings.voice_from}
    faults = []
    if any(given.values()):
        faults += [f"{PREFIX}VOICE_{name} is missing (calling needs ACCOUNT, TOKEN and FROM)"
                   for name, value in given.items() if not value]
    if settings.voice_from and not re.fullmatch(r"\+[1-9]\d{6,14}", settings.voice_from):
        faults.append(f"{PREFIX}VOICE_FROM must be a number such as +31301234567")
    if not _is_web_address(settings.voice_url, plain_http=settings.demo):
        faults.append(f"{PREFIX}VOICE_URL must be an https:// address (http only in demo mode or on localhost)")
    return faults + _guard_faults(settings)


def _guard_faults(settings: Settings) -> list[str]:
    faults = []
    if settings.metrics_token and len(settings.metrics_token) < 32:
        faults.append(f"{PREFIX}METRICS_TOKEN must have at least 32 characters")
    if settings.deadman_url and not _is_web_address(settings.deadman_url, plain_http=settings.deadman_private):
        faults.append(f"{PREFIX}DEADMAN_URL must be an https:// address (others only with {PREFIX}DEADMAN_PRIVATE=1)")
    if settings.selftest_url and not urlsplit(settings.selftest_url).hostname:
        faults.append(f"{PREFIX}SELFTEST_URL must be an address like http://127.0.0.1:8000")
    return faults


def _sms_faults(settings: Settings) -> list[str]:
    needed = {"SECRET": settings.sms_secret, "FROM": settings.sms_from}
    if settings.sms_provider == "twilio":
        needed["ACCOUNT"] = settings.sms_account
    missing = [name for name, value in needed.items() if settings.sms_provider and not value]
    return [f"{PREFIX}SMS_{name} is missing (needed with {PREFIX}SMS_PROVIDER)" for name in missing]


def _is_web_address(value: str, *, plain_http: bool) -> bool:
    parts = urlsplit(value)
    local = parts.hostname in ("localhost", "127.0.0.1")
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and (plain_http or local)))


def _is_contact(value: str) -> bool:
    if value.startswith("https://"):
        return bool(urlsplit(value).hostname)
    domain = value.removeprefix("mailto:").rpartition("@")[2]
    return value.startswith("mailto:") and "." in domain and not domain.endswith(".invalid") and not _is_ip(domain)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True

"""All tables. Import from the module of the noun; this file only makes the metadata complete for migrations."""

from webcare_pwa.models import (
    acceptance,
    alert,
    audit,
    device,
    dwelling,
    incident,
    organisation,
    person,
    progress,
    reply,
    report,
    rota,
    transfer,
)

__all__ = [
    "acceptance",
    "alert",
    "audit",
    "device",
    "dwelling",
    "incident",
    "organisation",
    "person",
    "progress",
    "reply",
    "report",
    "rota",
    "transfer",
]

"""Contact methods: how a person is reached beside push (telephone, SMS, ntfy, ...), in the order in which they are tried."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webcare_pwa.db import Base, Utc


class ContactMethod(Base):
    """One way to reach a person. `kind` is a code of `rules/contact_kinds.py`; `address` what a person recognises it by
    (a telephone number, a topic); `values` what else the provider's form asked, never logged and never shown again.

    *Proven* and *failed for good* are derived from its deliveries since `created_at`; changing one makes a new row.
    """

    __tablename__ = "contact_methods"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(300))
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(Utc)
    removed_at: Mapped[datetime | None] = mapped_column(Utc)

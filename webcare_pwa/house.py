"""What steps need to know of the installation, beyond the database: its address, its key, its rulebook."""

from __future__ import annotations

from dataclasses import dataclass

from webcare_pwa import links
from webcare_pwa.rules.meaning.verdict import Meaning
from webcare_pwa.rules.rulebook import Rulebook


@dataclass(frozen=True)
class House:
    """Handed to every step that writes a text or a link."""

    base_url: str
    secret_key: str
    rulebook: Rulebook
    raw_days: int = 90  # how long the raw form of a message is kept; 0: for ever
    meaning: Meaning | None = None  # what reading free text rests on; the worker has it, the web process does not judge

    def case_link(self, report_id: int, link_version: int) -> str:
        """The tenant's secret link to his own page."""
        return f"{self.base_url}/m/{links.case_token(self.secret_key, report_id, link_version)}"

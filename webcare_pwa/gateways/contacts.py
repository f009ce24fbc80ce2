"""Hands each message by a contact method to the gateway of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from webcare_pwa.ports import ContactGateway, ContactJob, OurFault, Outcome


class Closing(ContactGateway, Protocol):
    """A contact gateway that keeps something open."""

    def close(self) -> None:
        """Stop; what is in hand is left to the leases."""


class Contacts:
    """All contact gateways as one. A kind that is not set up at this installation is our fault, so that it shows."""

    def __init__(self, gateways: Mapping[str, Closing]) -> None:
        self._gateways = gateways
        self._refused: list[tuple[int, Outcome]] = []

    @property
    def free(self) -> int:
        """How many more jobs every gateway can take."""
        return min((each.free for each in set(self._gateways.values())), default=100)

    def submit(self, job: ContactJob) -> None:
        """Start sending one job."""
        gateway = self._gateways.get(job.kind)
        if gateway is None:
            self._refused.append((job.delivery_id, OurFault("deze manier is hier niet ingesteld")))
        else:
            gateway.submit(job)

    def finished(self) -> list[tuple[int, Outcome]]:
        """Delivery ids with their outcomes, each once."""
        done, self._refused = self._refused, []
        return [*done, *(each for gateway in set(self._gateways.values()) for each in gateway.finished())]

    def close(self) -> None:
        """Stop all gateways."""
        for gateway in set(self._gateways.values()):
            gateway.close()

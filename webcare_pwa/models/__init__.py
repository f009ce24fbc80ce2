"""All tables. Import from the module of the noun; this file only makes the metadata complete for migrations."""

from webcare_pwa.models import alert, audit, device, dwelling, incident, organisation, person, reply, report, rota

__all__ = ["alert", "audit", "device", "dwelling", "incident", "organisation", "person", "reply", "report", "rota"]

"""What an incident is and what happens to it, in words."""

from __future__ import annotations

UNKNOWN_DANGER = "Gevaar gemeld"  # an emergency of which nobody told yet what it is

WORDS: dict[str, dict[str, str]] = {
    "urgency": {
        "noodgeval": "Noodgeval",
        "spoed": "Spoed",
        "werkdag": "Volgende werkdag",
        "geen": "Geen actie",
    },
    "channel": {"web": "webformulier", "phone": "telefoon", "api": "koppeling"},
    "round": {
        "opened": "Nieuwe melding",
        "raised": "Urgentie verhoogd",
        "reopened": "Heropend",
        "addition": "Aanvulling van de huurder",
        "closing_time": "Kantoor gaat dicht",
        "unopened": "Aangenomen maar niet geopend",
        "no_progress": "Geen voortgang genoteerd",
        "restored": "Hervat na een teruggezette back-up",
    },
    "outcome": {
        "solved": "Opgelost",
        "made_safe": "Veilig gemaakt, vervolg nodig",
        "not_ours": "Niet van ons",
        "referred": "Doorverwezen",
        "own_cost": "Voor eigen rekening afgesproken",
        "next_day": "Volgende werkdag",
    },
    "deadline": {
        "acknowledge": "aannemen vóór",
        "first_answer": "eerste antwoord vóór",
        "on_site": "ter plaatse vóór",
    },
    "progress": {
        "staff_dispatched": "Collega gaat erheen",
        "contractor_called": "Aannemer gebeld",
        "contractor_accepted": "Aannemer neemt aan",
        "contractor_eta_recorded": "Aannemer komt, tijd bekend",
        "contractor_no_access_recorded": "Aannemer stond voor dichte deur",
        "temporary_repair_ordered": "Noodmaatregel afgesproken",
        "part_recorded": "Onderdeel nodig",
        "heater_available": "Kacheltje beschikbaar",
        "small_repair_confirmed": "Kleine reparatie, voor de huurder zelf",
        "cost_basis_recorded": "Kosten voor de huurder, bedrag staat vast",
        "made_safe_recorded": "Veilig gemaakt",
        "inspection_recorded": "Ter plaatse bekeken",
        "repair_reported_done": "Gerepareerd",
        "manager_informed": "Leidinggevende ingelicht",
        "grid_outage_confirmed": "Storing bij de netbeheerder bevestigd",
        "tenant_called_no_answer": "Huurder gebeld, geen gehoor",
        "home_unusable_recorded": "Woning niet te gebruiken",
        "note": "Notitie",
        "call_failed": "Gebeld, geen gehoor",
    },
    "danger_kind": {
        "gas": "Ik ruik gas",
        "co": "CO-melder gaat af",
        "fire": "Brand of rook",
        "water_power": "Water bij stroom",
        "electric": "Vonken of brandlucht bij stroom",
        "lift": "Iemand zit vast in de lift",
        "structure": "Iets valt of stort in",
        "person": "Iemand is in nood",
    },
    "todo": {  # what customer service does now with a case of the night
        "take": "Plan dit in, niemand is ermee bezig",
        "ask": "Vraag hoe het staat, de afgesproken tijd is voorbij",
        "parts": "Vraag wanneer het onderdeel komt",
        "follow_up": "Plan het vervolg",
        "appointment": "Maak een afspraak met de huurder",
        "check": "Vraag of het is afgehandeld",
        "call_tenant": "Bel de huurder, er is geen e-mailadres",
        "nothing": "Niets, het is klaar",
    },
}

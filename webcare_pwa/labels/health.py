"""Words for the service's own health."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "watcher": {
        "title": "Alarm storingsdienst",
        "down": "De storingsdienst staat stil: er worden geen oproepen verstuurd",
        "advice": "Bel de beheerder, en kijk zelf in de app of er nieuwe meldingen zijn.",
        "again": "De storingsdienst werkt weer: er worden weer oproepen verstuurd",
        "again_advice": "Kijk in de app of er meldingen zijn blijven liggen.",
    },
    "selftest": {
        "alarm": "De zelftest van de oproepen lukt niet. Het gaat mis bij: {hop}",
    },
    "selftest_hop": {
        "received": "melding ontvangen",
        "judged": "melding beoordelen",
        "called": "oproep maken",
        "sent": "oproep versturen",
        "shown": "oproep tonen",
    },
    "health": {
        "worker": "Verzender",
        "messages": "Meldingen zonder beoordeling",
        "deliveries": "Oproepen die weg moeten",
        "mails": "E-mails die weg moeten",
    },
    "service": {
        "google": "Google (Chrome, Android)",
        "mozilla": "Mozilla (Firefox)",
        "apple": "Apple (iPhone, Safari)",
        "microsoft": "Microsoft (Edge)",
        "other": "Andere pushdienst",
    },
}

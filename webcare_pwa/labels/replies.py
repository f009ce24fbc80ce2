"""Replies to tenants: what the quick replies are sorted by, what one still lacks, and the mail around it."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "placeholder": {
        "naam": "de naam van de huurder",
        "adres": "het adres",
        "complex": "het complex",
        "tijd": "de tijd",
        "datum": "de datum",
        "aannemer": "de aannemer",
        "medewerker": "de naam van de medewerker",
        "organisatie": "de naam van de corporatie",
        "meldnummer": "het nummer van de melding",
        "telefoon": "het telefoonnummer waarnaar u verwijst",
        "noodnummer": "het nummer van de storingsdienst",
        "link": "de link naar de melding",
        "reden": "de reden",
        "onderdeel": "het onderdeel",
        "vervolg": "wat er nog moet gebeuren",
        "herstel": "wat er is gedaan",
        "bedrag": "het bedrag",
        "kantoortijd": "de tijden van kantoor",
    },
    "reply_group": {
        "veiligheid": "Veiligheid",
        "ontvangst": "Ontvangst",
        "vraag": "Vraag aan de huurder",
        "onderweg": "Onderweg en aannemer",
        "uitstel": "Vertraging",
        "geen_spoed": "Geen spoed",
        "bekend": "Bekende storing",
        "verwijzing": "Doorverwijzing",
        "afronding": "Afronding",
        "grens": "Grens en toon",
        "ramp": "Ramp en grote drukte",
    },
    "block": {
        "missing": "Vul nog in: {names}.",
        "time_passed": "De afgesproken tijd is voorbij. Leg eerst een nieuwe tijd vast.",
        "not_recorded": "Leg eerst vast: {fact}.",
    },
    "call": {
        "spoken": "Wij hebben u gebeld en gesproken.",
        "no_answer": "Wij hebben u gebeld, maar kregen u niet te pakken.",
    },
    "tenant_mail": {
        "subject": "Uw melding {number} bij {organisation}",
        "body": "{text}\n\nUw eigen pagina: {link}\n"
        "Op deze mail kunt u niet antwoorden. Schrijf op uw eigen pagina of bel {emergency_number}, dag en nacht. "
        "Gevaar? Bel 112.\n{organisation}",
        "body_with_english": "{text}\n\n{text_en}\n\nUw eigen pagina / your own page: {link}\n"
        "Op deze mail kunt u niet antwoorden. Schrijf op uw eigen pagina of bel {emergency_number}, dag en nacht. "
        "Gevaar? Bel 112.\nYou cannot answer this mail. Write on your own page or call {emergency_number}, day and "
        "night. Danger? Call 112.\n{organisation}",
    },
    "mail": {
        "queued": "wacht op verzending",
        "retrying": "nog niet gelukt, wordt opnieuw geprobeerd",
        "not_configured": "mail niet ingesteld",
        "accepted": "verstuurd",
        "refused": "geweigerd",
        "failed": "mislukt",
        "unknown": "onbekend of het is aangekomen",
        "held": "niet verstuurd, back-up teruggezet",
    },
    "house_rule_reason": {
        "agreed": "Het is afgesproken, maar nog niet vastgelegd",
        "no_fault": "Dit breekt de regel niet",
        "cannot_wait": "Het kan niet anders en niet wachten",
    },
}

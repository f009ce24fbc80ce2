"""Dutch words for stored codes: the only Python file with Dutch words for the screens.

`WORDS[kind][code]`; a house test holds every stored code against it.
"""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "urgency": {
        "noodgeval": "Noodgeval",
        "spoed": "Spoed",
        "werkdag": "Volgende werkdag",
        "geen": "Geen actie",
    },
    "channel": {"web": "webformulier", "phone": "telefoon", "api": "koppeling"},
    "role": {
        "duty": "Dienst",
        "caretaker": "Huismeester",
        "coordinator": "Coördinator",
        "operator": "Telefonist",
        "customer_service": "Klantenservice",
        "editor": "Redactie",
        "administrator": "Beheerder",
    },
    "line": {"first_line": "Eerste lijn", "backup": "Achterwacht", "day_line": "Daglijn"},
    "who": {
        "first_line": "Eerste lijn",
        "backup": "Achterwacht",
        "day_line": "Daglijn",
        "coordinator": "Coördinator",
        "pool": "Iedereen van de dienst",
    },
    "gap": {
        "nobody": "niemand ingepland",
        "not_allowed": "wie is ingepland, mag geen dienst doen",
        "no_device": "geen toestel dat wekt",
    },
    "round": {
        "opened": "Nieuwe melding",
        "raised": "Urgentie verhoogd",
        "reopened": "Heropend",
        "addition": "Aanvulling van de huurder",
        "closing_time": "Kantoor gaat dicht",
    },
    "outcome": {
        "solved": "Opgelost",
        "made_safe": "Veilig gemaakt, vervolg nodig",
        "not_ours": "Niet van ons",
        "referred": "Doorverwezen",
        "own_cost": "Voor eigen rekening afgesproken",
        "next_day": "Volgende werkdag",
    },
    "called": {
        "first_line": "eerste lijn",
        "backup": "achterwacht",
        "day_line": "daglijn",
        "coordinator": "coördinator",
        "pool": "iedereen van de dienst",
        "step": "oproep",
        "addition": "aanvulling van de huurder",
        "transfer": "overgave",
        "returned": "overgave kwam terug",
        "alarm": "alarm",
        "test": "testoproep",
    },
    "deadline": {
        "acknowledge": "aannemen vóór",
        "first_answer": "eerste antwoord vóór",
        "on_site": "ter plaatse vóór",
    },
    "delivery": {
        "accepted": "verstuurd",
        "gone": "toestel bestaat niet meer",
        "refused": "geweigerd",
        "superseded": "niet meer nodig",
        "failed": "mislukt",
    },
    "platform": {"android": "Android-telefoon", "ios": "iPhone of iPad", "desktop": "Computer"},
    "push": {
        "step": "Druk hier voor het incident.",
        "addition": "De huurder heeft iets toegevoegd.",
        "transfer": "Een collega draagt dit aan u over.",
        "returned": "De overdracht is niet aangenomen. Het is weer van u.",
        "alarm": "Kijk in de app wat er is.",
        "repeat": "Herhaling {repeat}.",
        "call_tenant": "Bel de huurder.",
        "hidden": "Melding met spoed",
        "alarm_title": "Alarm",
        "test_title": "Testoproep",
        "test": "Zo komt een oproep binnen op dit toestel. Tik erop, dan is het bewezen.",
    },
    "notice": {
        "open": "Nog niet aangenomen",
        "taken": "Aangenomen door {by}",
        "taken_unknown": "Aangenomen door een collega",
        "closed": "Gesloten",
        "gone": "Deze oproep geldt niet meer",
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
    "call": {
        "spoken": "Wij hebben u gebeld en gesproken.",
        "no_answer": "Wij hebben u gebeld, maar kregen u niet te pakken.",
    },
    "warning": {  # what we could not use of a report, said on the tenant's own page
        "postcode": "De postcode klopt niet helemaal. Wij hebben hem bewaard zoals u hem typte.",
        "house_number": "Wij konden het huisnummer niet lezen. Wij hebben het bewaard zoals u het typte.",
        "dwelling": "Wij kennen dit adres niet in onze lijst. Wij hebben het bewaard zoals u het typte.",
        "suffix": "Op dit nummer zijn meer woningen. Zeg ons welke het is.",
        "phone": "Het telefoonnummer lijkt niet te kloppen. Kijk het na, dan kunnen wij u bellen.",
        "email": "Het e-mailadres klopt niet. U krijgt geen e-mail. Kijk op deze pagina voor ons antwoord.",
        "text_cut": "Uw tekst is erg lang. Hier staan de eerste 10.000 tekens. Wij hebben alles bewaard.",
        "too_many_photos": "U stuurde meer dan 4 foto's. Wij hebben de eerste 4 bekeken.",
    },
    "intake": {"this_number": "het nummer dat u nu belt"},
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
    "mail": {
        "queued": "wacht op verzending",
        "retrying": "nog niet gelukt, wordt opnieuw geprobeerd",
        "not_configured": "mail niet ingesteld",
        "accepted": "verstuurd",
        "refused": "geweigerd",
        "failed": "mislukt",
        "unknown": "onbekend of het is aangekomen",
    },
}

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")
DAYS_SHORT = tuple(day[:2] for day in DAYS)
MONTHS_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def word(code: str, kind: str) -> str:
    """The Dutch word for a stored code. Raises KeyError for an unknown one: a code without a word is a defect."""
    return WORDS[kind][code]

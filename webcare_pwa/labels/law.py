"""Words of the working-time law: the rules, what a breach says, and what would solve it. Plain Dutch."""

from __future__ import annotations

SWAP = "Laat een collega een dienst in deze tijd overnemen, of ruil met een andere week."
LESS_WORK = "Geef vrij na oproepen, plan minder uren, of laat een collega een dienst overnemen."
LATER_SHIFT = "Laat de volgende dienst later beginnen, of laat een collega hem doen."
SHORTER = "Maak de dienst korter, of verdeel hem over twee mensen."
FEWER_NIGHTS = "Geef een of meer nachtdiensten aan een collega."
ROSTER = "Geef deze tijd aan een collega."

WORDS = {
    "law_severity": {"error": "Mag niet", "warning": "Let op", "advice": "Advies"},
    "law_reason": {
        "fallen_out": "Iemand is uitgevallen",
        "nobody_else": "Niemand anders kan",
        "agreed": "Zo afgesproken met deze persoon",
        "urgent": "Het moet nu, wij herstellen het later",
    },
    "law_change": {
        "stop": "Dit mag niet van de Arbeidstijdenwet. Kies iets anders, of geef een reden.",
        "team": "Een ploeg van {members} is te klein voor dit rooster: regel {rule}, {title} ({article}).",
        "needed": "Met {needed} mensen kan het wel, als iedereen in kantoortijd werkt.",
        "no_team": "Ook met meer mensen kan het niet. Kies kortere beurten.",
    },
    "law_message": {
        "law": "Regel {rule}, {title} ({article}): {told}",
        "advice": "{title}: {told}",
        "article": "artikel {name} van de Arbeidstijdenwet",
        "chapter": "{name} van de Arbeidstijdenwet",
        "part": "{number} lid {part}",
        "letter": " onder {letter}",
        "and": " en ",
        "hours": "{number} uur",
        "minute": "1 minuut",
        "minutes": "{number} minuten",
        "both": "{hours} en {minutes}",
    },
    "law_rule": {
        "R1": "leeftijd",
        "R2a": "vrije dagen",
        "R2b": "lange vrije tijd",
        "R3": "rond een nachtdienst",
        "R4": "13 uur werk in een etmaal",
        "R5": "veel nachten, 40 uur",
        "R6a": "rust na een nachtelijke oproep",
        "R6b": "veel nachten, 45 uur",
        "R8a": "lengte van een dienst",
        "R8b": "uren per week",
        "R8c": "uren in 16 weken",
        "R8d": "uren in 4 weken",
        "REST_DAILY": "dagelijkse rust",
        "REST_WEEKLY": "wekelijkse rust",
        "BREAKS": "pauze",
        "REST_NIGHT": "rust na een nachtdienst",
        "REST_NIGHT_SERIES": "rust na een reeks nachtdiensten",
        "NIGHT_LENGTH": "lengte van een nachtdienst",
        "NIGHT_SERIES": "reeks met nachtdiensten",
        "NIGHT_COUNT_16W": "nachtdiensten in 16 weken",
        "NIGHT_COUNT_52W": "nachtdiensten in een jaar",
        "FREE_SUNDAYS": "vrije zondagen",
        "EXCLUDED": "niet op het rooster",
        "P2_SHIFT": "beschermde tijd, lengte van een dienst",
        "P2_NIGHT": "beschermde tijd, nachtdienst",
        "P2_4W": "beschermde tijd, uren in 4 weken",
        "P2_16W": "beschermde tijd, uren in 16 weken",
        "PUBLISH": "op tijd bekend",
        "SLEEP": "Slaapuren",
    },
    "law_sentence": {
        "R1": "de bereikbaarheidsdienst van {start} tot {end} is voor iemand van {measured} jaar. "
              "Het mag vanaf {allowed} jaar.",
        "R2a": "van {start} tot {end} (4 weken) zijn er {measured} keer 24 uur zonder bereikbaarheidsdienst. "
               "Er moeten er ten minste {allowed} zijn.",
        "R2b": "van {start} tot {end} (4 weken) is er {measured} keer 48 uur zonder werk en zonder bereikbaarheidsdienst. "
               "Dat moet ten minste {allowed} keer.",
        "R3": "van {start} tot {end} mag er geen bereikbaarheidsdienst zijn, vanwege een nachtdienst. "
              "Er is {measured} rust, dat moet {allowed} zijn.",
        "R4": "van {start} tot {end} (24 uur) is er {measured} werk, oproepen meegeteld. Het mag {allowed} zijn.",
        "R5": "van {start} tot {end} (16 weken) is er op veel nachten bereikbaarheidsdienst en {measured} werk. "
              "Het mag {allowed} zijn, gemiddeld 40 uur per week of minder.",
        "R6a": "na de laatste oproep in de nacht is er van {start} tot {end} {measured} rust achter elkaar. "
               "Dat moet {allowed} zijn.",
        "R6b": "van {start} tot {end} (16 weken) is er op veel nachten bereikbaarheidsdienst en {measured} werk. "
               "Het mag {allowed} zijn, gemiddeld 45 uur per week of minder.",
        "R8a": "de dienst van {start} tot {end} heeft {measured} werk. Het mag {allowed} zijn.",
        "R8b": "in de week van {start} tot {end} tellen {measured} als werk. Het mag {allowed} zijn.",
        "R8c": "van {start} tot {end} (16 weken) tellen {measured} als werk. Het mag {allowed} zijn, "
               "gemiddeld 48 uur per week of minder.",
        "R8d": "van {start} tot {end} (4 weken) tellen {measured} als werk. Het mag {allowed} zijn.",
        "REST_DAILY": "van {start} tot {end} (24 uur vanaf het begin van een dienst) is er {measured} rust achter elkaar. "
                      "Dat moet {allowed} zijn. Korter, tot 8 uur, mag een keer in 7 dagen.",
        "REST_WEEKLY": "van {start} tot {end} (7 dagen vanaf het begin van een dienst) is er {measured} rust achter elkaar. "
                       "Dat moet {allowed} zijn.",
        "BREAKS": "in de dienst van {start} tot {end} is er {measured} pauze. Dat moet {allowed} zijn, "
                  "in stukken van ten minste 15 minuten.",
        "REST_NIGHT": "na een nachtdienst is er vanaf {start} {measured} rust. Dat moet {allowed} zijn. "
                      "Korter, tot 8 uur, mag een keer in 7 dagen.",
        "REST_NIGHT_SERIES": "na 3 of meer nachtdiensten achter elkaar is er vanaf {start} {measured} rust. "
                             "Dat moet {allowed} zijn.",
        "NIGHT_LENGTH": "de nachtdienst van {start} tot {end} heeft {measured} werk. Het mag {allowed} zijn. "
                        "Langer, tot 12 uur, mag soms, als er daarna 12 uur rust is.",
        "NIGHT_SERIES": "van {start} tot {end} zijn er {measured} diensten achter elkaar, met een nachtdienst erbij. "
                        "Het mogen er {allowed} zijn.",
        "NIGHT_COUNT_16W": "van {start} tot {end} (16 weken) zijn er {measured} nachtdiensten. Het mogen er {allowed} zijn.",
        "NIGHT_COUNT_52W": "van {start} tot {end} (52 weken) zijn er {measured} nachtdiensten. Het mogen er {allowed} zijn.",
        "FREE_SUNDAYS": "van {start} tot {end} (52 weken) zijn er {measured} zondagen zonder werk. "
                        "Er moeten er ten minste {allowed} zijn.",
        "EXCLUDED": "deze persoon staat van {start} tot {end} niet op het rooster, maar heeft dan wel bereikbaarheidsdienst.",
        "P2_SHIFT": "de dienst van {start} tot {end} heeft {measured} werk. Voor deze persoon mag het {allowed} zijn.",
        "P2_NIGHT": "van {start} tot {end} staat er een nachtdienst. Deze persoon mag dan niet verplicht worden tot nachtwerk.",
        "P2_4W": "van {start} tot {end} (4 weken) tellen {measured} als werk. Voor deze persoon mag het {allowed} zijn.",
        "P2_16W": "van {start} tot {end} (16 weken) tellen {measured} als werk. Voor deze persoon mag het {allowed} zijn.",
        "PUBLISH": "de bereikbaarheidsdienst van {start} tot {end} is {measured} dagen van tevoren bekend gemaakt. "
                   "Dat moet {allowed} dagen zijn, of wat in de cao staat.",
        "SLEEP": "na een oproep in de nacht begint de volgende dienst al na {measured} rust (vanaf {start}). "
                 "Advies: {allowed} rust.",
    },
    "law_remedy": {
        "R1": "Zet een collega van 18 jaar of ouder in deze dienst.",
        "R2a": SWAP,
        "R2b": "Houd twee keer 48 uur helemaal vrij, zoals twee weekenden. " + SWAP,
        "R3": "Geef de bereikbaarheidsdienst rond de nachtdienst aan een collega.",
        "R4": "Vraag een collega om af te lossen, en laat de volgende dienst later beginnen.",
        "R5": LESS_WORK,
        "R6a": LATER_SHIFT,
        "R6b": LESS_WORK,
        "R8a": SHORTER,
        "R8b": LESS_WORK,
        "R8c": LESS_WORK,
        "R8d": LESS_WORK,
        "REST_DAILY": LATER_SHIFT,
        "REST_WEEKLY": "Houd in deze week 36 uur achter elkaar vrij van gewone diensten.",
        "BREAKS": "Plan meer pauze in deze dienst.",
        "REST_NIGHT": LATER_SHIFT,
        "REST_NIGHT_SERIES": LATER_SHIFT,
        "NIGHT_LENGTH": SHORTER,
        "NIGHT_SERIES": "Houd tussen de diensten 36 uur achter elkaar vrij.",
        "NIGHT_COUNT_16W": FEWER_NIGHTS,
        "NIGHT_COUNT_52W": FEWER_NIGHTS,
        "FREE_SUNDAYS": "Houd meer zondagen vrij van werk. Een oproep op zondag telt ook als werk.",
        "EXCLUDED": ROSTER,
        "P2_SHIFT": SHORTER,
        "P2_NIGHT": ROSTER,
        "P2_4W": LESS_WORK,
        "P2_16W": LESS_WORK,
        "PUBLISH": "Maak het rooster eerder bekend, of vraag of de persoon het goed vindt.",
        "SLEEP": LATER_SHIFT,
    },
}  # fmt: skip

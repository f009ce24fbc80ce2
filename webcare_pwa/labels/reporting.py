"""What we tell somebody who reports."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
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
}

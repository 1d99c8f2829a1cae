"""How mails begin and end, and what people say out of courtesy: it changes nothing.

A closed list: grow it with a test for each.
"""

from __future__ import annotations

BEGROETINGEN = (
    *("goedemorgen", "goedemiddag", "goedenmiddag", "goedenavond", "goedeavond", "goedendag"),
    *("goededag", "goede morgen", "goede middag", "goede dag", "goede avond", "goeiemorgen"),
    *("goeiemiddag", "goeiedag", "goeden dag", "hallo", "hoi", "hey"),
    *("hee", "hi", "hoi hoi", "hallo allemaal", "hoi allemaal", "hallo allen", "dag"),
    *("dag allen", "dag collega", "beste", "beste allen", "beste collega", "beste collegas"),
    *("beste collega s", "beste mensen", "beste lezer", "beste team", "dag collegas"),
    *("dag collega s", "hallo collega", "hoi collega", "hallo collega s", "geachte"),
    *("geachte heer", "geachte mevrouw", "geachte heer mevrouw", "geachte heer of mevrouw"),
    *("geachte mevrouw heer", "geachte mevrouw of heer", "geachte lezer", "geachte collega"),
    *("geachte collega s", "beste heer mevrouw", "beste meneer mevrouw", "lezer", "ls"),
)
"""How a mail begins; a name may follow."""

_DANK = (
    *("dank", "bedankt", "dank u", "dank u wel", "dank je", "dank je wel", "dankjewel"),
    *("dankuwel", "hartelijk dank", "hartelijk bedankt", "veel dank"),
)
_HIERMEE = (
    *("u hiermee voldoende te hebben geinformeerd", "u hiermee voldoende geinformeerd te hebben"),
    *("u voldoende te hebben geinformeerd", "u zo voldoende te hebben geinformeerd"),
    *("u hiermee van dienst te zijn", "u hiermee van dienst te zijn geweest"),
)

BELEEFDHEDEN = (
    *(f"{dank}{waarvoor}" for dank in _DANK for waarvoor in ("", " alvast")),
    *(
        f"{dank} voor {uw} {stuk}"
        for dank in _DANK
        for uw in ("uw", "je", "jullie", "het", "de")
        for stuk in (
            *("mail", "e mail", "mailtje", "bericht", "berichtje", "vraag", "verzoek", "reactie"),
            *("moeite", "herinnering", "aanvraag", "geduld", "samenwerking"),
        )
    ),
    *("alvast dank", "alvast bedankt", "alvast hartelijk dank", "bij voorbaat dank"),
    *("bij voorbaat hartelijk dank", "met dank", "graag gedaan", "succes", "succes verder"),
    *("succes ermee", "veel succes", "veel succes verder", "succes met de casus"),
    *(
        f"{nog}{wens}{verder}"
        for nog in (
            *("", "nog een ", "ik wens u een ", "ik wens u nog een ", "een ", "alvast een "),
            *("ik wens je een ", "ik wens je nog een ", "wij wensen u een ", "wens je een "),
            *("nog ", "hele "),
        )
        for wens in (
            *("fijne dag", "prettige dag", "goede dag", "fijne middag", "fijne avond"),
            *("fijn weekend", "prettig weekend", "goed weekend", "fijne week", "mooie dag"),
            *("prettige middag", "prettige avond", "fijne werkdag", "werkzame dag"),
            *("fijne feestdagen", "prettige feestdagen", "fijne vakantie", "goede week"),
        )
        for verder in ("", " verder", " gewenst", " toegewenst", " nog")
    ),
    *("tot ziens", "tot horens", "tot zover", "werkse", "werk ze"),
    *(
        f"{begin} {hiermee}"
        for begin in (
            *("ik hoop", "wij hopen", "we hopen", "ik ga ervan uit", "wij gaan ervan uit"),
            *("ik vertrouw erop", "wij vertrouwen erop", "hopende", "in de hoop"),
        )
        for hiermee in _HIERMEE
    ),
    *(
        "hopelijk bent u hiermee voldoende geinformeerd",
        "hopelijk bent u zo voldoende geinformeerd",
    ),
    *(
        f"{excuus} voor {stuk}"
        for excuus in ("excuses", "excuus", "mijn excuses", "onze excuses", "sorry")
        for stuk in (
            *("de late reactie", "mijn late reactie", "onze late reactie", "het late antwoord"),
            *("de vertraging", "het wachten", "de late beantwoording"),
        )
    ),
    *(
        f"{vragen}{moment}"
        for vragen in (
            *("heeft u vragen", "heeft u nog vragen", "mocht u vragen hebben"),
            *("mocht u nog vragen hebben", "mocht je nog vragen hebben", "bij vragen"),
            *("voor vragen", "mochten er vragen zijn", "mochten er nog vragen zijn"),
            *("als u vragen heeft", "als u nog vragen heeft", "als je vragen hebt"),
            *("als er vragen zijn", "als er nog vragen zijn", "voor nadere vragen"),
            "voor verdere vragen",
        )
        for moment in (
            *("", " bel gerust", " dan hoor ik het graag", " hoor ik het graag"),
            *(" neem gerust contact op", " kunt u mij bellen", " dan kunt u mij bellen"),
        )
    ),
    *("dan hoor ik het graag", "dan hoor ik dat graag", "hoor ik het graag"),
    *("dan horen wij het graag", "ik hoor het graag", "laat het me gerust weten"),
    *("laat het mij gerust weten", "laat het gerust weten", "bel gerust", "bel me gerust"),
    *("mail gerust", "mail me gerust", "u kunt mij altijd bellen", "u kunt mij bellen"),
    *("kunt u mij bellen", "dan kunt u mij bellen", "kunt u mij bereiken"),
    *("u kunt mij bereiken", "ik ben bereikbaar", "ben ik bereikbaar", "dan ben ik bereikbaar"),
    *("kunt u contact met mij opnemen", "kunt u contact opnemen met mij"),
    *("dan kunt u contact met mij opnemen", "telefonisch ben ik bereikbaar"),
    *(
        f"{neem} contact {met}op"
        for neem in ("neem", "neem gerust", "neem dan", "neem dan gerust", "neemt u gerust")
        for met in ("", "met mij ", "met ons ", "met me ")
    ),
)
"""Courtesies; they change nothing."""

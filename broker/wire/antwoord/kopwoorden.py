"""The words that an answer stands below, or right behind; as tables that can grow."""

from __future__ import annotations

_ANTWOORD_OP = (
    *("hierbij ons antwoord op", "hierbij mijn antwoord op", "hierbij het antwoord op"),
    *("hierbij onze reactie op", "hierbij mijn reactie op", "hierbij de reactie op"),
    *("ons antwoord op", "mijn antwoord op", "het antwoord op", "onze reactie op"),
)
VRAAG = (
    *("vraag", "verzoek", "mail", "e mail", "bericht", "mailtje", "aanvraag"),
    *("verrijkingsverzoek", "onderstaande vraag", "onderstaand verzoek"),
    *("bovenstaande vraag", "bovenstaand verzoek", "onderstaande mail", "brief"),
)
UW = ("uw", "je", "jullie", "het", "de")
_EIGEN_IS = ("", " is", " luidt", " van onze organisatie", " van ons")

KOPPEN = (
    *(
        f"{bezit}{naam}{is_}"
        for bezit in (
            "",
            "ons ",
            "mijn ",
            "het ",
            "hierbij ",
            "hierbij ons ",
            "hierbij mijn ",
            "hierbij het ",
            "bijgaand ons ",
            "bij deze ons ",
            "bij deze mijn ",
            "bij deze het ",
            "bij dezen ons ",
            "bij dezen mijn ",
        )
        for naam in ("antwoord", "definitieve antwoord")
        for is_ in _EIGEN_IS
    ),
    *(
        f"{bezit}{naam}{is_}"
        for bezit in ("onze ", "mijn ", "hierbij onze ", "hierbij mijn ")
        for naam in ("reactie", "terugkoppeling", "keuze")
        for is_ in _EIGEN_IS
    ),
    *(
        f"{bezit}{naam}{luidt}"
        for bezit in ("", "de ", "hierbij de ", "onze ", "mijn ", "het ", "ons ")
        for naam in ("reactie", "terugkoppeling", "keuze", "uitkomst", "status", "resultaat")
        for luidt in (" luidt", " van onze organisatie", " van ons")
    ),
    *(
        f"{op} {uw} {vraag}{is_}"
        for op in _ANTWOORD_OP
        for uw in UW
        for vraag in VRAAG
        for is_ in ("", " is", " luidt")
    ),
)
"""What an answer stands below, or right behind: 'ons antwoord is onbekend'.

'Het antwoord is op dit moment onbekend' tells that there is none.
"""

VERWIJZINGEN = (
    *(
        f"{bezit}{naam}{is_}"
        for bezit in ("", "de ", "hierbij de ", "onze ", "mijn ", "het ", "ons ")
        for naam in ("reactie", "terugkoppeling", "keuze", "uitkomst", "status", "resultaat")
        for is_ in ("", " is")
    ),
    *("kenmerk", "uw kenmerk", "ons kenmerk", "met kenmerk", "onder kenmerk", "antwoordcode"),
    *("code", "casus", "zaak", "verzoek", "verrijkingsverzoek", "uw verzoek"),
    *("betreft kenmerk", "inzake kenmerk", "betreft verrijkingsverzoek", "re"),
    *("onderwerp", "inzake verrijkingsverzoek", "inzake casus", "betreft casus"),
    *("in casus", "voor casus", "bij kenmerk"),
)
"""What stands above an answer or before a colon only: it may itself be what is not known."""

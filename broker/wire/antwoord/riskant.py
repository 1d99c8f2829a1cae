"""Words of a function that say something of a person when no function stands before them."""

from __future__ import annotations

from broker.wire.antwoord.functies import FUNCTIES
from broker.wire.tekst import woorden

RISKANT = frozenset(
    woorden(
        "huurder huurders medehuurder klant klanten client clienten patient patienten mogelijk"
        " traject melding meldingen behandeling begeleiding adres familie gezin kind kinderen"
        " ouders bewoner bewoners naam woning contact verstrekking cliente jongere jeugdige alias"
        " overgedragen afgemeld beschermd neefje nichtje verhuizing"
    )
)
"""What a function may name behind it ('consulent huurders'), and says something of a person."""

_SOORTEN = frozenset(
    woorden(
        "administratief maatschappelijk juridisch ambulant senior junior allround technisch sociaal"
        " financieel algemeen operationeel strategisch tactisch waarnemend plaatsvervangend sociale"
    )
)
_DRAGEND = (FUNCTIES - _SOORTEN) | frozenset(
    woorden(
        "team afdeling stichting centrum bureau loket domein jeugd instelling vereniging sector"
    )
)
_DRAGENDE_ACHTERVOEGSELS = (
    *("medewerker", "medewerkster", "consulent", "consulente", "coordinator", "adviseur"),
    *("regisseur", "manager", "werker", "begeleider", "beheerder", "leider", "ondersteuner"),
    *("verpleegkundige", "specialist", "psycholoog", "functionaris", "coach", "therapeut", "team"),
)
_RISKANTE_ACHTERVOEGSELS = (
    *("dossier", "huurder", "traject", "broer", "kind", "bewoner", "vader", "moeder", "client"),
)


def zegt_iets_van_iemand(gezegd: tuple[str, ...]) -> bool:
    """Whether a word of `RISKANT` stands here without a function or an organisation before it."""
    for woord in gezegd:
        if woord in RISKANT or woord.endswith(_RISKANTE_ACHTERVOEGSELS):
            return True
        if woord in _DRAGEND or woord.endswith(_DRAGENDE_ACHTERVOEGSELS):
            return False
    return gezegd[:1] == ("zorg",) and gezegd[1:2] != ("en",)

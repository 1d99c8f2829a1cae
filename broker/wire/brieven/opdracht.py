"""The letters about orders: the words that somebody can use, and what came of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from broker.domain.bericht import OpdrachtBericht
from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import Netwerk
from broker.wire.brieven.brief import Brief
from broker.wire.brieven.opmaak import aanhef, alinea, lange_datum, punten, samen

_BETEKENIS: Mapping[OpdrachtSoort, str] = {
    OpdrachtSoort.INTREKKEN: (
        "de melding stopt. Wij vragen niemand meer iets. U kunt dit niet terugdraaien."
    ),
    OpdrachtSoort.AFRONDEN: (
        "de ronde stopt nu, en de uitkomst volgt meteen. Wie nog niet antwoordde, staat daarin als"
        " 'geen reactie'. U kunt dit niet terugdraaien."
    ),
    OpdrachtSoort.SPOED: "wie nog niet antwoordde, moet dat binnen één werkdag doen.",
    OpdrachtSoort.STARTEN: "wij vragen de loketten of deze persoon bij hen bekend is.",
    OpdrachtSoort.SAMENVOEGEN: "deze melding gaat verder met de eerdere casus.",
}
_GEDAAN: Mapping[OpdrachtSoort, tuple[str, ...]] = {
    OpdrachtSoort.INTREKKEN: ("De melding {} is ingetrokken. Wij vragen niemand meer iets.",),
    OpdrachtSoort.AFRONDEN: (
        "De ronde van {} is afgerond.",
        "Wie nog niet had geantwoord, hoort dat het niet meer hoeft.",
        "De uitkomst volgt in een aparte mail.",
    ),
    OpdrachtSoort.SPOED: (
        "{} heeft nu spoed.",
        "Wie nog niet had geantwoord, krijgt de vraag opnieuw, met spoed.",
    ),
    OpdrachtSoort.STARTEN: ("De ronde van {} is gestart. Wij vragen de loketten.",),
    OpdrachtSoort.SAMENVOEGEN: ("{} is samengevoegd met de eerdere casus.",),
}
_TE_LAAT: Mapping[OpdrachtSoort, str] = {
    OpdrachtSoort.INTREKKEN: "De melding {} is al ingetrokken of afgesloten.",
    OpdrachtSoort.AFRONDEN: "De ronde van {} loopt niet, of niet meer.",
    OpdrachtSoort.SPOED: "De ronde van {} loopt niet, of niet meer.",
    OpdrachtSoort.STARTEN: "Er is bij {} geen ronde te starten.",
    OpdrachtSoort.SAMENVOEGEN: "Er is bij {} niets samen te voegen.",
}
_REGIE = "Alleen een ketenregisseur beslist hierover bij {}."
_NIET_BEVOEGD: Mapping[OpdrachtSoort, str] = {
    OpdrachtSoort.INTREKKEN: "Alleen de melder of zijn vervanger kan {} intrekken.",
    OpdrachtSoort.AFRONDEN: _REGIE,
    OpdrachtSoort.SPOED: _REGIE,
    OpdrachtSoort.STARTEN: _REGIE,
    OpdrachtSoort.SAMENVOEGEN: _REGIE,
}
_NU_NIET: Mapping[Uitslag, tuple[str, ...]] = {
    Uitslag.AL_SPOED: ("{} heeft al spoed.",),
    Uitslag.POLITIE_NU_NIET: (
        "{} is een melding van de politie.",
        "Daarover mogen wij nu niets vragen: de beslissing geldt niet, of niemand is aangewezen.",
    ),
    Uitslag.NIET_SAMEN_TE_VOEGEN: (
        "Wij kunnen {} niet samenvoegen.",
        "De casus die u noemt, lijkt er niet op of had nog geen ronde.",
        "Of er zijn meer casussen die erop lijken.",
        "Noem achter SAMENVOEGEN het kenmerk van de andere casus.",
    ),
}
_NIETS_VERANDERD = "Er is niets veranderd."


def woorden_voor(mogelijk: Sequence[OpdrachtSoort], *, waarom: str) -> str:
    """The words that somebody can use, with what each of them does; empty if there are none."""
    if not mogelijk:
        return ""
    woord = "dit woord" if len(mogelijk) == 1 else "één van deze woorden"
    begin = alinea(
        f"{waarom} Beantwoord deze mail dan met {woord}, en schrijf verder niets.",
        "Onderteken en versleutel uw antwoord.",
    )
    return f"{begin}\n" + punten(f"{soort}: {_BETEKENIS[soort]}" for soort in mogelijk)


def opdracht(bericht: OpdrachtBericht, *, aan: str, netwerk: Netwerk) -> Brief:
    """What came of an order. Nothing of his mail is quoted."""
    gedaan = bericht.uitslag is Uitslag.GEDAAN
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea(
            *(zin.format(bericht.kenmerk) for zin in _uitslag(bericht)),
            _tot(bericht.uiterlijk) if gedaan else _NIETS_VERANDERD,
        ),
        woorden_voor(bericht.mogelijk, waarom="Wilt u iets beslissen?"),
    )
    return Brief(f"Opdracht {'' if gedaan else 'niet '}uitgevoerd {bericht.kenmerk}", tekst)


def _tot(uiterlijk: date | None) -> str:
    return "" if uiterlijk is None else f"De laatste dag is {lange_datum(uiterlijk)}."


def _uitslag(bericht: OpdrachtBericht) -> tuple[str, ...]:
    soort, uitslag = bericht.soort, bericht.uitslag
    if soort is None:
        return ("Wij weten niet zeker wat u bedoelt met uw bericht over {}.",)
    if uitslag is Uitslag.GEDAAN:
        return _GEDAAN[soort]
    if uitslag in (Uitslag.AL_GESLOTEN, Uitslag.NIETS_TE_BESLISSEN):
        return (_TE_LAAT[soort],)
    if uitslag is Uitslag.NIET_BEVOEGD:
        return (_NIET_BEVOEGD[soort],)
    return _NU_NIET[uitslag]

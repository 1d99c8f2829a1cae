"""The closed vocabulary of an order: the words that decide, and those that change nothing.

Patterns over words in lower case with one blank between them. Whoever writes another word says
something that could turn it, and is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from broker.domain.opdracht import OpdrachtSoort
from broker.wire.tekst import woorden

_ZAAK = (
    r"(?:(?:de|deze|dit|mijn|onze|uw|bovenstaande|bovengenoemde|een|eigen|nieuwe|beide) ){0,3}"
    r"(?:aanmelding|casus|casussen|melding|meldingen|ronde|uitvraag|verrijking|zaak|zaken)"
)
_TUSSENIN = rf"(?: hierbij| nu| graag| {_ZAAK}){{0,3}}"
_PERSOON = r"(?:(?:de )?betrokkene|deze persoon|meneer|mevrouw|hij|zij)"
_TOESTEMMING = r"(?:(?:zijn|haar|de) )?toestemming"


def _los(een: str, meer: str, deel: str) -> str:
    """'Ik trek de melding in', 'hierbij trekken wij onze melding in', 'trek in'."""
    begin = f"(?:ik {een}|{een} ik|{een}|(?:wij|we) {meer}|{meer} (?:wij|we))"
    return f"{begin}{_TUSSENIN}{deel}"


def _mag_worden(deelwoord: str) -> str:
    return f"(?:mag|kan) (?:worden {deelwoord}|{deelwoord} worden)"


def _een_van(*vormen: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(vormen)})(?= |$)")


OPDRACHTEN: Mapping[OpdrachtSoort, re.Pattern[str]] = {
    OpdrachtSoort.INTREKKEN: _een_van(
        *("intrekken", "in te trekken", "intrekking"),
        _mag_worden("ingetrokken"),
        _los("trek", "trekken", " in"),
        # PR-7.8, PR-11.1: consent that was withdrawn stops the round.
        rf"(?:want )?{_PERSOON} heeft {_TOESTEMMING}(?: weer| nu)? ingetrokken",
        rf"(?:omdat|aangezien) {_PERSOON} {_TOESTEMMING}(?: weer| nu)? heeft ingetrokken",
        r"(?:want )?(?:de )?toestemming is ingetrokken",
    ),
    OpdrachtSoort.AFRONDEN: _een_van(
        *("afronden", "af te ronden", "afronding"),
        _mag_worden("afgerond"),
        _los("rond", "ronden", " af"),
    ),
    OpdrachtSoort.SPOED: _een_van(
        "(?:met )?spoed(?: behandelen)?",
        "spoedeisend",
        rf"(?:dit|het|{_ZAAK}) (?:is|heeft) spoed",
    ),
    OpdrachtSoort.STARTEN: _een_van(
        # 'Ik start met de casus' tells what somebody does himself.
        *("starten", "te starten", rf"start {_ZAAK}", "start"),
        _mag_worden("gestart"),
    ),
    OpdrachtSoort.SAMENVOEGEN: _een_van(
        *("samenvoegen", "samen te voegen", "samenvoeging"),
        _mag_worden("samengevoegd"),
        _los("voeg", "voegen", " samen"),
    ),
}
"""Every phrase that orders something."""

VULLING = _een_van(
    *("graag", "gaarne", "aub", "a u b", "svp", "s v p", "alstublieft", "alsjeblieft"),
    *("hierbij", "bij deze", "nu", "direct", "meteen", "per direct", "ja", "akkoord"),
    *("(?:met )?(?:kenmerk|nummer)", "(?:mijn )?opdracht"),
    *("ik wil", "(?:wij|we) willen", "wil ik", "willen (?:wij|we)"),
    *("u kunt", "je kunt", "u mag", "je mag", "kunt u", "wilt u", "wil je"),
    *("(?:ik verzoek|wij verzoeken) u(?: om)?", "(?:het )?verzoek (?:om|tot)", "om", "van"),
    rf"(?:met |bij )?(?:de eerdere )?{_ZAAK}",
    *("met", "bij"),
    r"(?:hartelijk |alvast )?(?:dank|bedankt)(?: u| je)?(?: wel)?(?: alvast)?",
    *("dankjewel", "dankuwel", "met dank", "bij voorbaat dank", "tot ziens"),
    r"(?:een |nog een )?(?:fijne|prettige) dag(?: verder)?",
    r"(?:een |nog een )?(?:fijn|prettig) weekend",
)
"""What may stand beside an order and changes nothing."""

_LOS = frozenset(
    woorden(
        "intrekken intrekking ingetrokken afronden afronding afgerond spoed spoedeisend starten"
        " start gestart samenvoegen samenvoeging samengevoegd"
    )
)
_PAREN = (
    (frozenset({"trek", "trekken"}), "in"),
    (frozenset({"rond", "ronden"}), "af"),
    (frozenset({"voeg", "voegen"}), "samen"),
)
NOOIT_EEN_NAAM = _LOS | frozenset(
    woorden(
        "niet geen nee nooit nog misschien later morgen eventueel als mits tenzij wacht wachten"
        " stop trek trekken rond ronden voeg voegen"
    )
)
"""Words that are read, whoever is called so."""

_VAN_EEN_ANTWOORD = frozenset(
    woorden("bekend onbekend vaststellen vastgesteld verstrekken verstrekt verstrek")
)


def kan_opdracht_zijn(gezegd: frozenset[str]) -> bool:
    """Whether these words hold one of an order, and none of an answer: that is asked elsewhere."""
    if not _VAN_EEN_ANTWOORD.isdisjoint(gezegd):
        return False
    return not _LOS.isdisjoint(gezegd) or any(
        los in gezegd and not stam.isdisjoint(gezegd) for stam, los in _PAREN
    )

"""Whether two meldingen may be about one person, and who decides about it (D-3).

Father and son can share name and address, and one person is spelled in many ways. So likeness is
only ever a question to the ketenregisseur. Here are the words that are compared, in clear; who
compares them does so by a keyed index of each (see `broker.ports.vault`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from broker.domain.casus import UITKOMST_VERSTUURD, CasusStaat, Kenmerk
from broker.domain.melding import Betrokkene
from broker.domain.partner import MedewerkerId, Netwerk
from broker.domain.persoonsnaam import Persoonsnaam, lees_naam
from broker.domain.toegang import mag_regie_voeren

LOPEND = UITKOMST_VERSTUURD | {CasusStaat.ONTVANGEN, CasusStaat.IN_VERRIJKING}
"""The states of a casus on which another melding about the same person could bear."""

_RONDE_GEWEEST = LOPEND - {CasusStaat.ONTVANGEN}


class _Soort(StrEnum):
    """What a word was made of. The number rises when the same person would give another word."""

    ADRES = "adres/1"
    WOONT = "woont/1"
    ZWERFT = "zwerft/1"
    GEBOREN = "geboren/1"


@dataclass(frozen=True, slots=True)
class Trefwoorden:
    """The words of one betrokkene: those under which he is kept, those by which he is sought."""

    bewaard: frozenset[str] = field(repr=False)
    gezocht: frozenset[str] = field(repr=False)


def trefwoorden(betrokkene: Betrokkene) -> Trefwoorden:
    """D-3: two meldingen may be about one person when the one seeks a word that the other keeps.

    A surname at one postcode and house number; a surname with one day of birth; and, for who has
    no fixed address, a surname with its initial, whether the other has an address or not. One
    half of a double surname is enough. How a name or an address is spelled makes no difference.
    """
    naam = lees_naam(betrokkene.naam)
    geboren = (
        _woorden(_Soort.GEBOREN, naam, betrokkene.geboortedatum.isoformat())
        if betrokkene.geboortedatum
        else frozenset[str]()
    )
    # Without an initial every Jansen would be like the one who has no address.
    woont = _woorden(_Soort.WOONT, naam, naam.voorletter) if naam.voorletter else frozenset[str]()
    zwerft = _woorden(_Soort.ZWERFT, naam, naam.voorletter)
    if betrokkene.zonder_vaste_woonplaats:
        return Trefwoorden(zwerft | geboren, zwerft | woont | geboren)
    adres = _woorden(_Soort.ADRES, naam, _vlak(betrokkene.postcode), huisnummer(betrokkene.adres))
    gezocht = zwerft if naam.voorletter else frozenset[str]()
    return Trefwoorden(adres | woont | geboren, adres | gezocht | geboren)


def _woorden(soort: _Soort, naam: Persoonsnaam, *delen: str) -> frozenset[str]:
    return frozenset("|".join((soort, *delen, deel)) for deel in naam.achternamen)


def _vlak(tekst: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", tekst).casefold()))


_GETAL = re.compile(r"[0-9]{1,6}(?![0-9])")
_RANGTELWOORD = re.compile(r"\s*(?:ste|de|e)\b", re.IGNORECASE)
_JAARTAL = re.compile(r"(?:1[5-9]|20)[0-9]{2}")


def huisnummer(adres: str) -> str:
    """The house number in an address, without its addition; empty when there is none.

    '1e Lambertusstraat 5' and 'Plein 1944 nr. 5' are number 5: an ordinal, and a year that has
    another number behind it, belong to the street.
    """
    vlak = unicodedata.normalize("NFKC", adres)
    getallen = [
        gevonden
        for gevonden in _GETAL.finditer(vlak)
        if not _RANGTELWOORD.match(vlak, gevonden.end())
    ]
    if len(getallen) > 1 and getallen[0].start() and _JAARTAL.fullmatch(getallen[0][0]):
        del getallen[0]
    return getallen[0][0].lstrip("0") if getallen else ""


@dataclass(frozen=True, slots=True)
class Gelijkende:
    """A casus that keeps a word that another seeks. `politie`: the police reported it."""

    kenmerk: Kenmerk
    staat: CasusStaat
    politie: bool


def te_vergelijken(
    gevonden: Iterable[Gelijkende], *, met: Kenmerk, politie: bool
) -> tuple[Gelijkende, ...]:
    """D-3, BS-1: the running casussen that the ketenregisseur must look at beside this one.

    `politie`: this one is a melding of the police. Only then are casussen of the police compared
    with it, for only then is what is told about it police data, with its row in the register. That
    the police reported somebody is told beside no other melding.
    """
    return tuple(
        gelijkende
        for gelijkende in sorted(gevonden, key=lambda een: een.kenmerk)
        if gelijkende.kenmerk != met
        and gelijkende.staat in LOPEND
        and (politie or not gelijkende.politie)
    )


def mag_samenvoegen(gelijkenden: Iterable[Gelijkende], bij: Kenmerk) -> bool:
    """D-3: only with a casus that is like it, and that had a round: its answers are the answer."""
    return any(een.kenmerk == bij and een.staat in _RONDE_GEWEEST for een in gelijkenden)


def mag_beslissen(netwerk: Netwerk, door: MedewerkerId, dag: date, *, politie: bool) -> bool:
    """D-3, BS-1: only an active ketenregisseur of the gemeente decides whether two are one.

    `politie`: one of the two was reported by the police; then he must be designated for that.
    """
    gevonden = netwerk.medewerker(door)
    mag_weten = gevonden is not None and gevonden[1].mag_politiegegevens(dag)
    return mag_regie_voeren(netwerk, door, dag) and (mag_weten or not politie)

"""The uitkomst: the one minimal result, for the ketenregisseur alone (D-1, AVG art. 5 lid 1 c)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from broker.domain.casus import Casus, Kenmerk
from broker.domain.melding import Betrokkene
from broker.domain.partner import Loket, LoketId, Netwerk, Werkgebied
from broker.domain.verzoek import (
    WAARDE_ZONDER_ANTWOORD,
    Antwoord,
    PolitieAntwoord,
    Politiegegevens,
    SoortHulp,
    Waarde,
)


@dataclass(frozen=True, slots=True)
class UitkomstRegel:
    """AVG-5.1c: all that is told of one desk: value and day, whom to call, help where allowed."""

    loket: LoketId
    naam: str
    waarde: Waarde = field(repr=False)
    datum: date | None = None
    contact: str = field(default="", repr=False)
    telefoon: str = field(default="", repr=False)
    hulpverlener: str = field(default="", repr=False)
    soort_hulp: SoortHulp | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PolitieRegel(UitkomstRegel, Politiegegevens):
    """The line of the police, when they disclosed something: police data."""


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """AVG-5.1c: the result of one round, without the person.

    `werkgebied` is None when the ketenregisseur must choose it (B-1.4).
    """

    kenmerk: Kenmerk
    werkgebied: Werkgebied | None
    regels: tuple[UitkomstRegel, ...]


def bepaal_werkgebied(betrokkene: Betrokkene, netwerk: Netwerk) -> Werkgebied | None:
    """The area by the postcode (B-1.4); None when the ketenregisseur must choose."""
    cijfers = betrokkene.postcode[:4]
    return next((w for w in netwerk.werkgebieden if cijfers in w.postcodes), None)


def _regel(loket: Loket, casus: Casus, netwerk: Netwerk) -> UitkomstRegel:
    verzoek = casus.verzoek_aan(loket.id)
    if verzoek is None:
        return UitkomstRegel(loket.id, loket.naam, Waarde.NIET_GEVRAAGD)
    if verzoek.antwoord is None:
        return UitkomstRegel(loket.id, loket.naam, WAARDE_ZONDER_ANTWOORD[verzoek.staat])
    return antwoord_regel(loket, verzoek.antwoord, netwerk)


def antwoord_regel(loket: Loket, antwoord: Antwoord, netwerk: Netwerk) -> UitkomstRegel:
    """The line of a desk that answered.

    Raises ValueError for an answer of the police that is not police data by its type: a fault in
    the program that would let it travel unregistered.
    """
    if netwerk.is_wpg(loket) and not isinstance(antwoord, PolitieAntwoord):
        raise ValueError(f"the answer of {loket.id} must be a PolitieAntwoord")
    # NIET VERSTREKT by the police discloses nothing (D-9): an ordinary line.
    politie = isinstance(antwoord, PolitieAntwoord) and antwoord.waarde is not Waarde.NIET_VERSTREKT
    soort = PolitieRegel if politie else UitkomstRegel
    # A vervanger may sit at another desk of the same partner.
    gevonden = netwerk.medewerker(antwoord.gegeven_door)
    persoon = gevonden[1] if gevonden and gevonden[0].partner == loket.partner else None
    return soort(
        loket=loket.id,
        naam=loket.naam,
        waarde=antwoord.waarde,
        datum=netwerk.kalender.dag(antwoord.gegeven_op),
        contact=persoon.naam if persoon else "",
        telefoon=persoon.telefoon if persoon else "",
        hulpverlener=antwoord.hulpverlener if loket.geeft_hulp else "",
        soort_hulp=antwoord.soort_hulp if loket.geeft_hulp else None,
    )


def maak_uitkomst(casus: Casus, netwerk: Netwerk) -> Uitkomst:
    """The uitkomst of a casus whose verzoeken are all closed: one line a desk.

    A desk that got no verzoek, the melder's own included, was not asked (B-1.3).
    Raises KeyError when a verzoek is still open: that is a fault in the program.
    """
    return Uitkomst(
        kenmerk=casus.kenmerk,
        werkgebied=bepaal_werkgebied(casus.melding.betrokkene, netwerk),
        regels=tuple(_regel(loket, casus, netwerk) for loket in netwerk.loketten()),
    )

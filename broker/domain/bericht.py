"""What the broker says, and to whom: one type a kind of message, as data.

A use case returns these; `wire` words them, the vault closes them. Whether one holds police data
follows from the types of the values in it (see `verstrekking`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from broker.domain.casus import Kenmerk
from broker.domain.errors import Weigering
from broker.domain.melding import Betrokkene, Doel, Melding, Toestemming
from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import LoketId, Medewerker
from broker.domain.uitkomst import Uitkomst, UitkomstRegel


@dataclass(frozen=True, slots=True)
class Vraag:
    """The question to one desk: no more than it needs (PR-6.4).

    It never holds the reason for the melding, the grounds, or who the melder is.
    `toestemming` is None in a police melding. `politieloket`: the desk is the police's own, and
    must be told which of its data may not be used (Wpg art. 14 lid 2).
    """

    kenmerk: Kenmerk
    betrokkene: Betrokkene
    doelen: frozenset[Doel]
    toestemming: Toestemming | None
    bekend_betekent: str
    geeft_hulp: bool
    politieloket: bool
    uiterlijk: date
    antwoordcode: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verzoek:
    """The question, asked for the first time."""

    vraag: Vraag


@dataclass(frozen=True, slots=True)
class Herinnering:
    """The same question again: no answer came yet. `spoed`: the casus became urgent (D-6)."""

    vraag: Vraag
    spoed: bool = False


@dataclass(frozen=True, slots=True)
class Verduidelijking:
    """What came was no clear answer: the four choices again. Nothing of the answer is quoted.

    `wordt_gebeld`: it is the second time, and the ketenregisseur was asked to call.
    """

    kenmerk: Kenmerk
    antwoordcode: str = field(repr=False)
    uiterlijk: date
    politieloket: bool
    artikel_ontbreekt: bool = False
    wordt_gebeld: bool = False


@dataclass(frozen=True, slots=True)
class Intrekking:
    """A desk need not answer any more. `afgerond`: the round was ended early (D-6).

    `aan_regie`: to the ketenregisseur, that the melding was withdrawn (PR-7.8).
    """

    kenmerk: Kenmerk
    afgerond: bool = False
    aan_regie: bool = False


@dataclass(frozen=True, slots=True)
class Aangemeld:
    """What the ketenregisseur alone hears of a new casus: of whom, by whom, and why (PR-7.6a)."""

    kenmerk: Kenmerk
    melding: Melding
    melder: str = field(repr=False)
    melder_telefoon: str = field(repr=False)
    organisatie: str
    werkgebied: str


@dataclass(frozen=True, slots=True)
class Kennisgeving:
    """A new casus, to the ketenregisseur alone; the desks answer at the latest on `uiterlijk`."""

    aangemeld: Aangemeld
    uiterlijk: date


@dataclass(frozen=True, slots=True)
class Gelijkenis:
    """A new casus that is like others that run, to the ketenregisseur alone: he decides (D-3).

    It holds what the kennisgeving would, and of the others the kenmerk alone. `anderen` is empty
    once none of them runs any more.
    """

    aangemeld: Aangemeld
    anderen: tuple[Kenmerk, ...]


@dataclass(frozen=True, slots=True)
class UitkomstBericht:
    """The uitkomst."""

    uitkomst: Uitkomst


@dataclass(frozen=True, slots=True)
class Aanvulling:
    """A late answer, after the uitkomst (D-5)."""

    kenmerk: Kenmerk
    regel: UitkomstRegel


@dataclass(frozen=True, slots=True)
class Belverzoek:
    """A desk answered unclearly twice: the ketenregisseur is to call it. Nothing of it is told."""

    kenmerk: Kenmerk
    loket: str
    contact: str = field(repr=False)
    telefoon: str = field(repr=False)


class Status(StrEnum):
    """D-1, D-3: all that the melder hears of his casus.

    ONTVANGEN, and nothing of whether a round was started: that it was not would tell him of another
    melding about this person.
    """

    ONTVANGEN = "ontvangen"
    GEAGENDEERD = "geagendeerd"
    AFGESLOTEN = "afgesloten"
    INGETROKKEN = "ingetrokken"


@dataclass(frozen=True, slots=True)
class StatusBericht:
    """Where the casus stands, to the melder. What has a default is for where it was ontvangen.

    `informeren`: betrokkene is to be told yet, and the melder is asked to (PR-7.7).
    """

    kenmerk: Kenmerk
    status: Status
    uiterlijk: date | None = None
    informeren: bool = False


@dataclass(frozen=True, slots=True)
class WeigeringBericht:
    """A melding that was not taken, with every fault at once."""

    weigering: Weigering


@dataclass(frozen=True, slots=True)
class ConceptBericht:
    """A concept was checked; `weigering` is None when it would be taken."""

    weigering: Weigering | None


@dataclass(frozen=True, slots=True)
class FormulierBericht:
    """The blank form."""

    politie: bool


class NietVerwerkt(StrEnum):
    """Why an answer of a pinned signer was not taken."""

    ONBEKEND_KENMERK = "onbekend-kenmerk"
    CODE_ONTBREEKT = "code-ontbreekt"
    GESLOTEN = "gesloten"
    NIET_LEESBAAR = "niet-leesbaar"
    AFZENDER_ONDUIDELIJK = "afzender-onduidelijk"
    NIET_BEVOEGD = "niet-bevoegd"
    GEEN_MEDEWERKER = "geen-medewerker-genoemd"


@dataclass(frozen=True, slots=True)
class NietVerwerktBericht:
    """An answer, or a mail, of a pinned signer that could not be taken, and what to do."""

    reden: NietVerwerkt


@dataclass(frozen=True, slots=True)
class OpdrachtBericht:
    """What came of an order by mail, to who gave it. `soort` is None when it was not clear.

    `mogelijk` are the words that he can use, `uiterlijk` the last day of an urgent casus.
    """

    kenmerk: Kenmerk
    uitslag: Uitslag
    soort: OpdrachtSoort | None = None
    mogelijk: tuple[OpdrachtSoort, ...] = ()
    uiterlijk: date | None = None


@dataclass(frozen=True, slots=True)
class VastAntwoord:
    """The one fixed reply to whatever cannot be opened: the same words whatever was sent."""

    moment: datetime


Bericht = (
    Verzoek
    | Herinnering
    | Verduidelijking
    | Intrekking
    | Kennisgeving
    | Gelijkenis
    | UitkomstBericht
    | Aanvulling
    | Belverzoek
    | StatusBericht
    | WeigeringBericht
    | ConceptBericht
    | FormulierBericht
    | NietVerwerktBericht
    | OpdrachtBericht
    | VastAntwoord
)


@dataclass(frozen=True, slots=True)
class Geadresseerd:
    """A message with the one employee who may read it."""

    bericht: Bericht
    ontvanger: Medewerker
    loket: LoketId

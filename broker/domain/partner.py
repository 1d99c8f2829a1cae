"""Who takes part: partners, their desks (loketten), their employees, and the network they form.

Covenant art. 6 lid 3: every partner names a professional, and a substitute (vervanger) for when
he is absent. Privacyreglement art. 13 lid 3 and 4: only employees who signed for secrecy, were
screened, were designated and are authorised may send and read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from broker.domain.kalender import Kalender, Termijnen

PartnerId = NewType("PartnerId", str)
LoketId = NewType("LoketId", str)
MedewerkerId = NewType("MedewerkerId", str)
Vingerafdruk = NewType("Vingerafdruk", str)
"""The full fingerprint of an OpenPGP certificate: 40 or 64 upper-case hexadecimal digits."""


class Soort(StrEnum):
    """The kinds of organisation that signed (covenant, preamble)."""

    GEMEENTE = "gemeente"
    POLITIE = "politie"
    WONINGCORPORATIE = "woningcorporatie"
    WELZIJN = "welzijn"
    GGZ = "ggz"


class Regime(StrEnum):
    """The law under which a partner handles data."""

    AVG = "AVG"
    WPG = "Wpg"


class Rol(StrEnum):
    """What an employee may do; one employee can have several."""

    MELDER = "melder"
    VERRIJKER = "verrijker"
    KETENREGISSEUR = "ketenregisseur"
    PRIVACYFUNCTIONARIS = "privacyfunctionaris"
    SYSTEEMBEHEERDER = "systeembeheerder"


class Kanaal(StrEnum):
    """How a desk gets its messages and sends its own. Only MAIL is there yet."""

    MAIL = "mail"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class Periode:
    """Whole days, the first and the last included; an open end is None."""

    van: date
    tot: date | None = None

    def bevat(self, dag: date) -> bool:
        """Whether the day lies in the period."""
        return self.van <= dag and (self.tot is None or dag <= self.tot)


@dataclass(frozen=True, slots=True)
class Medewerker:
    """An employee of a partner, as the partner designated him.

    Without `geheimhouding` and `screening` (the days on which he signed and was screened) he is
    inactive (PR-13.3). `aanwijzing_politiegegevens` is the day on which he was designated to
    receive police data (art. 20 decision, section 5), None if he never was. With `deelt_sleutel`
    his `vingerafdruk` is the key of his desk, which colleagues have too (D-14).
    """

    id: MedewerkerId
    naam: str = field(repr=False)
    adres: str = field(repr=False)
    vingerafdruk: Vingerafdruk
    rollen: frozenset[Rol]
    geldig: Periode
    geheimhouding: date | None = None
    screening: date | None = None
    aanwijzing_politiegegevens: date | None = None
    afwezig: tuple[Periode, ...] = ()
    vervanger: MedewerkerId | None = None
    telefoon: str = field(default="", repr=False)
    deelt_sleutel: bool = False

    def is_actief(self, dag: date) -> bool:
        """Whether he may send and read on this day (PR-13.3, PR-13.4)."""
        return (
            self.geldig.bevat(dag)
            and self.geheimhouding is not None
            and self.geheimhouding <= dag
            and self.screening is not None
            and self.screening <= dag
        )

    def is_afwezig(self, dag: date) -> bool:
        """Whether an absence is known for this day (C-6.3)."""
        return any(periode.bevat(dag) for periode in self.afwezig)

    def mag_politiegegevens(self, dag: date) -> bool:
        """BS-1, BS-5, D-14: designated to receive police data, and by a key that is his alone.

        Who shares a key shares what it opens, with colleagues who were not designated.
        """
        return (
            not self.deelt_sleutel
            and self.aanwijzing_politiegegevens is not None
            and self.aanwijzing_politiegegevens <= dag
        )


@dataclass(frozen=True, slots=True)
class Loket:
    """A desk of a partner: the place where a question about one person is answered.

    `medewerkers` stand in the order in which they are asked. `bekend_betekent` finishes the
    sentence 'Bekend betekent bij u: …'. `geeft_hulp`: the desk may add who helps and how (PR-7.6).
    `vingerafdruk` and `adres` are those of a shared mailbox or a mail gateway, None and empty
    where everybody has his own (D-14); a desk with a key has an address.
    """

    id: LoketId
    partner: PartnerId
    naam: str
    bekend_betekent: str
    medewerkers: tuple[Medewerker, ...]
    geeft_hulp: bool = False
    kanaal: Kanaal = Kanaal.MAIL
    vingerafdruk: Vingerafdruk | None = None
    adres: str = field(default="", repr=False)

    def medewerker(self, medewerker: MedewerkerId) -> Medewerker | None:
        """The employee of this desk with that id."""
        return next((m for m in self.medewerkers if m.id == medewerker), None)

    def postbus(self) -> Medewerker | None:
        """The shared mailbox as a reader of mail about the desk's own mail (D-14); None without
        a desk key. It has no role, and is designated for nothing. No employee can have its id.
        """
        if self.vingerafdruk is None:
            return None
        return Medewerker(
            id=MedewerkerId(f"loket:{self.id}"),
            naam=self.naam,
            adres=self.adres,
            vingerafdruk=self.vingerafdruk,
            rollen=frozenset(),
            geldig=Periode(date.min),
            geheimhouding=date.min,
            screening=date.min,
            deelt_sleutel=True,
        )


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that signed; `deelname` is when it takes part (C-16.3, C-16.4)."""

    id: PartnerId
    naam: str
    soort: Soort
    regime: Regime
    deelname: Periode
    loketten: tuple[Loket, ...]


@dataclass(frozen=True, slots=True)
class Werkgebied:
    """One of the areas into which the network is divided, by the four digits of the postcode."""

    id: str
    naam: str
    postcodes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Besluit:
    """The decision under art. 20 Wpg by which the police may disclose (BS-9).

    `opgeschort` is set while the police have suspended it. `registersleutel` is the certificate to
    which the content of the register is encrypted (the register is theirs).
    """

    omschrijving: str
    geldig: Periode
    registersleutel: Vingerafdruk
    opgeschort: bool = False

    def geldt(self, dag: date) -> bool:
        """Whether police data may be asked and taken on this day."""
        return self.geldig.bevat(dag) and not self.opgeschort


@dataclass(frozen=True, slots=True)
class Netwerk:
    """One covenant: its partners, areas, terms and decision. All ids in it are unique."""

    naam: str
    afkorting: str
    gemeente: str
    partners: tuple[Partner, ...]
    werkgebieden: tuple[Werkgebied, ...]
    gemeentepostcodes: frozenset[str]
    besluit: Besluit
    termijnen: Termijnen
    kalender: Kalender
    geboortedatum_toegestaan: bool = False

    def loketten(self) -> Iterator[Loket]:
        """Every desk, in the order of the configuration."""
        for partner in self.partners:
            yield from partner.loketten

    def loket(self, loket: LoketId) -> Loket | None:
        """The desk with that id."""
        return next((x for x in self.loketten() if x.id == loket), None)

    def partner(self, partner: PartnerId) -> Partner | None:
        """The partner with that id."""
        return next((x for x in self.partners if x.id == partner), None)

    def partner_van(self, loket: Loket) -> Partner:
        """The partner to which a desk of this network belongs. Raises LookupError for another."""
        partner = self.partner(loket.partner)
        if partner is None:
            raise LookupError(f"loket {loket.id} hoort bij geen partner van dit netwerk")
        return partner

    def medewerkers(self) -> Iterator[tuple[Loket, Medewerker]]:
        """Every employee with his desk."""
        for loket in self.loketten():
            for medewerker in loket.medewerkers:
                yield loket, medewerker

    def medewerker(self, medewerker: MedewerkerId) -> tuple[Loket, Medewerker] | None:
        """The employee with that id, with his desk."""
        return next((x for x in self.medewerkers() if x[1].id == medewerker), None)

    def medewerker_met(self, vingerafdruk: Vingerafdruk) -> tuple[Loket, Medewerker] | None:
        """The employee whose own pinned key this is, with his desk: it says who speaks (BS-5).

        The key of a desk is nobody's own, also where it is all that an employee has (D-14).
        """
        if self.loket_met(vingerafdruk) is not None:
            return None
        return next((x for x in self.medewerkers() if x[1].vingerafdruk == vingerafdruk), None)

    def loket_met(self, vingerafdruk: Vingerafdruk) -> Loket | None:
        """The desk whose pinned key this is (D-14)."""
        return next((x for x in self.loketten() if x.vingerafdruk == vingerafdruk), None)

    def lezer(self, id: MedewerkerId) -> tuple[Loket, Medewerker] | None:
        """Who reads mail under that id: an employee, or the shared mailbox of a desk (D-14)."""
        postbussen = ((loket, loket.postbus()) for loket in self.loketten())
        return self.medewerker(id) or next(
            ((loket, bus) for loket, bus in postbussen if bus is not None and bus.id == id), None
        )

    def is_wpg(self, loket: Loket) -> bool:
        """Whether what this desk says is police data."""
        return self.partner_van(loket).regime is Regime.WPG


Certificaten = Mapping[Vingerafdruk, bytes]
"""The pinned certificates, binary or armored, by their full fingerprint."""

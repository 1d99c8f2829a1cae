"""Reads the network's own file: its tables as an operator writes them, and what could be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from adapters.settings.faults import Findings, within
from adapters.settings.tables import (
    Address,
    Fingerprint,
    Id,
    RawTable,
    Table,
    Text,
    known_only,
    matching,
    name_of,
    one_of,
    read_table,
    take_tables,
    wrong,
)
from broker.domain.partner import Regime, Rol, Soort


def _check_postcode(value: str) -> str:
    if len(value) != 4 or not (value.isascii() and value.isdecimal()) or value[0] == "0":
        raise wrong("is not the four digits of a postcode", 'write "5911", between quotes')
    return value


Postcode = Annotated[str, AfterValidator(_check_postcode)]
Afkorting = Annotated[str, matching(r"[A-Z]{2,6}", "is not two to six capitals", "for example ZNW")]
Telefoon = Annotated[
    str,
    matching(
        r"[+(]?[0-9][0-9 ()-]{5,24}", "is not a telephone number", "for example 077-555 01 31"
    ),
]


class NetwerkTable(Table):
    naam: Text
    afkorting: Afkorting
    gemeente: Text
    gemeentepostcodes: Annotated[list[Postcode], Field(min_length=1)]
    geboortedatum_toegestaan: bool = False


class TermijnenTable(Table):
    antwoord: Annotated[int, Field(ge=1, le=60)] = 5
    herinnering: Annotated[int, Field(ge=1, le=60)] = 3


class KalenderTable(Table):
    sluitingsdagen: list[date] = []  # noqa: RUF012  pydantic copies it


class BesluitTable(Table):
    omschrijving: Text
    geldig_van: date
    geldig_tot: date | None = None
    opgeschort: bool = False
    registersleutel: Fingerprint


class WerkgebiedTable(Table):
    id: Id
    naam: Text
    postcodes: Annotated[list[Postcode], Field(min_length=1)]


class PeriodeTable(Table):
    van: date
    tot: date | None = None


class MedewerkerTable(Table):
    id: Id
    naam: Text
    adres: Address
    telefoon: Telefoon | None = None
    vingerafdruk: Fingerprint
    rollen: Annotated[list[Annotated[Rol, one_of(Rol)]], Field(min_length=1)]
    geldig_van: date
    geldig_tot: date | None = None
    geheimhouding: date | None = None
    screening: date | None = None
    aanwijzing_politiegegevens: date | None = None
    afwezig: list[PeriodeTable] = []  # noqa: RUF012
    vervanger: Id | None = None


class LoketTable(Table):
    id: Id
    naam: Text
    bekend_betekent: Text
    geeft_hulp: bool = False
    kanaal: str = "mail"
    vingerafdruk: Fingerprint | None = None
    adres: Address | None = None


class PartnerTable(Table):
    id: Id
    naam: Text
    soort: Annotated[Soort, one_of(Soort)]
    regime: Annotated[Regime, one_of(Regime)]
    deelname_van: date
    deelname_tot: date | None = None


@dataclass(frozen=True, slots=True)
class ReadMedewerker:
    """An employee as far as he could be read; `table` is None when a fault was told.

    Where his desk has a key or an address he may leave out his own: then `table` holds the desk's.
    """

    place: str
    name: str
    table: MedewerkerTable | None
    own_key: bool
    own_address: bool


@dataclass(frozen=True, slots=True)
class ReadLoket:
    """A desk as far as it could be read."""

    place: str
    table: LoketTable | None
    medewerkers: tuple[ReadMedewerker, ...]


@dataclass(frozen=True, slots=True)
class ReadPartner:
    """A partner as far as it could be read."""

    place: str
    table: PartnerTable | None
    loketten: tuple[ReadLoket, ...]


@dataclass(frozen=True, slots=True)
class ReadNetwork:
    """The whole file as far as it could be read; a fault was told for whatever is None."""

    netwerk: NetwerkTable | None
    termijnen: TermijnenTable | None
    kalender: KalenderTable | None
    besluit: BesluitTable | None
    werkgebieden: tuple[WerkgebiedTable | None, ...]
    partners: tuple[ReadPartner, ...]

    @property
    def whole(self) -> bool:
        """Whether every partner, desk and employee could be read.

        Where one could not, nothing is said about who is missing: it could be that one.
        """
        return all(
            partner.table
            and all(
                loket.table and all(m.table for m in loket.medewerkers)
                for loket in partner.loketten
            )
            for partner in self.partners
        )


_TABLES = ("netwerk", "termijnen", "kalender", "besluit", "werkgebied", "partner")


def read_network(raw: RawTable, findings: Findings) -> ReadNetwork:
    """Read every table by itself, so that one fault does not hide another."""
    known_only(raw, _TABLES, findings=findings)
    return ReadNetwork(
        netwerk=read_table(
            NetwerkTable, raw.get("netwerk", {}), place="netwerk", findings=findings
        ),
        termijnen=read_table(
            TermijnenTable, raw.get("termijnen", {}), place="termijnen", findings=findings
        ),
        kalender=read_table(
            KalenderTable, raw.get("kalender", {}), place="kalender", findings=findings
        ),
        besluit=read_table(
            BesluitTable, raw.get("besluit", {}), place="besluit", findings=findings
        ),
        werkgebieden=tuple(
            read_table(
                WerkgebiedTable, x, place=f"werkgebied {name_of(x, number)}", findings=findings
            )
            for number, x in enumerate(
                take_tables(raw, "werkgebied", place="", findings=findings), 1
            )
        ),
        partners=tuple(
            _read_partner(x, number, findings)
            for number, x in enumerate(take_tables(raw, "partner", place="", findings=findings), 1)
        ),
    )


def _read_partner(raw: RawTable, number: int, findings: Findings) -> ReadPartner:
    place = f"partner {name_of(raw, number)}"
    own = {name: value for name, value in raw.items() if name != "loket"}
    return ReadPartner(
        place=place,
        table=read_table(PartnerTable, own, place=place, findings=findings),
        loketten=tuple(
            _read_loket(x, index, place, findings)
            for index, x in enumerate(take_tables(raw, "loket", place=place, findings=findings), 1)
        ),
    )


def _read_loket(raw: RawTable, number: int, partner: str, findings: Findings) -> ReadLoket:
    place = within(partner, f"loket {name_of(raw, number)}")
    own = {name: value for name, value in raw.items() if name != "medewerker"}
    medewerkers = take_tables(raw, "medewerker", place=place, findings=findings)
    return ReadLoket(
        place=place,
        table=read_table(LoketTable, own, place=place, findings=findings),
        medewerkers=tuple(
            _read_medewerker(x, index, partner, own, findings)
            for index, x in enumerate(medewerkers, 1)
        ),
    )


def _read_medewerker(
    raw: RawTable, number: int, partner: str, loket: RawTable, findings: Findings
) -> ReadMedewerker:
    name = name_of(raw, number)
    place = within(partner, f"medewerker {name}")
    shared = {setting: loket[setting] for setting in ("vingerafdruk", "adres") if setting in loket}
    table = read_table(MedewerkerTable, {**shared, **raw}, place=place, findings=findings)
    return ReadMedewerker(
        place=place,
        name=name,
        table=table,
        own_key="vingerafdruk" in raw or "vingerafdruk" not in shared,
        own_address="adres" in raw or "adres" not in shared,
    )

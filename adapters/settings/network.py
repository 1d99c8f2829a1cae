"""Translates a network that was read and checked into the one that the domain knows."""

from __future__ import annotations

from datetime import date

from adapters.settings.kalender import build_kalender
from adapters.settings.network_file import (
    BesluitTable,
    KalenderTable,
    NetwerkTable,
    ReadLoket,
    ReadMedewerker,
    ReadNetwork,
    ReadPartner,
    TermijnenTable,
    WerkgebiedTable,
)
from adapters.settings.tables import TableT
from broker.domain.kalender import Termijnen
from broker.domain.partner import (
    Besluit,
    Kanaal,
    Loket,
    LoketId,
    Medewerker,
    MedewerkerId,
    Netwerk,
    Partner,
    PartnerId,
    Periode,
    Vingerafdruk,
    Werkgebied,
)


def build_network(read: ReadNetwork, *, today: date) -> Netwerk:
    """The network of a file without faults. Raises AssertionError for any other."""
    netwerk, besluit, termijnen, kalender = _whole(read)
    return Netwerk(
        naam=netwerk.naam,
        afkorting=netwerk.afkorting,
        gemeente=netwerk.gemeente,
        partners=tuple(_partner(partner) for partner in read.partners),
        werkgebieden=tuple(_werkgebied(x) for x in read.werkgebieden if x),
        gemeentepostcodes=frozenset(netwerk.gemeentepostcodes),
        besluit=Besluit(
            omschrijving=besluit.omschrijving,
            geldig=Periode(besluit.geldig_van, besluit.geldig_tot),
            registersleutel=Vingerafdruk(besluit.registersleutel),
            opgeschort=besluit.opgeschort,
        ),
        termijnen=Termijnen(antwoord=termijnen.antwoord, herinnering=termijnen.herinnering),
        kalender=build_kalender(kalender.sluitingsdagen, today=today),
        geboortedatum_toegestaan=netwerk.geboortedatum_toegestaan,
    )


def _whole(
    read: ReadNetwork,
) -> tuple[NetwerkTable, BesluitTable, TermijnenTable, KalenderTable]:
    if not (read.netwerk and read.besluit and read.termijnen and read.kalender and read.whole):
        raise AssertionError("a network with faults is not built")
    return read.netwerk, read.besluit, read.termijnen, read.kalender


def _werkgebied(table: WerkgebiedTable) -> Werkgebied:
    return Werkgebied(id=table.id, naam=table.naam, postcodes=frozenset(table.postcodes))


def _partner(read: ReadPartner) -> Partner:
    table = _present(read.table)
    id = PartnerId(table.id)
    return Partner(
        id=id,
        naam=table.naam,
        soort=table.soort,
        regime=table.regime,
        deelname=Periode(table.deelname_van, table.deelname_tot),
        loketten=tuple(_loket(loket, id) for loket in read.loketten),
    )


def _loket(read: ReadLoket, partner: PartnerId) -> Loket:
    table = _present(read.table)
    return Loket(
        id=LoketId(table.id),
        partner=partner,
        naam=table.naam,
        bekend_betekent=table.bekend_betekent,
        medewerkers=tuple(map(_medewerker, read.medewerkers)),
        geeft_hulp=table.geeft_hulp,
        kanaal=Kanaal(table.kanaal),
        vingerafdruk=Vingerafdruk(table.vingerafdruk) if table.vingerafdruk else None,
        adres=table.adres or "",
    )


def _medewerker(read: ReadMedewerker) -> Medewerker:
    table = _present(read.table)
    return Medewerker(
        id=MedewerkerId(table.id),
        naam=table.naam,
        adres=table.adres,
        vingerafdruk=Vingerafdruk(table.vingerafdruk),
        rollen=frozenset(table.rollen),
        geldig=Periode(table.geldig_van, table.geldig_tot),
        geheimhouding=table.geheimhouding,
        screening=table.screening,
        aanwijzing_politiegegevens=table.aanwijzing_politiegegevens,
        afwezig=tuple(Periode(x.van, x.tot) for x in table.afwezig),
        vervanger=MedewerkerId(table.vervanger) if table.vervanger else None,
        telefoon=table.telefoon or "",
        deelt_sleutel=not read.own_key,
    )


def _present(table: TableT | None) -> TableT:
    if table is None:
        raise AssertionError("a network with faults is not built")
    return table

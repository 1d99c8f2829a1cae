"""Who sits where in a network, what a desk shares, and whether it may."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.settings.faults import Findings, within
from adapters.settings.network_file import (
    LoketTable,
    MedewerkerTable,
    ReadLoket,
    ReadMedewerker,
    ReadNetwork,
    ReadPartner,
)

Seat = tuple[ReadPartner, ReadLoket, ReadMedewerker, MedewerkerTable]


def seats(network: ReadNetwork) -> Iterator[Seat]:
    """Every employee that could be read, with where he sits."""
    for partner in network.partners:
        for loket in partner.loketten:
            for medewerker in loket.medewerkers:
                if medewerker.table is not None:
                    yield partner, loket, medewerker, medewerker.table


def addresses(network: ReadNetwork) -> list[tuple[str, str]]:
    """Every mail address with where it stands: of an employee, or shared by a desk (D-14)."""
    own = [(m.place, table.adres) for _, _, m, table in seats(network) if m.own_address]
    return own + [(x.place, x.table.adres) for x in _desks(network) if x.table and x.table.adres]


def pinned(network: ReadNetwork) -> list[tuple[str, str]]:
    """Every key by which somebody speaks, with where it stands: as `addresses`."""
    own = [(m.place, table.vingerafdruk) for _, _, m, table in seats(network) if m.own_key]
    shared = [(x.place, x.table.vingerafdruk) for x in _desks(network) if x.table]
    return own + [(place, key) for place, key in shared if key]


def _desks(network: ReadNetwork) -> Iterator[ReadLoket]:
    for partner in network.partners:
        yield from partner.loketten


def check_desk(loket: ReadLoket, findings: Findings, *, police: bool) -> None:
    """Add a fault for a channel, or a shared key, that this desk cannot have."""
    if loket.table is not None:
        _check_channel(loket, loket.table, findings, police=police)
        _check_desk_key(loket, loket.table, findings, police=police)


def _check_channel(
    loket: ReadLoket, table: LoketTable, findings: Findings, *, police: bool
) -> None:
    """BS-6: police data by secured mail only; another channel is not there yet."""
    if table.kanaal == "mail":
        return
    hint = 'set kanaal = "mail", or leave it out'
    place = within(loket.place, "kanaal")
    if police and table.kanaal == "webhook":
        findings.fault(
            place, "is webhook, but police data go by secured mail only (BS-6)", hint=hint
        )
    elif table.kanaal == "webhook":
        findings.fault(
            place, "is webhook, which this version does not have yet", hint=f"{hint} until it has"
        )
    else:
        findings.fault(place, "is not mail, the one channel of this version", hint=hint)


def _check_desk_key(
    loket: ReadLoket, table: LoketTable, findings: Findings, *, police: bool
) -> None:
    """D-14, WPG-23, BS-1: a desk key never for the police, nor for who may have police data."""
    place = within(loket.place, "vingerafdruk")
    if table.vingerafdruk is None:
        return
    if police:
        findings.fault(
            place,
            "is a key of the loket, but only a designated officer signs for the police (WPG-23)",
            hint="leave it out, and pin a key for each medewerker",
        )
    if table.adres is None:
        findings.fault(
            within(loket.place, "adres"),
            "is missing beside the vingerafdruk of the loket",
            hint="add the shared address, where the loket hears of mail that names nobody",
        )
    for medewerker in loket.medewerkers:
        person = medewerker.table
        if person and person.aanwijzing_politiegegevens and not medewerker.own_key and not police:
            findings.fault(
                within(medewerker.place, "vingerafdruk"),
                "is that of the loket, but he may have police data, which are for him alone (BS-1)",
                hint="pin a key of his own, or leave out aanwijzing_politiegegevens",
            )

"""Checks that the parts of a network fit each other, whatever day it is.

Nothing here depends on today: a configuration that was right stays right, so that a broker which
ran yesterday starts today. What passing time brings is told by `network_today`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from adapters.settings.faults import Findings, did_you_mean, within
from adapters.settings.network_desks import addresses, check_desk, pinned, seats
from adapters.settings.network_file import MedewerkerTable, ReadNetwork, ReadPartner
from broker.domain.partner import Regime, Rol, Soort


def check_network(network: ReadNetwork, findings: Findings) -> None:
    """Add a fault for everything that contradicts something else."""
    _check_duplicates(network, findings)
    _check_dates(network, findings)
    _check_terms(network, findings)
    _check_postcodes(network, findings)
    for partner in network.partners:
        _check_partner(partner, findings)
    _check_police_is_one(network, findings)
    _check_register_key(network, findings)
    _check_vervangers(network, findings)
    if network.whole:
        _check_roles(network, findings)


def _twice(named: Iterable[tuple[str, str]], what: str, hint: str, findings: Findings) -> None:
    """A fault at each place after the first that has the same value."""
    first: dict[str, str] = {}
    for place, value in named:
        if value in first:
            findings.fault(within(place, what), f"is also that of {first[value]}", hint=hint)
        else:
            first[value] = place


def _check_duplicates(network: ReadNetwork, findings: Findings) -> None:
    unique = "every id stands for one thing only"
    partners = [(p.place, p.table.id) for p in network.partners if p.table]
    desks = [(x.place, x.table.id) for p in network.partners for x in p.loketten if x.table]
    areas = [(f"werkgebied {x.id}", x.id) for x in network.werkgebieden if x]
    people = [(m.place, table) for _, _, m, table in seats(network)]
    for named in (partners, desks, areas, [(place, x.id) for place, x in people]):
        _twice(named, "id", unique, findings)
    _twice(
        [(place, address.lower()) for place, address in addresses(network)],
        "adres",
        "give everybody an address of his own, or leave it out for that of the loket",
        findings,
    )
    _twice(
        pinned(network),
        "vingerafdruk",
        "give everybody a key of his own, or leave it out for that of the loket",
        findings,
    )


def _check_dates(network: ReadNetwork, findings: Findings) -> None:
    periods: list[tuple[str, str, date, date | None]] = []
    if network.besluit:
        besluit = network.besluit
        periods.append(("besluit", "geldig_tot", besluit.geldig_van, besluit.geldig_tot))
    periods.extend(
        (partner.place, "deelname_tot", partner.table.deelname_van, partner.table.deelname_tot)
        for partner in network.partners
        if partner.table
    )
    for _, _, medewerker, person in seats(network):
        periods.append((medewerker.place, "geldig_tot", person.geldig_van, person.geldig_tot))
        periods.extend((medewerker.place, "afwezig, tot", x.van, x.tot) for x in person.afwezig)
    for place, setting, van, tot in periods:
        if tot is not None and tot < van:
            findings.fault(
                within(place, setting),
                "lies before the first day",
                hint="both days belong to the period; perhaps they were exchanged",
            )


def _check_terms(network: ReadNetwork, findings: Findings) -> None:
    terms = network.termijnen
    if terms and terms.herinnering >= terms.antwoord:
        findings.fault(
            "termijnen, herinnering",
            "does not come before the end of the term",
            hint="choose fewer werkdagen than antwoord has",
        )


def _check_postcodes(network: ReadNetwork, findings: Findings) -> None:
    own = set(network.netwerk.gemeentepostcodes) if network.netwerk else None
    taken: dict[str, str] = {}
    for area in network.werkgebieden:
        if area is None:
            continue
        place = f"werkgebied {area.id}, postcodes"
        for postcode in area.postcodes:
            if own is not None and postcode not in own:
                findings.fault(
                    place,
                    f"has {postcode}, which is not of the gemeente",
                    hint="take it out, or add it to gemeentepostcodes",
                )
            if postcode in taken:
                findings.fault(
                    place,
                    f"has {postcode}, which stands in werkgebied {taken[postcode]} already",
                    hint="leave it in one werkgebied",
                )
            taken.setdefault(postcode, area.id)


def _check_partner(partner: ReadPartner, findings: Findings) -> None:
    table = partner.table
    if not partner.loketten:
        findings.fault(
            partner.place, "has no loket", hint="add a [[partner.loket]] with its medewerkers"
        )
    if table is None:
        return
    police = table.soort is Soort.POLITIE
    if police != (table.regime is Regime.WPG):
        findings.fault(
            within(partner.place, "regime"),
            f"cannot be {table.regime} for {table.soort}",
            hint="the police handle data under the Wpg, everybody else under the AVG",
        )
    police = police or table.regime is Regime.WPG
    for loket in partner.loketten:
        check_desk(loket, findings, police=police)


def _check_police_is_one(network: ReadNetwork, findings: Findings) -> None:
    police = [p for p in network.partners if p.table and p.table.soort is Soort.POLITIE]
    desks = [loket for partner in police for loket in partner.loketten]
    for extra in desks[1:]:
        findings.fault(
            extra.place,
            "is a second loket of the police",
            hint="the register of disclosures knows one; put the medewerkers at one loket",
        )


def _check_register_key(network: ReadNetwork, findings: Findings) -> None:
    """WPG-32: the register is the police's, so nobody else may be able to open it."""
    if network.besluit is None:
        return
    police = {
        place
        for partner in network.partners
        if partner.table and partner.table.soort is Soort.POLITIE
        for loket in partner.loketten
        for place in (loket.place, *(m.place for m in loket.medewerkers))
    }
    for place, key in pinned(network):
        if key == network.besluit.registersleutel and place not in police:
            findings.fault(
                "besluit, registersleutel",
                f"is the key of {place}",
                hint="take a key of the police: the register is theirs",
            )


def _check_vervangers(network: ReadNetwork, findings: Findings) -> None:
    where = {
        m.name: loket for p in network.partners for loket in p.loketten for m in loket.medewerkers
    }
    tables = {table.id: table for _, _, _, table in seats(network)}
    for _, loket, medewerker, table in seats(network):
        if table.vervanger is None:
            continue
        place = within(medewerker.place, "vervanger")
        stands_in = tables.get(table.vervanger)
        if table.vervanger == table.id:
            findings.fault(place, "is he himself", hint="name a colleague of the same loket")
        elif table.vervanger not in where:
            findings.fault(place, "is nobody here", hint=did_you_mean(table.vervanger, where))
        elif where[table.vervanger] is not loket:
            findings.fault(
                place,
                "sits at another loket",
                hint="name a colleague of the same loket: only that loket may answer",
            )
        elif stands_in and (missing := _replaced(table) - set(stands_in.rollen)):
            findings.fault(
                place,
                f"has no rol {', '.join(sorted(missing))}",
                hint="give the vervanger the rollen in which he stands in",
            )
        elif _comes_round(table, tables.get):
            findings.fault(
                place,
                "leads back to where it began",
                hint="leave out the vervanger of the last one in the row",
            )


def _replaced(table: MedewerkerTable) -> set[Rol]:
    return set(table.rollen) & {Rol.VERRIJKER, Rol.KETENREGISSEUR}


def _comes_round(start: MedewerkerTable, find: Callable[[str], MedewerkerTable | None]) -> bool:
    seen: set[str] = set()
    current = start
    while current.vervanger and current.vervanger not in seen:
        seen.add(current.vervanger)
        following = find(current.vervanger)
        if following is None:
            return False
        current = following
    return start.id in seen


def _authorised(table: MedewerkerTable) -> bool:
    """PR-13.3: whether he can be active at all."""
    return table.geheimhouding is not None and table.screening is not None


def _check_roles(network: ReadNetwork, findings: Findings) -> None:
    """C-2f, C-6.3, BS-1: there is somebody to ask at every desk, and somebody to tell."""
    for partner in network.partners:
        for loket in partner.loketten:
            people = [m.table for m in loket.medewerkers if m.table]
            if not any(Rol.VERRIJKER in x.rollen and _authorised(x) for x in people):
                findings.fault(
                    loket.place,
                    "has no medewerker who can be asked",
                    hint='give one the rol "verrijker", geheimhouding and screening',
                )
    regie = [seat for seat in seats(network) if Rol.KETENREGISSEUR in seat[3].rollen]
    for partner, _, medewerker, _ in regie:
        if partner.table and partner.table.soort is not Soort.GEMEENTE:
            findings.fault(
                within(medewerker.place, "rollen"),
                "has ketenregisseur outside the gemeente",
                hint="the ketenregisseur is an official of the gemeente (convenant art. 2 f)",
            )
    able = [table for *_, table in regie if _authorised(table)]
    if not able:
        findings.fault(
            "",
            "has no ketenregisseur",
            hint='give a medewerker of the gemeente the rol "ketenregisseur", with both dates',
        )
    elif network.partners and not any(x.aanwijzing_politiegegevens for x in able):
        findings.fault(
            "",
            "has no ketenregisseur who may receive police data, so the police would never be asked",
            hint="set aanwijzing_politiegegevens for one of them, once the leiding decided so",
        )

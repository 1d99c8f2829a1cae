"""What time brought: things to look at today, which do not keep the broker from starting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from adapters.settings.faults import Findings
from adapters.settings.network_desks import addresses, pinned, seats
from adapters.settings.network_file import ReadNetwork
from broker.domain.partner import Netwerk, Rol

_A_YEAR = timedelta(days=366)


def notice_today(
    network: Netwerk, *, closing_days: Iterable[date], today: date, findings: Findings
) -> None:
    """Add a notice for each thing that is right, but not today or not for long."""
    for partner in network.partners:
        if not partner.deelname.bevat(today):
            findings.notice(
                f"partner {partner.id}",
                "does not take part today, so it is not asked",
                hint="look at deelname_van and deelname_tot",
            )
            continue
        for loket in partner.loketten:
            if not any(Rol.VERRIJKER in m.rollen and m.is_actief(today) for m in loket.medewerkers):
                findings.notice(
                    f"partner {partner.id}, loket {loket.id}",
                    "has nobody who can be asked today",
                    hint="look at geldig_van, geldig_tot, geheimhouding and screening",
                )
    regie = [
        medewerker
        for _, medewerker in network.medewerkers()
        if Rol.KETENREGISSEUR in medewerker.rollen and medewerker.is_actief(today)
    ]
    if not regie:
        findings.notice(
            "", "has no active ketenregisseur today", hint="look at the dates of each of them"
        )
    elif not any(medewerker.mag_politiegegevens(today) for medewerker in regie):
        findings.notice(
            "",
            "has no ketenregisseur today who may receive police data, so the police are not asked",
            hint="look at aanwijzing_politiegegevens",
        )
    if not network.besluit.geldt(today):
        findings.notice(
            "besluit",
            "is not in force today, so the police are not asked",
            hint="look at opgeschort, geldig_van and geldig_tot",
        )
    days = sorted(closing_days)
    if days and not any(today <= day <= today + _A_YEAR for day in days):
        findings.notice(
            "kalender, sluitingsdagen",
            "has no day in the year ahead",
            hint="add the days on which the network is closed",
        )


def notice_examples(
    network: ReadNetwork, *, shipped_keys: frozenset[str], findings: Findings
) -> None:
    """Add a notice for what is still as shipped: invented people, keys that nobody has.

    Asks nothing of the rest of the file: also beside faults the operator must hear of these.
    """
    named = {m.place: table.id for _, _, m, table in seats(network)}
    examples = [
        named.get(place, place)
        for place, address in addresses(network)
        if address.lower().endswith(".example")
    ]
    if examples:
        findings.notice(
            "",
            f"has addresses that end in .example, of {', '.join(examples)}",
            hint="replace the invented people by your own before real use",
        )
    keys = [named.get(place, place) for place, key in pinned(network) if key in shipped_keys]
    if keys:
        findings.notice(
            "",
            f"has shipped keys, of which nobody has the secret part, of {', '.join(keys)}",
            hint="pin the keys of your own people: broker keys pin",
        )
    if network.besluit is not None and network.besluit.registersleutel in shipped_keys:
        findings.notice(
            "besluit, registersleutel",
            "is the shipped example, of which nobody has the secret part",
            hint="pin the key of the police: broker keys pin register",
        )

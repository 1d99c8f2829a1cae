"""Changes the pinned keys in the network's file in place, and keeps the comments of its owner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from adapters.settings.certificates import FOLDER, certificate_name
from adapters.settings.faults import Fault, did_you_mean
from adapters.settings.files import replace_file
from broker.domain.partner import LoketId, MedewerkerId, Regime, Soort, Vingerafdruk

_ARMOR = b"-----BEGIN PGP PUBLIC KEY BLOCK-----"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key to pin, for an employee or by the id of a desk; None: the register key of the police.

    `certificate` is the armored public certificate; that it has this fingerprint was checked.
    """

    medewerker: MedewerkerId | LoketId | None
    fingerprint: Vingerafdruk
    certificate: bytes = field(repr=False)


def pin(
    network_file: Path,
    medewerker: MedewerkerId | LoketId,
    *,
    fingerprint: Vingerafdruk,
    certificate: bytes,
) -> Fault | None:
    """Pin another key for one employee or desk; None when it is done. See `pin_all`."""
    return pin_all(network_file, [NewKey(medewerker, fingerprint, certificate)])


def pin_register_key(
    network_file: Path, *, fingerprint: Vingerafdruk, certificate: bytes
) -> Fault | None:
    """Pin another register key for the police; None when it is done. See `pin_all`."""
    return pin_all(network_file, [NewKey(None, fingerprint, certificate)])


def pin_all(network_file: Path, keys: Sequence[NewKey]) -> Fault | None:
    """Pin keys, all or none; a Fault when nothing was changed.

    Writes the certificates first and the file last, each whole or not at all, so that a crash
    leaves a configuration that loads. Earlier certificates stay in the folder, pinned by nobody.
    Raises OSError.
    """
    name = network_file.name
    try:
        document = tomlkit.parse(network_file.read_text(encoding="utf-8"))
    except (TOMLKitError, UnicodeDecodeError):
        return Fault(name, "", "is not TOML", "run broker check; it says where")
    for key in keys:
        fault = _pin(document, key, name)
        if fault is not None:
            return fault
    folder = network_file.parent / FOLDER
    folder.mkdir(exist_ok=True)
    for key in keys:
        replace_file(folder / certificate_name(key.fingerprint), key.certificate)
    replace_file(network_file, tomlkit.dumps(document).encode())
    return None


def _pin(document: Container, key: NewKey, name: str) -> Fault | None:
    who = "besluit" if key.medewerker is None else f"medewerker {key.medewerker}"
    if not re.fullmatch(r"[0-9A-F]{40}|[0-9A-F]{64}", key.fingerprint):
        return Fault(name, who, "gets no full fingerprint", "all digits, in capitals, no spaces")
    if not key.certificate.lstrip().startswith(_ARMOR):
        return Fault(name, who, "gets no armored public certificate", "gpg --armor --export")
    if key.medewerker is None:
        besluit = document.get("besluit")
        if not isinstance(besluit, Table):
            return Fault(name, who, "is missing", "add the table [besluit] first")
        besluit["registersleutel"] = str(key.fingerprint)
        return None
    people = {str(table.get("id")): table for table in _medewerkers(document)}
    desks = {str(loket.get("id")): (partner, loket) for partner, loket in _loketten(document)}
    if key.medewerker in people:
        table = people[key.medewerker]
    elif key.medewerker in desks:
        who = f"loket {key.medewerker}"
        partner, table = desks[key.medewerker]
        if _is_police(partner):
            return Fault(
                name,
                who,
                "is of the police, for whom only a designated officer signs (WPG-23)",
                "pin a key for each medewerker of it",
            )
    else:
        return Fault(name, who, "is nobody here", did_you_mean(key.medewerker, {*people, *desks}))
    others = [*people.items(), *((id, loket) for id, (_, loket) in desks.items())]
    taken = [
        id
        for id, other in others
        if other.get("vingerafdruk") == key.fingerprint and other is not table
    ]
    if taken:
        return Fault(name, who, f"gets the key of {taken[0]}", "everybody has a key of his own")
    table["vingerafdruk"] = str(key.fingerprint)
    return None


def _is_police(partner: Table) -> bool:
    return partner.get("soort") == Soort.POLITIE or partner.get("regime") == Regime.WPG


def _loketten(document: Container) -> Iterator[tuple[Table, Table]]:
    for partner in _tables(document.get("partner")):
        for loket in _tables(partner.get("loket")):
            yield partner, loket


def _medewerkers(document: Container) -> Iterator[Table]:
    for _, loket in _loketten(document):
        yield from _tables(loket.get("medewerker"))


def _tables(value: object) -> Iterator[Table]:
    if isinstance(value, AoT):
        yield from value.body

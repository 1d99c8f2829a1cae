"""How a mail may leave: as safe as was agreed, or not at all (NTA 7516, AVG art. 32)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weg:
    """The way to the next server, as it was found before the first word of a mail.

    `zelfde_machine`: it ends on this machine. `certificaat_gecontroleerd`: its name and issuer
    were checked, and found good.
    """

    zelfde_machine: bool
    versleuteld: bool
    certificaat_gecontroleerd: bool


def mag_vertrekken(weg: Weg) -> bool:
    """NTA-1: over TLS with a good certificate, or without leaving this machine; nothing less.

    There is no second, less safe try: what may not leave is held until the way is good.
    """
    return weg.zelfde_machine or (weg.versleuteld and weg.certificaat_gecontroleerd)

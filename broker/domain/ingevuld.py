"""A form as a person filled it in: what could be read of it, and what stands in it besides.

Faults of form and faults of law are told in one refusal. So the rules judge what could be read,
and none judges by a field that could not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from broker.domain.errors import Fout
from broker.domain.label import Label
from broker.domain.melding import Melding


@dataclass(frozen=True, slots=True)
class VreemdVeld:
    """A field that the form does not have: below which label, and which may have been meant."""

    onder: Label | None
    bedoeld: Label | None


@dataclass(frozen=True, slots=True)
class Ingevuld:
    """What a person wrote in the fields of a melding.

    `melding` holds what could be read; a field that is empty or unreadable has its blank value.
    `gevuld` are the fields in which something stands. `fouten` are faults of form: the fields that
    they name could not be read. `nummers` are the fields in which a burgerservicenummer stands;
    None among them means elsewhere in the mail.
    """

    melding: Melding = field(repr=False)
    gevuld: frozenset[Label]
    fouten: tuple[Fout, ...] = ()
    vreemd: tuple[VreemdVeld, ...] = ()
    nummers: frozenset[Label | None] = frozenset()
    onleesbaar: bool = False
    """Whether nothing of the form could be read."""

    def is_leesbaar(self, *labels: Label) -> bool:
        """Whether none of these fields holds what could not be read."""
        stuk = {fout.veld for fout in self.fouten}
        return not any(self.onleesbaar or x in stuk or x in self.nummers for x in labels)

    def ontbreekt(self, label: Label) -> bool:
        """Whether nothing stands in a field, not even something unreadable."""
        return label not in self.gevuld and self.is_leesbaar(label)

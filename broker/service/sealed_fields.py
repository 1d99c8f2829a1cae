"""The fields that are sealed under a casus key, each at the address that binds it."""

from __future__ import annotations

from broker.domain.casus import Kenmerk
from broker.domain.partner import LoketId
from broker.ports import Field, FieldAddress


def melding_field(kenmerk: Kenmerk, value: bytes) -> Field:
    """The melding of a casus."""
    return Field(FieldAddress("casus", "melding", kenmerk, 1), value)


def seed_field(kenmerk: Kenmerk, value: bytes) -> Field:
    """The seed of a casus, from which its codes and ids come."""
    return Field(FieldAddress("casus", "zaad", kenmerk, 1), value)


def answer_field(kenmerk: Kenmerk, loket: LoketId, version: int, value: bytes) -> Field:
    """One version of the answer to one verzoek."""
    return Field(FieldAddress("verzoek", "antwoord", f"{kenmerk}/{loket}", version), value)

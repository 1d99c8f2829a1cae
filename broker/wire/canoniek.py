"""Canonical JSON, and strict reading of it: one value has one spelling, and no other is taken.

Sorted keys, UTF-8, no blanks, no duplicate keys. What is not exactly that raises ValueError, whose
text never holds any of the content.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

E = TypeVar("E", bound=StrEnum)

_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


def schrijf_json(waarde: Mapping[str, object]) -> bytes:
    """The canonical bytes of an object of strings, numbers, booleans, None, lists and objects."""
    tekst = json.dumps(
        waarde, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return tekst.encode()


def schrijf_moment(moment: datetime) -> str:
    """An aware moment as RFC 3339 in UTC, to the microsecond. Raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).strftime(_MOMENT).rjust(27, "0")


def lees_json(inhoud: bytes) -> Mapping[str, object]:
    """The object that canonical bytes hold. Raises ValueError for any other bytes."""
    try:
        gelezen: object = json.loads(inhoud.decode())
        canoniek = isinstance(gelezen, dict) and schrijf_json(gelezen) == inhoud
    except (ValueError, RecursionError):
        raise ValueError("not canonical JSON") from None
    if not isinstance(gelezen, dict) or not canoniek:
        raise ValueError("not canonical JSON")
    return gelezen


class Velden:
    """The fields of one object: each is taken once, by its type, and none may be left over."""

    def __init__(self, waarde: object, *, van: str) -> None:
        if not isinstance(waarde, Mapping):
            raise ValueError(f"{van}: unknown form")
        self._velden = dict(waarde)
        self._van = van

    def _fout(self, veld: str) -> ValueError:
        return ValueError(f"{self._van}: '{veld}' is missing or has an unknown form")

    def heeft(self, veld: str) -> bool:
        """Whether a field is there: one that came later is not in what was written before."""
        return veld in self._velden

    def neem(self, veld: str) -> object:
        """The value of a field, whatever it is."""
        if veld not in self._velden:
            raise self._fout(veld)
        return self._velden.pop(veld)

    def tekst(self, veld: str) -> str:
        waarde = self.neem(veld)
        if not isinstance(waarde, str):
            raise self._fout(veld)
        return waarde

    def tekst_of_niets(self, veld: str) -> str | None:
        waarde = self.neem(veld)
        if waarde is not None and not isinstance(waarde, str):
            raise self._fout(veld)
        return waarde

    def janee(self, veld: str) -> bool:
        waarde = self.neem(veld)
        if not isinstance(waarde, bool):
            raise self._fout(veld)
        return waarde

    def getal_of_niets(self, veld: str) -> int | None:
        waarde = self.neem(veld)
        if waarde is None:
            return None
        if not isinstance(waarde, int) or isinstance(waarde, bool):
            raise self._fout(veld)
        return waarde

    def lijst(self, veld: str) -> Sequence[object]:
        waarde = self.neem(veld)
        if not isinstance(waarde, list):
            raise self._fout(veld)
        return waarde

    def teksten(self, veld: str) -> tuple[str, ...]:
        gelezen = self.lijst(veld)
        teksten = tuple(deel for deel in gelezen if isinstance(deel, str))
        if len(teksten) != len(gelezen):
            raise self._fout(veld)
        return teksten

    def datum_of_niets(self, veld: str) -> date | None:
        waarde = self.tekst_of_niets(veld)
        if waarde is None:
            return None
        try:
            return date.fromisoformat(waarde)
        except ValueError:
            raise self._fout(veld) from None

    def moment(self, veld: str) -> datetime:
        """A moment in UTC."""
        try:
            return datetime.strptime(self.tekst(veld), _MOMENT).replace(tzinfo=UTC)
        except ValueError:
            raise self._fout(veld) from None

    def keuze(self, veld: str, soort: type[E]) -> E:
        """A member of an enum."""
        try:
            return soort(self.tekst(veld))
        except ValueError:
            raise self._fout(veld) from None

    def keuze_of_niets(self, veld: str, soort: type[E]) -> E | None:
        waarde = self.tekst_of_niets(veld)
        if waarde is None:
            return None
        try:
            return soort(waarde)
        except ValueError:
            raise self._fout(veld) from None

    def keuzes(self, veld: str, soort: type[E]) -> frozenset[E]:
        try:
            return frozenset(soort(waarde) for waarde in self.teksten(veld))
        except ValueError:
            raise self._fout(veld) from None

    def is_op(self) -> None:
        """Raises ValueError when a field is left that nobody asked for."""
        if self._velden:
            raise ValueError(f"{self._van}: a field too many")

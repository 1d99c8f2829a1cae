"""What a value is made of: the walk by which the domain tells what a message holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

_ZONDER_DELEN = (str, bytes, bytearray, int, date)
"""What holds nothing but itself; seen first, because nearly every field is one of them."""


def delen_van(waarde: object) -> Iterator[object]:
    """The value itself, and everything in it.

    Walks dataclasses, mappings (keys too) and every other collection to any depth.
    """
    yield waarde
    for deel in _directe_delen(waarde):
        yield from delen_van(deel)


def _directe_delen(waarde: object) -> Iterator[object]:
    if waarde is None or isinstance(waarde, _ZONDER_DELEN):
        return
    if is_dataclass(waarde) and not isinstance(waarde, type):
        yield from (getattr(waarde, veld.name) for veld in fields(waarde))
    elif isinstance(waarde, Mapping):
        yield from (deel for paar in waarde.items() for deel in paar)
    elif isinstance(waarde, Collection):
        yield from waarde

"""A letter as it will be sealed: subject, text, and sometimes an attachment."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bijlage:
    """A file beside the text. `soort` is its media type."""

    naam: str
    soort: str
    inhoud: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Brief:
    """What a person reads. The subject is neutral: never a name, never a value (NTA-1)."""

    onderwerp: str
    tekst: str = field(repr=False)
    bijlage: Bijlage | None = None

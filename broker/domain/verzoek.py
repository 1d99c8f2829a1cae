"""One question to one desk, and the answer to it.

Werkproces art. 1: the partners are asked 'bekend of onbekend'. Silence is never 'onbekend'.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from broker.domain.errors import OngeldigeOvergang
from broker.domain.partner import MedewerkerId


class Waarde(StrEnum):
    """What a desk can say, and what the broker fills in when it says nothing (D-4)."""

    BEKEND = "bekend"
    ONBEKEND = "onbekend"
    NIET_VAST_TE_STELLEN = "niet vast te stellen"
    NIET_VERSTREKT = "niet verstrekt"
    GEEN_REACTIE = "geen reactie"
    NIET_BEREIKT = "niet bereikt"
    NIET_GEVRAAGD = "niet gevraagd"


VAN_EEN_PARTNER = frozenset(
    {Waarde.BEKEND, Waarde.ONBEKEND, Waarde.NIET_VAST_TE_STELLEN, Waarde.NIET_VERSTREKT}
)
"""The values that only a person at a desk can give."""


class SoortHulp(StrEnum):
    """The closed list of PR-7.6: what kind of help is given."""

    MAATSCHAPPELIJK_WERK = "maatschappelijk werk"
    BEMOEIZORG = "bemoeizorg"
    ZORG_OF_BEGELEIDING = "zorg of begeleiding"
    WMO_ONDERSTEUNING = "Wmo-ondersteuning"
    SCHULDHULPVERLENING = "schuldhulpverlening"


class VerzoekStaat(StrEnum):
    """Where a verzoek stands. The last three are closed without an answer."""

    KLAARGEZET = "klaargezet"
    VERZONDEN = "verzonden"
    BEANTWOORD = "beantwoord"
    VERLOPEN = "verlopen"
    ONBESTELBAAR = "onbestelbaar"
    INGETROKKEN = "ingetrokken"


class VerzoekGebeurtenis(StrEnum):
    """What can happen to a verzoek."""

    VERZONDEN = "verzonden"
    BEANTWOORD = "beantwoord"
    TERMIJN_VERSTREKEN = "termijn verstreken"
    NIET_TE_BEZORGEN = "niet te bezorgen"
    INGETROKKEN = "ingetrokken"


VERZOEK_OVERGANGEN: Mapping[tuple[VerzoekStaat, VerzoekGebeurtenis], VerzoekStaat] = {
    (VerzoekStaat.KLAARGEZET, VerzoekGebeurtenis.VERZONDEN): VerzoekStaat.VERZONDEN,
    # An answer can overtake our own record that the verzoek was delivered.
    (VerzoekStaat.KLAARGEZET, VerzoekGebeurtenis.BEANTWOORD): VerzoekStaat.BEANTWOORD,
    (VerzoekStaat.KLAARGEZET, VerzoekGebeurtenis.TERMIJN_VERSTREKEN): VerzoekStaat.ONBESTELBAAR,
    (VerzoekStaat.KLAARGEZET, VerzoekGebeurtenis.NIET_TE_BEZORGEN): VerzoekStaat.ONBESTELBAAR,
    (VerzoekStaat.KLAARGEZET, VerzoekGebeurtenis.INGETROKKEN): VerzoekStaat.INGETROKKEN,
    (VerzoekStaat.VERZONDEN, VerzoekGebeurtenis.BEANTWOORD): VerzoekStaat.BEANTWOORD,
    (VerzoekStaat.VERZONDEN, VerzoekGebeurtenis.TERMIJN_VERSTREKEN): VerzoekStaat.VERLOPEN,
    (VerzoekStaat.VERZONDEN, VerzoekGebeurtenis.NIET_TE_BEZORGEN): VerzoekStaat.ONBESTELBAAR,
    (VerzoekStaat.VERZONDEN, VerzoekGebeurtenis.INGETROKKEN): VerzoekStaat.INGETROKKEN,
    # The same desk may correct itself until the uitkomst is sent; the casus guards that.
    (VerzoekStaat.BEANTWOORD, VerzoekGebeurtenis.BEANTWOORD): VerzoekStaat.BEANTWOORD,
}
"""D-13: a verzoek that was closed without an answer takes none; an answer can be corrected."""

OPEN_VERZOEK = frozenset({VerzoekStaat.KLAARGEZET, VerzoekStaat.VERZONDEN})

WAARDE_ZONDER_ANTWOORD: Mapping[VerzoekStaat, Waarde] = {
    VerzoekStaat.VERLOPEN: Waarde.GEEN_REACTIE,
    VerzoekStaat.ONBESTELBAAR: Waarde.NIET_BEREIKT,
    VerzoekStaat.INGETROKKEN: Waarde.NIET_GEVRAAGD,
}
"""D-4: what the broker fills in for a verzoek that was closed without an answer."""


def volgende_verzoekstaat(staat: VerzoekStaat, gebeurtenis: VerzoekGebeurtenis) -> VerzoekStaat:
    """The next state. Raises OngeldigeOvergang for what the table does not list."""
    try:
        return VERZOEK_OVERGANGEN[staat, gebeurtenis]
    except KeyError:
        raise OngeldigeOvergang(f"verzoek: {staat} does not know '{gebeurtenis}'") from None


def kan_verzoek(staat: VerzoekStaat, gebeurtenis: VerzoekGebeurtenis) -> bool:
    """Whether the table lists this transition."""
    return (staat, gebeurtenis) in VERZOEK_OVERGANGEN


NOG_TE_VERZENDEN = frozenset(
    van for van, gebeurtenis in VERZOEK_OVERGANGEN if gebeurtenis is VerzoekGebeurtenis.VERZONDEN
)
"""What delivery brings to VERZONDEN; anything else stays as it is."""


class Vervolg(StrEnum):
    """What follows from an answer that is unclear."""

    VRAAG_OPNIEUW = "vraag opnieuw"
    LAAT_BELLEN = "laat bellen"
    NIETS = "niets"


def na_onduidelijk(keer: int) -> Vervolg:
    """D-4: what is unclear is never guessed. `keer` counts the unclear answers to a verzoek: the
    first is asked again, with the second a person must call, and after that nobody is bothered."""
    if keer <= 1:
        return Vervolg.VRAAG_OPNIEUW
    return Vervolg.LAAT_BELLEN if keer == 2 else Vervolg.NIETS


def mag_hulp_noemen(waarde: Waarde, *, geeft_hulp: bool) -> bool:
    """PR-7.6, PR-3c, PR-3e: whether beside this value may be kept who helps, and how.

    Only of a desk that gives help. Who answers 'niet verstrekt' keeps his secret: no reason is
    asked, and nothing that stood beside it is kept.
    """
    return geeft_hulp and waarde is not Waarde.NIET_VERSTREKT


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What a person at a desk said; nothing else of his mail is kept (PR-7.6).

    `waarde` is one of VAN_EEN_PARTNER: any other raises ValueError. `hulpverlener` and
    `soort_hulp` only from desks that give help.
    """

    waarde: Waarde = field(repr=False)
    gegeven_op: datetime
    gegeven_door: MedewerkerId
    als_vervanger: bool = False
    hulpverlener: str = field(default="", repr=False)
    soort_hulp: SoortHulp | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Silence is never an answer (D-4)."""
        if self.waarde not in VAN_EEN_PARTNER:
            raise ValueError("only the broker fills in this value")


ARTIKELEN_WPG = frozenset({8, 13})
"""WPG-14.2: the articles under which data may be processed that the police give to a partnership.

Wpg art. 20; for what they answer and for what they report.
"""


class Politiegegevens:
    """Marks a type whose values are police data (Wpg art. 1).

    Whether a message holds police data follows from the types of the values in it and from
    nothing else: see `verstrekking.bevat_politiegegevens`.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PolitieAntwoord(Antwoord, Politiegegevens):
    """An answer of the police: police data, also when it is 'onbekend' (D-9).

    WPG-14.2: `artikel` is 8 or 13 with BEKEND, else None. WPG-5, PR-10.1: who helps, and how, has
    no place in it. Anything else raises ValueError.
    """

    artikel: int | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """What may not be disclosed cannot be held."""
        Antwoord.__post_init__(self)
        artikelen: Collection[int | None] = (
            ARTIKELEN_WPG if self.waarde is Waarde.BEKEND else (None,)
        )
        if self.artikel not in artikelen:
            raise ValueError("article 8 or 13 goes with bekend, and only with that")
        if self.hulpverlener or self.soort_hulp is not None:
            raise ValueError("an answer of the police holds nothing about help")

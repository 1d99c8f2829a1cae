"""The melding: what a partner tells about a person whom he cannot help alone.

Covenant art. 3 and 4, werkproces art. 1, privacyreglement art. 6 and 7. Only what those articles
ask for has a field; there is none for children, other residents or a burgerservicenummer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from broker.domain.partner import LoketId
from broker.domain.verzoek import Politiegegevens


class Doel(StrEnum):
    """The purposes of covenant art. 3 lid 2, by their number in the text."""

    WOONOVERLAST = "1"
    VROEGSIGNALERING_TOELEIDING = "2"
    ESCALATIE_HUISUITZETTING = "3"
    KETENREGIE = "4"


class Toestemming(StrEnum):
    """Whether betrokkene agreed (PR-7.1, PR-7.4)."""

    JA = "ja"
    NEE = "nee"
    NIET_GEVRAAGD = "niet gevraagd"


class Grond(StrEnum):
    """The two grounds of PR-7.3, both needed without consent."""

    ERNSTIGE_TOESTAND = "a"
    DRINGENDE_HULP = "b"


class Informeren(StrEnum):
    """Why betrokkene was not told yet."""

    NOG_NIET = "nog niet"
    NIET_BEREIKBAAR = "niet bereikbaar"
    GEVAAR = "gevaar"


@dataclass(frozen=True, slots=True)
class Betrokkene:
    """The person, by name and address only (D-2, PR-6.3).

    With `zonder_vaste_woonplaats` adres and postcode are empty. `postcode` is '5911 AB'.
    """

    naam: str = field(repr=False)
    adres: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    woonplaats: str = field(default="", repr=False)
    zonder_vaste_woonplaats: bool = False
    geboortedatum: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PolitieBetrokkene(Betrokkene, Politiegegevens):
    """The person as the police reported him: police data wherever it goes."""


@dataclass(frozen=True, slots=True)
class Melding:
    """What a partner tells; whether it is lawful is for `convenant` to say.

    `toestemming` is None when the police report (PR-7.2). `geinformeerd` is the day on which
    betrokkene was told, or why he was not, or None while nothing is known.
    """

    betrokkene: Betrokkene
    meerderjarig: bool
    doelen: frozenset[Doel]
    eigen_inzet_gedaan: bool
    toestemming: Toestemming | None
    datum_toestemming: date | None = None
    gronden: frozenset[Grond] = field(default=frozenset(), repr=False)
    zou_hulp_afwijzen: bool = field(default=False, repr=False)
    afweging_vastgelegd_op: date | None = None
    nieuwe_afweging_vastgelegd_op: date | None = None
    geinformeerd: date | Informeren | None = None
    reden: str = field(default="", repr=False)
    uitgezonderd: frozenset[LoketId] = frozenset()
    concept: bool = False


@dataclass(frozen=True, slots=True)
class PolitieMelding(Melding, Politiegegevens):
    """A melding by the police: police data as a whole, wherever it goes.

    `artikel` is the article of the Wpg under which they process what they report (WPG-14.2), as the
    officer stated it; None in what was stored before it was asked. Raises ValueError when the
    person in it is not police data too (he travels on without the melding), or when it holds
    consent (PR-7.2).
    """

    artikel: int | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """What is police data by its source is so by its type."""
        if not isinstance(self.betrokkene, PolitieBetrokkene):
            raise ValueError("in a melding of the police the betrokkene is police data")
        if self.toestemming is not None:
            raise ValueError("a melding of the police holds no consent")


def nog_te_informeren(melding: Melding) -> bool:
    """PR-7.7: betrokkene is told beforehand, or else as soon as that can be.

    Any reason why he was not is a reason of that day alone. Not asked of the police, who decide
    without the weighing of that article (PR-7.2).
    """
    return not isinstance(melding, PolitieMelding) and not isinstance(melding.geinformeerd, date)

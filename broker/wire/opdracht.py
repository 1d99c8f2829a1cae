"""An order of a person about a casus: one word of a closed list, never guessed.

Only his own words count: a quotation holds the words that we told him, and no order. The kenmerk
must stand in what he signed, as an order has no code that ties it to a casus.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from broker.domain.casus import Kenmerk
from broker.domain.opdracht import OpdrachtSoort
from broker.wire.antwoord.aanhef import is_gewoon, zonder_aanhef
from broker.wire.antwoord.gelezen import Onleesbaar
from broker.wire.antwoord.gevaar import Onduidelijkheid
from broker.wire.antwoord.ondertekening import eigen_woorden
from broker.wire.citaat import eigen_blokken
from broker.wire.opdrachtwoorden import (
    NOOIT_EEN_NAAM,
    OPDRACHTEN,
    VULLING,
    kan_opdracht_zijn,
)
from broker.wire.tekst import woorden
from broker.wire.vindplaatsen import vind_kenmerken, zonder_kenmerken


class Onhelder(StrEnum):
    """Why an order is asked again. Stable codes."""

    TE_LANG = "opdracht-te-lang"
    VRAAG = "opdracht-als-vraag"
    NA_ONDERTEKENING = "opdracht-na-ondertekening"
    ONBEKENDE_WOORDEN = "opdracht-onbekende-woorden"
    GEEN_OPDRACHT = "geen-opdracht"
    TWEE_OPDRACHTEN = "twee-opdrachten"
    ANDER_KENMERK = "opdracht-ander-kenmerk"


@dataclass(frozen=True, slots=True)
class GelezenOpdracht:
    """An order that can be read in one way only. `bij`: the casus to join it with, if named.

    `beslist_door` are the words that decided, from the vocabulary.
    """

    soort: OpdrachtSoort
    kenmerk: Kenmerk
    bij: Kenmerk | None = None
    beslist_door: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnduidelijkeOpdracht:
    """An order that is asked again; `kenmerk` is None where it is not clear about what."""

    reden: Onhelder
    kenmerk: Kenmerk | None


@dataclass(frozen=True, slots=True)
class _Kenmerken:
    """Where the kenmerken of a mail stand. `overal` and `eigen` are signed, in order."""

    onderwerp: tuple[Kenmerk, ...]
    getekend_onderwerp: tuple[Kenmerk, ...]
    eigen: tuple[Kenmerk, ...]
    overal: tuple[Kenmerk, ...]


_LANGSTE = 2_000


def is_opdracht(tekst: str) -> bool:
    """Whether a person's own words in a mail hold a word of an order, and none of an answer."""
    eigen = "\n".join(regel for blok in eigen_blokken(tekst) for regel in blok)
    return kan_opdracht_zijn(frozenset(woorden(eigen)))


def lees_opdracht(
    tekst: str,
    *,
    onderwerp: str,
    getekend_onderwerp: str,
    afkorting: str,
    namen: Iterable[str] = (),
) -> GelezenOpdracht | OnduidelijkeOpdracht:
    """The order in a mail, and the casus that it is about. Raises nothing.

    `onderwerp` is the subject that he saw, `getekend_onderwerp` the one inside the signature,
    empty if there is none. `namen` is what the signer and his organisation are called: under an
    order without closing words a name may stand.
    """
    regels: tuple[str, ...] = ()
    onleesbaar: Onduidelijkheid | None = None
    try:
        regels = eigen_woorden(tekst)
    except Onleesbaar as fout:
        onleesbaar = fout.onduidelijk.reden
    eigen = "\n".join(regels)
    kenmerken = _Kenmerken(
        onderwerp=vind_kenmerken(onderwerp, afkorting=afkorting),
        getekend_onderwerp=vind_kenmerken(getekend_onderwerp, afkorting=afkorting),
        eigen=vind_kenmerken(eigen, afkorting=afkorting),
        overal=vind_kenmerken(tekst, afkorting=afkorting),
    )
    if onleesbaar is not None:
        te_lang = onleesbaar is Onduidelijkheid.TE_LANG
        reden = Onhelder.TE_LANG if te_lang else Onhelder.NA_ONDERTEKENING
        return OnduidelijkeOpdracht(reden, _kenmerk(kenmerken, None))
    gelezen = _lees(zonder_kenmerken(eigen, afkorting=afkorting), namen)
    if isinstance(gelezen, Onhelder):
        return OnduidelijkeOpdracht(gelezen, _kenmerk(kenmerken, None))
    soort, beslist_door = gelezen
    kenmerk = _kenmerk(kenmerken, soort)
    if kenmerk is None:
        return OnduidelijkeOpdracht(Onhelder.ANDER_KENMERK, None)
    anderen = tuple(ander for ander in kenmerken.eigen if ander != kenmerk)
    if len(anderen) > (soort is OpdrachtSoort.SAMENVOEGEN):
        return OnduidelijkeOpdracht(Onhelder.ANDER_KENMERK, kenmerk)
    return GelezenOpdracht(soort, kenmerk, next(iter(anderen), None), beslist_door)


def _kenmerk(kenmerken: _Kenmerken, soort: OpdrachtSoort | None) -> Kenmerk | None:
    """The casus at hand: that of the signed subject, else the first that he signed.

    His own words go first, but with SAMENVOEGEN they name the other one. None where a subject
    names another, or more than one: whoever carried the mail can have written that.
    """
    geciteerd = tuple(k for k in kenmerken.overal if k not in kenmerken.eigen)
    eerst, dan = (
        (geciteerd, kenmerken.eigen)
        if soort is OpdrachtSoort.SAMENVOEGEN
        else (kenmerken.eigen, geciteerd)
    )
    kenmerk = next(iter((*kenmerken.getekend_onderwerp, *eerst, *dan)), None)
    return kenmerk if set(kenmerken.onderwerp) <= {kenmerk} else None


def _lees(tekst: str, namen: Iterable[str]) -> tuple[OpdrachtSoort, tuple[str, ...]] | Onhelder:
    if len(tekst) > _LANGSTE:
        return Onhelder.TE_LANG
    if "?" in tekst:
        return Onhelder.VRAAG
    if not is_gewoon(tekst):
        return Onhelder.ONBEKENDE_WOORDEN
    eigen_namen = {woord for naam in namen for woord in woorden(naam)} - NOOIT_EEN_NAAM
    gezegd = " ".join(woorden(zonder_aanhef(tekst, geen_naam=NOOIT_EEN_NAAM)))
    gevonden: dict[OpdrachtSoort, tuple[str, ...]] = {}
    plek = 0
    while plek < len(gezegd):
        soort, einde = _zinsdeel(gezegd, plek)
        zinsdeel = gezegd[plek:einde]
        if soort is not None:
            gevonden[soort] = tuple(zinsdeel.split())
        elif not VULLING.fullmatch(zinsdeel) and zinsdeel not in eigen_namen:
            return Onhelder.ONBEKENDE_WOORDEN
        plek = einde + 1
    if len(gevonden) > 1:
        return Onhelder.TWEE_OPDRACHTEN
    return next(iter(gevonden.items()), Onhelder.GEEN_OPDRACHT)


def _zinsdeel(gezegd: str, plek: int) -> tuple[OpdrachtSoort | None, int]:
    """The longest phrase that begins here, what it orders if anything, and where it ends.

    A word that no phrase begins with is a phrase of its own.
    """
    woord = gezegd.find(" ", plek)
    vulling = VULLING.match(gezegd, plek)
    keuzes: list[tuple[int, OpdrachtSoort | None]] = [
        (vulling.end() if vulling else woord if woord > 0 else len(gezegd), None)
    ]
    for soort, vorm in OPDRACHTEN.items():
        gevonden = vorm.match(gezegd, plek)
        if gevonden is not None:
            keuzes.append((gevonden.end(), soort))
    einde, soort_of_niets = max(keuzes, key=lambda keuze: (keuze[0], keuze[1] is not None))
    return soort_of_niets, einde

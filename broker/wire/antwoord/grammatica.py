"""The small grammar: one verdict out of sentences that consist of known phrases only (D-4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from broker.domain.verzoek import Waarde
from broker.wire.antwoord.gelezen import Onleesbaar
from broker.wire.antwoord.gevaar import REDEN_VAN, Onduidelijkheid, gevaren_in
from broker.wire.antwoord.koppen import (
    KOPROLLEN,
    past_bij_oordeel,
    past_voor_oordeel,
    zonder_koppen,
)
from broker.wire.antwoord.zinnen import breek_niet_af, maak_gewoon, verdeel_in_brokken, zinnen
from broker.wire.antwoord.zinsdelen import Deel, Rol, Soort, dek_zin, verbeterd
from broker.wire.tekst import vlak, woorden

_NIETEN = frozenset((Rol.ONTKENNING, Rol.GEEN))
_LOS = frozenset((Rol.VULLING, Rol.JA, Rol.NEE))
"""What may stand anywhere: it says nothing, or is weighed at the end."""
_BIJ_BEKEND = (
    _LOS
    | KOPROLLEN
    | {
        Rol.ONTKENNING,
        Rol.KERN,
        Rol.PERSOON,
        Rol.WERKWOORD,
        Rol.BEVESTIGING,
        Rol.SYSTEEM,
    }
)
_BIJ: dict[Soort, frozenset[Rol]] = {
    Soort.BEKEND: _BIJ_BEKEND,
    Soort.BEKENT: _BIJ_BEKEND,
    Soort.KENNEN: _BIJ_BEKEND | {Rol.VOORWERP},
    Soort.VASTSTELLEN: _LOS
    | KOPROLLEN
    | {Rol.ONTKENNING, Rol.GEEN, Rol.KERN, Rol.PERSOON, Rol.WERKWOORD, Rol.VASTSTELLEN, Rol.REDEN},
}
_IN_HET_SYSTEEM = frozenset((Rol.SYSTEEM, Rol.VERMELD))
_BIJ_SYSTEEM = _LOS | _IN_HET_SYSTEEM | {Rol.ONTKENNING, Rol.PERSOON, Rol.WERKWOORD, Rol.VOORKOMEN}


@dataclass(frozen=True, slots=True)
class _Oordeel:
    """One verdict, the words that made it, and whether those mean more than BEKEND does."""

    waarde: Waarde
    woorden: tuple[str, ...]
    soort: Soort = Soort.BEKEND
    is_ruimer: bool = False


@dataclass(frozen=True, slots=True)
class _Brok:
    """A part of a sentence between two signs, and the verdicts in it."""

    delen: tuple[Deel, ...]
    oordelen: tuple[_Oordeel, ...]


def beoordeel(tekst: str) -> tuple[Waarde, tuple[str, ...]]:
    """The one value that a text gives, and the words that decided; else raises `Onleesbaar`."""
    if not woorden(tekst):
        raise Onleesbaar(Onduidelijkheid.LEEG)
    gewoon = maak_gewoon(tekst)
    breek_niet_af(gewoon)
    brokken: list[_Brok] = []
    for zin in zinnen(gewoon):
        gelezen = tuple(_lees_brokken(zonder_koppen(zin)))
        _laat_niets_los(gelezen)
        brokken += gelezen
    oordelen = [oordeel for brok in brokken for oordeel in brok.oordelen]
    beslist_door = tuple(dict.fromkeys(chain.from_iterable(o.woorden for o in oordelen)))
    waarden = {oordeel.waarde for oordeel in oordelen}
    if not waarden:
        raise Onleesbaar(Onduidelijkheid.GEEN_OORDEEL)
    if len(waarden) > 1:
        raise Onleesbaar(Onduidelijkheid.TWEE_OORDELEN, *beslist_door)
    waarde = waarden.pop()
    delen = [deel for brok in brokken for deel in brok.delen]
    _weerspreek_niet(waarde, delen, beslist_door)
    if all(o.is_ruimer for o in oordelen) and Rol.JA not in (deel.rol for deel in delen):
        raise Onleesbaar(Onduidelijkheid.ONBEKENDE_WOORDEN, *beslist_door)
    return waarde, beslist_door


def _lees_brokken(zin: str) -> Iterator[_Brok]:
    gevaren = gevaren_in(woorden(zin))
    for stuk in verdeel_in_brokken(vlak(zin)):
        delen = tuple(dek_zin(verbeterd(woorden(stuk))))
        if any(deel.rol is Rol.VREEMD for deel in delen):
            reden = REDEN_VAN[gevaren[0]] if gevaren else Onduidelijkheid.ONBEKENDE_WOORDEN
            raise Onleesbaar(reden, *gevaren)
        overig = _zonder_of(tuple(deel for deel in delen if deel.rol is not Rol.BEGROETING))
        if overig:
            yield _Brok(overig, tuple(_oordelen_in(overig)))


def _zonder_of(delen: tuple[Deel, ...]) -> tuple[Deel, ...]:
    """Makes one phrase of 'of betrokkene bij ons bekend is': our question, not an answer."""
    rollen = [deel.rol for deel in delen]
    if Rol.OF not in rollen:
        return delen
    begin = rollen.index(Rol.OF)
    einde = begin + 1
    while einde < len(delen) and rollen[einde] in (Rol.PERSOON, Rol.VULLING, Rol.SYSTEEM):
        einde += 1
    vraag = tuple(woord for deel in delen[einde : einde + 2] for woord in deel.woorden)
    if rollen[begin + 1 : begin + 2] != [Rol.PERSOON] or vraag != ("bekend", "is"):
        raise Onleesbaar(Onduidelijkheid.TWIJFEL, "of")
    return (*delen[:begin], *delen[einde + 2 :])


def _oordelen_in(delen: tuple[Deel, ...]) -> Iterator[_Oordeel]:
    """The verdicts in one part of a sentence: one for each word that decides."""
    rollen = [deel.rol for deel in delen]
    if rollen[:2] == [Rol.WERKWOORD, Rol.PERSOON]:
        # 'Is betrokkene bekend' is our own question.
        raise Onleesbaar(Onduidelijkheid.TWIJFEL, *delen[0].woorden)
    kernen = [plek for plek, rol in enumerate(rollen) if rol is Rol.KERN]
    if not kernen:
        yield from _oordeel_van_systeem(delen)
    begin = 0
    for nummer, plek in enumerate(kernen):
        einde = len(delen) if nummer == len(kernen) - 1 else plek + 1
        oordeel = _oordeel_van(delen[begin:einde], plek - begin)
        if not past_bij_oordeel(delen, oordeel.soort) or _mist_onderwerp(rollen):
            raise Onleesbaar(Onduidelijkheid.ONBEKENDE_WOORDEN, *oordeel.woorden)
        yield oordeel
        begin = einde


def _mist_onderwerp(rollen: Sequence[Rol]) -> bool:
    """'Op uw verzoek is bij ons niet bekend': what is not known?"""
    return Rol.PERSOON not in rollen and any(
        rol is Rol.WERKWOORD and voor in (Rol.VULLING, Rol.SYSTEEM)
        for voor, rol in pairwise(rollen)
    )


def _oordeel_van_systeem(delen: tuple[Deel, ...]) -> Iterator[_Oordeel]:
    """'Komt niet voor in ons systeem' is ONBEKEND; who does stand in it may do so of old."""
    rollen = [deel.rol for deel in delen]
    nieten = [plek for plek, rol in enumerate(rollen) if rol in _NIETEN]
    if not nieten:
        if not {*_IN_HET_SYSTEEM, Rol.VOORKOMEN}.isdisjoint(rollen):
            raise Onleesbaar(Onduidelijkheid.ONBEKENDE_WOORDEN, *_alle_woorden(delen))
        return
    plaats = next((plek for plek, rol in enumerate(rollen) if rol in _IN_HET_SYSTEEM), None)
    if len(nieten) > 1 or plaats is None or not _BIJ_SYSTEEM.issuperset(rollen):
        raise Onleesbaar(Onduidelijkheid.ONTKENNING, *_alle_woorden(delen[p] for p in nieten))
    beslissend = sorted((*nieten, plaats))
    yield _Oordeel(Waarde.ONBEKEND, _alle_woorden(delen[p] for p in beslissend))


def _oordeel_van(delen: Sequence[Deel], plek: int) -> _Oordeel:
    kern = delen[plek].zinsdeel.kern
    rollen = [deel.rol for deel in delen]
    nieten = [p for p, rol in enumerate(rollen) if rol in _NIETEN]
    beslissend = _alle_woorden(delen[p] for p in sorted((*nieten, plek)))
    # GEEN is told as a negation, the others as words that say something else.
    if not (_BIJ[kern.soort] | _NIETEN).issuperset(rollen):
        raise Onleesbaar(Onduidelijkheid.ONBEKENDE_WOORDEN, *_alle_woorden(delen))
    if kern.soort is Soort.BEKENT and Rol.PERSOON in rollen and Rol.WERKWOORD not in rollen:
        raise Onleesbaar(Onduidelijkheid.ONBEKENDE_WOORDEN, *beslissend)
    mag_later = kern.soort in (Soort.KENNEN, Soort.VASTSTELLEN)
    waarde = kern.met_niet if nieten else kern.zonder
    if (
        waarde is None
        or len(nieten) > 1
        or not _BIJ[kern.soort].issuperset(rollen)
        or (nieten and nieten[0] > plek and not mag_later)
        or (Rol.BEVESTIGING in rollen and (nieten or waarde is not Waarde.BEKEND))
    ):
        raise Onleesbaar(Onduidelijkheid.ONTKENNING, *beslissend)
    ruimer = kern.soort is Soort.KENNEN and waarde is Waarde.BEKEND
    return _Oordeel(waarde, beslissend, kern.soort, is_ruimer=ruimer)


def _laat_niets_los(brokken: Sequence[_Brok]) -> None:
    """A part without a verdict may open a sentence: 'deze persoon, …', 'dit kunnen wij, …'.

    Anywhere else, or in a sentence without a verdict, it says something; but what? ('Dat kan.')
    """
    beslissend = next((brok for brok in brokken if brok.oordelen), None)
    beslist = beslissend.oordelen[0] if beslissend else None
    mag_vooraf = {Rol.PERSOON, Rol.WERKWOORD} if beslist else set()
    if beslist and beslist.soort is Soort.VASTSTELLEN:
        mag_vooraf.add(Rol.VASTSTELLEN)
    voor = True
    for brok in brokken:
        voor = voor and not brok.oordelen
        mag = _LOS | {Rol.REDEN} | (mag_vooraf | KOPROLLEN if voor else set())
        if not brok.oordelen and not (
            mag.issuperset(deel.rol for deel in brok.delen)
            and past_voor_oordeel(brok.delen, beslissend.delen if beslissend else None)
        ):
            raise Onleesbaar(Onduidelijkheid.ONBEKENDE_WOORDEN, *_alle_woorden(brok.delen))


def _weerspreek_niet(waarde: Waarde, delen: Sequence[Deel], beslist_door: Sequence[str]) -> None:
    rollen = [deel.rol for deel in delen]
    ja, nee = Rol.JA in rollen, Rol.NEE in rollen
    eerste = next(p for p, rol in enumerate(rollen) if rol is Rol.KERN or rol in _IN_HET_SYSTEEM)
    if (
        (ja and waarde is not Waarde.BEKEND)
        or (nee and waarde is not Waarde.ONBEKEND)
        # 'Nee, onbekend' agrees, 'onbekend: nee' may not.
        or Rol.NEE in rollen[eerste:]
    ):
        woord = [deel.woorden[0] for deel in delen if deel.rol in (Rol.JA, Rol.NEE)]
        raise Onleesbaar(Onduidelijkheid.TEGENSPRAAK, *woord, *beslist_door)
    if Rol.REDEN in rollen and waarde is not Waarde.NIET_VERSTREKT:
        raise Onleesbaar(Onduidelijkheid.VOORBEHOUD, *beslist_door)


def _alle_woorden(delen: Sequence[Deel] | Iterator[Deel]) -> tuple[str, ...]:
    return tuple(woord for deel in delen for woord in deel.woorden)

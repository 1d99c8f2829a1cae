"""The answer of a person: bekend, onbekend, niet vast te stellen or niet verstrekt, never guessed.

The method is a closed vocabulary (`woordenlijst`) and a small grammar; nothing is learnt. Only the
value, the article, and who helps how come out of it: nothing else of a mail is kept (PR-7.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from broker.domain.verzoek import SoortHulp, Waarde
from broker.wire.hulpverlener import heeft_de_vorm_van_een_naam, lees_hulpverlener
from broker.wire.ondertekening import eigen_woorden
from broker.wire.tekst import dek, splits_label, vlak, woorden
from broker.wire.vindplaatsen import vind_codes, vind_kenmerken
from broker.wire.woordenlijst import (
    BEGROETINGEN,
    BESLISSEND,
    REDEN_VAN,
    SOORTEN_HULP,
    WIJST_OP_BEKEND,
    ZINSDELEN,
    Onduidelijkheid,
    Rol,
    Zinsdeel,
)

__all__ = [
    "GelezenAntwoord",
    "Onduidelijk",
    "Onduidelijkheid",
    "lees_antwoord",
    "vind_codes",
    "vind_kenmerken",
]

ARTIKELEN = frozenset({8, 13})
"""What the police may disclose under the decision: data of Wpg art. 8 and art. 13."""


@dataclass(frozen=True, slots=True)
class GelezenAntwoord:
    """An answer that can be read in one way only.

    `artikel` is 8 or 13 with BEKEND, if it was given. `beslist_door` are the words that decided,
    from the vocabulary. An optional line that cannot be used is left out.
    """

    waarde: Waarde
    artikel: int | None = None
    hulpverlener: str = field(default="", repr=False)
    soort_hulp: SoortHulp | None = None
    beslist_door: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Onduidelijk:
    """An answer that is asked again. Holds nothing of what was written."""

    reden: Onduidelijkheid


_OPTIONEEL: Mapping[str, str] = {
    "hulpverlener": "hulpverlener",
    "hulpverleenster": "hulpverlener",
    "naam hulpverlener": "hulpverlener",
    "soort hulp": "soort hulp",
    "artikel": "artikel",
}
"""The lines that may stand beside the answer, by their label."""

_TWEE_KEER = "?"
_LANGSTE_ANTWOORD = 20_000
_ARTIKEL = re.compile(
    r"\b(?:artikelen|artikel|art\.?)\s{0,3}([0-9]{1,3})\b(?:\s{0,3}(?:van de\s)?wpg\b)?"
    r"(?!\s{0,3}(?:en|of|/|,|\+)\s{0,3}[0-9])",
    re.IGNORECASE,
)
_EEN_ARTIKEL = re.compile(r"(?:artikel\s|art\.?\s)?([0-9]{1,3})(?:\swpg)?\.?", re.IGNORECASE)
_VERWIJZING = re.compile(
    r"\b[A-Z]{2,6}-2[0-9]{3}-[0-9]{5,9}\b|\b(?=[A-Z-]{0,8}[0-9])[0-9A-TV-Z]{4}-[0-9A-TV-Z]{4}\b"
)
_AFKORTING = re.compile(r"\b(betr|dhr|mevr|mw|l\.s)\.", re.IGNORECASE)
_ZINSEINDE = re.compile(r"[.!;…]+|\n\s*\n")
_BROKEINDE = re.compile(r"[^\w\s'’\-]+|_+|(?<!\w)-+|-+(?!\w)")
_AANHEF = re.compile(
    "^(?:" + "|".join(sorted(map(re.escape, BEGROETINGEN), key=len, reverse=True)) + r")\b"
    r"(?P<wie>[^,!.\n]{0,60})(?:[,!.]|$)",
    re.IGNORECASE,
)


class _Onleesbaar(Exception):
    """Leaves the grammar at the first thing that makes an answer unclear."""

    def __init__(self, reden: Onduidelijkheid) -> None:
        super().__init__(reden)
        self.reden = reden


@dataclass(frozen=True, slots=True)
class _Brok:
    """A part of a sentence between two signs, covered with phrases of the vocabulary."""

    delen: tuple[tuple[tuple[str, ...], Zinsdeel], ...]

    def bevat(self, *rollen: Rol) -> bool:
        return any(deel.rol in rollen for _, deel in self.delen)


def lees_antwoord(tekst: str) -> GelezenAntwoord | Onduidelijk:
    """The answer in the whole decoded text of a reply; the quotation and the signature left out.

    Every phrase that is an answer must agree, and whatever could change its meaning makes it
    unclear. Raises nothing.
    """
    try:
        return _lees(tekst)
    except _Onleesbaar as onleesbaar:
        return Onduidelijk(onleesbaar.reden)


def _lees(tekst: str) -> GelezenAntwoord:
    regels = eigen_woorden(tekst)
    if regels is None:
        raise _Onleesbaar(Onduidelijkheid.NA_ONDERTEKENING)
    if sum(map(len, regels)) > _LANGSTE_ANTWOORD:
        raise _Onleesbaar(Onduidelijkheid.TE_LANG)
    optioneel: dict[str, str] = {}
    over: list[str] = []
    for regel in regels:
        gelezen = splits_label(regel)
        if gelezen is None or gelezen[0] not in _OPTIONEEL:
            over.append(regel)
            continue
        # What is said twice says nothing: which of the two would count?
        sleutel = _OPTIONEEL[gelezen[0]]
        optioneel[sleutel] = _TWEE_KEER if sleutel in optioneel else gelezen[1]
        over.append("")
    tekst_over, artikel = _neem_artikel("\n".join(over), optioneel.get("artikel"))
    waarde, beslist_door = _oordeel(tekst_over)
    hulpverlener = lees_hulpverlener(optioneel.get("hulpverlener", ""))
    soort = SOORTEN_HULP.get(woorden(optioneel.get("soort hulp", "")))
    return GelezenAntwoord(
        waarde=waarde,
        artikel=artikel if waarde is Waarde.BEKEND else None,
        hulpverlener=hulpverlener,
        soort_hulp=soort,
        beslist_door=beslist_door,
    )


def _neem_artikel(tekst: str, regel: str | None) -> tuple[str, int | None]:
    """The text without 'artikel 8', and the one article that was stated (Wpg art. 14 lid 2)."""
    genoemd = {int(nummer) for nummer in _ARTIKEL.findall(tekst)}
    if regel:
        gevonden = _EEN_ARTIKEL.fullmatch(regel)
        if gevonden is None:
            raise _Onleesbaar(Onduidelijkheid.ANDER_ARTIKEL)
        genoemd.add(int(gevonden[1]))
    if len(genoemd) > 1 or not genoemd <= ARTIKELEN:
        raise _Onleesbaar(Onduidelijkheid.ANDER_ARTIKEL)
    # A comma keeps the words before and after it apart.
    return _ARTIKEL.sub(" , ", tekst), next(iter(genoemd), None)


def _oordeel(tekst: str) -> tuple[Waarde, tuple[str, ...]]:
    if not woorden(tekst):
        raise _Onleesbaar(Onduidelijkheid.LEEG)
    if "?" in tekst:
        raise _Onleesbaar(Onduidelijkheid.TWIJFEL)
    oordelen: list[tuple[Waarde, tuple[str, ...]]] = []
    gelezen: list[_Brok] = []
    weggelaten: set[str] = set()
    for zin in _zinnen(tekst):
        if not _moet_gelezen(zin):
            weggelaten.update(woorden(zin))
            continue
        for brok in _brokken(zin):
            gelezen.append(brok)
            oordelen += _oordelen_in(brok)
    waarden = {waarde for waarde, _ in oordelen}
    if not waarden:
        raise _Onleesbaar(Onduidelijkheid.GEEN_OORDEEL)
    if len(waarden) > 1:
        raise _Onleesbaar(Onduidelijkheid.TWEE_OORDELEN)
    waarde = waarden.pop()
    _weerspreek_niet(waarde, gelezen, weggelaten)
    return waarde, tuple(dict.fromkeys(woord for _, besluit in oordelen for woord in besluit))


def _weerspreek_niet(waarde: Waarde, brokken: Sequence[_Brok], weggelaten: set[str]) -> None:
    ja = any(brok.bevat(Rol.JA) for brok in brokken) or "ja" in weggelaten
    nee = any(brok.bevat(Rol.NEE) for brok in brokken) or "nee" in weggelaten
    if (ja and waarde is not Waarde.BEKEND) or (nee and waarde is not Waarde.ONBEKEND):
        raise _Onleesbaar(Onduidelijkheid.TEGENSPRAAK)
    if waarde is not Waarde.BEKEND and weggelaten & WIJST_OP_BEKEND:
        raise _Onleesbaar(Onduidelijkheid.TEGENSPRAAK)


def _zinnen(tekst: str) -> Iterator[str]:
    """The sentences. A line end is none: mail programs make those between 'niet' and 'bekend'."""
    zonder_aanhef = "\n".join(_zonder_aanhef(regel) for regel in tekst.split("\n"))
    plat = _AFKORTING.sub(r"\1 ", _VERWIJZING.sub(" ", zonder_aanhef))
    yield from _ZINSEINDE.split(plat)


def _zonder_aanhef(regel: str) -> str:
    """A line without 'Goedemiddag Petra,' in front, if what follows the greeting is a name."""
    gevonden = _AANHEF.match(regel)
    if gevonden is None:
        return regel
    wie = gevonden["wie"].strip()
    if wie and (_moet_gelezen(wie) or not heeft_de_vorm_van_een_naam(wie)):
        return regel
    # Two line ends: nothing before the greeting runs on into what follows it.
    return f"\n\n{regel[gevonden.end() :]}"


def _moet_gelezen(zin: str) -> bool:
    return not BESLISSEND.isdisjoint(woorden(zin)) or _heeft_beeld(zin)


def _heeft_beeld(zin: str) -> bool:
    """Whether a sentence holds a picture: an emoji can turn its meaning."""
    return any(ord(teken) >= 0x2190 and not teken.isalnum() for teken in zin)


def _brokken(zin: str) -> Iterator[_Brok]:
    if _heeft_beeld(zin):
        raise _Onleesbaar(Onduidelijkheid.TWIJFEL)
    gevaar = [REDEN_VAN[w] for w in woorden(zin) if w in REDEN_VAN]
    for stuk in _BROKEINDE.split(vlak(zin)):
        delen = []
        for tokens, deel in dek(woorden(stuk), ZINSDELEN):
            if deel is None:
                raise _Onleesbaar(gevaar[0] if gevaar else Onduidelijkheid.ONBEKENDE_WOORDEN)
            delen.append((tokens, deel))
        if delen:
            yield _Brok(tuple(delen))


def _oordelen_in(brok: _Brok) -> Iterator[tuple[Waarde, tuple[str, ...]]]:
    """The verdicts in one part of a sentence: one for each word that decides."""
    delen = [(tokens, deel) for tokens, deel in brok.delen if deel.rol is not Rol.BEGROETING]
    rollen = [deel.rol for _, deel in delen]
    if rollen[:2] == [Rol.WERKWOORD, Rol.PERSOON]:
        # 'Is betrokkene bekend' is our own question.
        raise _Onleesbaar(Onduidelijkheid.TWIJFEL)
    kernen = [plek for plek, rol in enumerate(rollen) if rol is Rol.KERN]
    if not kernen:
        if brok.bevat(Rol.ONTKENNING, Rol.GEEN):
            raise _Onleesbaar(Onduidelijkheid.ONTKENNING)
        return
    begin = 0
    for nummer, plek in enumerate(kernen):
        einde = len(delen) if nummer == len(kernen) - 1 else plek + 1
        yield _oordeel_van(delen[begin:einde], plek - begin)
        begin = einde


def _oordeel_van(
    delen: Sequence[tuple[tuple[str, ...], Zinsdeel]], plek: int
) -> tuple[Waarde, tuple[str, ...]]:
    kern = delen[plek][1].kern
    rollen = [deel.rol for _, deel in delen]
    if Rol.VASTSTELLEN in rollen and not kern.van_vaststellen:
        raise _Onleesbaar(Onduidelijkheid.ONBEKENDE_WOORDEN)
    nieten = [p for p, rol in enumerate(rollen) if rol in (Rol.ONTKENNING, Rol.GEEN)]
    te_laat = any(p > plek for p in nieten) and not kern.van_vaststellen
    if len(nieten) > 1 or te_laat or (Rol.GEEN in rollen and not kern.van_vaststellen):
        raise _Onleesbaar(Onduidelijkheid.ONTKENNING)
    waarde = kern.met_niet if nieten else kern.zonder
    if waarde is None:
        raise _Onleesbaar(Onduidelijkheid.ONTKENNING)
    beslissend = sorted((*nieten, plek))
    return waarde, tuple(woord for p in beslissend for woord in delen[p][0])

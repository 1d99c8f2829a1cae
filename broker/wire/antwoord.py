"""The answer of a person: bekend, onbekend, niet vast te stellen or niet verstrekt, never guessed.

The method is a closed vocabulary (`woordenlijst`) and a small grammar; nothing is learnt. What
stands beside the answer must be known too: a sentence that cannot be read could turn it. Only the
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
    GEEN_NAAM,
    MAAKT_EEN_ZIN,
    REDEN_VAN,
    SOORTEN_HULP,
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
_LEEG = frozenset(map(woorden, ("", "geen", "nvt", "n.v.t.", "niet van toepassing")))
_ARTIKEL = re.compile(
    r"\b(?:artikelen|artikel|art\.?)\s{0,3}([0-9]{1,3})\b(?:\s{0,3}(?:van de\s)?wpg\b)?",
    re.IGNORECASE,
)
_EEN_ARTIKEL = re.compile(r"(?:artikel\s|art\.?\s)?([0-9]{1,3})(?:\swpg)?\.?", re.IGNORECASE)
# An answer code always has a letter and a digit: '2010-2015' is none.
_VERWIJZING = re.compile(
    r"\b[A-Z]{2,6}-2[0-9]{3}-[0-9]{5,9}\b"
    r"|\b(?=[0-9-]{0,8}[A-Z])(?=[A-Z-]{0,8}[0-9])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b",
    re.IGNORECASE,
)
_AFGEBROKEN = re.compile(r"^(.*\b(?:niet|geen|niets))[ ,]{0,3}\n(.?)", re.IGNORECASE | re.MULTILINE)
_GEZEGDE = frozenset(woorden("is staat kan kunnen mag mogen wordt verstrekken"))
"""With one of these a line is a sentence, that a mail program may have wrapped."""
_GEWONE_TEKENS = frozenset(".,;:!?…'’‘\"“”„()-\u2010\u2011–—*_/•·")
_STREKEN = re.compile(r"!(?=\w)|\(\s{0,9}\)")
_AFKORTING = re.compile(r"\b(betr|dhr|mevr|mw|l\.s)\.", re.IGNORECASE)
_ZINSEINDE = re.compile(r"[.!;…]+|\n\s*\n")
_BROKEINDE = re.compile(r"[^\w\s'’\-]+|_+|(?<!\w)-+|-+(?!\w)")
_AANHEF = re.compile(
    "^(?:" + "|".join(sorted(map(re.escape, BEGROETINGEN), key=len, reverse=True)) + r")\b"
    r"(?P<wie>[^,!.\n]{0,60})(?:[,!.\n]|$)",
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
    tekst_over, artikel = _neem_artikel(over, optioneel.pop("artikel", ""))
    waarde, beslist_door = _oordeel(tekst_over)
    hulp = {sleutel: w for sleutel, w in optioneel.items() if woorden(w) not in _LEEG}
    if waarde is not Waarde.BEKEND and (hulp or artikel):
        raise _Onleesbaar(Onduidelijkheid.TEGENSPRAAK)
    hulpverlener = lees_hulpverlener(hulp.get("hulpverlener", ""))
    soort = SOORTEN_HULP.get(woorden(hulp.get("soort hulp", "")))
    if not hulpverlener:
        _is_geen_zin(hulp.get("hulpverlener", ""))
    if soort is None:
        _is_geen_zin(hulp.get("soort hulp", ""))
    return GelezenAntwoord(
        waarde=waarde,
        artikel=artikel,
        hulpverlener=hulpverlener,
        soort_hulp=soort,
        beslist_door=beslist_door,
    )


def _is_geen_zin(waarde: str) -> None:
    """An optional line that cannot be used is left out, unless it says something: 'was Jan'."""
    if not (MAAKT_EEN_ZIN | REDEN_VAN.keys()).isdisjoint(woorden(waarde)):
        raise _Onleesbaar(Onduidelijkheid.VOORBEHOUD)


def _neem_artikel(regels: Sequence[str], regel: str) -> tuple[str, int | None]:
    """The text without kenmerk, code and article, and the one article that was stated.

    Wpg art. 14 lid 2. Any other number in a line that names an article makes it unclear.
    """
    genoemd: set[int] = set()
    over: list[str] = []
    for eigen in regels:
        genoemd.update(map(int, _ARTIKEL.findall(eigen)))
        # A comma keeps the words before and after it apart.
        rest, aantal = _ARTIKEL.subn(" , ", _VERWIJZING.sub(" ", eigen))
        if aantal and re.search("[0-9]", rest):
            raise _Onleesbaar(Onduidelijkheid.ANDER_ARTIKEL)
        over.append(rest)
    if regel:
        gevonden = _EEN_ARTIKEL.fullmatch(regel)
        if gevonden is None:
            raise _Onleesbaar(Onduidelijkheid.ANDER_ARTIKEL)
        genoemd.add(int(gevonden[1]))
    if len(genoemd) > 1 or not genoemd <= ARTIKELEN:
        raise _Onleesbaar(Onduidelijkheid.ANDER_ARTIKEL)
    return "\n".join(over), next(iter(genoemd), None)


def _oordeel(tekst: str) -> tuple[Waarde, tuple[str, ...]]:
    if not woorden(tekst):
        raise _Onleesbaar(Onduidelijkheid.LEEG)
    if "?" in tekst or _STREKEN.search(tekst) or not all(map(_is_gewoon, tekst)):
        raise _Onleesbaar(Onduidelijkheid.TWIJFEL)
    _breekt_niet_af(tekst)
    gelezen: list[_Brok] = []
    oordelen: list[tuple[Waarde, tuple[str, ...]]] = []
    for zin in _zinnen(tekst):
        brokken = tuple(_brokken(zin))
        gevonden = [oordeel for brok in brokken for oordeel in _oordelen_in(brok)]
        if not gevonden and any(b.bevat(Rol.VASTSTELLEN, Rol.WERKWOORD) for b in brokken):
            # 'Dat kan.' says something, but what?
            raise _Onleesbaar(Onduidelijkheid.ONBEKENDE_WOORDEN)
        gelezen += brokken
        oordelen += gevonden
    waarden = {waarde for waarde, _ in oordelen}
    if not waarden:
        raise _Onleesbaar(Onduidelijkheid.GEEN_OORDEEL)
    if len(waarden) > 1:
        raise _Onleesbaar(Onduidelijkheid.TWEE_OORDELEN)
    waarde = waarden.pop()
    _weerspreek_niet(waarde, [deel.rol for brok in gelezen for _, deel in brok.delen])
    return waarde, tuple(dict.fromkeys(woord for _, besluit in oordelen for woord in besluit))


def _is_gewoon(teken: str) -> bool:
    """Letters, digits, blanks and the signs of a sentence. An emoji, a tick box or a stroke
    through the letters (which does not compose) can turn its meaning."""
    return teken.isalnum() or teken.isspace() or teken in _GEWONE_TEKENS


def _breekt_niet_af(tekst: str) -> None:
    """'Niet' and 'Bekend' on lines of their own may be two answers; in a wrapped sentence not."""
    for voor, na in _AFGEBROKEN.findall(tekst):
        if na.isupper() or _GEZEGDE.isdisjoint(woorden(voor)):
            raise _Onleesbaar(Onduidelijkheid.ONTKENNING)


def _weerspreek_niet(waarde: Waarde, rollen: Sequence[Rol]) -> None:
    ja, nee = Rol.JA in rollen, Rol.NEE in rollen
    if (ja and waarde is not Waarde.BEKEND) or (nee and waarde is not Waarde.ONBEKEND):
        raise _Onleesbaar(Onduidelijkheid.TEGENSPRAAK)
    # 'Nee, onbekend' agrees, 'onbekend: nee' may not.
    if nee and Rol.NEE in rollen[rollen.index(Rol.KERN) :]:
        raise _Onleesbaar(Onduidelijkheid.TEGENSPRAAK)


def _zinnen(tekst: str) -> Iterator[str]:
    """The sentences. A line end is none: mail programs make those between 'niet' and 'bekend'."""
    plat = _AFKORTING.sub(r"\1 ", _zonder_aanhef(tekst.lstrip()))
    yield from _ZINSEINDE.split(plat)


def _zonder_aanhef(tekst: str) -> str:
    """A text without 'Goedemiddag Petra,' in front, if what follows the greeting is a name."""
    gevonden = _AANHEF.match(tekst)
    if gevonden is None:
        return tekst
    wie = gevonden["wie"].strip()
    if wie and not (GEEN_NAAM.isdisjoint(woorden(wie)) and heeft_de_vorm_van_een_naam(wie)):
        return tekst
    return tekst[gevonden.end() :]


def _brokken(zin: str) -> Iterator[_Brok]:
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

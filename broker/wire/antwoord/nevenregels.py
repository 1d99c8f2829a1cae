"""What may stand beside the verdict: kenmerk and code, article, hulpverlener and soort hulp."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from broker.domain.verzoek import ARTIKELEN_WPG, SoortHulp
from broker.wire.antwoord.burgerservicenummer import zonder_burgerservicenummer
from broker.wire.antwoord.functies import GEZEGD_VAN_IEMAND
from broker.wire.antwoord.gelezen import Onleesbaar
from broker.wire.antwoord.gevaar import MAAKT_EEN_ZIN, REDEN_VAN, Onduidelijkheid, gevaren_in
from broker.wire.antwoord.hulpverlener import lees_hulpverlener
from broker.wire.tekst import splits_label, woorden

_OPTIONEEL: Mapping[str, str] = {
    "hulpverlener": "hulpverlener",
    "hulpverleenster": "hulpverlener",
    "naam hulpverlener": "hulpverlener",
    "soort hulp": "soort hulp",
    "artikel": "artikel",
}
"""The lines that may stand beside the answer, by their label."""

SOORTEN_HULP: Mapping[tuple[str, ...], SoortHulp] = {
    woorden(vorm): soort
    for soort, vormen in {
        SoortHulp.MAATSCHAPPELIJK_WERK: ("maatschappelijk werk", "algemeen maatschappelijk werk"),
        SoortHulp.BEMOEIZORG: ("bemoeizorg",),
        SoortHulp.ZORG_OF_BEGELEIDING: ("zorg of begeleiding", "zorg", "begeleiding"),
        SoortHulp.WMO_ONDERSTEUNING: ("Wmo-ondersteuning", "Wmo ondersteuning", "Wmo"),
        SoortHulp.SCHULDHULPVERLENING: ("schuldhulpverlening", "schuldhulp"),
    }.items()
    for vorm in vormen
}
"""The closed list of PR-7.6, as people write it."""

_TWEE_KEER = "?"
_LEEG = frozenset(map(woorden, ("", "geen", "nvt", "n.v.t.", "niet van toepassing")))
_ARTIKEL = re.compile(
    r"\b(?:artikelen|artikel|art\.?)\s{0,3}([0-9]{1,3})\b(?:\s{0,3}(?:van de\s)?wpg\b)?",
    re.IGNORECASE,
)
_EEN_ARTIKEL = re.compile(r"(?:artikel\s|art\.?\s)?([0-9]{1,3})(?:\swpg)?\.?", re.IGNORECASE)
# An answer code always has a letter and a digit: '2010-2015' is none.
_VERWIJZING = (
    r"(?:\b[A-Z]{2,6}-2[0-9]{3}-[0-9]{5,9}\b"
    r"|\b(?=[0-9-]{0,8}[A-Z])(?=[A-Z-]{0,8}[0-9])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b)"
)
_KALE_VERWIJZING = re.compile(
    r"\b(?:kenmerk|antwoordcode|code|zaak|zaaknummer|casus|referentie)\s{0,3}:[\s*_]{0,4}"
    rf"(?!{_VERWIJZING})(?=[^\W\d_])",
    re.IGNORECASE,
)
_VAN_EEN_PERSOON = re.compile(
    r"\b(betrokkene|persoon|meneer|mevrouw|heer|man|vrouw)\s(?:in|uit|van|bij|met|onder)\s"
    rf"(?:casus|kenmerk|zaak|verzoek|verrijkingsverzoek)\s{_VERWIJZING}",
    re.IGNORECASE,
)
# With a verb beside it, the number itself may be what is known.
_LOSSE_VERWIJZING = re.compile(
    rf"(?<!\bis\s)(?<!\bkennen\s)(?<!\bkent\s)(?<!\bhebben\s)(?<!\bstaat\s)(?<!\bkomt\s){_VERWIJZING}"
    r"(?![\s,;()·]{1,3}(?:(?:staat|blijkt|komt|wordt|kennen|hebben)\b"
    r"|is\b(?!\s(?:betrokkene|deze|de|die|hij|zij|mevrouw|meneer|bovengenoemde|genoemde)\b)))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Nevenregels:
    """The text that is left to judge, and what stood beside it. `hulp` is not yet checked."""

    tekst: str = field(repr=False)
    artikel: int | None
    hulp: Mapping[str, str] = field(repr=False)


def neem_nevenregels(regels: Sequence[str]) -> Nevenregels:
    """Takes the optional lines out, and kenmerk, code, article and any BSN out of the others."""
    optioneel: dict[str, str] = {}
    over: list[str] = []
    for regel in regels:
        gelezen = splits_label(regel)
        if gelezen is None or gelezen[0] not in _OPTIONEEL:
            over.append(zonder_burgerservicenummer(regel))
            continue
        # What is said twice says nothing: which of the two would count?
        sleutel = _OPTIONEEL[gelezen[0]]
        optioneel[sleutel] = _TWEE_KEER if sleutel in optioneel else gelezen[1]
        over.append("")
    tekst, artikel = _neem_artikel(over, optioneel.pop("artikel", ""))
    hulp = {sleutel: w for sleutel, w in optioneel.items() if woorden(w) not in _LEEG}
    return Nevenregels(tekst, artikel, hulp)


def lees_hulp(hulp: Mapping[str, str]) -> tuple[str, SoortHulp | None]:
    """Who helps, and how; a line that cannot be used is left out, unless it says something."""
    hulpverlener = lees_hulpverlener(hulp.get("hulpverlener", ""))
    soort = SOORTEN_HULP.get(woorden(hulp.get("soort hulp", "")))
    if not hulpverlener:
        _is_geen_zin(hulp.get("hulpverlener", ""))
    if soort is None:
        _is_geen_zin(hulp.get("soort hulp", ""))
    return hulpverlener, soort


def _is_geen_zin(waarde: str) -> None:
    """'Was Jan' and 'niet meer' could take the answer back."""
    alle = woorden(waarde)
    if not (MAAKT_EEN_ZIN | REDEN_VAN.keys() | GEZEGD_VAN_IEMAND).isdisjoint(alle):
        raise Onleesbaar(Onduidelijkheid.VOORBEHOUD, *gevaren_in(alle))


def _neem_artikel(regels: Sequence[str], regel: str) -> tuple[str, int | None]:
    """The text without kenmerk, code and article, and the one article that was stated.

    WPG-14.2: any other number in a line that names an article makes it unclear.
    """
    genoemd: set[int] = set()
    over: list[str] = []
    for eigen in regels:
        genoemd.update(map(int, _ARTIKEL.findall(eigen)))
        rest, aantal = _ARTIKEL.subn(" , ", _zonder_verwijzing(eigen))
        if aantal and re.search("[0-9]", rest):
            raise Onleesbaar(Onduidelijkheid.ANDER_ARTIKEL)
        over.append(rest)
    if regel:
        gevonden = _EEN_ARTIKEL.fullmatch(regel)
        if gevonden is None:
            raise Onleesbaar(Onduidelijkheid.ANDER_ARTIKEL)
        genoemd.add(int(gevonden[1]))
    if len(genoemd) > 1 or not genoemd <= ARTIKELEN_WPG:
        raise Onleesbaar(Onduidelijkheid.ANDER_ARTIKEL)
    return "\n".join(over), next(iter(genoemd), None)


def _zonder_verwijzing(regel: str) -> str:
    """Raises Onleesbaar for 'Kenmerk: onbekend', which says that of the kenmerk."""
    if _KALE_VERWIJZING.search(regel):
        raise Onleesbaar(Onduidelijkheid.TWIJFEL)
    return _LOSSE_VERWIJZING.sub(" ", _VAN_EEN_PERSOON.sub(r"\1", regel))

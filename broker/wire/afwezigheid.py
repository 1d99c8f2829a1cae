"""An out-of-office: what programs write when somebody is away, in Dutch and English (C-6.3).

Told by a subject in which such words stand first, or by a text that begins with them. The text is
flat (`tekst.vlak`), on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broker.wire.antwoord.aanhef import BEGROETING

MAX_SENTENCES = 8
"""How many sentences of a robot are looked at."""


def _een_van(*vormen: str) -> str:
    return "(?:" + "|".join(vormen) + ")"


_ONDERWERP = re.compile(
    # Some servers put a mark before what comes from outside.
    r"(?:\[[^\]]{1,30}\]\s?)?"
    + _een_van(
        r"automati(?:sche?|c)\s(?:antwoord|antwort|reactie|reply|response|afwezig\w{0,20})",
        "reponse automatique",
        "auto(?:mated)?[ -]?(?:reply|response|antwoord)",
        "out[ -]of[ -](?:the[ -])?office",
        r"oo[fo]\s?:",
        "abwesenheit",
        "away from my mail",
        r"i am (?:\w+ ){0,2}(?:out|away|on leave)\b",
        r"ik ben (?:\w+ ){0,3}(?:afwezig|niet aanwezig|met verlof|op vakantie)\b",
        "(?:afwezigheids|vakantie)(?:bericht|melding|assistent)",
        _een_van(
            "afwezig(?:heid)?",
            "niet aanwezig",
            "niet op kantoor",
            "buiten kantoor",
            r"(?:met |op )?(?:\w{1,20}verlof|verlof|vakantie)",
            "vacation",
            r"on (?:\w+ )?(?:leave|holiday)",
        )
        + r"(?:\s?[:(-]|$|\s(?:t/?m|tot|van|vanaf|until|from|wegens|op)\b)",
    )
)
_ONDERWERP_EINDE = re.compile(
    r"[(\[]"
    + _een_van("afwezig", "out of office", "automatisch antwoord", "auto-?reply")
    + r"[)\]]$"
)
_AANHEF = re.compile(
    _een_van(BEGROETING, "dear", "hello", "good (?:day|morning|afternoon)", r"l\.?s\.?")
    # No matter who is greeted.
    + r"\b[^,.!:]{0,60}[,.!:]\s?"
)
_VOORAF = re.compile(
    _een_van(
        r"(?:hartelijk )?(?:bedankt|dank)\b",
        r"(?:many )?thank(?:s| you)\b",
        r"(?:ik|wij|we) (?:heb|hebben) (?:uw|je) (?:e-?mail|mail|bericht)\b",
        "uw (?:e-?mail|mail|bericht) is ontvangen",
        "(?:dit is een|this is an) auto",
        "automati",
    )
)
# Not behind an initial.
_ZINSEINDE = re.compile(r"(?<=\w\w[.!?])\s+")
_WEG = _een_van(
    "afwezig",
    "niet aanwezig",
    "niet (?:op|in) (?:het )?kantoor",
    "(?:buiten|uit) kantoor",
    r"(?:met|op|in) (?:\w+ ){0,2}(?:\w{1,20}verlof|verlof|vakantie|ouderschapsverlof)",
    "niet bereikbaar(?! geweest)",
    "niet werkzaam",
    "niet meer werkzaam",
    "vrij (?:t/?m|tot|van|vanaf)",
    "out of (?:the )?office",
    "away (?:from|until|till|on)",
    r"on (?:\w+ ){0,2}(?:leave|vacation|holidays?)",
    "not (?:in the office|available)",
    "unavailable",
    "abwesend",
    "im urlaub",
)
_IK_BEN = _een_van(
    "ik ben", "ben ik", "ik zal", "zal ik", "i am", "i.m", "i will", "i shall", "ich bin", "bin ich"
)
_EEN_ANDER = r"(?:hij|zij|hem|haar|betrokkene|client|clienten|meneer|mevrouw|persoon)\b"
_AFWEZIG = re.compile(
    rf"\b{_IK_BEN}\b(?: (?!{_EEN_ANDER})\S+){{0,12}}? {_WEG}\b"
    rf"|^(?:wegens|vanwege|in verband met|i\.?v\.?m\.?)(?: \S+){{1,6}}? {_WEG}\b"
    r"|^(?:momenteel |op dit moment |currently )?"
    r"(?:afwezig|niet aanwezig|met verlof|op vakantie|out of (?:the )?office|on leave)"
    r"(?: (?:t/?m|tot|van|vanaf|until|from|wegens)\b|[.:,!]|$)"
    r"|\bis (?:currently )?out of (?:the )?office\b"
)


def noemt_afwezigheid_in_onderwerp(onderwerp: str) -> bool:
    """Whether a flat subject is that of an out-of-office. 'Re:' before it is a person's."""
    return bool(_ONDERWERP.match(onderwerp) or _ONDERWERP_EINDE.search(onderwerp))


def begint_met_afwezigheid(tekst: str) -> bool:
    """Whether a flat text begins with an absence: greeting and thanks left out."""
    return bool(_AFWEZIG.search(next(_zinnen(tekst), "")))


def meldt_afwezigheid(tekst: str) -> bool:
    """Whether a flat text, of which a robot is known to be the writer, tells of an absence."""
    return any(_AFWEZIG.search(zin) for zin in _zinnen(tekst))


def _zinnen(tekst: str) -> Iterator[str]:
    """The first sentences, without what every robot says before it comes to the point."""
    begin = _AANHEF.match(tekst)
    rest = tekst[begin.end() if begin else 0 :][:4_000]
    zinnen = _ZINSEINDE.split(rest, maxsplit=MAX_SENTENCES)[:MAX_SENTENCES]
    for zin in zinnen:
        if not _VOORAF.match(zin) or _AFWEZIG.search(zin):
            yield zin

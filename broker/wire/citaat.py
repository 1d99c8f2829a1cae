"""What a person wrote himself in a mail, apart from what his mail program quoted.

Own text comes in blocks: a quotation ends one. A line that starts with '>' is quoted. A block of
headers (Outlook) and 'original message' quote all that follows. An attribution ('Op … schreef …:')
quotes all that follows too, unless that is marked with '>'. A quotation without marks ends where
our own mails end: what stands below that, somebody wrote himself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from broker.wire.tekst import schone_tekst

_MARKERING = (
    "oorspronkelijk bericht",
    "original message",
    "doorgestuurd bericht",
    "forwarded message",
)
_TOESCHRIJVING = re.compile(
    r"^(?:op|on|am)\s(?=.*[0-9]).*\b(?:schreef|geschreven|wrote|schrieb)\b.*:$", re.IGNORECASE
)
_TOESCHRIJVING_BEGIN = re.compile(r"^(?:op|on|am)\s", re.IGNORECASE)
_VOOR_EEN_CITAAT = re.compile(
    r"^(?:(?:op|on)\s.{0,200}\b(?:schreef|wrote)\b.{0,120}"
    r"|[^.!?]{0,80}<\S{1,80}@\S{1,80}>\s(?:schreef|wrote)\s?"
    r"|[^.!?:]{1,80}\s(?:schreef\sop|wrote\son)\s[^!?]{6,40}\s[0-9]{1,2}:[0-9]{2}[^.!?]{0,20}):$",
    re.IGNORECASE,
)
_AFZENDERKOP = re.compile(r"^\*?(?:van|from|von)\s?:", re.IGNORECASE)
_DATUMKOP = re.compile(r"^\*?(?:verzonden|sent|datum|date|gesendet)\s?:", re.IGNORECASE)
_GROUPWISE = re.compile(r"^>>>.{0,200}[0-9].{0,40}>>>$")
_EINDE_VAN_ONZE_MAIL = re.compile(r"^dit is een automatisch bericht van .{1,80}\.$", re.IGNORECASE)
_TOESCHRIJVING_REGELS = 4
_LANGSTE_TOESCHRIJVING = 500
_KOPREGELS = 6

Blok = tuple[str, ...]


def _einde_toeschrijving(regels: Sequence[str], begin: int) -> int | None:
    """The line after the attribution that starts here; programs wrap it over several lines."""
    if not _TOESCHRIJVING_BEGIN.match(regels[begin]):
        return None
    for einde in range(begin + 1, min(begin + _TOESCHRIJVING_REGELS, len(regels)) + 1):
        if not regels[einde - 1]:
            # Programs wrap an attribution; they put no empty line in it.
            break
        zin = " ".join(regels[begin:einde])
        if len(zin) <= _LANGSTE_TOESCHRIJVING and _TOESCHRIJVING.match(zin):
            return einde
    return None


def _begint_citaat_zonder_tekens(regels: Sequence[str], plek: int) -> bool:
    regel = regels[plek]
    if regel.startswith(("--", "__")) and regel.lower().strip("-_ ").startswith(_MARKERING):
        return True
    if _GROUPWISE.match(regel):
        return True
    return bool(_AFZENDERKOP.match(regel)) and any(
        _DATUMKOP.match(kop) for kop in regels[plek + 1 : plek + _KOPREGELS]
    )


def _einde_van_onze_mail(regels: Sequence[str], plek: int) -> int:
    """The line below the quotation without marks that begins here; the end if it has no end."""
    return next(
        (p + 1 for p in range(plek, len(regels)) if _EINDE_VAN_ONZE_MAIL.match(regels[p])),
        len(regels),
    )


def _kondigt_citaat_aan(regels: Sequence[str], plek: int) -> bool:
    """An attribution without a date, with its quotation right below it."""
    volgende = next((regel for regel in regels[plek + 1 : plek + 3] if regel), "")
    return volgende.startswith(">") and bool(_VOOR_EEN_CITAAT.match(regels[plek]))


def eigen_blokken(tekst: str) -> tuple[Blok, ...]:
    """The blocks of lines that are not quoted, in order, each line without blanks around it."""
    regels = [regel.strip() for regel in schone_tekst(tekst).split("\n")]
    blokken: list[list[str]] = [[]]
    plek = 0
    while plek < len(regels):
        if _begint_citaat_zonder_tekens(regels, plek):
            blokken.append([])
            plek = _einde_van_onze_mail(regels, plek)
            continue
        if regels[plek].startswith(">"):
            blokken.append([])
            plek += 1
            continue
        einde = _einde_toeschrijving(regels, plek)
        if einde is None and _kondigt_citaat_aan(regels, plek):
            plek += 1
            continue
        if einde is None:
            blokken[-1].append(regels[plek])
            plek += 1
            continue
        volgende = next((regels[p] for p in range(einde, len(regels)) if regels[p]), "")
        blokken.append([])
        plek = einde if volgende.startswith(">") else _einde_van_onze_mail(regels, einde)
    return tuple(tuple(blok) for blok in blokken if any(blok))


def alle_regels(tekst: str) -> Blok:
    """Every line, quoted or not, without the marks of quotation."""
    return tuple(regel.strip("> ") for regel in schone_tekst(tekst).split("\n"))

"""What a person wrote himself in a mail, apart from what his mail program quoted.

Own text comes in blocks: a quotation ends one. A line that starts with '>' is quoted. A block of
headers (Outlook) and 'original message' quote all that follows. An attribution ('Op … schreef …:')
quotes all that follows too, unless that is marked with '>'. A quotation without marks ends where
our own mails end: what stands below that, somebody wrote himself.

Where an answer is read, a quotation without marks counts as one only when it is of a mail of ours:
a sentence may look like an attribution, and what it leads in may take the answer back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from broker.wire.tekst import schone_tekst, woorden

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
_KOPREGEL = re.compile(r"^\*?(?!(?:van|from|von)\s?:)[^\W\d_]{2,12}\s?:", re.IGNORECASE)
_GEADRESSEERD = re.compile(r"^\*?(?:onderwerp|subject|betreff|aan|to|an)\s?:", re.IGNORECASE)
_IN_ONZE_MAIL = re.compile(
    r"^dit is een automatisch bericht van\b|^kenmerk\s[A-Z]{2,6}-2[0-9]{3}-[0-9]{5,9}\b"
    r"|\bantwoordcode\s[0-9A-Z]{4}-[0-9A-Z]{4}\b"
    r"|^\*?(?:onderwerp|subject|betreff)\s?:.{0,120}\b[A-Z]{2,6}-2[0-9]{3}-[0-9]{5,9}\b",
    re.IGNORECASE,
)
_NIET_VAN_EEN_PROGRAMMA = frozenset(
    woorden("ik wij we mijn onze ons dat dossier bekend onbekend niet wel maar hij")
)
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
            return einde if _NIET_VAN_EEN_PROGRAMMA.isdisjoint(woorden(zin)) else None
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
    return (
        volgende.startswith(">")
        and bool(_VOOR_EEN_CITAAT.match(regels[plek]))
        and _NIET_VAN_EEN_PROGRAMMA.isdisjoint(woorden(regels[plek]))
    )


def _volgende(past: Iterable[bool]) -> list[int]:
    """For each line the first one from there on that fits; past the end when there is none."""
    plekken = list(past)
    volgende = [len(plekken)] * (len(plekken) + 1)
    for plek in range(len(plekken) - 1, -1, -1):
        volgende[plek] = plek if plekken[plek] else volgende[plek + 1]
    return volgende


class _OnzeMail:
    """Whether a quotation without marks is of a mail of ours. Looked up once for all lines."""

    def __init__(self, regels: Sequence[str]) -> None:
        self._regels = regels
        self._onze = _volgende(bool(_IN_ONZE_MAIL.search(regel)) for regel in regels)
        self._tekst = _volgende(bool(regel) for regel in regels)
        self._begin = _volgende(
            regel.startswith(">")
            or _begint_citaat_zonder_tekens(regels, plek)
            or _einde_toeschrijving(regels, plek) is not None
            for plek, regel in enumerate(regels)
        )

    def is_aangehaald(self, plek: int, onder: int) -> bool:
        """Whether the first mail that is quoted from `onder` on is ours, or nothing is.

        Below all headers of a forwarded mail, ours may follow later.
        """
        kop = tuple(takewhile(_KOPREGEL.match, self._regels[plek + 1 : plek + _KOPREGELS]))
        if _AFZENDERKOP.match(self._regels[plek]) and any(map(_GEADRESSEERD.match, kop)):
            return self._onze[plek] < len(self._regels)
        return self._tekst[onder] == len(self._regels) or self._onze[onder] < self._begin[onder]

    def is_tussenregel(self, plek: int) -> bool:
        """'Original message' with the headers or the attribution right below it."""
        volgende = self._tekst[plek + 1]
        return not _AFZENDERKOP.match(self._regels[plek]) and volgende == self._begin[plek + 1]


def eigen_blokken(tekst: str, *, alleen_onze_mail: bool = False) -> tuple[Blok, ...]:
    """The blocks of lines that are not quoted, in order, each line without blanks around it.

    `alleen_onze_mail`: without marks only a mail of ours is quoted.
    """
    regels = [regel.strip() for regel in schone_tekst(tekst).split("\n")]
    onze = _OnzeMail(regels) if alleen_onze_mail else None
    blokken: list[list[str]] = [[]]
    plek = 0
    while plek < len(regels):
        if _begint_citaat_zonder_tekens(regels, plek):
            if onze is None or onze.is_aangehaald(plek, plek + 1):
                blokken.append([])
                plek = _einde_van_onze_mail(regels, plek)
                continue
            if not onze.is_tussenregel(plek):
                blokken[-1].append(regels[plek])
            plek += 1
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
        if volgende.startswith(">"):
            blokken.append([])
            plek = einde
        elif onze is None or onze.is_aangehaald(plek, einde):
            blokken.append([])
            plek = _einde_van_onze_mail(regels, einde)
        else:
            blokken[-1].append(regels[plek])
            plek += 1
    return tuple(tuple(blok) for blok in blokken if any(blok))


def alle_regels(tekst: str) -> Blok:
    """Every line, quoted or not, without the marks of quotation."""
    return tuple(regel.strip("> ") for regel in schone_tekst(tekst).split("\n"))

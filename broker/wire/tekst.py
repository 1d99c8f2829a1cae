"""Text as people's mail programs leave it, made plain before anything is read from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

_ONZICHTBAAR = dict.fromkeys(
    (0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF)
)
_REGELEINDE = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPATIE = re.compile(r"[^\S\n]")
_OPSMUK = " *_•-–"
_LANGSTE_LABEL = 80
_MEESTE_LABELWOORDEN = 5
_WOORD = re.compile(r"[^\W_]+")


def schone_tekst(tekst: str) -> str:
    """The same words: NFC, lines end in a newline, every blank is a space, nothing invisible."""
    zichtbaar = unicodedata.normalize("NFC", tekst).translate(_ONZICHTBAAR)
    return _SPATIE.sub(" ", _REGELEINDE.sub("\n", zichtbaar))


def vlak(tekst: str) -> str:
    """Lower case, without diacritics: how two spellings of one word are compared."""
    ontleed = unicodedata.normalize("NFKD", tekst.casefold())
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken))


def woorden(tekst: str) -> tuple[str, ...]:
    """The words and numbers of a text, flat, without punctuation."""
    return tuple(_WOORD.findall(vlak(tekst)))


def is_leesbaar(tekst: str) -> bool:
    """Whether a text holds only characters that show: no control characters, no surrogates."""
    return not any(unicodedata.category(teken).startswith("C") for teken in tekst)


def splits_label(regel: str) -> tuple[str, str] | None:
    """The flat label and the value of a line that looks like `Woord woord: …`, else None.

    Bold marks and bullets of mail programs are no part of either.
    """
    kop, teken, rest = regel[:_LANGSTE_LABEL].partition(":")
    sleutel = woorden(kop)
    begin = kop.lstrip(_OPSMUK)[:1]
    if not teken or rest.startswith("//") or not begin.isalpha():
        return None
    if len(sleutel) > _MEESTE_LABELWOORDEN:
        return None
    return " ".join(sleutel), regel[len(kop) + 1 :].lstrip("*_ ").rstrip()


def dek(
    tokens: Sequence[str], tabel: Mapping[tuple[str, ...], T]
) -> Iterator[tuple[tuple[str, ...], T | None]]:
    """Cover tokens from left to right with the longest phrases of a table.

    Yields each phrase with its meaning, and each token that no phrase covers with None.
    """
    langste = max(map(len, tabel), default=1)
    plek = 0
    while plek < len(tokens):
        for lengte in range(min(langste, len(tokens) - plek), 0, -1):
            zinsdeel = tuple(tokens[plek : plek + lengte])
            if zinsdeel in tabel:
                yield zinsdeel, tabel[zinsdeel]
                break
        else:
            lengte = 1
            yield (tokens[plek],), None
        plek += lengte

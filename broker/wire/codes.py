"""Codes and ids as streams: the same casus seed and the same names always give the same code.

So nothing that one partner receives depends on what another answered, and a message made again is
the same message.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from broker.domain.casus import Kenmerk
from broker.domain.partner import LoketId

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without the letters that people mix up (I, L, O) or misread (U)."""

STREEPJES = r"\-\u2010-\u2014\u2212"
"""Every hyphen and dash that a mail program makes of a hyphen, for a class in a pattern."""

_LENGTE_ZAAD = 32
_VERWARRING = str.maketrans("OIL", "011")
_CODE = re.compile(f"[{CROCKFORD}]{{8}}")


def _stroom(zaad: bytes, *namen: str) -> bytes:
    if len(zaad) != _LENGTE_ZAAD:
        raise ValueError(f"the seed of a casus is {_LENGTE_ZAAD} bytes")
    bericht = b"".join(len(naam).to_bytes(4, "big") + naam for naam in (n.encode() for n in namen))
    return hmac.new(zaad, bericht, hashlib.sha256).digest()


def _in_tekens(bits: bytes) -> str:
    getal = int.from_bytes(bits[:5], "big")
    return "".join(CROCKFORD[(getal >> plek) & 31] for plek in range(35, -1, -5))


def antwoordcode(zaad: bytes, *, kenmerk: Kenmerk, loket: LoketId) -> str:
    """The code of one verzoek, as 'XXXX-XXXX' (40 bits): one for a desk, whoever reads it there.

    It always has a letter and a digit, so that it can be told from a word and from a number.
    Raises ValueError when the seed is not 32 bytes.
    """
    poging = 0
    while True:
        tekens = _in_tekens(_stroom(zaad, "antwoordcode", kenmerk, loket, str(poging)))
        if not tekens.isalpha() and not tekens.isdigit():
            return f"{tekens[:4]}-{tekens[4:]}"
        poging += 1


def bericht_id(zaad: bytes, *, kenmerk: Kenmerk, ontvanger: str, soort: str, nummer: int) -> str:
    """The id of one message, 32 lower-case hexadecimal digits: outbox id, Message-ID, bounce token.

    `soort` is the kind of message and `nummer` counts messages of that kind to this reader.
    Raises ValueError when the seed is not 32 bytes.
    """
    return _stroom(zaad, "bericht", kenmerk, ontvanger, soort, str(nummer)).hex()[:32]


def normaliseer_code(code: str) -> str | None:
    """A code as 'XXXX-XXXX', whatever case, blanks or look-alike letters it was typed with."""
    tekens = re.sub(rf"[\s>*_{STREEPJES}]", "", code).upper().translate(_VERWARRING)
    if _CODE.fullmatch(tekens) is None:
        return None
    return f"{tekens[:4]}-{tekens[4:]}"


def zelfde_code(een: str, ander: str) -> bool:
    """Whether two codes are the same code, in constant time; what is no code is never the same."""
    links, rechts = normaliseer_code(een), normaliseer_code(ander)
    if links is None or rechts is None:
        return False
    return hmac.compare_digest(links.encode(), rechts.encode())

"""A number that can be a BSN, in an answer: it is dropped, and goes nowhere (UAVG-46)."""

from __future__ import annotations

import re

from broker.domain.elfproef import vind_burgerservicenummers

_HET_NUMMER = re.compile(
    r"\b(?:bsn|burgerservicenummer|sofinummer)(?:[- ]?(?:nummer|nr))?\.?\s{0,3}[:=]?\s{0,3}$",
    re.IGNORECASE,
)
_LANGSTE_NUMMERLABEL = 40


def zonder_burgerservicenummer(regel: str) -> str:
    """UAVG-46: a number that can be a BSN is dropped with its label, and the answer counts.

    With words right behind it, it stays, and makes the answer unclear: in 'BSN … is bekend' it may
    be the number that is known.
    """
    for begin, einde in reversed(vind_burgerservicenummers(regel)):
        if regel[einde:].lstrip()[:1].isalnum():
            continue
        kop = max(begin - _LANGSTE_NUMMERLABEL, 0)
        # A comma keeps the words before and after it apart.
        regel = f"{regel[:kop]}{_HET_NUMMER.sub('', regel[kop:begin])} , {regel[einde:]}"
    return regel

"""The line that a telephone or a program puts below a mail: 'Verstuurd vanaf mijn iPhone'."""

from __future__ import annotations

import re

from broker.wire.tekst import woorden

VOETREGEL = re.compile(
    r"^(?:(?:verzonden|verstuurd|gestuurd|geschreven) (?:vanaf|via|met|vanuit)"
    r"|sent (?:from|via|with)|get outlook|outlook (?:voor|for)|download outlook|von meinem"
    r"|gesendet)\b",
    re.IGNORECASE,
)
"""How such a line begins."""

_LINK = re.compile(r"[<(\[]?https?://\S{1,200}")
_WOORDEN = frozenset(
    woorden(
        "verzonden verstuurd gestuurd geschreven vanaf via met vanuit sent from with get download"
        " downloaden outlook voor for mijn my een a an de the het op on in mail email e proton"
        " gmail yahoo hotmail mobiel mobiele mobile telefoon phone iphone ipad ios android samsung"
        " galaxy smartphone toestel apparaat device tablet huawei xiaomi redmi oneplus oppo nokia"
        " motorola moto sony xperia blackberry fairphone google pixel windows mac macbook secure"
        " beveiligde k fairemail thunderbird app web werk tab pro max ultra plus mini lite edge"
        " note bluemail aqua spark please excuse my brevity excuses excuseer mijn beknoptheid"
        " beknopte schrijfstijl typefouten typos any eventuele onderweg t kpn ziggo van meinem"
        " gesendet von mailbox"
    )
)
_MEESTE_WOORDEN = 18


def is_voetregel(regel: str) -> bool:
    """Whether the whole line consists of the words of such lines, and of the names of models."""
    if not VOETREGEL.match(regel):
        return False
    gezegd = woorden(_LINK.sub(" ", regel))
    return len(gezegd) <= _MEESTE_WOORDEN and all(
        woord in _WOORDEN or any(teken.isdecimal() for teken in woord) for woord in gezegd
    )

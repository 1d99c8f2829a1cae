"""What kind of mail a pinned signer sent: a melding, an answer, an order, or for the form."""

from __future__ import annotations

import re
from enum import StrEnum

from broker.wire.formulierblad import tel_labels
from broker.wire.opdracht import is_opdracht
from broker.wire.tekst import schone_tekst, vlak, woorden
from broker.wire.vindplaatsen import vind_codes, vind_kenmerken

_VOORVOEGSEL = re.compile(
    r"^(?:\s*(?:(?:re|fw|fwd|antw|antwoord|betr|aw|wg|doorst|doorgestuurd)\s*(?:\[\d\])?:"
    r"|\[[^\[\]]{1,20}\]))+"
)
_VRAAG_OM_FORMULIER = frozenset(
    {"formulier", "leeg formulier", "meldformulier", "meldingsformulier", "het formulier"}
)
_MINSTENS_LABELS = 2


class PostSoort(StrEnum):
    """What a mail is for."""

    MELDING = "melding"
    ANTWOORD = "antwoord"
    FORMULIER = "formulier"
    OPDRACHT = "opdracht"


def soort_post(tekst: str, onderwerp: str, *, afkorting: str) -> PostSoort:
    """The kind of a mail, by its decoded text and its subject.

    A filled-in form is a melding, also under the subject 'formulier'. What names a casus and holds
    no answer code is an order, if his own words hold one of an order; else an antwoord. What
    cannot be told is a melding: its refusal lists what is missing.
    """
    ingevuld = tel_labels(tekst) >= _MINSTENS_LABELS
    onderwerpregel = " ".join(woorden(_VOORVOEGSEL.sub("", vlak(schone_tekst(onderwerp)))))
    if onderwerpregel in _VRAAG_OM_FORMULIER and not ingevuld:
        return PostSoort.FORMULIER
    codes = vind_codes(tekst)
    if ingevuld and not codes:
        return PostSoort.MELDING
    if codes:
        return PostSoort.ANTWOORD
    if vind_kenmerken(f"{onderwerp}\n{tekst}", afkorting=afkorting):
        return PostSoort.OPDRACHT if is_opdracht(tekst) else PostSoort.ANTWOORD
    return PostSoort.MELDING

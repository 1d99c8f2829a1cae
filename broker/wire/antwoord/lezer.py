"""From the text of a reply to one value: what was written is taken apart here, step by step."""

from __future__ import annotations

from broker.domain.verzoek import Waarde
from broker.wire.antwoord.gelezen import GelezenAntwoord, Onduidelijk, Onleesbaar
from broker.wire.antwoord.gevaar import Onduidelijkheid
from broker.wire.antwoord.grammatica import beoordeel
from broker.wire.antwoord.nevenregels import lees_hulp, neem_nevenregels
from broker.wire.antwoord.ondertekening import eigen_woorden

_LANGSTE_ANTWOORD = 20_000


def lees_antwoord(tekst: str) -> GelezenAntwoord | Onduidelijk:
    """The answer in the whole decoded text of a reply; the quotation and the signature left out.

    D-4: every phrase that is an answer must agree, and whatever could change its meaning makes it
    unclear. Raises nothing.
    """
    try:
        return _lees(tekst)
    except Onleesbaar as onleesbaar:
        return onleesbaar.onduidelijk


def _lees(tekst: str) -> GelezenAntwoord:
    regels = eigen_woorden(tekst)
    if sum(map(len, regels)) > _LANGSTE_ANTWOORD:
        raise Onleesbaar(Onduidelijkheid.TE_LANG)
    neven = neem_nevenregels(regels)
    waarde, beslist_door = beoordeel(neven.tekst)
    if waarde is not Waarde.BEKEND and (neven.hulp or neven.artikel):
        raise Onleesbaar(Onduidelijkheid.TEGENSPRAAK, *beslist_door)
    hulpverlener, soort_hulp = lees_hulp(neven.hulp)
    return GelezenAntwoord(
        waarde=waarde,
        artikel=neven.artikel,
        hulpverlener=hulpverlener,
        soort_hulp=soort_hulp,
        beslist_door=beslist_door,
    )

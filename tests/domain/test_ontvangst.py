"""What becomes of an answer, wherever its casus and its verzoek stand."""

from __future__ import annotations

from itertools import product

import pytest

from broker.domain.casus import CasusStaat, Ontvangst, ontvangst
from broker.domain.verzoek import VerzoekStaat

LOOPT = {CasusStaat.VERRIJKT, CasusStaat.GEAGENDEERD, CasusStaat.OVERGEDRAGEN}
KAN_NOG = {VerzoekStaat.KLAARGEZET, VerzoekStaat.VERZONDEN, VerzoekStaat.BEANTWOORD}


@pytest.mark.rule("D-5")
@pytest.mark.rule("D-13")
@pytest.mark.parametrize(("casus", "verzoek"), list(product(CasusStaat, VerzoekStaat)))
def test_an_answer_counts_adds_or_is_refused(casus: CasusStaat, verzoek: VerzoekStaat) -> None:
    """In an open round it counts, or corrects; later it is an aanvulling while the casus runs.

    What was withdrawn takes nothing, and a casus that was closed neither.
    """
    ronde = casus is CasusStaat.IN_VERRIJKING
    if ronde and verzoek in KAN_NOG:
        verwacht = Ontvangst.OPNEMEN
    elif (ronde or casus in LOOPT) and verzoek is not VerzoekStaat.INGETROKKEN:
        verwacht = Ontvangst.AANVULLING
    else:
        verwacht = Ontvangst.GESLOTEN
    assert ontvangst(casus, verzoek) is verwacht

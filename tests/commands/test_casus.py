"""What an operator reads when nothing comes of a decision."""

from __future__ import annotations

from itertools import product

from broker.commands.casus import NO_CASUS, WHY_NOT
from broker.domain.casus import CasusStaat
from broker.domain.opdracht import Casusfeiten, OpdrachtSoort, Uitslag, waarom_niet
from broker.domain.partner import MedewerkerId
from tests.fixtures.netwerk import DAG, maak_netwerk, met_besluit

MELDER = MedewerkerId("e.smeets")


def test_every_way_in_which_nothing_comes_of_a_decision_has_its_own_words() -> None:
    """Each refusal of each order, and no other: none is told with the cause of another."""
    netwerken = (maak_netwerk(), met_besluit(maak_netwerk(), opgeschort=True))
    wie = (MELDER, MedewerkerId("m.janssen"))
    ja_nee = (False, True)
    refusals = {
        (
            soort,
            waarom_niet(netwerk, soort, Casusfeiten(staat, MELDER, *feiten), door=door, dag=DAG),
        )
        for netwerk, soort, staat, *feiten, door in product(
            netwerken, OpdrachtSoort, CasusStaat, ja_nee, ja_nee, ja_nee, wie
        )
    }
    # A casus that is not there, and another that is not like it, are found outside the rules.
    refusals |= {(soort, Uitslag.ONBEKEND_KENMERK) for soort in OpdrachtSoort}
    refusals.add((OpdrachtSoort.SAMENVOEGEN, Uitslag.NIET_SAMEN_TE_VOEGEN))
    assert set(WHY_NOT) == {refusal for refusal in refusals if refusal[1] is not None}


def test_only_an_unknown_kenmerk_is_told_as_one() -> None:
    """Whatever the order is."""
    unknown = {key for key, words in WHY_NOT.items() if words == NO_CASUS}
    assert unknown == {(soort, Uitslag.ONBEKEND_KENMERK) for soort in OpdrachtSoort}

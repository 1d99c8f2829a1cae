"""What is closed in one crossing, and what never is."""

from __future__ import annotations

import pytest

from broker.domain.bericht import Geadresseerd, Kennisgeving, UitkomstBericht
from broker.domain.uitkomst import Uitkomst, UitkomstRegel
from broker.domain.verstrekking import bevat_politiegegevens
from broker.domain.verzoek import Waarde
from broker.ports import OutboundKind
from broker.service.asking import reported
from broker.service.closing import NotForThisReader, UnregisteredDisclosure, close
from broker.service.effects import Effects, of_casus
from tests.fixtures.netwerk import WOONWENZ, spreker_van
from tests.fixtures.verhaal import Verhaal
from tests.fixtures.verhalen import KENMERK, maak_politiemelding


@pytest.mark.rule("WPG-32")
async def test_police_data_without_a_disclosure_are_never_sealed(verhaal: Verhaal) -> None:
    """No row, no message: a caller that forgets it is stopped before the vault is asked."""
    regie = spreker_van(verhaal.netwerk, "m.janssen")
    aangemeld = reported(
        verhaal.context,
        maak_politiemelding(),
        kenmerk=KENMERK,
        melder=spreker_van(verhaal.netwerk, "w.vanderlinden"),
    )
    bericht = Kennisgeving(aangemeld, verhaal.clock.now().date())
    assert bevat_politiegegevens(bericht)
    send = of_casus(
        bytes(32),
        kenmerk=KENMERK,
        post=Geadresseerd(bericht, regie.medewerker, regie.loket.id),
        kind=OutboundKind.KENNISGEVING,
    )
    with pytest.raises(UnregisteredDisclosure):
        await close(verhaal.context, Effects(send=(send,)), now=verhaal.clock.now())


@pytest.mark.rule("D-1")
@pytest.mark.rule("PR-13.5")
@pytest.mark.parametrize("lezer", ["e.smeets", "j.hermans", "w.vanderlinden", "y.elamrani"])
async def test_an_answer_is_sealed_for_nobody_but_the_ketenregisseur(
    verhaal: Verhaal, lezer: str
) -> None:
    """A caller that addresses an uitkomst to a melder or a desk is stopped before the vault."""
    ander = spreker_van(verhaal.netwerk, lezer)
    regel = UitkomstRegel(WOONWENZ, "Woonwenz", Waarde.BEKEND)
    send = of_casus(
        bytes(32),
        kenmerk=KENMERK,
        post=Geadresseerd(
            UitkomstBericht(Uitkomst(KENMERK, None, (regel,))), ander.medewerker, ander.loket.id
        ),
        kind=OutboundKind.UITKOMST,
    )
    with pytest.raises(NotForThisReader):
        await close(verhaal.context, Effects(send=(send,)), now=verhaal.clock.now())

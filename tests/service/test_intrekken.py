"""The melder withdraws: every open question is cancelled, and nothing more leaves (PR-7.8)."""

from __future__ import annotations

import pytest

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.opdracht import Uitslag
from broker.domain.partner import Rol
from broker.ports import Deferred, LetterReason, OutboundKind, OutboundStatus
from broker.service.withdraw import decide_withdrawal
from tests.fixtures.besluiten import beslis
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import DAG, met_medewerker, vingerafdruk_van, week, zonder_medewerkers
from tests.fixtures.verhaal import Verhaal


async def trek_in(verhaal: Verhaal, kenmerk: str, door: str = "e.smeets") -> Uitslag:
    result = await beslis(verhaal.context, Kenmerk(kenmerk), decide_withdrawal, by=door)
    await verhaal.werk()
    return result


@pytest.mark.rule("PR-7.8")
async def test_withdrawing_cancels_every_open_verzoek(verhaal: Verhaal) -> None:
    """Who has the question hears it, who answered does not; the melder and the regie hear it."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.antwoord("j.hermans", "BEKEND")
    assert await trek_in(verhaal, kenmerk) is Uitslag.GEDAAN
    assert verhaal.lezers(OutboundKind.INTREKKING) == {
        "y.elamrani",
        "k.engels",
        "w.vanderlinden",
        "a.dossantos",
        "h.geraedts",
        "m.janssen",
    }
    assert len(verhaal.brieven("e.smeets", OutboundKind.STATUS)) == 2
    aan_regie = verhaal.brief("m.janssen", OutboundKind.INTREKKING)
    assert "er komt geen uitkomst meer" in " ".join(aan_regie.text.split())
    assert "Verwijder" not in aan_regie.text
    casus = await verhaal.casus(kenmerk)
    assert casus.staat is CasusStaat.INGETROKKEN
    await verhaal.wacht(tot=verhaal.termijn)
    assert verhaal.lezers(OutboundKind.UITKOMST, OutboundKind.HERINNERING) == set()


async def test_whoever_was_reminded_hears_it_too(verhaal: Verhaal) -> None:
    """The vervanger has the question since the reminder."""
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(met_medewerker(verhaal.netwerk, "j.hermans", afwezig=(week(DAG),)))
    await verhaal.wacht(tot=verhaal.herinnering)
    await trek_in(verhaal, kenmerk)
    assert {"j.hermans", "p.nguyen"} <= verhaal.lezers(OutboundKind.INTREKKING)
    assert len(verhaal.brieven("a.dossantos", OutboundKind.INTREKKING)) == 1


@pytest.mark.rule("PR-7.8")
async def test_only_the_melder_or_his_vervanger_withdraws(verhaal: Verhaal) -> None:
    """Everybody else hears why not, and nothing changes."""
    kenmerk = await verhaal.meld("e.smeets")
    assert await trek_in(verhaal, kenmerk, "j.hermans") is Uitslag.NIET_BEVOEGD
    assert await trek_in(verhaal, kenmerk, "m.janssen") is Uitslag.NIET_BEVOEGD
    assert await trek_in(verhaal, "ZNW-2026-00099") is Uitslag.ONBEKEND_KENMERK
    assert verhaal.lezers(OutboundKind.INTREKKING) == set()
    assert await trek_in(verhaal, kenmerk, "o.kowalski") is Uitslag.GEDAAN
    assert await trek_in(verhaal, kenmerk) is Uitslag.AL_GESLOTEN


async def test_nothing_that_waits_leaves_after_it(verhaal: Verhaal) -> None:
    """Also the notice to the ketenregisseur, held for his key, is never made again."""
    assert isinstance(verhaal.context.vault, FakeVault)
    for wie in ("j.hermans", "m.janssen"):
        verhaal.context.vault.unusable[vingerafdruk_van(wie)] = LetterReason.SLEUTEL_VERLOPEN
    verhaal.delivery.results["a.dossantos@incluzio-venlo.example"] = Deferred("4.4.1")
    kenmerk = await verhaal.meld("e.smeets")
    await trek_in(verhaal, kenmerk)
    verhaal.context.vault.unusable.clear()
    verhaal.delivery.results.clear()
    for _ in range(4):
        await verhaal.wacht(minutes=20)
    assert verhaal.brieven("j.hermans") == []
    # Tried, so it may have been read: this desk hears that it need not answer.
    assert [b.kind for b in verhaal.brieven("a.dossantos")] == [OutboundKind.INTREKKING]
    assert [b.kind for b in verhaal.brieven("m.janssen")] == [OutboundKind.INTREKKING]
    assert await verhaal.alarmen() == set()


async def test_withdrawing_during_a_delivery_tells_the_desk(verhaal: Verhaal) -> None:
    """The question goes out at that very moment: its desk hears both, and its state is true."""
    geeft: list[Uitslag] = []

    async def nu() -> None:
        kenmerk = (await verhaal.casussen())[0].kenmerk
        geeft.append(await beslis(verhaal.context, kenmerk, decide_withdrawal, by="e.smeets"))

    verhaal.delivery.meanwhile["j.hermans@woonwenz.example"] = nu
    kenmerk = await verhaal.meld("e.smeets")
    assert geeft == [Uitslag.GEDAAN]
    assert [b.kind for b in verhaal.brieven("j.hermans")] == [
        OutboundKind.VERZOEK,
        OutboundKind.INTREKKING,
    ]
    assert set((await verhaal.staten(kenmerk)).values()) == {"ingetrokken"}
    sent = {m.status for m in await verhaal.uit(kenmerk, OutboundKind.VERZOEK)}
    assert sent == {OutboundStatus.VERZONDEN}


async def test_withdrawing_while_an_answer_is_recorded_starts_over(verhaal: Verhaal) -> None:
    """Who answered meanwhile is not told that he need not."""
    assert isinstance(verhaal.context.vault, FakeVault)
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.context.vault.meanwhile.append(lambda: verhaal.antwoord("j.hermans", "BEKEND"))
    assert await trek_in(verhaal, kenmerk) is Uitslag.GEDAAN
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "beantwoord"
    assert "j.hermans" not in verhaal.lezers(OutboundKind.INTREKKING)


async def test_one_person_with_two_tasks_is_told_once(verhaal: Verhaal) -> None:
    """The ketenregisseur also answers for her desk: one message, and no collision for ever."""
    rollen = frozenset({Rol.KETENREGISSEUR, Rol.VERRIJKER})
    netwerk = met_medewerker(verhaal.netwerk, "m.janssen", rollen=rollen)
    for wie in ("y.elamrani", "t.peeters"):
        netwerk = met_medewerker(netwerk, wie, rollen=frozenset({Rol.MELDER}))
    verhaal.verander(netwerk)
    kenmerk = await verhaal.meld("e.smeets")
    assert await trek_in(verhaal, kenmerk) is Uitslag.GEDAAN
    assert len(verhaal.brieven("m.janssen", OutboundKind.INTREKKING)) == 1


async def test_who_left_is_not_told(verhaal: Verhaal) -> None:
    """The melder's vervanger withdraws after the melder and a reader left; nobody has the regie."""
    kenmerk = await verhaal.meld("j.hermans")
    verhaal.verander(zonder_medewerkers(verhaal.netwerk, "a.dossantos", "m.janssen", "s.yilmaz"))
    assert await trek_in(verhaal, kenmerk, "p.nguyen") is Uitslag.GEDAAN
    assert "a.dossantos" not in verhaal.lezers(OutboundKind.INTREKKING)
    assert "m.janssen" not in verhaal.lezers(OutboundKind.INTREKKING)


async def test_a_melder_who_left_withdraws_nothing_and_is_told_nothing(verhaal: Verhaal) -> None:
    """By his own id the command still works: the operator acts for him."""
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(zonder_medewerkers(verhaal.netwerk, "e.smeets"))
    assert await trek_in(verhaal, kenmerk) is Uitslag.GEDAAN
    assert len(verhaal.brieven("e.smeets", OutboundKind.STATUS)) == 1


async def test_an_intrekking_and_its_status_are_made_again_too(verhaal: Verhaal) -> None:
    """Held for a key, and told when the key is renewed."""
    assert isinstance(verhaal.context.vault, FakeVault)
    kenmerk = await verhaal.meld("e.smeets")
    for wie in ("j.hermans", "e.smeets"):
        verhaal.context.vault.unusable[vingerafdruk_van(wie)] = LetterReason.SLEUTEL_VERLOPEN
    await trek_in(verhaal, kenmerk)
    verhaal.context.vault.unusable.clear()
    await verhaal.wacht(minutes=15)
    assert kenmerk in verhaal.brief("j.hermans", OutboundKind.INTREKKING).text
    tweede = verhaal.brieven("e.smeets", OutboundKind.STATUS)[1]
    assert "ingetrokken" in tweede.text

"""The ketenregisseur ends a round early, or makes a casus urgent (D-6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.opdracht import Uitslag
from broker.domain.partner import MedewerkerId
from broker.ports import Deferred, LetterReason, OutboundKind
from broker.service.end_round import decide_end
from broker.service.set_urgent import decide_urgent
from broker.service.withdraw import decide_withdrawal
from tests.fixtures.besluiten import beslis
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import (
    DAG,
    met_besluit,
    met_medewerker,
    met_termijnen,
    vingerafdruk_van,
    week,
    zonder_medewerkers,
)
from tests.fixtures.verhaal import Verhaal

GEVRAAGD = {"j.hermans", "y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts"}
SPOED = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
"""The end of Tuesday, when a casus that became urgent on Monday is over."""
VERVANGERS = {"t.peeters", "r.baldewsingh", "n.ozturk", "b.willems", "p.nguyen", "c.martina"}
"""Of those: they get the last reminder too (C-6.3)."""


async def rond_af(verhaal: Verhaal, kenmerk: str, door: str = "m.janssen") -> Uitslag:
    uitslag = await beslis(verhaal.context, Kenmerk(kenmerk), decide_end, by=door)
    await verhaal.werk()
    return uitslag


async def maak_spoed(verhaal: Verhaal, kenmerk: str, door: str = "m.janssen") -> Uitslag:
    uitslag = await beslis(verhaal.context, Kenmerk(kenmerk), decide_urgent, by=door)
    await verhaal.werk()
    return uitslag


def spoedmails(verhaal: Verhaal) -> set[str]:
    """Who got an urgent reminder."""
    mails = verhaal.brieven(None, OutboundKind.HERINNERING)
    return {brief.aan for brief in mails if brief.subject.startswith("Spoed")}


class TestEinde:
    @pytest.mark.rule("D-6", "D-4")
    async def test_the_round_ends_as_at_its_term(self, verhaal: Verhaal) -> None:
        """Silence is 'geen reactie', what never arrived 'niet bereikt'; the uitkomst goes at once,
        and once."""
        verhaal.delivery.results["h.geraedts@vincent-van-gogh.example"] = Deferred("4.4.1")
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.antwoord("j.hermans", "BEKEND")
        assert await rond_af(verhaal, kenmerk) is Uitslag.GEDAAN
        uitkomst = verhaal.uitkomst()
        assert uitkomst["woonwenz"] == "bekend"
        assert uitkomst["vincent-van-gogh"] == "niet bereikt"
        assert uitkomst["incluzio"] == "geen reactie"
        verhaal.delivery.results.clear()
        await verhaal.wacht(tot=verhaal.herinnering)
        await verhaal.wacht(tot=verhaal.termijn)
        assert len(verhaal.brieven(None, OutboundKind.UITKOMST)) == 1
        assert verhaal.lezers(OutboundKind.HERINNERING) == set()
        assert [b.kind for b in verhaal.brieven("h.geraedts")] == [OutboundKind.INTREKKING]
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.VERRIJKT

    @pytest.mark.rule("D-6", "PR-13.5")
    async def test_who_has_the_question_hears_that_it_is_over(self, verhaal: Verhaal) -> None:
        """All of them the same words, whoever answered; who answered hears nothing."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.antwoord("j.hermans", "BEKEND")
        await rond_af(verhaal, kenmerk)
        brieven = verhaal.brieven(None, OutboundKind.INTREKKING)
        assert {brief.aan for brief in brieven} == GEVRAAGD - {"j.hermans"}
        assert len({brief.text.partition("\n")[2] for brief in brieven}) == 1
        assert "ingetrokken" not in brieven[0].text
        assert len(verhaal.brieven("e.smeets", OutboundKind.STATUS)) == 1

    @pytest.mark.rule("D-5")
    async def test_a_late_answer_is_an_aanvulling(self, verhaal: Verhaal) -> None:
        """As after the term."""
        kenmerk = await verhaal.meld("e.smeets")
        await rond_af(verhaal, kenmerk)
        await verhaal.antwoord("a.dossantos", "BEKEND")
        assert len(verhaal.brieven("m.janssen", OutboundKind.AANVULLING)) == 1

    @pytest.mark.rule("D-6")
    async def test_only_a_ketenregisseur_ends_a_round_and_only_one_that_runs(
        self, verhaal: Verhaal
    ) -> None:
        """Everybody else hears why not, and nothing changes."""
        kenmerk = await verhaal.meld("e.smeets")
        for wie in ("e.smeets", "y.elamrani", "niemand"):
            assert await rond_af(verhaal, kenmerk, wie) is Uitslag.NIET_BEVOEGD
        assert await rond_af(verhaal, "ZNW-2026-00099") is Uitslag.ONBEKEND_KENMERK
        assert verhaal.lezers(OutboundKind.UITKOMST, OutboundKind.INTREKKING) == set()
        assert await rond_af(verhaal, kenmerk, "s.yilmaz") is Uitslag.GEDAAN
        assert await rond_af(verhaal, kenmerk) is Uitslag.AL_GESLOTEN
        assert len(verhaal.brieven(None, OutboundKind.UITKOMST)) == 1

    async def test_a_withdrawn_casus_has_no_round(self, verhaal: Verhaal) -> None:
        """Nothing of it leaves any more."""
        kenmerk = await verhaal.meld("e.smeets")
        await beslis(verhaal.context, kenmerk, decide_withdrawal, by="e.smeets")
        assert await rond_af(verhaal, kenmerk) is Uitslag.AL_GESLOTEN
        assert await maak_spoed(verhaal, kenmerk) is Uitslag.AL_GESLOTEN
        assert verhaal.lezers(OutboundKind.UITKOMST) == set()

    @pytest.mark.rule("BS-1")
    async def test_while_nobody_may_receive_it_the_uitkomst_waits(self, verhaal: Verhaal) -> None:
        """The police answered, then the decision was suspended: an alarm, and no uitkomst yet."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.antwoord("w.vanderlinden", "ONBEKEND")
        netwerk = verhaal.netwerk
        verhaal.verander(met_besluit(netwerk, geldig=week(DAG - timedelta(days=30))))
        assert await rond_af(verhaal, kenmerk) is Uitslag.GEDAAN
        assert await verhaal.alarmen() == {"geen-ketenregisseur"}
        assert verhaal.lezers(OutboundKind.UITKOMST) == set()
        assert await maak_spoed(verhaal, kenmerk) is Uitslag.AL_GESLOTEN
        verhaal.verander(netwerk)
        await verhaal.wacht(minutes=1)
        assert verhaal.uitkomst()["politie"] == "onbekend"

    async def test_what_was_held_for_a_key_is_told_when_it_is_renewed(
        self, verhaal: Verhaal
    ) -> None:
        """In the same words; who left meanwhile is told nothing."""
        assert isinstance(verhaal.context.vault, FakeVault)
        kenmerk = await verhaal.meld("e.smeets")
        verhaal.verander(zonder_medewerkers(verhaal.netwerk, "a.dossantos"))
        sleutel = vingerafdruk_van("j.hermans")
        verhaal.context.vault.unusable[sleutel] = LetterReason.SLEUTEL_VERLOPEN
        await rond_af(verhaal, kenmerk)
        assert verhaal.brieven("j.hermans", OutboundKind.INTREKKING) == []
        verhaal.context.vault.unusable.clear()
        await verhaal.wacht(minutes=15)
        eigen = verhaal.brief("j.hermans", OutboundKind.INTREKKING)
        ander = verhaal.brief("h.geraedts", OutboundKind.INTREKKING)
        assert eigen.subject == ander.subject == f"Antwoord niet meer nodig {kenmerk}"
        assert "a.dossantos" not in verhaal.lezers(OutboundKind.INTREKKING)

    async def test_an_answer_that_comes_in_meanwhile_counts(self, verhaal: Verhaal) -> None:
        """Who loses the race starts over: its desk is not told that it need not answer."""
        assert isinstance(verhaal.context.vault, FakeVault)
        kenmerk = await verhaal.meld("e.smeets")
        verhaal.context.vault.meanwhile.append(lambda: verhaal.antwoord("j.hermans", "BEKEND"))
        assert await rond_af(verhaal, kenmerk) is Uitslag.GEDAAN
        assert verhaal.uitkomst()["woonwenz"] == "bekend"
        assert "j.hermans" not in verhaal.lezers(OutboundKind.INTREKKING)


class TestSpoed:
    @pytest.mark.rule("D-6")
    async def test_one_werkdag_is_left(self, verhaal: Verhaal) -> None:
        """Who did not answer is asked at once, with the new last day; then the uitkomst goes."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.antwoord("j.hermans", "BEKEND")
        assert await maak_spoed(verhaal, kenmerk) is Uitslag.GEDAAN
        assert spoedmails(verhaal) == (GEVRAAGD | VERVANGERS) - {"j.hermans", "p.nguyen"}
        for brief in verhaal.brieven(None, OutboundKind.HERINNERING):
            assert "Antwoord uiterlijk dinsdag 24 november 2026." in brief.text
            assert brief.subject == f"Spoed verrijkingsverzoek {kenmerk}"
        await verhaal.antwoord("a.dossantos", "ONBEKEND")
        await verhaal.wacht(tot=SPOED - timedelta(seconds=1))
        assert verhaal.lezers(OutboundKind.UITKOMST) == set()
        await verhaal.wacht(tot=SPOED)
        assert verhaal.uitkomst()["incluzio"] == "onbekend"
        assert verhaal.uitkomst()["politie"] == "geen reactie"

    @pytest.mark.rule("D-6", "D-5")
    async def test_a_late_answer_is_an_aanvulling(self, verhaal: Verhaal) -> None:
        """In time for the first term is too late for the urgent one."""
        kenmerk = await verhaal.meld("e.smeets")
        await maak_spoed(verhaal, kenmerk)
        await verhaal.wacht(tot=SPOED)
        await verhaal.antwoord("a.dossantos", "BEKEND")
        assert len(verhaal.brieven("m.janssen", OutboundKind.AANVULLING)) == 1

    @pytest.mark.rule("D-6")
    async def test_the_ordinary_reminder_does_not_follow(self, verhaal: Verhaal) -> None:
        """It was due on the morning of the last day: nobody is asked again at eight o'clock."""
        verhaal.verander(met_termijnen(verhaal.netwerk, antwoord=5, herinnering=1))
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.wacht(days=1)
        await maak_spoed(verhaal, kenmerk)
        for _ in range(48):
            await verhaal.wacht(hours=1)
        assert len(verhaal.brieven("a.dossantos", OutboundKind.HERINNERING)) == 1

    @pytest.mark.rule("D-6")
    async def test_a_term_is_never_made_longer(self, verhaal: Verhaal) -> None:
        """On the last day there is no other werkdag to give."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.wacht(tot=verhaal.termijn - timedelta(hours=10))
        assert await maak_spoed(verhaal, kenmerk) is Uitslag.GEDAAN
        assert (await verhaal.casus(kenmerk)).ends_at == verhaal.termijn
        laatste = verhaal.vragen("a.dossantos")[-1]
        assert "Antwoord uiterlijk maandag 30 november 2026." in laatste.text

    @pytest.mark.rule("D-6")
    async def test_only_a_ketenregisseur_and_only_once(self, verhaal: Verhaal) -> None:
        """A second time would give everybody a day again, or a mail for nothing."""
        kenmerk = await verhaal.meld("e.smeets")
        assert await maak_spoed(verhaal, kenmerk, "e.smeets") is Uitslag.NIET_BEVOEGD
        assert await maak_spoed(verhaal, "ZNW-2026-00099") is Uitslag.ONBEKEND_KENMERK
        assert spoedmails(verhaal) == set()
        assert await maak_spoed(verhaal, kenmerk, "s.yilmaz") is Uitslag.GEDAAN
        await verhaal.wacht(hours=20)
        assert await maak_spoed(verhaal, kenmerk) is Uitslag.AL_SPOED
        assert (await verhaal.casus(kenmerk)).ends_at == SPOED
        assert len(verhaal.brieven("a.dossantos", OutboundKind.HERINNERING)) == 1

    async def test_a_term_that_is_over_is_not_made_urgent(self, verhaal: Verhaal) -> None:
        """Also in the seconds before the clock wakes: no mail names a day that has passed."""
        kenmerk = await verhaal.meld("e.smeets")
        verhaal.clock.moment = verhaal.termijn
        assert await maak_spoed(verhaal, kenmerk) is Uitslag.AL_GESLOTEN
        assert spoedmails(verhaal) == set()

    @pytest.mark.rule("D-6")
    async def test_what_still_waits_is_replaced(self, verhaal: Verhaal) -> None:
        """No mail leaves with the day that was: the urgent one goes instead, made again too."""
        assert isinstance(verhaal.context.vault, FakeVault)
        verhaal.delivery.results["a.dossantos@incluzio-venlo.example"] = Deferred("4.4.1")
        sleutel = vingerafdruk_van("j.hermans")
        verhaal.context.vault.unusable[sleutel] = LetterReason.SLEUTEL_VERLOPEN
        kenmerk = await verhaal.meld("e.smeets")
        await maak_spoed(verhaal, kenmerk)
        verhaal.delivery.results.clear()
        verhaal.context.vault.unusable.clear()
        for _ in range(4):
            await verhaal.wacht(minutes=20)
        for wie in ("a.dossantos", "j.hermans"):
            (brief,) = verhaal.brieven(wie)
            assert brief.subject == f"Spoed verrijkingsverzoek {kenmerk}"
            assert "dinsdag 24 november 2026" in brief.text
            assert "30 november" not in brief.text
        assert await verhaal.alarmen() == set()
        await verhaal.antwoord("a.dossantos", "BEKEND")
        assert (await verhaal.staten(kenmerk))["incluzio"] == "beantwoord"

    @pytest.mark.rule("D-6", "PR-13.5")
    async def test_each_desk_keeps_a_last_day_of_its_own(self, verhaal: Verhaal) -> None:
        """Asked again for a correction, who had answered reads its own day: the other would tell
        that somebody had not."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.antwoord("j.hermans", "BEKEND")
        await maak_spoed(verhaal, kenmerk)
        for wie, dag in (("j.hermans", "30 november"), ("a.dossantos", "24 november")):
            await verhaal.antwoord(wie, "geen idee")
            assert dag in verhaal.brief(wie, OutboundKind.VERDUIDELIJKING).text

    @pytest.mark.rule("C-6.3", "BS-8")
    async def test_a_police_melding_is_registered_once_for_each_reader(
        self, verhaal: Verhaal
    ) -> None:
        """A vervanger who reads it first in the reminder gets a row; the urgent one adds none."""
        kenmerk = await verhaal.meld("w.vanderlinden")
        verhaal.verander(met_medewerker(verhaal.netwerk, "j.hermans", afwezig=(week(DAG),)))
        await verhaal.wacht(tot=verhaal.herinnering)
        rijen = await verhaal.register()
        assert await maak_spoed(verhaal, kenmerk) is Uitslag.GEDAAN
        assert await verhaal.register() == rijen
        assert [row.recipient for row in rijen].count(MedewerkerId("p.nguyen")) == 1
        assert len(verhaal.brieven("p.nguyen", OutboundKind.HERINNERING)) == 2

    async def test_the_police_are_not_asked_again_while_their_decision_is_suspended(
        self, verhaal: Verhaal
    ) -> None:
        """Nothing more is asked of them, and what was asked is withdrawn at the next wake."""
        kenmerk = await verhaal.meld("e.smeets")
        verhaal.verander(met_besluit(verhaal.netwerk, geldig=week(DAG - timedelta(days=30))))
        assert await maak_spoed(verhaal, kenmerk) is Uitslag.GEDAAN
        assert "w.vanderlinden" not in spoedmails(verhaal)
        await verhaal.wacht(tot=SPOED)
        assert verhaal.uitkomst()["politie"] == "niet gevraagd"

    @pytest.mark.rule("D-6")
    async def test_urgent_and_then_ended(self, verhaal: Verhaal) -> None:
        """The one does not stand in the way of the other."""
        kenmerk = await verhaal.meld("e.smeets")
        await maak_spoed(verhaal, kenmerk)
        assert await rond_af(verhaal, kenmerk) is Uitslag.GEDAAN
        assert verhaal.lezers(OutboundKind.INTREKKING) == GEVRAAGD | VERVANGERS
        await verhaal.wacht(tot=SPOED)
        assert len(verhaal.brieven(None, OutboundKind.UITKOMST)) == 1

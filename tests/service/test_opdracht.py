"""What the melder and the ketenregisseur order by signed mail (PR-7.8, D-6)."""

from __future__ import annotations

import re

import pytest

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.partner import Rol
from broker.ports import InboundStatus, OutboundKind
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import met_medewerker
from tests.fixtures.verhaal import Verhaal

STIL = {"y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts", "j.hermans"}


async def beantwoord(
    verhaal: Verhaal, door: str, tekst: str, soort: OutboundKind = OutboundKind.KENNISGEVING
) -> None:
    """That employee presses Reply in the last mail of that kind that he got."""
    await verhaal.antwoord(door, tekst, op=verhaal.brieven(door, soort)[-1])


class TestMelder:
    @pytest.mark.rule("PR-7.8")
    @pytest.mark.parametrize(
        "tekst",
        ["INTREKKEN", "Ik trek de melding in.", "Betrokkene heeft zijn toestemming ingetrokken."],
    )
    async def test_the_melder_withdraws_by_reply(self, verhaal: Verhaal, tekst: str) -> None:
        """Every open verzoek is cancelled, as by the command; he hears it once."""
        kenmerk = await verhaal.meld("e.smeets")
        await beantwoord(verhaal, "e.smeets", tekst, OutboundKind.STATUS)
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.INGETROKKEN
        assert verhaal.lezers(OutboundKind.INTREKKING) == STIL | {"m.janssen"}
        assert "ingetrokken" in verhaal.brieven("e.smeets", OutboundKind.STATUS)[-1].text
        assert verhaal.brieven(None, OutboundKind.OPDRACHT) == []

    @pytest.mark.rule("PR-7.8", "C-6.3")
    async def test_his_vervanger_withdraws_and_hears_it_too(self, verhaal: Verhaal) -> None:
        """He has no mail of ours to reply to: a new one with the kenmerk will do."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.schrijf("o.kowalski", f"Wij trekken melding {kenmerk} in.")
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.INGETROKKEN
        assert "is ingetrokken" in verhaal.brief("o.kowalski", OutboundKind.OPDRACHT).text
        assert len(verhaal.brieven("e.smeets", OutboundKind.STATUS)) == 2

    @pytest.mark.rule("PR-7.8")
    async def test_what_is_not_clear_changes_nothing_and_is_asked_again(
        self, verhaal: Verhaal
    ) -> None:
        """With the word that he can use; to that mail he can reply."""
        kenmerk = await verhaal.meld("e.smeets")
        await beantwoord(verhaal, "e.smeets", "Ik trek hem nog niet in", OutboundKind.STATUS)
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.IN_VERRIJKING
        brief = verhaal.brief("e.smeets", OutboundKind.OPDRACHT)
        assert "- INTREKKEN:" in brief.text
        assert "AFRONDEN" not in brief.text
        assert "nog niet" not in brief.text
        await beantwoord(verhaal, "e.smeets", "Intrekken", OutboundKind.OPDRACHT)
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.INGETROKKEN

    @pytest.mark.rule("D-6")
    async def test_the_melder_has_no_say_about_the_round(self, verhaal: Verhaal) -> None:
        """He hears who has, and what he can do."""
        kenmerk = await verhaal.meld("e.smeets")
        await beantwoord(verhaal, "e.smeets", "SPOED", OutboundKind.STATUS)
        await beantwoord(verhaal, "e.smeets", "AFRONDEN", OutboundKind.STATUS)
        for brief in verhaal.brieven("e.smeets", OutboundKind.OPDRACHT):
            assert "Alleen een ketenregisseur" in brief.text
            assert "- INTREKKEN:" in brief.text
        assert (await verhaal.casus(kenmerk)).ends_at == verhaal.termijn
        assert verhaal.lezers(OutboundKind.UITKOMST, OutboundKind.HERINNERING) == set()

    @pytest.mark.rule("PR-7.8")
    async def test_a_melding_is_withdrawn_once(self, verhaal: Verhaal) -> None:
        """Also after the uitkomst; the second time he hears that it was."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.wacht(tot=verhaal.termijn)
        for _ in range(2):
            await beantwoord(verhaal, "e.smeets", "INTREKKEN", OutboundKind.STATUS)
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.INGETROKKEN
        assert len(verhaal.brieven("e.smeets", OutboundKind.STATUS)) == 2
        tekst = verhaal.brief("e.smeets", OutboundKind.OPDRACHT).text
        assert "al ingetrokken of afgesloten" in tekst
        assert "- INTREKKEN" not in tekst


class TestKetenregisseur:
    @pytest.mark.rule("D-6")
    async def test_the_round_is_ended_by_reply(self, verhaal: Verhaal) -> None:
        """The uitkomst goes at once, and who ordered it hears that it was done."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.antwoord("j.hermans", "BEKEND")
        await beantwoord(verhaal, "m.janssen", "AFRONDEN")
        assert verhaal.uitkomst()["woonwenz"] == "bekend"
        assert verhaal.uitkomst()["incluzio"] == "geen reactie"
        assert verhaal.lezers(OutboundKind.INTREKKING) == STIL - {"j.hermans"}
        assert "is afgerond" in verhaal.brief("m.janssen", OutboundKind.OPDRACHT).text
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.VERRIJKT

    @pytest.mark.rule("D-6")
    async def test_the_casus_is_made_urgent_by_reply(self, verhaal: Verhaal) -> None:
        """Everybody has until the end of tomorrow; a second time changes nothing."""
        kenmerk = await verhaal.meld("e.smeets")
        await beantwoord(verhaal, "m.janssen", "Deze casus heeft spoed.")
        assert verhaal.lezers(OutboundKind.HERINNERING) >= STIL
        gedaan = verhaal.brief("m.janssen", OutboundKind.OPDRACHT)
        assert "De laatste dag is dinsdag 24 november 2026." in gedaan.text
        await verhaal.schrijf("s.yilmaz", f"SPOED {kenmerk}")
        tekst = verhaal.brief("s.yilmaz", OutboundKind.OPDRACHT).text
        assert "heeft al spoed" in tekst
        assert "- AFRONDEN" in tekst
        assert "- SPOED" not in tekst
        assert len(verhaal.brieven("a.dossantos", OutboundKind.HERINNERING)) == 1
        await beantwoord(verhaal, "m.janssen", "misschien afronden")
        tekst = verhaal.brieven("m.janssen", OutboundKind.OPDRACHT)[-1].text
        assert "- AFRONDEN" in tekst
        assert "- SPOED" not in tekst

    @pytest.mark.rule("PR-7.8")
    async def test_not_even_the_ketenregisseur_withdraws(self, verhaal: Verhaal) -> None:
        """The partner that reports decides; she hears what she can do."""
        kenmerk = await verhaal.meld("e.smeets")
        await beantwoord(verhaal, "m.janssen", "INTREKKEN")
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.IN_VERRIJKING
        assert verhaal.lezers(OutboundKind.INTREKKING) == set()
        tekst = verhaal.brief("m.janssen", OutboundKind.OPDRACHT).text
        assert "Alleen de melder" in tekst
        assert "- SPOED:" in tekst

    @pytest.mark.rule("D-6")
    async def test_a_round_that_is_over_is_not_ended_again(self, verhaal: Verhaal) -> None:
        """By reply to the uitkomst."""
        await verhaal.meld("e.smeets")
        await verhaal.wacht(tot=verhaal.termijn)
        await beantwoord(verhaal, "m.janssen", "afronden", OutboundKind.UITKOMST)
        assert "loopt niet" in verhaal.brief("m.janssen", OutboundKind.OPDRACHT).text
        assert len(verhaal.brieven("m.janssen", OutboundKind.UITKOMST)) == 1

    @pytest.mark.rule("D-6")
    async def test_who_is_ketenregisseur_and_melder_has_all_the_words(
        self, verhaal: Verhaal
    ) -> None:
        """One person, two tasks."""
        rollen = frozenset({Rol.KETENREGISSEUR, Rol.MELDER})
        verhaal.verander(met_medewerker(verhaal.netwerk, "m.janssen", rollen=rollen))
        await verhaal.meld("m.janssen")
        await beantwoord(verhaal, "m.janssen", "misschien afronden")
        tekst = verhaal.brief("m.janssen", OutboundKind.OPDRACHT).text
        assert all(f"- {woord}:" in tekst for woord in ("INTREKKEN", "AFRONDEN", "SPOED"))


class TestGelijkenis:
    @pytest.mark.rule("D-3")
    async def test_a_round_of_its_own_is_started_by_reply(self, verhaal: Verhaal) -> None:
        """Nobody was asked before; now every desk is."""
        await verhaal.meld("e.smeets")
        tweede = await verhaal.meld("j.hermans")
        assert (await verhaal.casus(tweede)).staat is CasusStaat.ONTVANGEN
        await beantwoord(verhaal, "m.janssen", "SPOED", OutboundKind.GELIJKENIS)
        tekst = verhaal.brief("m.janssen", OutboundKind.OPDRACHT).text
        assert "loopt niet" in tekst
        assert "- STARTEN" in tekst
        await beantwoord(verhaal, "m.janssen", "STARTEN", OutboundKind.GELIJKENIS)
        casus = await verhaal.casus(tweede)
        assert casus.staat is CasusStaat.IN_VERRIJKING
        assert casus.verzoeken
        gedaan = verhaal.brieven("m.janssen", OutboundKind.OPDRACHT)[-1]
        assert "is gestart" in gedaan.text

    @pytest.mark.rule("D-3")
    @pytest.mark.parametrize("noemt", [True, False])
    async def test_it_is_joined_by_reply(self, verhaal: Verhaal, noemt: bool) -> None:
        """With the casus that is named, or with the one that it is like."""
        eerste = await verhaal.meld("e.smeets")
        tweede = await verhaal.meld("j.hermans")
        tekst = f"SAMENVOEGEN {eerste}" if noemt else "Samenvoegen"
        await beantwoord(verhaal, "m.janssen", tekst, OutboundKind.GELIJKENIS)
        samen = await verhaal.casus(tweede)
        assert (samen.staat, samen.joined_to) == (CasusStaat.AFGESLOTEN, eerste)
        assert (await verhaal.casus(eerste)).staat is CasusStaat.IN_VERRIJKING

    @pytest.mark.rule("D-3")
    async def test_with_which_of_two_is_never_guessed(self, verhaal: Verhaal) -> None:
        """Three meldingen about one person: he must name the casus."""
        eerste = await verhaal.meld("e.smeets")
        tweede = await verhaal.meld("j.hermans")
        await beantwoord(verhaal, "m.janssen", "STARTEN", OutboundKind.GELIJKENIS)
        derde = await verhaal.meld("h.geraedts")
        for tekst in ("SAMENVOEGEN", "SAMENVOEGEN ZNW-2026-00099"):
            await beantwoord(verhaal, "m.janssen", tekst, OutboundKind.GELIJKENIS)
            assert (await verhaal.casus(derde)).staat is CasusStaat.ONTVANGEN
            brief = verhaal.brieven("m.janssen", OutboundKind.OPDRACHT)[-1]
            assert "het kenmerk van de andere casus" in " ".join(brief.text.split())
        await beantwoord(verhaal, "m.janssen", f"Samenvoegen met {tweede}", OutboundKind.GELIJKENIS)
        assert (await verhaal.casus(derde)).joined_to == tweede
        assert (await verhaal.casus(eerste)).joined_to is None

    @pytest.mark.rule("D-3")
    async def test_the_melder_starts_nothing(self, verhaal: Verhaal) -> None:
        """He cannot tell that his casus waits: he reads the same as in any other."""
        await verhaal.meld("e.smeets")
        await verhaal.meld("j.hermans")
        await verhaal.meld("h.geraedts", Naam="Iemand Anders", Adres="Elders 1")
        teksten = set()
        for wie in ("j.hermans", "h.geraedts"):
            await beantwoord(verhaal, wie, "STARTEN", OutboundKind.STATUS)
            brief = verhaal.brief(wie, OutboundKind.OPDRACHT)
            regels = brief.text.partition("\n")[2]
            teksten.add(re.sub(r"ZNW-2026-[0-9]+", "", regels))
        assert len(teksten) == 1


class TestAnderen:
    @pytest.mark.rule("PR-7.8", "D-13")
    @pytest.mark.parametrize("woord", ["INTREKKEN", "AFRONDEN", "SPOED", "misschien spoed"])
    async def test_who_is_not_concerned_hears_no_more_than_of_a_casus_that_is_not_there(
        self, verhaal: Verhaal, woord: str
    ) -> None:
        """An employee who was not asked, about a casus that is there and one that is not: the same
        words."""
        kenmerk = await verhaal.meld("j.hermans")
        verhaal.verander(
            met_medewerker(verhaal.netwerk, "r.baldewsingh", rollen=frozenset({Rol.MELDER}))
        )
        for wat in (kenmerk, "ZNW-2026-00099"):
            await verhaal.schrijf("r.baldewsingh", f"{woord}\n\n> {wat}")
        eerste, tweede = verhaal.brieven("r.baldewsingh", OutboundKind.WEIGERING)
        assert eerste.text == tweede.text
        assert (await verhaal.casus(Kenmerk(kenmerk))).ends_at == verhaal.termijn
        assert verhaal.lezers(OutboundKind.OPDRACHT, OutboundKind.INTREKKING) == set()

    @pytest.mark.rule("D-13")
    async def test_who_was_asked_answers_as_ever(self, verhaal: Verhaal) -> None:
        """By reply his mail has the code: a word of an order in it is an unclear answer."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.antwoord("j.hermans", "intrekken")
        assert len(verhaal.brieven("j.hermans", OutboundKind.VERDUIDELIJKING)) == 1
        await verhaal.schrijf("a.dossantos", f"spoed?\n> {kenmerk}")
        assert "antwoordcode" in verhaal.brief("a.dossantos", OutboundKind.WEIGERING).text
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.IN_VERRIJKING

    @pytest.mark.rule("D-13")
    async def test_a_subject_that_was_not_signed_redirects_nothing(self, verhaal: Verhaal) -> None:
        """Whoever carries the mail can write another kenmerk on the outside."""
        een = await verhaal.meld("e.smeets")
        twee = await verhaal.meld("e.smeets", Naam="Iemand Anders")
        await verhaal.schrijf("e.smeets", f"INTREKKEN\n\n> {een}", onderwerp=f"Re: {twee}")
        await verhaal.schrijf("e.smeets", "INTREKKEN", onderwerp=f"Re: {twee}")
        for kenmerk in (een, twee):
            assert (await verhaal.casus(kenmerk)).staat is CasusStaat.IN_VERRIJKING

    async def test_the_same_order_again_is_a_replay(self, verhaal: Verhaal) -> None:
        """Caught on its way and sent once more: nothing happens, and nobody hears of it."""
        kenmerk = await verhaal.meld("e.smeets")
        raw = await verhaal.schrijf("m.janssen", f"SPOED {kenmerk}")
        voor = len(verhaal.brieven())
        await verhaal.bezorg(raw, van="m.janssen@venlo.example")
        await verhaal.werk()
        assert len(verhaal.brieven()) == voor
        async with verhaal.context.store.begin() as tx:
            counts = await tx.inbox.counts()
        assert counts[InboundStatus.DUBBEL] == 1

    async def test_an_order_that_loses_a_race_is_judged_anew(self, verhaal: Verhaal) -> None:
        """The melder withdraws while the round is being ended: the one that was first counts."""
        assert isinstance(verhaal.context.vault, FakeVault)
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.schrijf("m.janssen", f"AFRONDEN {kenmerk}", werk=False)
        await verhaal.schrijf("e.smeets", f"INTREKKEN {kenmerk}", werk=False)
        verhaal.context.vault.meanwhile.append(verhaal.werk)
        await verhaal.werk()
        assert (await verhaal.casus(kenmerk)).staat is CasusStaat.INGETROKKEN
        assert len(verhaal.brieven(None, OutboundKind.UITKOMST)) <= 1

    async def test_nothing_of_the_mail_is_kept(self, verhaal: Verhaal) -> None:
        """Not a word of it in the store, the log or a mail."""
        kenmerk = await verhaal.meld("e.smeets")
        await verhaal.schrijf("m.janssen", f"AFRONDEN want Zevenslaper slaapt\n> {kenmerk}")
        assert b"Zevenslaper slaapt" not in await verhaal.alles()

"""Two meldingen about one person: the ketenregisseur decides, and the melder cannot tell (D-3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.opdracht import Uitslag
from broker.domain.partner import MedewerkerId
from broker.ports import LetterReason, OutboundKind
from broker.service.decide_gelijkenis import decide_join, decide_start
from broker.service.withdraw import decide_withdrawal
from tests.fixtures.besluiten import beslis
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import (
    met_besluit,
    met_medewerker,
    vingerafdruk_van,
    zonder_medewerkers,
)
from tests.fixtures.verhaal import REDEN, Verhaal, formulier, maak_verhaal
from tests.fixtures.verhalen import CANARIES, NAAM

REGIE = MedewerkerId("m.janssen")
ANDERS_GESPELD = {"Naam": "mevr. W. Zonnebloem", "Adres": "Denkbeeldstr. 17 a"}
NIEMAND = Kenmerk("ZNW-2026-00099")


def vault(verhaal: Verhaal) -> FakeVault:
    assert isinstance(verhaal.context.vault, FakeVault)
    return verhaal.context.vault


async def twee(verhaal: Verhaal, *, door: str = "j.hermans") -> tuple[Kenmerk, Kenmerk]:
    """The same person is reported by Antares, and an hour later, spelled otherwise, by another."""
    eerste = await verhaal.meld("e.smeets")
    await verhaal.wacht(hours=1)
    return eerste, await verhaal.meld(door, **ANDERS_GESPELD)


async def staat(verhaal: Verhaal, kenmerk: Kenmerk) -> CasusStaat:
    return (await verhaal.casus(kenmerk)).staat


@pytest.mark.rule("D-3")
async def test_who_is_reported_twice_is_put_to_the_ketenregisseur(verhaal: Verhaal) -> None:
    """No desk is asked; he alone reads who it is, by whom, why, and which casus runs already."""
    eerste = await verhaal.meld("e.smeets")
    await verhaal.antwoord("y.elamrani", "BEKEND")
    voor = len(verhaal.brieven())
    tweede = await verhaal.meld("j.hermans", **ANDERS_GESPELD)
    assert (await verhaal.casus(tweede)).verzoeken == ()
    assert await staat(verhaal, tweede) is CasusStaat.ONTVANGEN
    assert [(b.aan, b.kind) for b in verhaal.brieven()[voor:]] == [
        ("j.hermans", OutboundKind.STATUS),
        (REGIE, OutboundKind.GELIJKENIS),
    ]
    brief = verhaal.brief(REGIE, OutboundKind.GELIJKENIS)
    for woord in (
        eerste,
        tweede,
        "mevr. W. Zonnebloem",
        "J. Hermans",
        REDEN,
        "STARTEN",
        "SAMENVOEGEN",
    ):
        assert woord in brief.text
    plat = " ".join(brief.text.split())
    assert "bekend" not in plat.replace("of deze persoon bij hen bekend is", "")
    assert await staat(verhaal, eerste) is CasusStaat.IN_VERRIJKING


@pytest.mark.rule("D-3")
@pytest.mark.rule("PR-13.5")
@pytest.mark.rule("D-1")
@pytest.mark.parametrize("besluit", ["", "start", "samen"])
async def test_the_melder_cannot_tell_whether_somebody_else_reported_him(besluit: str) -> None:
    """All that he gets is equal in time and plaintext, also after a decision; and his first mail
    leaves before any other, so that nobody's mail server delays it in one case only."""
    ontvangen, eerst = [], []
    for eerder in ("W. Zonnebloem", "Karel Vandaalen"):
        verhaal = maak_verhaal()
        eerste = await verhaal.meld("e.smeets", Naam=eerder)
        await verhaal.wacht(hours=1)
        voor = len(verhaal.brieven())
        tweede = await verhaal.meld("j.hermans")
        eerst.append(verhaal.brieven()[voor].aan)
        if besluit == "start":
            await beslis(verhaal.context, tweede, decide_start, by=REGIE)
        elif besluit:
            await beslis(verhaal.context, tweede, decide_join(eerste), by=REGIE)
        await verhaal.wacht(tot=verhaal.herinnering)
        await verhaal.wacht(tot=verhaal.termijn + timedelta(days=1))
        ontvangen.append(
            [(b.moment, b.plain) for b in verhaal.brieven("j.hermans") if tweede in b.text]
        )
        assert (await staat(verhaal, tweede) is CasusStaat.VERRIJKT) is (
            besluit == "start" or eerder == "Karel Vandaalen"
        )
    assert len(ontvangen[0]) == 1
    assert ontvangen[0] == ontvangen[1]
    assert eerst == ["j.hermans", "j.hermans"]


@pytest.mark.rule("D-3")
async def test_a_round_of_its_own_is_a_round_like_any_other(verhaal: Verhaal) -> None:
    """Every desk but the melder's is asked, with the term counted from the decision."""
    eerste, tweede = await twee(verhaal)
    await verhaal.wacht(days=2)
    voor = len(verhaal.brieven())
    assert await beslis(verhaal.context, tweede, decide_start, by=REGIE) is Uitslag.GEDAAN
    await verhaal.werk()
    assert {b.kind for b in verhaal.brieven()[voor:]} == {OutboundKind.VERZOEK}
    gevraagd = {b.aan for b in verhaal.brieven()[voor:]}
    assert gevraagd == {
        *("y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "e.smeets", "h.geraedts")
    }
    een, ander = await verhaal.casus(eerste), await verhaal.casus(tweede)
    assert een.ends_at is not None
    assert ander.ends_at is not None
    assert ander.ends_at == een.ends_at + timedelta(days=2)
    for wie in gevraagd:
        await verhaal.antwoord(wie, "ONBEKEND", op=verhaal.brieven(wie, OutboundKind.VERZOEK)[-1])
    assert await staat(verhaal, tweede) is CasusStaat.VERRIJKT
    assert await staat(verhaal, eerste) is CasusStaat.IN_VERRIJKING


@pytest.mark.rule("D-3")
async def test_a_joined_casus_is_closed_and_the_other_goes_on(verhaal: Verhaal) -> None:
    """Nobody is asked or told; which casus goes on for both is kept; it is decided once."""
    eerste, tweede = await twee(verhaal)
    een, voor = await verhaal.casus(eerste), len(verhaal.brieven())
    assert await beslis(verhaal.context, tweede, decide_join(eerste), by=REGIE) is Uitslag.GEDAAN
    await verhaal.wacht(tot=verhaal.termijn - timedelta(days=4))
    ander = await verhaal.casus(tweede)
    assert (ander.staat, ander.joined_to) == (CasusStaat.AFGESLOTEN, eerste)
    assert ander.closed_on is not None
    assert len(verhaal.brieven()) == voor
    assert await verhaal.casus(eerste) == een
    for again in (
        beslis(verhaal.context, tweede, decide_start, by=REGIE),
        beslis(verhaal.context, tweede, decide_join(eerste), by=REGIE),
        beslis(verhaal.context, eerste, decide_start, by=REGIE),
    ):
        assert await again is Uitslag.NIETS_TE_BESLISSEN
    async with verhaal.context.store.begin() as tx:
        (bericht,) = [m for m in await tx.outbox.of_casus(tweede) if m.kind == "status"]
    assert bericht.number == 1


@pytest.mark.rule("D-3")
async def test_nobody_else_decides(verhaal: Verhaal) -> None:
    """Not the melder, not another employee, not somebody unknown; nothing changes by trying."""
    eerste, tweede = await twee(verhaal)
    voor = await verhaal.casus(tweede)
    for wie in ("j.hermans", "e.smeets", "niemand"):
        door = MedewerkerId(wie)
        assert await beslis(verhaal.context, tweede, decide_start, by=door) is Uitslag.NIET_BEVOEGD
        assert (
            await beslis(verhaal.context, tweede, decide_join(eerste), by=door)
            is Uitslag.NIET_BEVOEGD
        )
    for onbekend in (
        beslis(verhaal.context, NIEMAND, decide_start, by=REGIE),
        beslis(verhaal.context, NIEMAND, decide_join(eerste), by=REGIE),
    ):
        assert await onbekend is Uitslag.ONBEKEND_KENMERK
    assert await verhaal.casus(tweede) == voor


@pytest.mark.rule("D-3")
async def test_only_what_is_alike_and_was_asked_is_joined(verhaal: Verhaal) -> None:
    """A slip of the pen joins nobody to a stranger, to nothing, to himself, or to who waits too."""
    _, tweede = await twee(verhaal)
    vreemde = await verhaal.meld("o.kowalski", Naam="Karel Vandaalen")
    derde = await verhaal.meld("h.geraedts")
    assert "ZNW-2026-00001 en ZNW-2026-00002" in " ".join(
        verhaal.brieven(REGIE, OutboundKind.GELIJKENIS)[-1].text.split()
    )
    for ander in (vreemde, NIEMAND, derde, tweede):
        assert (
            await beslis(verhaal.context, derde, decide_join(ander), by=REGIE)
            is Uitslag.NIET_SAMEN_TE_VOEGEN
        )
    assert await staat(verhaal, derde) is CasusStaat.ONTVANGEN


@pytest.mark.rule("D-3")
async def test_a_casus_that_is_over_holds_up_nobody(verhaal: Verhaal) -> None:
    """Withdrawn or joined: its person is not compared with any more."""
    eerste, tweede = await twee(verhaal)
    await beslis(verhaal.context, tweede, decide_join(eerste), by=REGIE)
    await beslis(verhaal.context, eerste, decide_withdrawal, by="e.smeets")
    derde = await verhaal.meld("h.geraedts")
    assert await staat(verhaal, derde) is CasusStaat.IN_VERRIJKING


@pytest.mark.rule("PR-7.8")
async def test_the_melder_withdraws_what_waits_for_a_decision(verhaal: Verhaal) -> None:
    """He hears what he always hears, nobody was asked, and there is nothing to decide any more."""
    _, tweede = await twee(verhaal)
    await verhaal.wacht(tot=verhaal.herinnering)
    door = MedewerkerId("j.hermans")
    assert await beslis(verhaal.context, tweede, decide_withdrawal, by=door) is Uitslag.GEDAAN
    await verhaal.werk()
    assert "ingetrokken" in verhaal.brieven(door, OutboundKind.STATUS)[-1].text
    assert verhaal.lezers(OutboundKind.INTREKKING) == {REGIE}
    assert await verhaal.alarmen() == set()
    gestart = await beslis(verhaal.context, tweede, decide_start, by=REGIE)
    assert gestart is Uitslag.NIETS_TE_BESLISSEN


@pytest.mark.rule("D-3")
async def test_who_does_not_decide_is_reminded_once(verhaal: Verhaal) -> None:
    """The same mail again and an alarm, on the day of the reminder; never a round by itself."""
    _, tweede = await twee(verhaal)
    await verhaal.wacht(tot=verhaal.herinnering)
    await verhaal.wacht(tot=verhaal.termijn)
    eerst, weer = verhaal.brieven(REGIE, OutboundKind.GELIJKENIS)
    assert (eerst.text, eerst.subject) == (weer.text, weer.subject)
    assert weer.moment == verhaal.herinnering
    assert await verhaal.alarmen() == {"gelijkenis-wacht"}
    assert await staat(verhaal, tweede) is CasusStaat.ONTVANGEN
    assert await beslis(verhaal.context, tweede, decide_start, by=REGIE) is Uitslag.GEDAAN
    assert await verhaal.alarmen() == set()


async def test_a_reminder_tells_that_the_other_casus_is_over(verhaal: Verhaal) -> None:
    """Then there is nothing to join to."""
    eerste, tweede = await twee(verhaal)
    await beslis(verhaal.context, eerste, decide_withdrawal, by="e.smeets")
    await verhaal.wacht(tot=verhaal.herinnering)
    weer = verhaal.brieven(REGIE, OutboundKind.GELIJKENIS)[-1]
    assert eerste not in weer.text
    assert "SAMENVOEGEN" not in weer.text
    assert "STARTEN" in weer.text
    geen = await beslis(verhaal.context, tweede, decide_join(eerste), by=REGIE)
    assert geen is Uitslag.NIET_SAMEN_TE_VOEGEN


@pytest.mark.rule("D-3")
@pytest.mark.parametrize("weg", [("m.janssen", "s.yilmaz"), ("j.hermans",)])
async def test_a_reminder_that_nobody_can_have_is_not_forgotten(
    verhaal: Verhaal, weg: tuple[str, ...]
) -> None:
    """Nobody has the regie, or who reported is known no more: an alarm, and nothing says that he
    was asked. It is tried again after a pause, not at every wake; and sent once, when it can be."""
    _, tweede = await twee(verhaal)
    geldt, moment = verhaal.netwerk, verhaal.herinnering
    verhaal.verander(zonder_medewerkers(geldt, *weg))
    await verhaal.wacht(tot=moment)
    await verhaal.wacht(tot=moment + timedelta(minutes=1))
    assert len(verhaal.brieven(REGIE, OutboundKind.GELIJKENIS)) == 1
    assert "gelijkenis-wacht" in await verhaal.alarmen()
    assert (await verhaal.casus(tweede)).remind_at == moment + timedelta(minutes=15)
    assert "gelijkenis.reminded" not in verhaal.log.getvalue()
    verhaal.verander(geldt)
    await verhaal.wacht(tot=moment + timedelta(minutes=20))
    await verhaal.wacht(tot=verhaal.termijn)
    assert len(verhaal.brieven(REGIE, OutboundKind.GELIJKENIS)) == 2
    assert (await verhaal.casus(tweede)).remind_at is None
    assert verhaal.log.getvalue().count("gelijkenis.reminded") == 1
    assert "gelijkenis-wacht" in await verhaal.alarmen()


@pytest.mark.rule("PR-13.5")
async def test_a_status_that_is_made_again_names_no_day() -> None:
    """The last day of a round that started later would tell the melder of another melding."""
    gekregen = []
    for eerder in ("W. Zonnebloem", "Karel Vandaalen"):
        verhaal = maak_verhaal()
        await verhaal.meld("e.smeets", Naam=eerder)
        vault(verhaal).unusable[vingerafdruk_van("j.hermans")] = LetterReason.SLEUTEL_VERLOPEN
        tweede = await verhaal.meld("j.hermans")
        await verhaal.wacht(days=2)
        gestart = await beslis(verhaal.context, tweede, decide_start, by=REGIE)
        assert (gestart is Uitslag.GEDAAN) is (eerder == "W. Zonnebloem")
        vault(verhaal).unusable.clear()
        await verhaal.wacht(minutes=15)
        gekregen.append(verhaal.brief("j.hermans", OutboundKind.STATUS))
    assert gekregen[0].plain == gekregen[1].plain
    assert "partners bekend is. Daarna beslist" in " ".join(gekregen[0].text.split())


async def test_the_question_is_made_again_for_a_new_key(verhaal: Verhaal) -> None:
    """Held while his key is expired, it says afterwards what it would have said."""
    vault(verhaal).unusable[vingerafdruk_van(REGIE)] = LetterReason.SLEUTEL_VERLOPEN
    eerste, _ = await twee(verhaal)
    assert await verhaal.alarmen() == {"bericht-vastgehouden"}
    vault(verhaal).unusable.clear()
    await verhaal.wacht(minutes=15)
    assert eerste in verhaal.brief(REGIE, OutboundKind.GELIJKENIS).text
    assert NAAM not in (await verhaal.alles()).decode("latin-1")


@pytest.mark.rule("D-3")
async def test_likeness_is_found_across_a_new_master_key(verhaal: Verhaal) -> None:
    """What was kept under the old one is found; the old one must stay, as for all else."""
    await verhaal.meld("e.smeets")
    vault(verhaal).masters = [2, 1]
    assert await staat(verhaal, await verhaal.meld("j.hermans")) is CasusStaat.ONTVANGEN
    vault(verhaal).masters = [3, 2]
    assert await staat(verhaal, await verhaal.meld("h.geraedts")) is CasusStaat.ONTVANGEN
    vault(verhaal).masters = [4]
    assert await staat(verhaal, await verhaal.meld("o.kowalski")) is CasusStaat.IN_VERRIJKING


@pytest.mark.rule("D-3")
async def test_two_meldingen_at_one_moment_are_seen(verhaal: Verhaal) -> None:
    """Another process took the same person meanwhile: who loses the race starts over, and asks."""
    vault(verhaal).meanwhile.append(lambda: verhaal.meld("j.hermans"))
    await verhaal.schrijf("e.smeets", formulier())
    eerste, tweede = await verhaal.casussen()
    assert (eerste.melder, eerste.staat) == ("j.hermans", CasusStaat.IN_VERRIJKING)
    assert (tweede.melder, tweede.staat) == ("e.smeets", CasusStaat.ONTVANGEN)
    assert eerste.kenmerk in verhaal.brief(REGIE, OutboundKind.GELIJKENIS).text


@pytest.mark.rule("AVG-5.1c")
async def test_nobody_is_found_in_what_is_kept(verhaal: Verhaal) -> None:
    """No name and no part of one, in any table, mail or line of the log."""
    eerste, tweede = await twee(verhaal)
    await verhaal.wacht(tot=verhaal.herinnering)
    await beslis(verhaal.context, tweede, decide_join(eerste), by=REGIE)
    kept = (await verhaal.alles()).decode("latin-1").casefold()
    assert not [word for word in (*CANARIES, "zoneblom", "5921xz") if word.casefold() in kept]


# --- the police -----------------------------------------------------------------------------------


@pytest.mark.rule("WPG-32")
async def test_of_a_police_melding_only_the_question_is_disclosed(verhaal: Verhaal) -> None:
    """One row, to the ketenregisseur; the desks have theirs when he starts a round, and not
    before. Asked again, it is the same disclosure to him, and a new one to another."""
    _, tweede = await twee(verhaal, door="w.vanderlinden")
    (rij,) = await verhaal.register()
    assert (rij.kenmerk, rij.recipient) == (tweede, REGIE)
    await verhaal.wacht(tot=verhaal.herinnering)
    assert len(verhaal.brieven(REGIE, OutboundKind.GELIJKENIS)) == 2
    assert await verhaal.register() == [rij]
    assert await beslis(verhaal.context, tweede, decide_start, by=REGIE) is Uitslag.GEDAAN
    await verhaal.werk()
    gevraagd = {v.asked for v in (await verhaal.casus(tweede)).verzoeken}
    assert len(gevraagd) > 1
    assert {r.recipient for r in await verhaal.register()} == {REGIE, *gevraagd}


@pytest.mark.rule("WPG-32")
async def test_who_has_the_regie_by_then_is_a_new_recipient(verhaal: Verhaal) -> None:
    """Reminded is who has it today; that he now reads it has a row of its own."""
    netwerk = met_medewerker(
        verhaal.netwerk, "s.yilmaz", aanwijzing_politiegegevens=_aanwijzing(verhaal)
    )
    await twee(verhaal, door="w.vanderlinden")
    verhaal.verander(zonder_medewerkers(netwerk, REGIE))
    await verhaal.wacht(tot=verhaal.herinnering)
    assert [rij.recipient for rij in await verhaal.register()] == [REGIE, "s.yilmaz"]
    assert len(verhaal.brieven("s.yilmaz", OutboundKind.GELIJKENIS)) == 1


def _aanwijzing(verhaal: Verhaal) -> object:
    gevonden = verhaal.netwerk.medewerker(REGIE)
    assert gevonden is not None
    return gevonden[1].aanwijzing_politiegegevens


@pytest.mark.rule("BS-9")
async def test_a_police_melding_is_not_started_while_their_decision_is_suspended(
    verhaal: Verhaal,
) -> None:
    """Nothing of it is passed on then; later it can be."""
    _, tweede = await twee(verhaal, door="w.vanderlinden")
    geldt = verhaal.netwerk
    verhaal.verander(met_besluit(geldt, opgeschort=True))
    assert await beslis(verhaal.context, tweede, decide_start, by=REGIE) is Uitslag.POLITIE_NU_NIET
    assert (await verhaal.casus(tweede)).verzoeken == ()
    verhaal.verander(geldt)
    assert await beslis(verhaal.context, tweede, decide_start, by=REGIE) is Uitslag.GEDAAN


@pytest.mark.rule("BS-1", "D-3")
async def test_that_the_police_reported_somebody_is_not_told_by_a_likeness(
    verhaal: Verhaal,
) -> None:
    """A melding of another partner is as if there were no casus of the police: it would be police
    data in a message that has no row in the register."""
    politie = await verhaal.meld("w.vanderlinden")
    tweede = await verhaal.meld("j.hermans")
    assert await staat(verhaal, tweede) is CasusStaat.IN_VERRIJKING
    assert verhaal.brieven(None, OutboundKind.GELIJKENIS) == []
    derde = await verhaal.meld("h.geraedts")
    brief = verhaal.brief(REGIE, OutboundKind.GELIJKENIS)
    assert tweede in brief.text
    assert politie not in brief.text
    # Nor by trying: a casus of the police is no more alike than one that does not exist.
    for door in (REGIE, "s.yilmaz"):
        for bij in (politie, Kenmerk("ZNW-2026-00099")):
            uitslag = await beslis(verhaal.context, derde, decide_join(bij), by=door)
            assert uitslag is Uitslag.NIET_SAMEN_TE_VOEGEN


@pytest.mark.rule("BS-1", "D-3")
async def test_a_second_melding_of_the_police_is_decided_by_who_may_know_of_it(
    verhaal: Verhaal,
) -> None:
    """A ketenregisseur without designation finds nothing to decide, as at any other casus."""
    eerste = await verhaal.meld("w.vanderlinden")
    tweede = await verhaal.meld("n.ozturk")
    gewoon = await verhaal.meld("j.hermans", Naam="Iemand Anders", Adres="Elderslaan 3")
    verhaal.verander(met_medewerker(verhaal.netwerk, "s.yilmaz", aanwijzing_politiegegevens=None))
    for beslissing in (decide_start, decide_join(eerste)):
        for kenmerk in (tweede, gewoon):
            uitslag = await beslis(verhaal.context, kenmerk, beslissing, by="s.yilmaz")
            assert uitslag is Uitslag.NIETS_TE_BESLISSEN
    assert await beslis(verhaal.context, tweede, decide_join(eerste), by=REGIE) is Uitslag.GEDAAN

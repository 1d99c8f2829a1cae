"""Police data: every disclosure has its row, and nothing is asked or told outside the decision."""

from __future__ import annotations

from dataclasses import fields

import pytest

from broker.domain.partner import Netwerk, Rol
from broker.ports import (
    LetterReason,
    OutboundKind,
    OutboundStatus,
    VerstrekkingEvent,
    VerstrekkingRecord,
)
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import (
    DAG,
    MOMENT,
    met_besluit,
    met_medewerker,
    vingerafdruk_van,
    week,
)
from tests.fixtures.verhaal import Verhaal, formulier

AGENT = "w.vanderlinden"


async def events(verhaal: Verhaal, row: VerstrekkingRecord) -> list[VerstrekkingEvent]:
    async with verhaal.context.store.begin() as tx:
        return [event for event, _ in await tx.register.events(row.id)]


def inhoud(verhaal: Verhaal, row: VerstrekkingRecord) -> str:
    """What the police read in their register."""
    sleutel = verhaal.netwerk.besluit.registersleutel
    return verhaal.pen.read(row.content, voor=sleutel).decode()


def zonder_aangewezen_regie(netwerk: Netwerk) -> Netwerk:
    """No ketenregisseur may have police data."""
    for regie in ("m.janssen", "s.yilmaz"):
        netwerk = met_medewerker(netwerk, regie, aanwijzing_politiegegevens=None)
    return netwerk


@pytest.mark.rule("WPG-32")
@pytest.mark.rule("BS-8a")
@pytest.mark.rule("D-9")
@pytest.mark.parametrize(
    ("tekst", "woord"),
    [
        ("BEKEND\nArtikel: 8", "bekend (artikel 8 Wpg)"),
        ("ONBEKEND", "onbekend"),
        ("NIET VAST TE STELLEN", "niet vast te stellen"),
    ],
)
async def test_a_police_answer_is_registered_when_it_comes(
    verhaal: Verhaal, tekst: str, woord: str
) -> None:
    """One row with every field of section 8, before anybody reads the answer."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.antwoord(AGENT, tekst)
    (row,) = await verhaal.register()
    assert all(getattr(row, veld.name) for veld in fields(row))
    assert (row.sequence, row.kenmerk, row.moment) == (1, kenmerk, MOMENT)
    assert (row.officer, row.recipient, row.party) == (AGENT, "m.janssen", "Gemeente Venlo")
    assert woord in inhoud(verhaal, row)
    verzoek = next(v for v in (await verhaal.casus(kenmerk)).verzoeken if v.loket == "politie")
    assert (verzoek.police, verzoek.verstrekking) == (True, row.id)


async def test_niet_verstrekt_discloses_nothing_and_makes_no_row(verhaal: Verhaal) -> None:
    """D-9: there is nothing to register."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.antwoord(AGENT, "NIET VERSTREKT")
    assert await verhaal.register() == []
    verzoek = next(v for v in (await verhaal.casus(kenmerk)).verzoeken if v.loket == "politie")
    assert (verzoek.police, verzoek.staat.value) == (False, "beantwoord")


async def test_each_corrected_answer_is_a_disclosure_by_itself(verhaal: Verhaal) -> None:
    """A row that was true stays; taking it back adds none."""
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen(AGENT)[0]
    for tekst in ("ONBEKEND", "BEKEND\nArtikel: 13", "NIET VERSTREKT"):
        await verhaal.antwoord(AGENT, tekst, op=vraag)
    assert len(await verhaal.register()) == 2
    verzoek = next(v for v in (await verhaal.casus(kenmerk)).verzoeken if v.loket == "politie")
    assert (verzoek.police, verzoek.verstrekking) == (False, None)


@pytest.mark.rule("WPG-14.2")
@pytest.mark.parametrize("tekst", ["BEKEND", "BEKEND\nArtikel: 9"])
async def test_bekend_without_its_article_is_asked_again(verhaal: Verhaal, tekst: str) -> None:
    """Article 8 or 13; nothing is registered or kept until then."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.antwoord(AGENT, tekst)
    assert "rtikel" in verhaal.brief(AGENT, OutboundKind.VERDUIDELIJKING).text
    assert await verhaal.register() == []
    assert (await verhaal.staten(kenmerk))["politie"] == "verzonden"


async def beantwoord_de_rest(verhaal: Verhaal) -> None:
    for wie in ("y.elamrani", "k.engels", "a.dossantos", "j.hermans", "h.geraedts"):
        await verhaal.antwoord(wie, "ONBEKEND")


async def test_the_uitkomst_names_the_row_of_its_reader(verhaal: Verhaal) -> None:
    """The same reader needs no second row; what came of it is added to the first."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.antwoord(AGENT, "ONBEKEND")
    await beantwoord_de_rest(verhaal)
    (row,) = await verhaal.register()
    (uitkomst,) = await verhaal.uit(kenmerk, OutboundKind.UITKOMST)
    assert (uitkomst.police, uitkomst.verstrekking) == (True, row.id)
    assert await events(verhaal, row) == [VerstrekkingEvent.AFGELEVERD]


async def test_another_reader_of_the_uitkomst_gets_a_row_of_his_own(verhaal: Verhaal) -> None:
    """The vervanger has the regie when the last answer comes."""
    await verhaal.meld("e.smeets")
    await verhaal.antwoord(AGENT, "BEKEND\nArtikel: 8")
    verhaal.verander(met_medewerker(verhaal.netwerk, "m.janssen", afwezig=(week(DAG),)))
    await beantwoord_de_rest(verhaal)
    assert verhaal.lezers(OutboundKind.UITKOMST) == {"s.yilmaz"}
    assert [row.recipient for row in await verhaal.register()] == ["m.janssen", "s.yilmaz"]


@pytest.mark.rule("BS-1")
async def test_an_uitkomst_with_police_data_waits_for_a_designated_reader(
    verhaal: Verhaal,
) -> None:
    """The designation was withdrawn meanwhile: no row, no message, an alarm; later it goes."""
    await verhaal.meld("e.smeets")
    await verhaal.antwoord(AGENT, "ONBEKEND")
    aangewezen = verhaal.netwerk
    verhaal.verander(zonder_aangewezen_regie(aangewezen))
    await beantwoord_de_rest(verhaal)
    assert verhaal.lezers(OutboundKind.UITKOMST) == set()
    assert len(await verhaal.register()) == 1
    assert await verhaal.alarmen() == {"geen-ketenregisseur"}
    verhaal.verander(aangewezen)
    await verhaal.wacht(minutes=1)
    assert verhaal.lezers(OutboundKind.UITKOMST) == {"m.janssen"}
    assert await verhaal.alarmen() == set()


async def test_a_police_answer_waits_while_nobody_may_have_it(verhaal: Verhaal) -> None:
    """It stays in the inbox, unread in the database, until somebody is designated."""
    kenmerk = await verhaal.meld("e.smeets")
    aangewezen = verhaal.netwerk
    verhaal.verander(zonder_aangewezen_regie(aangewezen))
    await verhaal.antwoord(AGENT, "ONBEKEND")
    assert await verhaal.alarmen() == {"bericht-wacht"}
    for _ in range(5):
        await verhaal.wacht(minutes=2)
    assert (await verhaal.staten(kenmerk))["politie"] == "verzonden"
    assert verhaal.lezers(OutboundKind.WEIGERING) == set()
    verhaal.verander(aangewezen)
    await verhaal.wacht(minutes=2)
    assert (await verhaal.staten(kenmerk))["politie"] == "beantwoord"
    assert await verhaal.alarmen() == set()


async def test_without_the_register_key_a_police_answer_waits(verhaal: Verhaal) -> None:
    """No row, no disclosure: it waits, uncounted, until the key can be used."""
    assert isinstance(verhaal.context.vault, FakeVault)
    kenmerk = await verhaal.meld("e.smeets")
    sleutel = verhaal.netwerk.besluit.registersleutel
    verhaal.context.vault.unusable[sleutel] = LetterReason.SLEUTEL_VERLOPEN
    await verhaal.antwoord(AGENT, "ONBEKEND")
    for _ in range(5):
        await verhaal.wacht(minutes=2)
    assert await verhaal.register() == []
    assert await verhaal.alarmen() == {"bericht-wacht"}
    del verhaal.context.vault.unusable[sleutel]
    await verhaal.wacht(minutes=2)
    assert len(await verhaal.register()) == 1
    assert (await verhaal.staten(kenmerk))["politie"] == "beantwoord"


@pytest.mark.rule("BS-9")
async def test_no_police_answer_is_taken_outside_the_decision(verhaal: Verhaal) -> None:
    """Suspended while they were asked: refused, and nothing of it is kept."""
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(met_besluit(verhaal.netwerk, opgeschort=True))
    await verhaal.antwoord(AGENT, "ONBEKEND")
    assert "aangewezen" in verhaal.brief(AGENT, OutboundKind.WEIGERING).text
    assert await verhaal.register() == []
    assert (await verhaal.staten(kenmerk))["politie"] == "verzonden"


@pytest.mark.rule("BS-5")
async def test_an_officer_who_is_not_designated_cannot_answer(verhaal: Verhaal) -> None:
    """WPG-23: a designated officer signs, or nobody."""
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(met_medewerker(verhaal.netwerk, AGENT, aanwijzing_politiegegevens=None))
    await verhaal.antwoord(AGENT, "ONBEKEND")
    assert (await verhaal.staten(kenmerk))["politie"] == "verzonden"


@pytest.mark.rule("BS-9")
async def test_a_queued_police_verzoek_is_held_when_the_decision_is_suspended(
    verhaal: Verhaal,
) -> None:
    """Judged at the moment of sending; the next wake withdraws it, and it stays withdrawn."""
    besluit = verhaal.netwerk

    async def schort_op() -> None:
        verhaal.verander(met_besluit(besluit, opgeschort=True))

    assert isinstance(verhaal.context.vault, FakeVault)
    verhaal.context.vault.meanwhile.append(schort_op)
    kenmerk = await verhaal.meld("e.smeets")
    (held,) = [m for m in await verhaal.uit(kenmerk) if m.loket == "politie"]
    assert (held.status, held.reason) == (OutboundStatus.VASTGEHOUDEN, "besluit-geldt-niet")
    assert await verhaal.alarmen() == {"bericht-vastgehouden"}
    await verhaal.wacht(hours=1)
    assert (await verhaal.staten(kenmerk))["politie"] == "ingetrokken"
    verhaal.verander(besluit)
    await verhaal.wacht(hours=1)
    assert AGENT not in verhaal.lezers(OutboundKind.VERZOEK)
    assert (await verhaal.staten(kenmerk))["politie"] == "ingetrokken"
    assert await verhaal.alarmen() == set()


# --- the police report --------------------------------------------------------------------------


@pytest.mark.rule("WPG-32")
async def test_a_police_melding_makes_a_row_for_each_recipient(verhaal: Verhaal) -> None:
    """Every verzoek and the kennisgeving is a disclosure; its message names it."""
    kenmerk = await verhaal.meld(AGENT)
    rows = {row.id: row for row in await verhaal.register()}
    messages = await verhaal.uit(kenmerk, OutboundKind.VERZOEK, OutboundKind.KENNISGEVING)
    assert len(messages) == len(rows) == 6
    for message in messages:
        assert message.verstrekking is not None
        row = rows[message.verstrekking]
        assert (message.police, row.recipient, row.officer) == (True, message.recipient, AGENT)
        assert await events(verhaal, row) == [VerstrekkingEvent.AFGELEVERD]
    (status,) = await verhaal.uit(kenmerk, OutboundKind.STATUS)
    assert not status.police


@pytest.mark.rule("WPG-14.2")
@pytest.mark.parametrize("artikel", ["8", "13"])
async def test_the_register_says_by_which_article_the_police_reported(
    verhaal: Verhaal, artikel: str
) -> None:
    """Each disclosure of the melding holds the article; nothing else that is kept does."""
    await verhaal.meld(AGENT, Artikel=artikel)
    rows = await verhaal.register()
    assert rows
    for row in rows:
        assert f"(artikel {artikel} Wpg)" in inhoud(verhaal, row)


@pytest.mark.rule("WPG-14.2")
@pytest.mark.parametrize("artikel", ["", "9", "8 en 13"])
async def test_the_police_report_by_no_other_article(verhaal: Verhaal, artikel: str) -> None:
    """Nothing is disclosed, and the officer hears what would be right."""
    await verhaal.schrijf(AGENT, formulier(politie=True, Artikel=artikel))
    assert "8 of 13" in verhaal.brief(AGENT, OutboundKind.WEIGERING).text
    assert await verhaal.register() == []
    assert await verhaal.casussen() == []


@pytest.mark.rule("BS-1")
async def test_a_desk_without_designation_is_not_asked_by_a_police_melding(
    verhaal: Verhaal,
) -> None:
    """Schuldhulpverlening has none."""
    kenmerk = await verhaal.meld(AGENT)
    assert "schuldhulpverlening" not in await verhaal.staten(kenmerk)


async def test_only_the_row_of_the_kennisgeving_holds_the_reason(verhaal: Verhaal) -> None:
    """BS-8a: a row says what its own recipient was told."""
    await verhaal.meld(AGENT)
    met_reden = [r.recipient for r in await verhaal.register() if "Zevensl" in inhoud(verhaal, r)]
    assert met_reden == ["m.janssen"]


async def test_a_reminder_to_a_new_reader_makes_a_new_row(verhaal: Verhaal) -> None:
    """The same reader has his row already."""
    await verhaal.meld(AGENT)
    afwezig = (week(DAG),)
    verhaal.verander(met_medewerker(verhaal.netwerk, "j.hermans", afwezig=afwezig))
    await verhaal.wacht(tot=verhaal.herinnering)
    assert {"p.nguyen", "a.dossantos"} <= verhaal.lezers(OutboundKind.HERINNERING)
    rows = [str(row.recipient) for row in await verhaal.register()]
    assert rows.count("p.nguyen") == 1
    assert rows.count("a.dossantos") == 1
    # Five desks and the ketenregisseur; at the reminder the five vervangers.
    assert len(rows) == 11


async def test_one_person_with_two_tasks_gets_two_rows(verhaal: Verhaal) -> None:
    """The ketenregisseur also answers for her desk: two messages, two disclosures, no collision."""
    rollen = frozenset({Rol.KETENREGISSEUR, Rol.VERRIJKER})
    netwerk = met_medewerker(verhaal.netwerk, "m.janssen", rollen=rollen)
    for wie in ("y.elamrani", "t.peeters"):
        netwerk = met_medewerker(netwerk, wie, rollen=frozenset({Rol.MELDER}))
    verhaal.verander(netwerk)
    await verhaal.meld(AGENT)
    assert [str(r.recipient) for r in await verhaal.register()].count("m.janssen") == 2
    await verhaal.wacht(tot=verhaal.herinnering)
    assert len(verhaal.vragen("m.janssen")) == 2


async def test_a_police_melding_without_a_designated_reader_is_refused(verhaal: Verhaal) -> None:
    """BS-1: nobody may have it, so it is not taken; the officer hears whom to call."""
    verhaal.verander(zonder_aangewezen_regie(verhaal.netwerk))
    await verhaal.schrijf(AGENT, formulier(politie=True))
    assert "ketenregisseur" in verhaal.brief(AGENT, OutboundKind.WEIGERING).text
    assert await verhaal.register() == []


@pytest.mark.rule("BS-1")
async def test_a_message_with_police_data_is_held_for_who_is_not_designated_any_more(
    verhaal: Verhaal,
) -> None:
    """Also when it was made while he was."""
    assert isinstance(verhaal.context.vault, FakeVault)

    async def trek_in() -> None:
        verhaal.verander(
            met_medewerker(verhaal.netwerk, "j.hermans", aanwijzing_politiegegevens=None)
        )

    verhaal.context.vault.meanwhile.append(trek_in)
    kenmerk = await verhaal.meld(AGENT)
    assert "j.hermans" not in verhaal.lezers()
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "klaargezet"
    await verhaal.wacht(tot=verhaal.termijn)
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "onbestelbaar"
    row = next(r for r in await verhaal.register() if r.recipient == "j.hermans")
    assert await events(verhaal, row) == [VerstrekkingEvent.INGETROKKEN]


async def test_a_late_police_answer_is_registered_and_waits_for_its_reader(
    verhaal: Verhaal,
) -> None:
    """After the uitkomst too: no row, no aanvulling; nobody designated, nothing taken."""
    await verhaal.meld("e.smeets")
    vraag = verhaal.vragen(AGENT)[0]
    await verhaal.wacht(tot=verhaal.termijn)
    aangewezen = verhaal.netwerk
    verhaal.verander(zonder_aangewezen_regie(aangewezen))
    await verhaal.antwoord(AGENT, "BEKEND\nArtikel: 8", op=vraag)
    assert await verhaal.register() == []
    verhaal.verander(aangewezen)
    await verhaal.wacht(minutes=2)
    (row,) = await verhaal.register()
    assert row.recipient == "m.janssen"
    assert len(verhaal.brieven("m.janssen", OutboundKind.AANVULLING)) == 1
    assert await events(verhaal, row) == [VerstrekkingEvent.AFGELEVERD]


async def test_a_late_answer_that_cannot_be_sealed_stays_in_the_inbox(verhaal: Verhaal) -> None:
    """It is kept nowhere else, so it may not become a message that cannot be made again."""
    assert isinstance(verhaal.context.vault, FakeVault)
    await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("j.hermans")[0]
    await verhaal.wacht(tot=verhaal.termijn)
    sleutel = vingerafdruk_van("m.janssen")
    verhaal.context.vault.unusable[sleutel] = LetterReason.SLEUTEL_VERLOPEN
    await verhaal.antwoord("j.hermans", "BEKEND", op=vraag)
    assert await verhaal.alarmen() == {"bericht-wacht"}
    verhaal.context.vault.unusable.clear()
    await verhaal.wacht(minutes=2)
    assert len(verhaal.brieven("m.janssen", OutboundKind.AANVULLING)) == 1

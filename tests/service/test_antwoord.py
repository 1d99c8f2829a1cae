"""From an answer to the uitkomst: what counts, what is asked again, and what never counts."""

from __future__ import annotations

import json

import pytest

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.partner import Periode
from broker.ports import OutboundKind
from broker.service.withdraw import decide_withdrawal
from tests.fixtures.besluiten import beslis
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import (
    DAG,
    INCLUZIO,
    WIJKTEAM,
    WOONWENZ,
    medewerker_van,
    met_medewerker,
    met_partner,
    week,
    zonder_medewerkers,
)
from tests.fixtures.verhaal import Brief, Verhaal, maak_verhaal

ANDEREN = ("y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts")


async def rond_af(verhaal: Verhaal, woord: str = "ONBEKEND") -> None:
    """Everybody but Woonwenz answers."""
    for wie in ANDEREN:
        await verhaal.antwoord(wie, woord)


async def is_unanswered(verhaal: Verhaal, kenmerk: Kenmerk) -> bool:
    """Whether Woonwenz has no answer on record and its question is still open."""
    verzoek = next(v for v in (await verhaal.casus(kenmerk)).verzoeken if v.loket == "woonwenz")
    return verzoek.answer is None and verzoek.staat.value == "verzonden"


@pytest.mark.rule("D-1")
async def test_when_all_have_answered_one_uitkomst_goes_to_the_ketenregisseur(
    verhaal: Verhaal,
) -> None:
    """At once, to him alone; the melder's own desk was not asked."""
    kenmerk = await verhaal.meld("e.smeets")
    await rond_af(verhaal)
    assert verhaal.lezers(OutboundKind.UITKOMST) == set()
    await verhaal.antwoord("j.hermans", "Goedemiddag, betrokkene is bij ons bekend.")
    assert verhaal.lezers(OutboundKind.UITKOMST) == {"m.janssen"}
    assert verhaal.uitkomst() == {
        "sociaal-wijkteam-plus": "onbekend",
        "schuldhulpverlening": "onbekend",
        "politie": "onbekend",
        "incluzio": "onbekend",
        "woonwenz": "bekend",
        "antares": "niet gevraagd",
        "vincent-van-gogh": "onbekend",
    }
    casus = await verhaal.casus(kenmerk)
    assert casus.staat is CasusStaat.VERRIJKT
    assert (casus.remind_at, casus.ends_at) == (None, None)


@pytest.mark.rule("D-13")
async def test_until_the_uitkomst_the_last_answer_of_a_desk_counts(verhaal: Verhaal) -> None:
    """A desk may correct itself, also by a colleague."""
    await verhaal.meld("e.smeets")
    await verhaal.antwoord("j.hermans", "ONBEKEND")
    vraag = verhaal.vragen("j.hermans")[0]
    await verhaal.antwoord("j.hermans", "BEKEND")
    await verhaal.antwoord("p.nguyen", "NIET VERSTREKT", op=vraag)
    await rond_af(verhaal)
    assert verhaal.uitkomst()["woonwenz"] == "niet verstrekt"


@pytest.mark.rule("D-5")
async def test_a_late_answer_is_an_aanvulling_and_the_uitkomst_stays(verhaal: Verhaal) -> None:
    """After the term it reaches the ketenregisseur as that; each one by itself."""
    kenmerk = await verhaal.meld("e.smeets")
    await rond_af(verhaal)
    await verhaal.wacht(tot=verhaal.termijn)
    for woord in ("BEKEND", "ONBEKEND"):
        await verhaal.antwoord("j.hermans", woord, op=verhaal.vragen("j.hermans")[0])
    assert verhaal.uitkomst()["woonwenz"] == "geen reactie"
    aanvullingen = verhaal.brieven("m.janssen", OutboundKind.AANVULLING)
    assert ["BEKEND" in a.text.upper() for a in aanvullingen] == [True, True]
    assert verhaal.lezers(OutboundKind.AANVULLING) == {"m.janssen"}
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "verlopen"


@pytest.mark.rule("D-13")
@pytest.mark.parametrize(
    ("wie", "verander", "woord"),
    [
        # A good signature of another partner, with the code of the desk that was asked.
        ("a.dossantos", "", "code"),
        ("e.smeets", "", "kennen het kenmerk"),
        ("j.hermans", "geen code", "code"),
        ("j.hermans", "andere code", "code"),
        ("j.hermans", "geen kenmerk", "kenmerk"),
        ("j.hermans", "twee kenmerken", "kenmerk"),
        ("j.hermans", "vreemd kenmerk", "kenmerk"),
    ],
)
async def test_what_fits_no_verzoek_is_told_and_never_counts(
    verhaal: Verhaal, wie: str, verander: str, woord: str
) -> None:
    """Kenmerk, code and signer must fit one verzoek; the sender hears what to do."""
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("j.hermans")[0]
    tekst = {
        "": f"BEKEND\n{kenmerk}\n{vraag.antwoordcode}",
        "geen code": f"BEKEND\n{kenmerk}",
        "andere code": f"BEKEND\n{kenmerk}\n7F3K-2M9Q",
        "geen kenmerk": f"BEKEND\n{vraag.antwoordcode}",
        "twee kenmerken": f"BEKEND\n{kenmerk} ZNW-2026-00077\n{vraag.antwoordcode}",
        "vreemd kenmerk": f"BEKEND\nZNW-2026-00077\n{vraag.antwoordcode}",
    }[verander]
    await verhaal.schrijf(wie, tekst)
    assert woord in verhaal.brief(wie, OutboundKind.WEIGERING).text
    assert await is_unanswered(verhaal, kenmerk)
    for verzoek in (await verhaal.casus(kenmerk)).verzoeken:
        assert verzoek.answer is None


async def test_the_code_of_another_casus_opens_nothing(verhaal: Verhaal) -> None:
    """An answer cannot be carried to another casus."""
    een = await verhaal.meld("e.smeets")
    twee = await verhaal.meld("o.kowalski", Naam="Iemand Anders")
    vraag = next(b for b in verhaal.vragen("j.hermans") if een in b.text)
    await verhaal.schrijf("j.hermans", f"BEKEND\n{twee}\n{vraag.antwoordcode}")
    assert "code" in verhaal.brief("j.hermans", OutboundKind.WEIGERING).text
    for kenmerk in (een, twee):
        assert await is_unanswered(verhaal, kenmerk)


async def test_who_may_not_answer_hears_no_more_than_of_an_unknown_casus(
    verhaal: Verhaal,
) -> None:
    """A desk that was left out cannot learn that the casus exists."""
    kenmerk = await verhaal.meld("e.smeets", Loketten_uitgezonderd="Woonwenz")
    await verhaal.schrijf("j.hermans", f"BEKEND\n{kenmerk}\n7F3K-2M9Q")
    await verhaal.schrijf("j.hermans", "BEKEND\nZNW-2026-00077\n7F3K-2M9Q")
    echt, verzonnen = verhaal.brieven("j.hermans", OutboundKind.WEIGERING)
    assert echt.text == verzonnen.text


@pytest.mark.rule("D-4")
async def test_an_unclear_answer_is_asked_again_once_and_then_a_person_must_call(
    verhaal: Verhaal,
) -> None:
    """The second time the ketenregisseur hears whom to call; after that nobody is bothered. An
    answer that is clear still counts."""
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("j.hermans")[0]
    herhaald: list[Brief] = []
    for keer in range(1, 5):
        await verhaal.antwoord("j.hermans", "Die naam zegt me wel iets, geloof ik.", op=vraag)
        herhaald = verhaal.brieven("j.hermans", OutboundKind.VERDUIDELIJKING)
        assert len(herhaald) == min(keer, 2)
        assert len(verhaal.brieven(None, OutboundKind.BELVERZOEK)) == (keer > 1)
    assert await verhaal.alarmen() == set()
    assert herhaald[0].antwoordcode == vraag.antwoordcode
    assert ["belt u" in brief.text for brief in herhaald] == [False, True]
    bel = verhaal.brief("m.janssen", OutboundKind.BELVERZOEK)
    hermans = medewerker_van(verhaal.netwerk, "j.hermans")
    assert all(x in bel.text for x in (kenmerk, "Woonwenz", hermans.naam, hermans.telefoon))
    for brief in (*herhaald, bel):
        assert "zegt me" not in brief.text
    assert await is_unanswered(verhaal, kenmerk)
    await verhaal.antwoord("j.hermans", "BEKEND")
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "beantwoord"


async def test_two_desks_that_are_unclear_are_both_to_be_called(verhaal: Verhaal) -> None:
    """Each desk has a message of its own."""
    await verhaal.meld("e.smeets")
    for wie in ("j.hermans", "h.geraedts") * 2:
        await verhaal.antwoord(wie, "Die naam zegt me wel iets, geloof ik.")
    assert len(verhaal.brieven("m.janssen", OutboundKind.BELVERZOEK)) == 2


async def test_an_unclear_answer_waits_for_a_ketenregisseur_who_can_call(verhaal: Verhaal) -> None:
    """While nobody has the regie the second one stays in the inbox."""
    await verhaal.meld("e.smeets")
    await verhaal.antwoord("j.hermans", "Die naam zegt me wel iets, geloof ik.")
    netwerk = verhaal.netwerk
    verhaal.verander(zonder_medewerkers(netwerk, "m.janssen", "s.yilmaz"))
    await verhaal.antwoord("j.hermans", "Die naam zegt me wel iets, geloof ik.")
    assert await verhaal.alarmen() == {"bericht-wacht"}
    verhaal.verander(netwerk)
    await verhaal.wacht(minutes=1)
    assert verhaal.lezers(OutboundKind.BELVERZOEK) == {"m.janssen"}
    assert await verhaal.alarmen() == set()


async def test_a_question_asked_again_names_the_term_also_after_the_uitkomst(
    verhaal: Verhaal,
) -> None:
    """PR-13.5: its date may not tell whether all the others have answered."""
    teksten = []
    for anderen in (False, True):
        verhaal = maak_verhaal()
        await verhaal.meld("e.smeets")
        await verhaal.antwoord("j.hermans", "BEKEND")
        if anderen:
            await rond_af(verhaal)
        await verhaal.antwoord("j.hermans", "hmm", op=verhaal.vragen("j.hermans")[0])
        teksten.append(verhaal.brief("j.hermans", OutboundKind.VERDUIDELIJKING).text)
    assert teksten[0] == teksten[1]


async def test_a_vervanger_of_two_desks_is_asked_again_for_each(verhaal: Verhaal) -> None:
    """One person, two questions: the messages are two, whatever desk he sits at."""
    netwerk = met_medewerker(
        verhaal.netwerk, "k.engels", vervanger="y.elamrani", afwezig=(week(DAG),)
    )
    netwerk = met_medewerker(netwerk, "r.baldewsingh", rollen=frozenset())
    verhaal.verander(netwerk)
    await verhaal.meld("e.smeets")
    vragen: list[Brief] = verhaal.vragen("y.elamrani")
    assert len(vragen) == 2
    for vraag in vragen:
        await verhaal.antwoord("y.elamrani", "misschien", op=vraag)
    codes = [b.antwoordcode for b in verhaal.brieven("y.elamrani", OutboundKind.VERDUIDELIJKING)]
    assert codes == [vraag.antwoordcode for vraag in vragen]


@pytest.mark.rule("C-6.3")
async def test_the_vervangers_answer_counts_as_his(verhaal: Verhaal) -> None:
    """Recorded under his name."""
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("j.hermans")[0]
    await verhaal.antwoord("p.nguyen", "BEKEND", op=vraag)
    verzoek = next(v for v in (await verhaal.casus(kenmerk)).verzoeken if v.loket == "woonwenz")
    assert (verzoek.asked, verzoek.answered_by) == ("j.hermans", "p.nguyen")


@pytest.mark.rule("PR-7.6")
async def test_who_helps_and_how_comes_only_from_desks_that_give_help(verhaal: Verhaal) -> None:
    """The rest of a mail is dropped before anything is stored."""
    await verhaal.meld("e.smeets")
    hulp = "BEKEND\nHulpverlener: mevrouw A. de Wit\nSoort hulp: bemoeizorg"
    await verhaal.antwoord("a.dossantos", hulp)
    await verhaal.antwoord("j.hermans", hulp)
    for wie in ("y.elamrani", "k.engels", "w.vanderlinden", "h.geraedts"):
        await verhaal.antwoord(wie, "ONBEKEND")
    regels = json.loads(verhaal.brief("m.janssen", OutboundKind.UITKOMST).attachment)["regels"]
    per_loket = {regel["loket"]: regel for regel in regels}
    assert "de Wit" in json.dumps(per_loket["incluzio"])
    assert "de Wit" not in json.dumps(per_loket["woonwenz"])


@pytest.mark.rule("PR-3c")
@pytest.mark.rule("PR-3e")
@pytest.mark.parametrize("wie", ["a.dossantos", "h.geraedts"])
async def test_niet_verstrekt_needs_no_reason_and_none_is_kept(verhaal: Verhaal, wie: str) -> None:
    """Welfare and mental health care keep their secret: two words, or a sentence, are enough."""
    await verhaal.meld("e.smeets")
    await verhaal.antwoord(wie, "Wij verstrekken hierover geen gegevens.")
    for ander in {*ANDEREN, "j.hermans"} - {wie}:
        await verhaal.antwoord(ander, "ONBEKEND")
    brief = verhaal.brief("m.janssen", OutboundKind.UITKOMST)
    regels = {regel["contact"]: regel for regel in json.loads(brief.attachment)["regels"]}
    naam = medewerker_van(verhaal.netwerk, wie).naam
    said = {"loket", "naam", "waarde", "datum", "contact", "telefoon"}
    assert regels[naam]["waarde"] == "niet verstrekt"
    assert {veld for veld, waarde in regels[naam].items() if waarde} <= said


@pytest.mark.parametrize(
    "koppen", [{"Auto-Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"X-Autoreply": "yes"}]
)
async def test_a_robots_mail_is_never_an_answer(verhaal: Verhaal, koppen: dict[str, str]) -> None:
    """Also when it is signed, encrypted, and says BEKEND above the quoted question."""
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("j.hermans")[0]
    voor = len(verhaal.brieven())
    await verhaal.schrijf("j.hermans", f"BEKEND\n{kenmerk}\n{vraag.antwoordcode}", koppen=koppen)
    assert await is_unanswered(verhaal, kenmerk)
    assert len(verhaal.brieven()) == voor


async def test_a_replayed_answer_undoes_no_correction(verhaal: Verhaal) -> None:
    """The same ciphertext again, after the desk corrected itself."""
    await verhaal.meld("e.smeets")
    oud = await verhaal.antwoord("j.hermans", "BEKEND")
    await verhaal.antwoord("j.hermans", "ONBEKEND")
    await verhaal.bezorg(b"X-Again: 1\r\n" + oud, van="j.hermans@woonwenz.example")
    await verhaal.werk()
    await rond_af(verhaal)
    assert verhaal.uitkomst()["woonwenz"] == "onbekend"


async def test_answers_at_the_same_moment_all_count(verhaal: Verhaal) -> None:
    """While one answer is being sealed another desk's is recorded: who is late starts over."""
    assert isinstance(verhaal.context.vault, FakeVault)
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.context.vault.meanwhile += [
        lambda: verhaal.antwoord("a.dossantos", "BEKEND"),
        lambda: verhaal.antwoord("h.geraedts", "ONBEKEND"),
    ]
    await verhaal.antwoord("j.hermans", "BEKEND")
    staten = await verhaal.staten(kenmerk)
    assert [k for k, v in staten.items() if v == "beantwoord"] == [
        "incluzio",
        "woonwenz",
        "vincent-van-gogh",
    ]
    for wie in ("y.elamrani", "k.engels", "w.vanderlinden"):
        await verhaal.antwoord(wie, "ONBEKEND")
    assert verhaal.uitkomst()["incluzio"] == "bekend"
    assert "conflict.retried" in verhaal.log.getvalue()


async def test_an_answer_that_overtakes_our_own_record_counts(verhaal: Verhaal) -> None:
    """It comes while the verzoek is still being delivered; the verzoek stays answered."""
    beantwoord: list[bytes] = []

    async def meteen() -> None:
        casus = (await verhaal.casussen())[0]
        assert {v.staat.value for v in casus.verzoeken} == {"klaargezet"}
        code = await verhaal.code_van(casus.kenmerk, WOONWENZ)
        beantwoord.append(await verhaal.schrijf("j.hermans", f"BEKEND\n{casus.kenmerk}\n{code}"))

    verhaal.delivery.meanwhile["j.hermans@woonwenz.example"] = meteen
    kenmerk = await verhaal.meld("e.smeets")
    assert beantwoord
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "beantwoord"
    assert verhaal.lezers(OutboundKind.VERZOEK) >= {"j.hermans"}
    (verzoek,) = [
        m for m in await verhaal.uit(kenmerk, OutboundKind.VERZOEK) if m.loket == "woonwenz"
    ]
    assert verzoek.status.value == "verzonden"


async def test_an_answer_to_a_closed_casus_is_refused_and_not_kept(verhaal: Verhaal) -> None:
    """After a withdrawal nothing is taken any more; the desk hears it."""
    kenmerk = await verhaal.meld("e.smeets")
    await beslis(verhaal.context, kenmerk, decide_withdrawal, by="e.smeets")
    await verhaal.werk()
    await verhaal.antwoord("j.hermans", "BEKEND")
    assert "gesloten" in verhaal.brief("j.hermans", OutboundKind.WEIGERING).text
    assert all(v.answer is None for v in (await verhaal.casus(kenmerk)).verzoeken)


async def test_the_uitkomst_waits_for_a_ketenregisseur(verhaal: Verhaal) -> None:
    """Complete, but nobody to tell: the casus stays due and alarms, until there is somebody."""
    kenmerk = await verhaal.meld("e.smeets")
    zonder = compleet = verhaal.netwerk
    for regie in ("m.janssen", "s.yilmaz"):
        zonder = met_medewerker(zonder, regie, geldig=Periode(DAG.replace(month=12)))
    verhaal.verander(zonder)
    for wie in ("y.elamrani", "k.engels", "a.dossantos", "h.geraedts", "j.hermans"):
        await verhaal.antwoord(wie, "ONBEKEND")
    await verhaal.antwoord("w.vanderlinden", "NIET VERSTREKT")
    assert "geen-ketenregisseur" in await verhaal.alarmen()
    await verhaal.wacht(hours=1)
    assert (await verhaal.casus(kenmerk)).staat is CasusStaat.IN_VERRIJKING
    verhaal.verander(compleet)
    await verhaal.wacht(hours=1)
    assert verhaal.lezers(OutboundKind.UITKOMST) == {"m.janssen"}
    assert "geen-ketenregisseur" not in await verhaal.alarmen()


async def test_a_desk_that_left_the_configuration_breaks_nothing(verhaal: Verhaal) -> None:
    """Its question is withdrawn, and the uitkomst has no line for it."""
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(met_partner(verhaal.netwerk, "incluzio", loketten=()))
    await verhaal.wacht(tot=verhaal.herinnering)
    assert (await verhaal.staten(kenmerk))[INCLUZIO] == "ingetrokken"
    await verhaal.wacht(tot=verhaal.termijn)
    assert INCLUZIO not in verhaal.uitkomst()
    assert verhaal.uitkomst()[WIJKTEAM] == "geen reactie"


@pytest.mark.rule("D-13")
async def test_an_answer_that_had_to_wait_undoes_no_later_one(verhaal: Verhaal) -> None:
    """The last answer counts by when it came in, not by when we got to it."""
    await verhaal.meld("e.smeets")
    assert isinstance(verhaal.context.vault, FakeVault)
    verhaal.context.vault.is_down = True
    await verhaal.antwoord("j.hermans", "BEKEND")
    verhaal.context.vault.is_down = False
    await verhaal.wacht(seconds=10)
    await verhaal.antwoord("j.hermans", "ONBEKEND")
    await verhaal.wacht(hours=1)
    await rond_af(verhaal)
    assert verhaal.uitkomst()["woonwenz"] == "onbekend"

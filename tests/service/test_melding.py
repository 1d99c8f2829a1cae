"""From a melding to the questions: who is asked, who is told, and who is not."""

from __future__ import annotations

from datetime import date

import pytest

from broker.domain.casus import CasusStaat
from broker.domain.partner import Periode
from broker.ports import InboundStatus, LetterReason, OutboundKind
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import (
    DAG,
    met_besluit,
    met_medewerker,
    met_partner,
    vingerafdruk_van,
    zonder_medewerkers,
)
from tests.fixtures.verhaal import REDEN, Verhaal, formulier, maak_verhaal
from tests.fixtures.verhalen import ADRES, NAAM

BEVRAAGD = {"y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "j.hermans", "h.geraedts"}
"""Who is asked when Antares reports."""


def vault(verhaal: Verhaal) -> FakeVault:
    assert isinstance(verhaal.context.vault, FakeVault)
    return verhaal.context.vault


async def inbox(verhaal: Verhaal) -> dict[InboundStatus, int]:
    async with verhaal.context.store.begin() as tx:
        return {status: n for status, n in (await tx.inbox.counts()).items() if n}


@pytest.mark.rule("B-1.3")
async def test_every_desk_but_the_melders_own_is_asked_once(verhaal: Verhaal) -> None:
    """One verzoek a desk, one reader a message; the melder's own desk gets none."""
    kenmerk = await verhaal.meld("e.smeets")
    gevraagd = [brief.aan for brief in verhaal.brieven(None, OutboundKind.VERZOEK)]
    assert sorted(gevraagd) == sorted(BEVRAAGD)
    assert verhaal.lezers(OutboundKind.VERZOEK) == BEVRAAGD
    assert set((await verhaal.staten(kenmerk)).values()) == {"verzonden"}
    assert (await verhaal.casus(kenmerk)).staat is CasusStaat.IN_VERRIJKING


@pytest.mark.rule("D-1")
async def test_the_melder_hears_the_status_and_the_ketenregisseur_the_melding(
    verhaal: Verhaal,
) -> None:
    """The kennisgeving has the reason and who reports; the status has neither person nor reason."""
    kenmerk = await verhaal.meld("e.smeets")
    status = verhaal.brief("e.smeets", OutboundKind.STATUS)
    assert kenmerk in status.text
    assert NAAM not in status.text
    kennisgeving = verhaal.brief("m.janssen", OutboundKind.KENNISGEVING)
    assert NAAM in kennisgeving.text
    assert REDEN in kennisgeving.text
    assert "E. Smeets" in kennisgeving.text


@pytest.mark.rule("PR-7.7")
@pytest.mark.parametrize(
    ("melder", "gegeven", "gevraagd", "regel"),
    [
        ("e.smeets", "2026-11-16", False, "Geïnformeerd: op 16 november 2026"),
        ("e.smeets", "", True, "Geïnformeerd: nog niet"),
        ("e.smeets", "nog niet", True, "Geïnformeerd: nog niet"),
        ("e.smeets", "niet bereikbaar", True, "Geïnformeerd: nog niet (niet bereikbaar)"),
        ("w.vanderlinden", "gevaar", False, "Geïnformeerd: nog niet (gevaar)"),
        ("w.vanderlinden", "", False, None),
    ],
)
@pytest.mark.parametrize("sleutel", ["goed", "verlopen"])
async def test_the_melder_is_asked_to_inform_betrokkene(
    verhaal: Verhaal, melder: str, gegeven: str, gevraagd: bool, regel: str | None, sleutel: str
) -> None:
    """In his first mail, also when it was held and made again, unless he gave the day on which
    that was done; the ketenregisseur sees what he gave."""
    if sleutel == "verlopen":
        for wie in (melder, "m.janssen"):
            vault(verhaal).unusable[vingerafdruk_van(wie)] = LetterReason.SLEUTEL_VERLOPEN
    await verhaal.meld(melder, Betrokkene_geïnformeerd=gegeven)
    vault(verhaal).unusable.clear()
    await verhaal.wacht(minutes=15)
    status = " ".join(verhaal.brief(melder, OutboundKind.STATUS).text.split())
    assert ("informeren, zodra dat kan" in status) is gevraagd
    assert ("Verder hoeft u nu niets te doen." in status) is gevraagd
    kennisgeving = verhaal.brief("m.janssen", OutboundKind.KENNISGEVING).text
    regels = [" ".join(r.split()) for r in kennisgeving.splitlines() if "Geïnformeerd" in r]
    assert regels == ([] if regel is None else [regel])


@pytest.mark.rule("PR-6.4")
async def test_a_verzoek_holds_the_person_and_neither_reason_nor_melder(verhaal: Verhaal) -> None:
    """Only what the desk needs to look somebody up."""
    await verhaal.meld("e.smeets")
    for verzoek in verhaal.brieven(None, OutboundKind.VERZOEK):
        assert NAAM in verzoek.text
        assert ADRES in verzoek.text
        assert "Zevenslaper" not in verzoek.text
        assert "Smeets" not in verzoek.text
        assert "Antares" not in verzoek.text


async def test_every_desk_has_a_code_of_its_own(verhaal: Verhaal) -> None:
    """A code that leaks opens one question."""
    await verhaal.meld("e.smeets")
    codes = [brief.antwoordcode for brief in verhaal.brieven(None, OutboundKind.VERZOEK)]
    assert len(set(codes)) == len(BEVRAAGD)


@pytest.mark.rule("B-1.1")
async def test_a_refused_melding_names_every_fault_and_leaves_nothing(verhaal: Verhaal) -> None:
    """All faults at once to the melder; no casus, no key, nothing forwarded."""
    await verhaal.schrijf(
        "e.smeets",
        formulier(
            Meerderjarig="nee", Eigen_inzet_gedaan="nee", Toestemming="nee", Datum_toestemming=""
        ),
    )
    weigering = verhaal.brief("e.smeets", OutboundKind.WEIGERING)
    for label in ("Meerderjarig", "Eigen inzet gedaan", "Gronden zonder toestemming", "Reden"):
        assert f"- {label}" in weigering.text
    assert NAAM not in weigering.text
    assert verhaal.lezers() == {"e.smeets"}
    assert await verhaal.casussen() == []
    assert await inbox(verhaal) == {InboundStatus.GEWEIGERD: 1}


async def test_a_form_that_cannot_be_read_is_refused_too(verhaal: Verhaal) -> None:
    """A pinned signer always hears what is missing."""
    await verhaal.schrijf("e.smeets", "Beste mensen, kunnen jullie eens kijken?")
    assert "Naam:" in verhaal.brief("e.smeets", OutboundKind.WEIGERING).text
    assert await verhaal.casussen() == []


@pytest.mark.parametrize(("meerderjarig", "woord"), [("ja", "is goed"), ("nee", "nog niet goed")])
async def test_a_concept_is_checked_and_starts_nothing(
    verhaal: Verhaal, meerderjarig: str, woord: str
) -> None:
    """The melder hears whether it would be taken, with every fault if not."""
    await verhaal.schrijf("e.smeets", formulier(Concept="ja", Meerderjarig=meerderjarig))
    brief = verhaal.brief("e.smeets", OutboundKind.WEIGERING)
    assert woord in brief.text
    assert ("Meerderjarig:" in brief.text) is (meerderjarig == "nee")
    assert verhaal.lezers() == {"e.smeets"}
    assert await verhaal.casussen() == []


async def test_a_concept_that_cannot_be_read_is_still_a_concept(verhaal: Verhaal) -> None:
    """Its writer gets the letter about a concept, with the faults of form and of law."""
    await verhaal.schrijf(
        "e.smeets", formulier(Concept="ja", Adres="Denkbeeldstraat", Meerderjarig="nee")
    )
    brief = verhaal.brief("e.smeets", OutboundKind.WEIGERING)
    assert "Uw concept is nog niet goed" in brief.text
    assert "- Adres:" in brief.text
    assert "- Meerderjarig:" in brief.text
    assert await inbox(verhaal) == {InboundStatus.VERWERKT: 1}
    assert await verhaal.casussen() == []


async def test_faults_of_form_do_not_hide_faults_of_law(verhaal: Verhaal) -> None:
    """One refusal holds both, so nobody mends one to meet the next."""
    await verhaal.schrijf("e.smeets", formulier(Naam="W1ll", Postcode="1011 AB", Doel="4"))
    tekst = verhaal.brief("e.smeets", OutboundKind.WEIGERING).text
    assert [f"- {label}:" in tekst for label in ("Naam", "Postcode", "Doel")] == [True] * 3
    assert "1011" not in tekst


NUMMER = "111222333"  # Passes the elfproef; nobody has it.


@pytest.mark.rule("UAVG-46")
@pytest.mark.parametrize("geschreven", [NUMMER, "111 222 333", "1112.22.333", "11-12-22-333"])
@pytest.mark.parametrize("label", ["Naam", "Adres", "Reden van melding", "Loketten uitgezonderd"])
async def test_a_burgerservicenummer_is_nowhere(
    verhaal: Verhaal, label: str, geschreven: str
) -> None:
    """Refused without repeating it; no table, log or mail holds it, nor any casus."""
    regels = [r for r in formulier().splitlines() if r.partition(":")[0] != label]
    await verhaal.schrijf("e.smeets", "\n".join([*regels, f"{label}: Willemien {geschreven}"]))
    brief = verhaal.brief("e.smeets", OutboundKind.WEIGERING)
    assert f"- {label}: Hierin staat een nummer" in " ".join(brief.text.split())
    gelezen = " ".join(b.text for b in verhaal.brieven()).encode() + await verhaal.alles()
    assert geschreven.encode() not in gelezen
    assert NUMMER.encode() not in gelezen
    assert await verhaal.casussen() == []


@pytest.mark.rule("UAVG-46")
async def test_a_burgerservicenummer_in_the_subject_is_refused_too(verhaal: Verhaal) -> None:
    """The number is outside the form, and is told as such."""
    await verhaal.schrijf("e.smeets", formulier(), onderwerp=f"Melding {NUMMER}")
    brief = verhaal.brief("e.smeets", OutboundKind.WEIGERING)
    assert "- Formulier: In uw bericht of het onderwerp staat" in brief.text
    assert NUMMER not in brief.text + brief.subject
    assert NUMMER.encode() not in await verhaal.alles()
    assert await verhaal.casussen() == []


@pytest.mark.parametrize(("wie", "toestemming"), [("e.smeets", True), ("w.vanderlinden", False)])
async def test_who_asks_for_the_form_gets_his_own(
    verhaal: Verhaal, wie: str, toestemming: bool
) -> None:
    """The form of the police has no consent fields (PR-7.2)."""
    await verhaal.schrijf(wie, "graag", onderwerp="Formulier")
    brief = verhaal.brief(wie, OutboundKind.FORMULIER)
    assert ("Toestemming:" in brief.text) is toestemming
    assert await verhaal.casussen() == []


@pytest.mark.rule("C-5")
@pytest.mark.parametrize(
    "wijziging",
    [
        {"geldig": Periode(date(2026, 12, 1))},
        {"geldig": Periode(date(2026, 2, 1), date(2026, 11, 22))},
        {"geheimhouding": None},
        {"screening": None},
        {"vingerafdruk": vingerafdruk_van("een nieuwe sleutel")},
    ],
)
async def test_who_may_not_send_starts_nothing_and_hears_nothing(
    verhaal: Verhaal, wijziging: dict[str, object]
) -> None:
    """Not yet, no longer, not signed for secrecy, not screened, or with another key: no round."""
    oud = verhaal.netwerk.medewerker_met(vingerafdruk_van("e.smeets"))
    assert oud is not None
    verhaal.verander(met_medewerker(verhaal.netwerk, "e.smeets", **wijziging))
    await verhaal.schrijf("e.smeets", formulier(), van=oud[1].vingerafdruk)
    assert await verhaal.casussen() == []
    assert verhaal.brieven() == []
    assert await inbox(verhaal) == {InboundStatus.GEWEIGERD: 1}


@pytest.mark.rule("C-16.3")
async def test_a_partner_that_left_cannot_report(verhaal: Verhaal) -> None:
    """Outside its `deelname` nothing of it starts a round."""
    verhaal.verander(
        met_partner(
            verhaal.netwerk, "antares", deelname=Periode(date(2021, 7, 1), date(2026, 11, 1))
        )
    )
    await verhaal.schrijf("e.smeets", formulier())
    assert await verhaal.casussen() == []
    assert verhaal.brieven() == []


async def test_a_stranger_gets_nothing(verhaal: Verhaal) -> None:
    """A good signature of a key that is not pinned, from an address that nobody here has."""
    armored = verhaal.pen.write(b"Naam: X\r\n", van=vingerafdruk_van("vreemde"))
    await verhaal.bezorg(b"Subject: x\r\n\r\n" + armored, van="vreemde@elders.example")
    await verhaal.werk()
    assert verhaal.brieven() == []
    assert await inbox(verhaal) == {InboundStatus.GEWEIGERD: 1}


async def test_an_employees_envelope_gets_one_fixed_reply_a_day(verhaal: Verhaal) -> None:
    """Whatever was wrong, the same words; the second of the day gets none."""
    teksten = []
    for dag in range(2):
        for van in (vingerafdruk_van("vreemde"), None):
            armored = verhaal.pen.write(b"Naam: X\r\n", van=van)
            await verhaal.bezorg(
                b"Subject: x\r\n\r\n" + armored, van="E.Smeets@antares-wonen.example"
            )
            await verhaal.werk()
        antwoorden = verhaal.brieven("e.smeets", OutboundKind.VAST_ANTWOORD)
        assert len(antwoorden) == dag + 1
        teksten.append(antwoorden[-1].text)
        verhaal.clock.pass_time(days=1)
    assert teksten[0].replace("maandag 23", "dinsdag 24") == teksten[1]


@pytest.mark.parametrize(
    ("kop", "van"),
    [("Auto-Submitted: auto-replied", "e.smeets@antares-wonen.example"), ("X: y", "")],
)
async def test_a_machine_gets_no_fixed_reply(verhaal: Verhaal, kop: str, van: str) -> None:
    """An out-of-office that cannot be opened is not answered: no loop of two robots."""
    armored = verhaal.pen.write(b"Ik ben er niet\r\n", van=None)
    await verhaal.bezorg(f"{kop}\r\n\r\n".encode() + armored, van=van)
    await verhaal.werk()
    assert verhaal.brieven() == []


async def test_clear_text_beside_the_encrypted_part_is_not_used(verhaal: Verhaal) -> None:
    """Nobody puts words beside what was signed."""
    armored = verhaal.pen.write(b"Naam: X\r\n", van=vingerafdruk_van("e.smeets"))
    await verhaal.bezorg(b"Subject: x\r\n\r\nHallo!\r\n" + armored, van="w@elders.example")
    await verhaal.werk()
    assert await inbox(verhaal) == {InboundStatus.GEWEIGERD: 1}
    assert verhaal.brieven() == []


async def test_what_holds_no_text_is_told_to_a_known_sender(verhaal: Verhaal) -> None:
    """Signed again inside the encryption: opened, not readable, and the sender hears it."""
    inhoud = b"Content-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n\r\nNaam: X\r\n--x--\r\n"
    await verhaal.schrijf("e.smeets", "", inhoud=inhoud)
    assert "geen gewone tekst" in verhaal.brief("e.smeets", OutboundKind.WEIGERING).text


async def test_the_same_ciphertext_again_does_nothing(verhaal: Verhaal) -> None:
    """A replay, under whatever Message-ID and from whoever, is known by its seal."""
    raw = await verhaal.schrijf("e.smeets", formulier())
    voor = len(verhaal.brieven())
    await verhaal.bezorg(b"X-Other: 1\r\n" + raw, van="iemand@elders.example")
    await verhaal.werk()
    assert len(await verhaal.casussen()) == 1
    assert len(verhaal.brieven()) == voor
    assert await inbox(verhaal) == {InboundStatus.VERWERKT: 1, InboundStatus.DUBBEL: 1}


@pytest.mark.rule("PR-13.4")
async def test_only_a_melder_may_report(verhaal: Verhaal) -> None:
    """The ketenregisseur has a pinned key, and no role to report."""
    await verhaal.schrijf("m.janssen", formulier())
    assert "Melder" in verhaal.brief("m.janssen", OutboundKind.WEIGERING).text
    assert await verhaal.casussen() == []


async def test_without_a_ketenregisseur_a_melding_waits(verhaal: Verhaal) -> None:
    """Nothing starts that nobody has the regie of, nothing is lost, and a person is alarmed."""
    compleet = verhaal.netwerk
    verhaal.verander(zonder_medewerkers(compleet, "m.janssen", "s.yilmaz"))
    await verhaal.schrijf("e.smeets", formulier())
    assert await verhaal.casussen() == []
    assert verhaal.brieven() == []
    assert await verhaal.alarmen() == {"bericht-wacht"}
    verhaal.verander(compleet)
    for _ in range(3):
        await verhaal.wacht(minutes=2)
    assert len(await verhaal.casussen()) == 1
    assert "m.janssen" in verhaal.lezers(OutboundKind.KENNISGEVING)
    assert await verhaal.alarmen() == set()


@pytest.mark.rule("BS-9")
@pytest.mark.parametrize(
    "besluit", [{"opgeschort": True}, {"geldig": Periode(date(2021, 7, 2), date(2026, 11, 22))}]
)
async def test_the_police_are_not_asked_while_their_decision_is_not_in_force(
    verhaal: Verhaal, besluit: dict[str, object]
) -> None:
    """Suspended or over: their desk has no verzoek, the others have theirs."""
    verhaal.verander(met_besluit(verhaal.netwerk, **besluit))
    kenmerk = await verhaal.meld("e.smeets")
    assert "politie" not in await verhaal.staten(kenmerk)
    assert verhaal.lezers(OutboundKind.VERZOEK) == BEVRAAGD - {"w.vanderlinden"}


@pytest.mark.rule("BS-1")
async def test_the_police_are_not_asked_when_nobody_may_receive_it(verhaal: Verhaal) -> None:
    """No designated ketenregisseur: nothing may be disclosed, so nothing is asked."""
    netwerk = verhaal.netwerk
    for regie in ("m.janssen", "s.yilmaz"):
        netwerk = met_medewerker(netwerk, regie, aanwijzing_politiegegevens=None)
    verhaal.verander(netwerk)
    kenmerk = await verhaal.meld("e.smeets")
    assert "politie" not in await verhaal.staten(kenmerk)


@pytest.mark.rule("C-6.3")
async def test_the_vervanger_is_asked_when_an_absence_is_known(verhaal: Verhaal) -> None:
    """The question goes to who is there."""
    afwezig = (Periode(DAG, DAG),)
    verhaal.verander(met_medewerker(verhaal.netwerk, "j.hermans", afwezig=afwezig))
    await verhaal.meld("e.smeets")
    assert "p.nguyen" in verhaal.lezers(OutboundKind.VERZOEK)
    assert "j.hermans" not in verhaal.lezers()


async def test_a_second_try_makes_the_same_messages() -> None:
    """Message-IDs come from the casus: what is made again is the same message."""
    ids = []
    for _ in range(2):
        verhaal = maak_verhaal()
        await verhaal.meld("e.smeets")
        ids.append([brief.message_id for brief in verhaal.brieven()])
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])


async def test_a_reply_that_cannot_be_sealed_has_failed_at_once(verhaal: Verhaal) -> None:
    """Nothing remembers what it said, so it is not held for ever; a person is alarmed."""
    assert isinstance(verhaal.context.vault, FakeVault)
    sleutel = vingerafdruk_van("e.smeets")
    verhaal.context.vault.unusable[sleutel] = LetterReason.SLEUTEL_VERLOPEN
    await verhaal.schrijf("e.smeets", "x", onderwerp="formulier")
    assert verhaal.brieven() == []
    assert await verhaal.alarmen() == {"bericht-onbestelbaar"}


async def test_a_melding_that_loses_a_race_takes_the_next_number(verhaal: Verhaal) -> None:
    """Another process made a casus meanwhile: everything is made again, under the new kenmerk."""
    assert isinstance(verhaal.context.vault, FakeVault)
    verhaal.context.vault.meanwhile.append(lambda: verhaal.meld("j.hermans", Naam="Iemand Anders"))
    await verhaal.schrijf("e.smeets", formulier())
    eerste, tweede = await verhaal.casussen()
    assert (eerste.melder, tweede.melder) == ("j.hermans", "e.smeets")
    assert tweede.kenmerk in verhaal.brief("e.smeets", OutboundKind.STATUS).text
    for kenmerk in (eerste.kenmerk, tweede.kenmerk):
        gevraagd = [b for b in verhaal.brieven(None, OutboundKind.VERZOEK) if kenmerk in b.text]
        assert len(gevraagd) == len(BEVRAAGD)

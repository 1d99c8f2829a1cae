"""`explain`: every mail is judged as it would be when it comes in, and nothing happens."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain

import pytest

from broker.domain.bericht import NietVerwerkt
from broker.domain.opdracht import Uitslag
from broker.domain.partner import Periode
from broker.domain.toegang import GeenToegang
from broker.ports import Inbound, InboundId, InboundStatus, OpenReason, OutboundKind
from broker.rules import read_rules
from broker.service.explaining import Explanation, Verdict, explain
from broker.service.reasons import rule_of
from broker.wire.antwoord import Onduidelijkheid
from broker.wire.automatic import AutomaticReason
from broker.wire.mime_entity import UnreadableReason
from broker.wire.mime_sender import SenderReason
from broker.wire.opdracht import Onhelder
from tests.fixtures.netwerk import DAG, met_medewerker, vingerafdruk_van
from tests.fixtures.verhaal import BROKER_ADRES, Verhaal, antwoordtekst, formulier, maak_verhaal

REPORT = (
    b"From: mailer-daemon@mx.example\r\nContent-Type: multipart/report;"
    b' report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
    b"Final-Recipient: rfc822; x@partner.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
    b"--b--\r\n"
)
TOO_MUCH = (
    OpenReason.TE_GROOT,
    OpenReason.TE_LANG,
    UnreadableReason.TE_DIEP,
    UnreadableReason.TE_VEEL_DELEN,
    UnreadableReason.TE_GROTE_KOP,
    NietVerwerkt.NIET_LEESBAAR,
)
RULES = {rule.id for rule in read_rules()}
AWAY = {"Auto-Submitted": "auto-replied"}


async def uitleg(
    verhaal: Verhaal, raw: bytes, *, aan: str = BROKER_ADRES, van: str = "x@partner.example"
) -> Explanation:
    """How that mail would fare now."""
    return await explain(
        verhaal.context,
        Inbound(
            id=InboundId(0),
            received=verhaal.clock.now(),
            channel="smtp",
            envelope_from=van,
            recipient=aan,
            message_id="",
            status=InboundStatus.NIEUW,
            attempts=1,
            reason="",
            raw=raw,
        ),
    )


@pytest.fixture
def verhaal() -> Verhaal:
    return maak_verhaal()


async def test_a_melding_is_explained(verhaal: Verhaal) -> None:
    """Taken, a concept, and refused with every fault and its rule."""
    goed = await uitleg(verhaal, verhaal.mail("e.smeets", formulier()))
    assert (goed.verdict, goed.kind, goed.signer) == (Verdict.ACCEPTED, "melding", "e.smeets")
    concept = await uitleg(verhaal, verhaal.mail("e.smeets", formulier(Concept="ja")))
    assert (concept.verdict, concept.reason) == (Verdict.ACCEPTED, "concept")
    fout = await uitleg(
        verhaal, verhaal.mail("e.smeets", formulier(Meerderjarig="nee", Doel="ketenregie"))
    )
    assert (fout.verdict, fout.kind, fout.reason) == (Verdict.REFUSED, "melding", "minderjarig")
    assert (fout.rule, [x.code for x in fout.faults]) == (
        "C-3.1",
        ["minderjarig", "doel-alleen-ketenregie"],
    )
    assert await verhaal.casussen() == []


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(
    ("woorden", "verwacht"),
    [
        ("BEKEND", (Verdict.ACCEPTED, "bekend", "antwoord", "D-4", ("bekend",))),
        ("Niet bekend.", (Verdict.ACCEPTED, "onbekend", "antwoord", "D-4", ("niet", "bekend"))),
        (
            "Was bekend, jaren geleden in Tegelen.",
            (Verdict.REFUSED, "", "verleden-tijd", "D-4", ("was", "geleden")),
        ),
    ],
)
async def test_an_antwoord_is_explained_by_the_words_that_decided(
    verhaal: Verhaal, woorden: str, verwacht: tuple[object, ...]
) -> None:
    """The value, the rule, and words of our own vocabulary: nothing else that was written."""
    await verhaal.meld("e.smeets")
    raw = verhaal.mail("j.hermans", antwoordtekst(woorden, verhaal.vragen("j.hermans")[0]))
    e = await uitleg(verhaal, raw)
    assert (e.kind, e.signer) == ("antwoord", "j.hermans")
    assert (e.verdict, e.value, e.reason, e.rule) == verwacht[:4]
    assert e.words == verwacht[4]


async def test_what_an_antwoord_is_refused_for_is_explained(verhaal: Verhaal) -> None:
    """Not asked, no code, a closed round, dealt with before, and the article of the police."""
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("j.hermans")[0]

    async def reden(door: str, tekst: str) -> tuple[str, str]:
        e = await uitleg(verhaal, verhaal.mail(door, tekst))
        assert e.verdict is Verdict.REFUSED
        return e.reason, e.rule

    assert await reden("e.smeets", antwoordtekst("BEKEND", vraag)) == ("onbekend-kenmerk", "D-13")
    assert await reden("j.hermans", f"BEKEND\n{kenmerk}") == ("code-ontbreekt", "D-13")
    politie = verhaal.vragen("w.vanderlinden")[0]
    missing = await reden("w.vanderlinden", antwoordtekst("BEKEND", politie))
    assert missing == ("artikel-ontbreekt", "WPG-14.2")
    raw = await verhaal.antwoord("j.hermans", "BEKEND")
    assert (await uitleg(verhaal, raw)).reason == "al-verwerkt"
    verhaal.clock.pass_time(hours=-1)
    assert (await reden("j.hermans", antwoordtekst("ONBEKEND", vraag)))[0] == "ingehaald"
    await verhaal.wacht(tot=verhaal.termijn)
    laat = await uitleg(verhaal, verhaal.mail("j.hermans", antwoordtekst("ONBEKEND", vraag)))
    assert (laat.verdict, laat.reason, laat.rule) == (Verdict.ACCEPTED, "aanvulling", "D-5")


@pytest.mark.parametrize(
    ("door", "tekst", "verwacht"),
    [
        ("e.smeets", "Graag intrekken", (Verdict.ACCEPTED, "opdracht", "intrekken", "PR-7.8")),
        ("m.janssen", "AFRONDEN", (Verdict.ACCEPTED, "opdracht", "afronden", "D-6")),
        ("m.janssen", "SPOED", (Verdict.ACCEPTED, "opdracht", "spoed", "D-6")),
        ("m.janssen", "STARTEN", (Verdict.REFUSED, "opdracht", "niets-te-beslissen", "D-3")),
        ("e.smeets", "SPOED", (Verdict.REFUSED, "opdracht", "niet-bevoegd", "D-6")),
        ("e.smeets", "intrekken?", (Verdict.REFUSED, "opdracht", "opdracht-als-vraag", "D-6")),
        ("j.hermans", "SPOED", (Verdict.REFUSED, "antwoord", "code-ontbreekt", "D-13")),
    ],
)
async def test_an_opdracht_is_explained(
    verhaal: Verhaal, door: str, tekst: str, verwacht: tuple[Verdict, str, str, str]
) -> None:
    """By the words that decided, or why nothing would change; and nothing does."""
    kenmerk = await verhaal.meld("e.smeets")
    voor = await verhaal.alles()
    gezegd = await uitleg(verhaal, verhaal.mail(door, f"{tekst}\n\n> {kenmerk}"))
    assert (gezegd.verdict, gezegd.kind, gezegd.reason, gezegd.rule) == verwacht
    assert bool(gezegd.words) is (gezegd.verdict is Verdict.ACCEPTED)
    assert await verhaal.alles() == voor


async def test_who_may_not_speak_is_explained(verhaal: Verhaal) -> None:
    """An unpinned key, an employee whose time is over, and clear text; nobody is named."""
    vreemd = verhaal.mail("e.smeets", formulier(), van=vingerafdruk_van("vreemd"))
    verhaal.verander(met_medewerker(verhaal.netwerk, "o.kowalski", geldig=Periode(DAG, DAG)))
    verhaal.clock.pass_time(days=1)
    voorbij = verhaal.mail("o.kowalski", formulier())
    for raw, reden, regel in (
        (vreemd, "onbekende-ondertekenaar", "C-5"),
        (voorbij, "niet-actief", "PR-13.4"),
        (b"Subject: hallo\r\n\r\nin klare taal\r\n", "geen-versleuteld-deel", "NTA-1"),
    ):
        e = await uitleg(verhaal, raw)
        assert (e.verdict, e.reason, e.rule, e.signer) == (Verdict.REFUSED, reden, regel, None)


async def test_the_form_and_what_has_no_text_are_explained(verhaal: Verhaal) -> None:
    """Both by somebody who may speak."""
    e = await uitleg(verhaal, verhaal.mail("e.smeets", "", onderwerp="Formulier"))
    assert (e.verdict, e.kind) == (Verdict.ACCEPTED, "formulier")
    leeg = verhaal.mail("e.smeets", "", inhoud=b"Content-Type: image/png\r\n\r\nx")
    e = await uitleg(verhaal, leeg)
    assert (e.verdict, e.signer, e.reason) == (Verdict.REFUSED, "e.smeets", "geen-tekst")


@pytest.mark.rule("C-5")
@pytest.mark.parametrize(
    ("koppen", "reden"),
    [
        ({"From": "e.smeets@partner.example"}, "dubbele-afzender"),
        ({"from": "x@y.example"}, "dubbele-afzender"),
    ],
)
async def test_a_mail_with_two_senders_is_refused(
    verhaal: Verhaal, koppen: dict[str, str], reden: str
) -> None:
    """A good signature does not help; who signed hears what to do, and nothing is taken."""
    kenmerk = await verhaal.meld("e.smeets")
    tekst = antwoordtekst("BEKEND", verhaal.vragen("j.hermans")[0])
    e = await uitleg(verhaal, verhaal.mail("j.hermans", tekst, koppen=koppen))
    assert (e.verdict, e.signer, e.reason, e.rule) == (Verdict.REFUSED, "j.hermans", reden, "C-5")
    await verhaal.schrijf("j.hermans", tekst, koppen=koppen)
    assert "afzender" in verhaal.brief("j.hermans", OutboundKind.WEIGERING).text
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "verzonden"


@pytest.mark.rule("D-4")
async def test_robots_are_explained(verhaal: Verhaal) -> None:
    """A delivery report and an out-of-office are no answers, signed or not."""
    await verhaal.meld("e.smeets")
    bounce = verhaal.brief("j.hermans", OutboundKind.VERZOEK).envelope_from
    e = await uitleg(verhaal, REPORT, aan=bounce, van="")
    assert (e.verdict, e.reason, e.kind) == (Verdict.BOUNCE, "bezorgbericht", "")
    afwezig = b"Auto-Submitted: auto-replied\r\nSubject: afwezig\r\n\r\nBEKEND\r\n"
    assert (await uitleg(verhaal, afwezig, aan=bounce)).verdict is Verdict.AUTO_REPLY
    assert (await uitleg(verhaal, afwezig)).verdict is Verdict.AUTO_REPLY
    vraag = verhaal.vragen("j.hermans")[0]
    signed = verhaal.mail("j.hermans", antwoordtekst("BEKEND", vraag), koppen=AWAY)
    assert (await uitleg(verhaal, signed)).verdict is Verdict.AUTO_REPLY
    iets = b"Subject: hallo\r\n\r\nBEKEND\r\n"
    e = await uitleg(verhaal, iets, aan=bounce)
    assert (e.verdict, e.reason) == (Verdict.REFUSED, "geen-bezorgbericht")


async def test_explaining_has_no_effect(verhaal: Verhaal) -> None:
    """Nothing is stored, sent or logged; the mail is dealt with afterwards as if it were new."""
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("j.hermans")[0]
    raw = verhaal.mail("j.hermans", antwoordtekst("BEKEND", vraag))
    voor, gelogd = await verhaal.alles(), verhaal.log.getvalue()
    assert (await uitleg(verhaal, raw)).verdict is Verdict.ACCEPTED
    assert (await verhaal.alles(), verhaal.log.getvalue()) == (voor, gelogd)
    await verhaal.bezorg(raw, van="j.hermans@partner.example")
    await verhaal.werk()
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "beantwoord"


def redenen() -> Iterator[StrEnum]:
    """Every code by which a mail can be judged."""
    return chain(
        OpenReason,
        UnreadableReason,
        SenderReason,
        GeenToegang,
        AutomaticReason,
        NietVerwerkt,
        Onduidelijkheid,
        Onhelder,
        Uitslag,
    )


@pytest.mark.parametrize("reden", [*redenen()])
def test_every_reason_is_in_the_table(reden: StrEnum) -> None:
    """Each code has the rule that decides; only what is too much to read is decided by none."""
    too_much = any(reden is unread for unread in TOO_MUCH)
    assert rule_of(reden) in ([""] if too_much else RULES)


def test_an_explanation_keeps_what_was_answered_out_of_its_repr() -> None:
    """A traceback or a log may show it."""
    e = Explanation(Verdict.ACCEPTED, "antwoord", value="bekend", words=("bekend",))
    assert "bekend" not in repr(e)
    assert set(e.as_dict()) == {f.name for f in dataclasses.fields(e)}

"""What machines write is never an answer and never answered, with or without a good signature."""

from __future__ import annotations

import pytest

from broker.ports import Outbound, OutboundKind
from tests.fixtures.verhaal import Verhaal, maak_verhaal
from tests.wire.robot_samples import ABSENT, FAILED, SAMPLES, STRAY

REPLIES = (OutboundKind.WEIGERING, OutboundKind.VAST_ANTWOORD, OutboundKind.VERDUIDELIJKING)
ANDERS = b"Final-Recipient: rfc822; p.prive@elders.example"
TOT_HEM = b"Final-Recipient: rfc822; j.hermans@woonwenz.example"


async def gevraagd() -> tuple[Verhaal, Outbound]:
    """A story in which Woonwenz was asked, with that message."""
    verhaal = maak_verhaal()
    kenmerk = await verhaal.meld("e.smeets")
    (vraag,) = [
        m for m in await verhaal.uit(kenmerk, OutboundKind.VERZOEK) if m.loket == "woonwenz"
    ]
    return verhaal, vraag


async def staat(verhaal: Verhaal) -> str:
    (casus,) = await verhaal.casussen()
    return next(v.staat.value for v in casus.verzoeken if v.loket == "woonwenz")


async def test_what_comes_back_is_no_answer_and_gets_none() -> None:
    """Every sample, as a reply to the envelope sender of the question to Woonwenz."""
    taken, replied, tied, asked = [], [], [], []
    alarmed: list[str] = []
    for name, raw in SAMPLES.items():
        verhaal, vraag = await gevraagd()
        await verhaal.bezorg(raw, van="", aan=vraag.envelope_from)
        await verhaal.werk()
        (casus,) = await verhaal.casussen()
        taken += [name for v in casus.verzoeken if v.answer is not None]
        replied += [name for _ in verhaal.brieven(None, *REPLIES)]
        tied += [name] if await staat(verhaal) == "onbestelbaar" else []
        alarmed += [name] if await verhaal.alarmen() == {"bericht-onbestelbaar"} else []
        asked += [name] if verhaal.brieven("p.nguyen") else []
    print(  # noqa: T201
        f"{len(SAMPLES)} samples: {len(taken)} taken as an answer, {len(replied)} replied to, "
        f"{len(tied)} failures tied to their verzoek, {len(asked)} absences told to the vervanger"
    )
    assert len(SAMPLES) >= 60
    assert (taken, replied) == ([], [])
    assert tied == [f"failed: {name}" for name in FAILED]
    assert alarmed == [*tied, *(f"stray: {name}" for name in STRAY)]
    assert asked == [f"absent: {name}" for name in ABSENT]


@pytest.mark.rule("D-4")
async def test_what_a_gateway_signed_is_no_answer_and_gets_none() -> None:
    """The same samples inside a good signature by the key of who was asked."""
    wrong: list[str] = []
    # An empty mail may as well be a person's who pressed a wrong key: he is told so.
    signed = {name: raw for name, raw in SAMPLES.items() if name != "nothing: an empty mail"}
    for name, raw in signed.items():
        verhaal, _ = await gevraagd()
        await verhaal.schrijf("j.hermans", "", inhoud=raw, onderwerp="Re: Verrijkingsverzoek")
        heard = verhaal.brieven(None, *REPLIES), await verhaal.alarmen(), await staat(verhaal)
        wrong += [] if heard == ([], set(), "verzonden") else [name]
    print(f"{len(signed)} signed samples: {len(wrong)} answered, taken or told")  # noqa: T201
    assert wrong == []


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(
    ("tekst", "staat_erna"),
    [
        ("Bekend", "beantwoord"),
        ("Onbekend.\n\nMet vriendelijke groet,\nJ. Hermans\nafwezig op vrijdag", "beantwoord"),
        ("Bekend\n-- \nJ. Hermans\nVrijdag afwezig", "beantwoord"),
    ],
)
async def test_an_answer_of_a_person_who_is_away_on_friday_stays_one(
    tekst: str, staat_erna: str
) -> None:
    """Only the shapes of robots count."""
    verhaal, _ = await gevraagd()
    await verhaal.antwoord("j.hermans", tekst)
    assert await staat(verhaal) == staat_erna


@pytest.mark.parametrize("tekst", ["Onbekend. Ik ben vrijdag afwezig.", "Wie is dit?"])
async def test_a_person_who_is_not_clear_is_never_taken_for_a_machine(tekst: str) -> None:
    """Recorded or asked again, but heard."""
    verhaal, _ = await gevraagd()
    await verhaal.antwoord("j.hermans", tekst)
    assert '"event": "message.automatic"' not in verhaal.log.getvalue()
    assert '"event": "message.opened"' in verhaal.log.getvalue()


async def test_a_melding_about_somebody_who_is_away_stays_one() -> None:
    """The words of a form are about the person, not about who filled it in."""
    verhaal = maak_verhaal()
    reden = "Ik ben op vakantie geweest en betrokkene was niet aanwezig"
    await verhaal.meld("e.smeets", Reden_van_melding=reden)


@pytest.mark.rule("D-4")
async def test_a_failure_at_another_address_closes_nothing() -> None:
    """He forwards his mail: whether he has it himself is not said, so a person must look."""
    verhaal, vraag = await gevraagd()
    report = FAILED["postfix"].replace(TOT_HEM, ANDERS).replace(b"Original-Recipient", b"X-Was")
    await verhaal.bezorg(report, van="", aan=vraag.envelope_from)
    await verhaal.werk()
    assert await staat(verhaal) == "verzonden"
    assert await verhaal.alarmen() == {"bericht-onbestelbaar"}
    await verhaal.antwoord("j.hermans", "BEKEND")
    assert await staat(verhaal) == "beantwoord"


@pytest.mark.rule("D-4")
@pytest.mark.parametrize("raw", STRAY.values(), ids=STRAY)
async def test_a_failure_that_names_nothing_of_ours_closes_nothing(raw: bytes) -> None:
    """Anybody can write it: a person must look, and the desk may still answer."""
    verhaal, vraag = await gevraagd()
    await verhaal.bezorg(raw, van="", aan=vraag.envelope_from)
    await verhaal.werk()
    assert await staat(verhaal) == "verzonden"
    assert await verhaal.alarmen() == {"bericht-onbestelbaar"}
    await verhaal.antwoord("j.hermans", "BEKEND")
    assert await staat(verhaal) == "beantwoord"


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(
    ("vorm", "staat_erna"),
    [
        ("In-Reply-To: {id}\r\n\r\nuser unknown 550", "onbestelbaar"),
        ("\r\nuser unknown 550\r\n\r\nMessage-ID: {id}", "onbestelbaar"),
        ("\r\nuser unknown 550\r\n\r\n{bounce}", "verzonden"),
        ("\r\nuser unknown 550 x{adres}", "verzonden"),
        ("\r\nuser unknown 550 {adres}.elders.example", "verzonden"),
        ("\r\nuser unknown 550 {adres}.", "onbestelbaar"),
    ],
)
async def test_a_failure_in_words_closes_what_it_names(vorm: str, staat_erna: str) -> None:
    """By the Message-ID of what we wrote, or the address that we wrote to, and no longer one."""
    verhaal, vraag = await gevraagd()
    (brief,) = [b for b in verhaal.vragen("j.hermans") if b.envelope_from == vraag.envelope_from]
    woorden = vorm.format(id=brief.message_id, bounce=vraag.envelope_from, adres=vraag.address)
    raw = f"Subject: Undeliverable\r\n{woorden}\r\n".encode()
    await verhaal.bezorg(raw, van="", aan=vraag.envelope_from)
    await verhaal.werk()
    assert await staat(verhaal) == staat_erna
    assert await verhaal.alarmen() == {"bericht-onbestelbaar"}

"""What a person says to the broker never disappears as if a machine had said it."""

from __future__ import annotations

import pytest

from broker.ports import OutboundKind
from tests.fixtures.verhaal import Verhaal, antwoordtekst


@pytest.mark.rule("PR-7.8")
@pytest.mark.parametrize(
    "tekst",
    [
        "INTREKKEN\n\nIk ben tot vrijdag afwezig.",
        "Intrekken\n\nIk ben morgen met verlof.",
        "Ik trek de melding in. Excuses, mijn eerdere bericht is vertraagd.",
    ],
)
async def test_an_order_beside_an_absence_is_carried_out_or_asked_again(
    verhaal: Verhaal, tekst: str
) -> None:
    """The melder who withdraws and is away tomorrow hears of it either way."""
    kenmerk = await verhaal.meld("e.smeets")
    voor = len(verhaal.brieven("e.smeets"))
    status = verhaal.brief("e.smeets", OutboundKind.STATUS)
    await verhaal.schrijf("e.smeets", antwoordtekst(tekst, status), onderwerp=f"Re: {kenmerk}")
    assert len(verhaal.brieven("e.smeets")) == voor + 1


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(
    "tekst",
    [
        "BEKEND.\nExcuses, mijn eerdere bericht is vertraagd.",
        "Onbekend. De brief is niet bezorgd. Zie ook systeembeheerder.",
        "Bekend. Uw bericht is onbestelbaar geweest.",
    ],
)
async def test_an_answer_with_words_of_a_mail_server_is_taken_or_asked_again(
    verhaal: Verhaal, tekst: str
) -> None:
    """Never dropped: for the police it would be an answer that vanished."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.antwoord("j.hermans", tekst)
    staat = (await verhaal.staten(kenmerk))["woonwenz"]
    again = verhaal.brieven("j.hermans", OutboundKind.VERDUIDELIJKING)
    assert staat == "beantwoord" or len(again) == 1


@pytest.mark.rule("D-13")
@pytest.mark.parametrize("waar", ["code", "kenmerk"])
async def test_what_ties_an_answer_to_its_verzoek_is_signed(verhaal: Verhaal, waar: str) -> None:
    """A header outside the signature brings neither the code nor the kenmerk: whoever forwards a
    signed 'Bekend.' cannot tie it to a casus."""
    kenmerk = await verhaal.meld("e.smeets")
    code = await verhaal.code_van(kenmerk, "woonwenz")
    getekend = f"BEKEND\n\n> {kenmerk}" if waar == "code" else f"BEKEND\n\n> antwoordcode {code}"
    await verhaal.schrijf("j.hermans", getekend, onderwerp=f"Re: {kenmerk} antwoordcode {code}")
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "verzonden"
    assert len(verhaal.brieven("j.hermans", OutboundKind.WEIGERING)) == 1


@pytest.mark.rule("D-13")
async def test_a_subject_about_another_casus_contradicts_what_was_signed(verhaal: Verhaal) -> None:
    """Two casussen in one mail: neither of them is answered."""
    een = await verhaal.meld("e.smeets")
    twee = await verhaal.meld("o.kowalski", Naam="Iemand Anders", Adres="Elderslaan 3")
    vraag = next(b for b in verhaal.vragen("j.hermans") if een in b.text)
    await verhaal.schrijf("j.hermans", antwoordtekst("BEKEND", vraag), onderwerp=f"Re: {twee}")
    for kenmerk in (een, twee):
        assert (await verhaal.staten(kenmerk))["woonwenz"] == "verzonden"

"""A machine is told from a person by its words, where no header tells."""

from __future__ import annotations

import pytest

from broker.wire.automatic import AutomaticReason, automatic_words
from broker.wire.returned import read_returned
from tests.fixtures.tempo import takes_less
from tests.wire.robot_samples import ABSENT, FAILED, NOTHING

AFWEZIG = AutomaticReason.AFWEZIG
LINEAR = 2.0
"""Seconds of processor time for what an enemy makes of it."""


@pytest.mark.rule("C-6.3")
@pytest.mark.parametrize(
    "tekst",
    [
        "Ik ben afwezig t/m 3 december. Bij spoed kunt u bellen met 077-555 01 00.",
        "Beste relatie,\n\nHartelijk dank voor uw mail. Op dit moment ben ik niet\naanwezig.",
        "Goedemiddag,\n\nVan 16 november tot 1 maart ben ik met zwangerschapsverlof.",
        "Wegens vakantie ben ik afwezig tot 7 december.",
        "Afwezig tot 7 december.",
        "Dit is een automatisch antwoord. Ik ben op vakantie.",
        "I am out of the office until Monday.",
        "Thank you for your message. I'm on annual leave until 7 December.",
        "J. Hermans is out of the office.",
    ],
)
def test_a_text_that_begins_with_an_absence_is_an_out_of_office(tekst: str) -> None:
    """Greeting, thanks and 'this is automatic' may come first."""
    assert automatic_words(tekst) is AFWEZIG


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "Onbekend. Ik ben vrijdag afwezig.",
        "Ik ben vrijdag afwezig. Onbekend.",
        "Bekend\n\nMet vriendelijke groet,\nJ. Hermans\nafwezig op vrijdag",
        "Ik ben afwezig tot maandag, maar hij staat niet in ons systeem.",
        "Nee. Ik ben tot vrijdag afwezig.",
        "Betrokkene is niet aanwezig.",
        "Wij hebben gebeld maar hij was niet bereikbaar.",
        "Ik ben bezig, mevrouw is op vakantie.",
        "Ik ben vrij zeker dat dit klopt.",
        "Ik ben niet bereikbaar geweest.",
        "Ik zoek het maandag uit.",
        "> Ik ben afwezig t/m 3 december.",
        "Ik ben op vakantie.\nNaam: Joris Verzonnen\nAdres: Voorbeeldstraat 12",
        "Ik ben afwezig. " + "x" * 20_000,
    ],
)
def test_what_a_person_writes_is_his(tekst: str) -> None:
    """A word that may be an answer, another person, a form, a quotation, a long text."""
    assert automatic_words(tekst) is None


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [
        ("This is the mail system at host mx.wonen.example.", AutomaticReason.BEZORGBERICHT),
        ("Your mail to x: 550 5.1.1 user unknown", AutomaticReason.BEZORGBERICHT),
        ("Uw bericht\n\nAan: x\n\nis gelezen op maandag.", AutomaticReason.LEESBEVESTIGING),
        ("Please confirm your e-mail.", AutomaticReason.CONTROLEVRAAG),
        ("Dit is een automatische ontvangstbevestiging.", AutomaticReason.AUTO_ANTWOORD),
    ],
)
def test_other_machines_have_words_of_their_own(tekst: str, reden: AutomaticReason) -> None:
    """A gateway signs all alike."""
    assert automatic_words(tekst) is reden


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: x\r\n\r\n" + b"ik ben " * 40_000,
        b"Subject: x\r\n\r\n" + b"i am a a a a a a a a a a a a on b c leav " * 8_000,
        b"Subject: x\r\n\r\n" + b"recipient " * 40_000,
        b"Subject: x\r\n\r\n" + b"your message " * 40_000,
        b"Subject: x\r\n\r\n" + b"action: \r\n" * 40_000,
        b"X-Failed-Recipients: " + b"a@" * 100_000 + b"\r\n\r\n5.5.5.5 " * 40_000,
        b"Subject: " + b"ik ben a a a " * 20_000 + b"\r\n\r\n",
        b"X" * 400_000,
    ],
)
def test_hostile_robots_cost_little(raw: bytes) -> None:
    """Whatever comes to a bounce address may be by an enemy."""

    def read() -> None:
        read_returned(raw, about="j.hermans@woonwenz.example")
        automatic_words(raw.decode("ascii"))

    assert takes_less(read, than=LINEAR)


def test_every_sample_is_cut_anywhere_without_harm() -> None:
    """A mail that was cut off is read as far as it goes."""
    for raw in (*FAILED.values(), *ABSENT.values(), *NOTHING.values()):
        for end in range(0, len(raw), 37):
            read_returned(raw[:end], about="j.hermans@woonwenz.example")

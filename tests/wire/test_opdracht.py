"""An order by mail: the words that people write, and everything that is asked again."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.casus import Kenmerk
from broker.domain.opdracht import OpdrachtSoort
from broker.wire.mime_in import MAX_TEXT
from broker.wire.opdracht import (
    GelezenOpdracht,
    OnduidelijkeOpdracht,
    Onhelder,
    is_opdracht,
    lees_opdracht,
)
from broker.wire.opdrachtwoorden import kan_opdracht_zijn
from broker.wire.post import PostSoort, soort_post
from broker.wire.tekst import woorden

KENMERK = Kenmerk("ZNW-2026-00042")
ANDER = Kenmerk("ZNW-2026-00012")
NAMEN = ("Petra Hermans", "Woonwenz")
CITAAT = (
    f"\n\nOp maandag 23 november 2026 schreef het Zorgnetwerk:\n> Casus {KENMERK}\n> AFRONDEN: …"
)


def lees(
    eigen: str, *, citaat: str = CITAAT, onderwerp: str = "", getekend: str = ""
) -> GelezenOpdracht | OnduidelijkeOpdracht:
    return lees_opdracht(
        eigen + citaat,
        onderwerp=getekend or onderwerp,
        getekend_onderwerp=getekend,
        afkorting="ZNW",
        namen=NAMEN,
    )


GROET = "Met vriendelijke groet,\nPetra Hermans\nWoonwenz, 077-555 01 31"
GOED = {
    OpdrachtSoort.INTREKKEN: (
        "INTREKKEN",
        "Intrekken graag.",
        "Graag intrekken a.u.b.",
        "Ik trek de melding in.",
        "Ik trek de melding hierbij in",
        "Hierbij trekken wij onze melding in. Alvast bedankt!",
        "Wij trekken deze casus graag in.",
        f"Goedemiddag mevrouw Janssen,\n\nWilt u de melding intrekken.\n\n{GROET}",
        "Intrekken\n\nPetra Hermans\nWoonwenz",
        "intrekken, petra",
        "hoi petra, intrekken graag",
        "Geachte heer/mevrouw,\n\nIntrekken",
        "Hallo, de melding mag worden ingetrokken.\nGroet, Petra",
        "Verzoek tot intrekking van de melding",
        "Betrokkene heeft zijn toestemming ingetrokken.",
        "De toestemming is ingetrokken.",
        "Graag de melding intrekken, want betrokkene heeft haar toestemming weer ingetrokken.",
        "Ik trek mijn melding in omdat mevrouw haar toestemming heeft ingetrokken.",
        f"Ik trek melding {KENMERK} in.",
        f"intrekken, kenmerk {KENMERK}",
    ),
    OpdrachtSoort.AFRONDEN: (
        "AFRONDEN",
        "Afronden alstublieft",
        "Ik rond de ronde hierbij af.",
        "U kunt de ronde afronden. Dank u wel.",
        "De casus kan worden afgerond.",
        "Ik verzoek u om deze ronde af te ronden.",
        "Ja, afronden.",
    ),
    OpdrachtSoort.SPOED: (
        "SPOED",
        "Met spoed graag.",
        "Deze casus heeft spoed.",
        "Dit is spoed!",
        "Graag deze casus met spoed behandelen",
    ),
    OpdrachtSoort.STARTEN: (
        "STARTEN",
        "Start een eigen ronde.",
        "Ik wil de ronde starten",
        "De ronde mag worden gestart",
    ),
    OpdrachtSoort.SAMENVOEGEN: (
        "SAMENVOEGEN",
        "Voeg deze casussen samen.",
        "Graag samenvoegen met de eerdere casus",
    ),
}


@pytest.mark.rule("PR-7.8", "D-6")
@pytest.mark.parametrize(("soort", "tekst"), [(s, t) for s, ts in GOED.items() for t in ts])
def test_what_people_write_is_understood(soort: OpdrachtSoort, tekst: str) -> None:
    """One order, about the casus of the mail that is replied to, explained by its words."""
    gelezen = lees(tekst)
    assert isinstance(gelezen, GelezenOpdracht), gelezen
    assert (gelezen.soort, gelezen.kenmerk, gelezen.bij) == (soort, KENMERK, None)
    assert gelezen.beslist_door
    assert set(gelezen.beslist_door) <= set(woorden(tekst))
    assert soort_post(tekst + CITAAT, "", afkorting="ZNW") is PostSoort.OPDRACHT


@pytest.mark.rule("PR-7.8", "D-6")
@pytest.mark.parametrize(
    ("tekst", "reden"),
    [
        ("niet intrekken", Onhelder.ONBEKENDE_WOORDEN),
        ("Niet\nintrekken", Onhelder.ONBEKENDE_WOORDEN),
        ("intrekken, of toch niet", Onhelder.ONBEKENDE_WOORDEN),
        ("Ik trek de melding niet in.", Onhelder.ONBEKENDE_WOORDEN),
        ("Wij trekken de melding nog niet in", Onhelder.ONBEKENDE_WOORDEN),
        ("Betrokkene heeft zijn toestemming niet ingetrokken", Onhelder.ONBEKENDE_WOORDEN),
        ("Betrokkene had zijn toestemming ingetrokken", Onhelder.ONBEKENDE_WOORDEN),
        ("misschien afronden", Onhelder.ONBEKENDE_WOORDEN),
        ("morgen afronden", Onhelder.ONBEKENDE_WOORDEN),
        ("afronden als iedereen heeft geantwoord", Onhelder.ONBEKENDE_WOORDEN),
        ("kunnen we afronden?", Onhelder.VRAAG),
        ("kunnen we afronden", Onhelder.ONBEKENDE_WOORDEN),
        ("wilt u de melding intrekken?", Onhelder.VRAAG),
        ("Ik start met de casus", Onhelder.ONBEKENDE_WOORDEN),
        ("Wij starten morgen met deze casus", Onhelder.ONBEKENDE_WOORDEN),
        ("geen spoed", Onhelder.ONBEKENDE_WOORDEN),
        ("spoed is niet nodig", Onhelder.ONBEKENDE_WOORDEN),
        ("Wat betekent SPOED precies", Onhelder.ONBEKENDE_WOORDEN),
        ("AFRONDEN\nSPOED", Onhelder.TWEE_OPDRACHTEN),
        ("met spoed afronden", Onhelder.TWEE_OPDRACHTEN),
        ("afronden of intrekken", Onhelder.ONBEKENDE_WOORDEN),
        ("!intrekken", Onhelder.ONBEKENDE_WOORDEN),
        ("☐ intrekken ☑ afronden", Onhelder.ONBEKENDE_WOORDEN),
        ("i\u0336n\u0336t\u0336rekken", Onhelder.ONBEKENDE_WOORDEN),
        ("( ) intrekken", Onhelder.ONBEKENDE_WOORDEN),
        ("Beste Niet, intrekken", Onhelder.ONBEKENDE_WOORDEN),
        ("hoi wachten, intrekken", Onhelder.ONBEKENDE_WOORDEN),
        ("Beste wacht nog even, intrekken", Onhelder.ONBEKENDE_WOORDEN),
        ("Intrekken\n\nJan wil nog wachten", Onhelder.ONBEKENDE_WOORDEN),
        ("Intrekken\n\nMet vriendelijke groet,\nPetra\nPS: toch niet", Onhelder.NA_ONDERTEKENING),
        ("Dank u wel", Onhelder.GEEN_OPDRACHT),
        ("", Onhelder.GEEN_OPDRACHT),
        ("intrekken " * 300, Onhelder.TE_LANG),
        ("intrekken\n" * 4_100, Onhelder.TE_LANG),
        (f"intrekken {KENMERK} en {ANDER}", Onhelder.ONBEKENDE_WOORDEN),
        (f"intrekken {KENMERK}, {ANDER}", Onhelder.ANDER_KENMERK),
        (f"SAMENVOEGEN {ANDER} ZNW-2026-00013", Onhelder.ANDER_KENMERK),
    ],
)
def test_what_is_not_clear_is_never_guessed(tekst: str, reden: Onhelder) -> None:
    """Negation, doubt, a question, a condition, another time, two orders, or unknown words."""
    assert lees(tekst) == OnduidelijkeOpdracht(reden, KENMERK)


@pytest.mark.rule("D-13")
@pytest.mark.parametrize(
    ("eigen", "citaat", "onderwerp", "getekend", "kenmerk"),
    [
        ("INTREKKEN", CITAAT, "Re: Stand van zaken", "", KENMERK),
        ("INTREKKEN", CITAAT, f"Re: {KENMERK}", "", KENMERK),
        ("INTREKKEN", "", "", f"Re: {KENMERK}", KENMERK),
        (f"INTREKKEN {KENMERK}", "", "", "", KENMERK),
        # The subject that is signed goes first, then his own words, then the quotation.
        ("INTREKKEN", f"\n> {ANDER}", "", f"Re: {KENMERK}", KENMERK),
        (f"INTREKKEN {KENMERK}", f"\n> {ANDER}", "", "", KENMERK),
        ("INTREKKEN", f"\n> {KENMERK} lijkt op {ANDER}", "", "", KENMERK),
        # Whoever carries the mail writes the subject outside: it names nothing by itself, and
        # whatever else it names makes the mail unclear.
        ("INTREKKEN", "", f"Re: {KENMERK}", "", None),
        ("INTREKKEN", CITAAT, f"Re: {ANDER}", "", None),
        ("INTREKKEN", CITAAT, "", f"Re: {KENMERK} {ANDER}", None),
        ("INTREKKEN", "", "", "", None),
    ],
)
def test_an_order_is_about_the_casus_that_was_signed(
    eigen: str, citaat: str, onderwerp: str, getekend: str, kenmerk: Kenmerk | None
) -> None:
    """There is no code that ties it to a casus: the kenmerk must stand inside the signature."""
    gelezen = lees(eigen, citaat=citaat, onderwerp=onderwerp, getekend=getekend)
    assert gelezen.kenmerk == kenmerk
    assert isinstance(gelezen, GelezenOpdracht) == (kenmerk is not None)


@pytest.mark.rule("D-3")
@pytest.mark.parametrize(
    ("eigen", "citaat"),
    [
        (f"SAMENVOEGEN {ANDER}", CITAAT),
        (f"Samenvoegen met {ANDER}.", f"\n> Nieuwe casus {KENMERK} lijkt op {ANDER}"),
        (f"{KENMERK} samenvoegen met {ANDER}", ""),
    ],
)
def test_the_casus_to_join_with_is_named_in_his_own_words(eigen: str, citaat: str) -> None:
    """The casus at hand is that of the mail that is replied to, or the first."""
    gelezen = lees(eigen, citaat=citaat)
    assert isinstance(gelezen, GelezenOpdracht)
    assert (gelezen.kenmerk, gelezen.bij) == (KENMERK, ANDER)


@pytest.mark.parametrize(
    "tekst",
    [
        "BEKEND",
        "Met spoed gekeken: onbekend.",
        "Wij kunnen dit niet vaststellen, spoed of niet",
        "Wij verstrekken niets, u kunt afronden",
        "Ik trek het na",
        "Dank u wel",
        "Begin maar vast",
    ],
)
def test_an_ordinary_mail_about_a_casus_is_no_order(tekst: str) -> None:
    """A word of an answer, or none of an order: it goes to whoever reads answers."""
    assert not is_opdracht(tekst)
    assert soort_post(tekst + CITAAT, "", afkorting="ZNW") is PostSoort.ANTWOORD


def test_the_words_in_our_own_mail_order_nothing() -> None:
    """They are quoted; so is a reply that says nothing itself."""
    assert not is_opdracht(f"Dank u wel{CITAAT}")
    assert soort_post(f"Dank u wel{CITAAT}", "", afkorting="ZNW") is PostSoort.ANTWOORD


def test_a_mail_with_an_answer_code_is_an_answer() -> None:
    """Whoever was asked something answers it: 'spoed' beside a code is an unclear answer."""
    tekst = f"SPOED\n> {KENMERK} · antwoordcode 7F3K-2M9Q"
    assert soort_post(tekst, "", afkorting="ZNW") is PostSoort.ANTWOORD


def test_a_form_is_a_melding_whatever_it_names() -> None:
    """A reason for reporting may speak of an earlier casus that was withdrawn."""
    tekst = f"Naam: Jan\nAdres: x\nReden van melding: {KENMERK} is ingetrokken"
    assert soort_post(tekst, "", afkorting="ZNW") is PostSoort.MELDING


@pytest.mark.parametrize(
    ("gezegd", "is_er_een"),
    [
        ("ik trek de melding niet in", True),
        ("wij ronden nog niet af", True),
        ("voeg ze maar niet samen", True),
        ("ik trek het na", False),
        ("in", False),
    ],
)
def test_a_word_in_two_parts_is_seen(gezegd: str, is_er_een: bool) -> None:
    """'Ik trek niet in' is asked again, and not taken for an answer."""
    assert kan_opdracht_zijn(frozenset(gezegd.split())) is is_er_een


@given(st.text(max_size=300))
def test_any_text_is_read_and_never_carried_out_by_chance(tekst: str) -> None:
    """Nothing raises, and without a word of an order there is none."""
    gelezen = lees(tekst)
    assert isinstance(gelezen, OnduidelijkeOpdracht) or is_opdracht(tekst)


@given(
    st.lists(
        st.sampled_from(["ik", "trek", "de", "melding", "in", "niet", "spoed", "met", "nu", "en"]),
        max_size=12,
    )
)
def test_no_order_of_these_words_hides_a_negation(gekozen: list[str]) -> None:
    """Wherever 'niet' stands, nothing is carried out."""
    gelezen = lees(" ".join(gekozen))
    if "niet" in gekozen or "en" in gekozen:
        assert isinstance(gelezen, OnduidelijkeOpdracht)


@pytest.mark.parametrize(
    "stuk", ["ik trek ", "hierbij nu graag de de de ", "ZNW-2026-", "omdat hij "]
)
def test_a_hostile_mail_costs_time_in_proportion(stuk: str) -> None:
    """As long as a mail can be, of what almost is an order: eight times as long costs no more."""

    def duur(lengte: int) -> float:
        tekst = stuk * (lengte // len(stuk))
        begin = time.process_time()
        lees_opdracht(tekst, onderwerp="", getekend_onderwerp="", afkorting="ZNW")
        is_opdracht(tekst)
        return time.process_time() - begin

    assert duur(MAX_TEXT) < 24 * max(duur(MAX_TEXT // 8), 0.02)

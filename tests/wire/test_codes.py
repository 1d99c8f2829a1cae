"""Codes, kenmerken, and what kind of mail it is."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.domain.casus import Kenmerk
from broker.domain.partner import LoketId, MedewerkerId
from broker.wire.codes import antwoordcode, bericht_id, normaliseer_code, zelfde_code
from broker.wire.post import PostSoort, soort_post
from broker.wire.vindplaatsen import vind_codes, vind_kenmerken
from tests.wire.test_formulier import GOED
from tests.wire.voorbeelden import CODE, KENMERK

ZAAD = bytes(range(32))
LOKET = LoketId("woonwenz")


def _id(*, soort: str = "verzoek", nummer: int = 1) -> str:
    return bericht_id(
        ZAAD, kenmerk=KENMERK, ontvanger=MedewerkerId("p.hermans"), soort=soort, nummer=nummer
    )


@pytest.mark.rule("D-13")
@settings(max_examples=60)
@given(st.binary(min_size=32, max_size=32))
def test_a_code_has_a_letter_and_a_digit_and_is_found_again(zaad: bytes) -> None:
    """Whatever the seed, people and mail programs can carry the code."""
    code = antwoordcode(zaad, kenmerk=KENMERK, loket=LOKET)
    assert code == antwoordcode(zaad, kenmerk=KENMERK, loket=LOKET)
    assert normaliseer_code(code) == code
    assert vind_codes(f"tekst {code} tekst") == (code,)
    assert any(c.isdigit() for c in code)
    assert any(c.isalpha() for c in code)


def test_a_code_without_letters_is_passed_over() -> None:
    """A seed whose first try is no good gives another, and always the same one."""
    for getal in range(400):
        zaad = hashlib.sha256(str(getal).encode()).digest()
        code = antwoordcode(zaad, kenmerk=KENMERK, loket=LOKET).replace("-", "")
        assert not code.isalpha()


def test_codes_differ_by_casus_desk_and_seed() -> None:
    """The code of one verzoek fits no other."""
    codes = {
        antwoordcode(ZAAD, kenmerk=KENMERK, loket=LOKET),
        antwoordcode(ZAAD, kenmerk=Kenmerk("ZNW-2026-00043"), loket=LOKET),
        antwoordcode(ZAAD, kenmerk=KENMERK, loket=LoketId("ggz")),
        antwoordcode(bytes(32), kenmerk=KENMERK, loket=LOKET),
    }
    assert len(codes) == 4


def test_an_id_is_a_name_for_ever() -> None:
    """The same message has the same id; another kind or number has another."""
    assert _id() == _id()
    assert len({_id(), _id(soort="herinnering"), _id(nummer=2)}) == 3
    assert len(_id()) == 32
    assert set(_id()) <= set("0123456789abcdef")


def test_names_in_a_stream_do_not_run_together() -> None:
    """('a', 'bc') and ('ab', 'c') are two messages."""
    een = bericht_id(ZAAD, kenmerk=KENMERK, ontvanger=MedewerkerId("a"), soort="bc", nummer=1)
    ander = bericht_id(ZAAD, kenmerk=KENMERK, ontvanger=MedewerkerId("ab"), soort="c", nummer=1)
    assert een != ander


def test_a_seed_of_another_length_is_a_fault() -> None:
    """A short seed would make codes that can be guessed."""
    with pytest.raises(ValueError, match="32 bytes"):
        antwoordcode(b"kort", kenmerk=KENMERK, loket=LOKET)


@pytest.mark.parametrize(
    ("een", "ander", "zelfde"),
    [
        (CODE, CODE, True),
        (CODE, "7f3k 2m9q", True),
        ("0123-ABCD", "OI23-abcd", True),
        (CODE, "7F3K-2M9R", False),
        (CODE, "", False),
        ("", "", False),
        ("UUUU-UUUU", "UUUU-UUUU", False),
    ],
)
def test_codes_are_compared_as_people_type_them(een: str, ander: str, zelfde: bool) -> None:
    """Case, blanks and look-alike letters do not matter; what is no code fits nothing."""
    assert zelfde_code(een, ander) is zelfde


@pytest.mark.parametrize(
    "tekst",
    [
        "ZNW-2026-00042",
        "> kenmerk: znw-2026-00042.",
        "ZNW-2O26-OOO42",
        "ZNW-2026-\n> 00042",
        "ZNW 2026 00042",
        "ZNW\u20112026\u201100042 en ZNW-2026-00042",
    ],
)
def test_a_kenmerk_is_found_however_it_was_carried(tekst: str) -> None:
    """Quoted, wrapped, retyped: it is the same casus, once."""
    assert vind_kenmerken(tekst, afkorting="ZNW") == (KENMERK,)


@pytest.mark.parametrize("tekst", ["", "XZNW-2026-00042", "ZNW-2026-0042", "ABC-2026-00042"])
def test_what_only_looks_like_a_kenmerk_is_none(tekst: str) -> None:
    """Another network, too short, or part of a word."""
    assert vind_kenmerken(tekst, afkorting="ZNW") == ()


@pytest.mark.parametrize(
    ("tekst", "codes"),
    [
        (f"antwoordcode {CODE}", (CODE,)),
        ("> antwoord-\n> code: 7f3k-\n> 2m9q", (CODE,)),
        ("Antwoordcode: 7F3K 2M9Q", (CODE,)),
        ("antwoordcode ABCD-EFGH", ("ABCD-EFGH",)),
        (f"{CODE} en 1A2B-3C4D en {CODE}", (CODE, "1A2B-3C4D")),
        ("de antwoordcode onderaan staan", ()),
        ("antwoordcode 7F3U-2M9Q", ()),
        ("test-geval 1234-5678 ABCD-EFGH", ()),
        ("550e8400-e29b-41d4-a716-446655440000", ()),
    ],
)
def test_a_code_is_found_and_a_word_is_not(tekst: str, codes: tuple[str, ...]) -> None:
    """With the word before it a code may be typed carelessly; alone it must look like one."""
    assert vind_codes(tekst) == codes


@pytest.mark.parametrize(
    ("tekst", "onderwerp", "soort"),
    [
        ("", "formulier", PostSoort.FORMULIER),
        ("", "Re: Fwd: [EXTERN] FORMULIER!", PostSoort.FORMULIER),
        ("Graag het formulier.", "Antw: leeg formulier?", PostSoort.FORMULIER),
        ("", "formulier 2", PostSoort.MELDING),
        (
            (
                "Op 24-11-2026 schreef de broker:\n> # Regels die met # beginnen, zijn uitleg."
                " U mag ze laten staan.\n> Naam:\n> Adres:"
            ),
            "Re: formulier",
            PostSoort.FORMULIER,
        ),
        ("graag", "Re: FORMULIER.", PostSoort.FORMULIER),
        (GOED, "formulier", PostSoort.MELDING),
        (GOED, "melding", PostSoort.MELDING),
        (f"{GOED}\nzie ook {KENMERK}", "", PostSoort.MELDING),
        (f"{GOED}\nantwoordcode {CODE}", "", PostSoort.ANTWOORD),
        (f"BEKEND\n> {CODE}", "", PostSoort.ANTWOORD),
        ("BEKEND", f"Re: Verrijkingsverzoek {KENMERK}", PostSoort.ANTWOORD),
        ("Naam: Jan", "", PostSoort.MELDING),
        ("BEKEND", "", PostSoort.MELDING),
        (f"BEKEND\n> {KENMERK}\n> Naam: Jan\n> Adres: x", "", PostSoort.ANTWOORD),
    ],
)
def test_a_mail_is_told_by_what_it_holds(tekst: str, onderwerp: str, soort: PostSoort) -> None:
    """A form is a melding, a kenmerk or code an answer; quoted labels make no form."""
    assert soort_post(tekst, onderwerp, afkorting="ZNW") is soort


@settings(max_examples=60)
@given(st.text(max_size=200), st.text(max_size=40))
def test_any_mail_is_of_some_kind(tekst: str, onderwerp: str) -> None:
    """No text makes the reader raise."""
    assert soort_post(tekst, onderwerp, afkorting="Z.W") in PostSoort

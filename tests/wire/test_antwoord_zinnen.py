"""The table of phrases: each answer in the mail that a program makes of it; no wrong verdict."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.domain.verzoek import Waarde
from broker.wire.antwoord import GelezenAntwoord, Onduidelijk, Onduidelijkheid, lees_antwoord
from broker.wire.antwoord.gevaar import REDEN_VAN
from tests.wire.zinnen import bijna, duidelijk, gewoon, losse_teksten, weer_vragen
from tests.wire.zinnen.programmas import AANHEFFEN, ONDERTEKENINGEN, PROGRAMMAS


def _mails(zinnen: Iterable[str]) -> list[str]:
    """Each phrase in a whole mail: every program, greeting and signature has its turn."""
    vormen = zip(cycle(PROGRAMMAS.values()), cycle(AANHEFFEN), cycle(ONDERTEKENINGEN), strict=False)
    return [
        programma(f"{aanhef}{zin}{ondertekening}")
        for zin, (programma, aanhef, ondertekening) in zip(zinnen, vormen, strict=False)
    ]


_DUIDELIJK = [*duidelijk.ZINNEN, *losse_teksten.DUIDELIJK, *bijna.DUIDELIJK]
_DUIDELIJKE_MAILS = list(
    zip(
        (waarde for waarde, _ in duidelijk.ZINNEN),
        _mails(zin for _, zin in duidelijk.ZINNEN),
        strict=True,
    )
)
_LASTIG = list(
    dict.fromkeys(
        (
            *(zin for _, zin in weer_vragen.ZINNEN),
            *(tekst for _, tekst in losse_teksten.ONDUIDELIJK),
            *losse_teksten.WEER_VRAGEN,
            *bijna.WEER_VRAGEN,
        )
    )
)
_LASTIGE_MAILS = _mails(_LASTIG)


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(("waarde", "tekst"), _DUIDELIJK)
def test_a_clear_answer_is_understood(waarde: Waarde, tekst: str) -> None:
    """The four plain words and the ordinary sentences around them."""
    gelezen = lees_antwoord(tekst)
    assert isinstance(gelezen, GelezenAntwoord), gelezen
    assert gelezen.waarde is waarde


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(
    ("waarde", "mail"), _DUIDELIJKE_MAILS, ids=map(str, range(len(_DUIDELIJKE_MAILS)))
)
def test_a_clear_answer_is_understood_in_a_whole_mail(waarde: Waarde, mail: str) -> None:
    """Greeting, signature and our verzoek quoted around it change nothing."""
    gelezen = lees_antwoord(mail)
    assert isinstance(gelezen, GelezenAntwoord), (gelezen, mail)
    assert gelezen.waarde is waarde


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(
    ("reden", "tekst"), weer_vragen.ZINNEN + losse_teksten.ONDUIDELIJK + gewoon.ZINNEN
)
def test_an_unclear_answer_is_asked_again(reden: Onduidelijkheid, tekst: str) -> None:
    """Doubt, past tense, another person, negations and two verdicts are never guessed."""
    gelezen = lees_antwoord(tekst)
    assert isinstance(gelezen, Onduidelijk)
    assert gelezen.reden is reden


@pytest.mark.rule("D-4")
@pytest.mark.parametrize("mail", _LASTIGE_MAILS, ids=map(str, range(len(_LASTIGE_MAILS))))
def test_an_unclear_answer_is_asked_again_in_a_whole_mail(mail: str) -> None:
    """No program makes a clear one of it."""
    assert isinstance(lees_antwoord(mail), Onduidelijk)


@pytest.mark.rule("D-4")
@pytest.mark.parametrize("tekst", losse_teksten.WEER_VRAGEN + bijna.WEER_VRAGEN)
def test_what_could_turn_a_verdict_is_asked_again(tekst: str) -> None:
    """Beside the answer, below the signature and in the optional lines: what is not known to be
    harmless makes it unclear."""
    assert isinstance(lees_antwoord(tekst), Onduidelijk)


@pytest.mark.rule("D-4")
@pytest.mark.parametrize("programma", PROGRAMMAS.values(), ids=PROGRAMMAS)
def test_a_sentence_that_looks_like_an_attribution_hides_nothing(
    programma: Callable[[str], str],
) -> None:
    """Only a mail of ours is a quotation without marks, whatever program quotes it below."""
    for tekst in bijna.IN_EEN_CITAAT:
        assert isinstance(lees_antwoord(programma(tekst)), Onduidelijk), tekst


def test_the_table_of_phrases_has_no_wrong_verdict() -> None:
    """Enough phrases, enough hard negatives, and not one that is read wrongly. Prints the share
    that is asked again, and the ordinary answers among it by name."""
    gewone = [tekst for _, tekst in gewoon.ZINNEN]
    verwacht: dict[str, Waarde | None] = {
        tekst: waarde for waarde, tekst in [*_DUIDELIJK, *_DUIDELIJKE_MAILS]
    }
    helder = len(verwacht)
    verwacht |= dict.fromkeys((*_LASTIG, *_LASTIGE_MAILS, *gewone))
    gelezen = {tekst: lees_antwoord(tekst) for tekst in verwacht}
    fout = [
        tekst
        for tekst, antwoord in gelezen.items()
        if isinstance(antwoord, GelezenAntwoord) and antwoord.waarde is not verwacht[tekst]
    ]
    weer = [tekst for tekst, antwoord in gelezen.items() if isinstance(antwoord, Onduidelijk)]
    weer_van_helder = [tekst for tekst in weer if verwacht[tekst] is not None]
    sys.stdout.write(
        f"{len(_DUIDELIJK) + len(_LASTIG)} phrases, {len(_LASTIG)} of them hard negatives;"
        f" {len(_DUIDELIJKE_MAILS)} clear and {len(_LASTIGE_MAILS)} hard ones as whole mails too;"
        f" wrong verdicts {len(fout)}\n"
        f"asked again: {len(weer_van_helder)} of {helder} clear texts,"
        f" {len(weer)} of all {len(verwacht)} texts ({len(weer) / len(verwacht):.0%})\n"
        f"ordinary answers that are asked again: {len(gewone)}\n"
    )
    sys.stdout.writelines(f"  {reden}: {tekst!r}\n" for reden, tekst in gewoon.ZINNEN)
    assert fout == []
    assert weer_van_helder == []
    assert len(_DUIDELIJK) + len(_LASTIG) >= 350
    assert len(_LASTIG) >= 200
    assert len(_DUIDELIJKE_MAILS) >= 130
    # Every program has its turn among the clear mails.
    assert len(_DUIDELIJKE_MAILS) >= len(PROGRAMMAS)


_KERN = st.sampled_from(duidelijk.ZINNEN)


@pytest.mark.rule("D-4")
@settings(max_examples=200, deadline=None)
@given(
    _KERN,
    st.sampled_from(AANHEFFEN),
    st.sampled_from(ONDERTEKENINGEN),
    st.sampled_from(sorted(PROGRAMMAS)),
)
def test_any_program_any_greeting_and_any_signature_keep_the_verdict(
    kern: tuple[Waarde, str], aanhef: str, ondertekening: str, programma: str
) -> None:
    """A clear phrase stays what it is in every mail that can be made around it."""
    waarde, zin = kern
    gelezen = lees_antwoord(PROGRAMMAS[programma](f"{aanhef}{zin}{ondertekening}"))
    assert isinstance(gelezen, GelezenAntwoord), gelezen
    assert gelezen.waarde is waarde


@pytest.mark.rule("D-4")
@settings(max_examples=300, deadline=None)
@given(_KERN, st.sampled_from(sorted({*REDEN_VAN, "niet", "geen", "nooit", "of"})), st.data())
def test_a_dangerous_word_anywhere_never_turns_a_verdict(
    kern: tuple[Waarde, str], woord: str, data: st.DataObject
) -> None:
    """It makes the answer unclear, or it leaves the value as it was. Only 'niet' before the word
    itself makes another answer of it, and that is what it says."""
    waarde, zin = kern
    delen = zin.split(" ")
    plek = data.draw(st.integers(0, len(delen)))
    gelezen = lees_antwoord(" ".join([*delen[:plek], woord, *delen[plek:]]))
    if isinstance(gelezen, GelezenAntwoord) and gelezen.waarde is not waarde:
        assert woord == "niet"
        assert (waarde, gelezen.waarde) == (Waarde.BEKEND, Waarde.ONBEKEND)
        assert "niet" in gelezen.beslist_door


@pytest.mark.rule("D-4")
@settings(max_examples=300, deadline=None)
@given(_KERN, st.data())
def test_a_slip_of_the_fingers_never_turns_a_verdict(
    kern: tuple[Waarde, str], data: st.DataObject
) -> None:
    """One letter left out, doubled or swapped: the same value, or asked again."""
    waarde, zin = kern
    plek = data.draw(st.integers(0, len(zin) - 1))
    slip = data.draw(
        st.sampled_from(
            [
                zin[:plek] + zin[plek + 1 :],
                zin[:plek] + zin[plek] + zin[plek:],
                zin[:plek] + zin[plek + 1 : plek + 2] + zin[plek] + zin[plek + 2 :],
            ]
        )
    )
    gelezen = lees_antwoord(slip)
    assert isinstance(gelezen, Onduidelijk) or gelezen.waarde is waarde, slip

"""What an answer and a melding can hold, and what no value of their types can."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from broker.domain.melding import Melding, PolitieMelding, Toestemming
from broker.domain.verzoek import (
    VAN_EEN_PARTNER,
    Antwoord,
    PolitieAntwoord,
    SoortHulp,
    Waarde,
    mag_hulp_noemen,
)
from tests.fixtures.netwerk import MOMENT
from tests.fixtures.verhalen import (
    CANARIES,
    maak_antwoord,
    maak_betrokkene,
    maak_melding,
    maak_politieantwoord,
    maak_politiebetrokkene,
    maak_politiemelding,
)


@pytest.mark.rule("D-4")
@pytest.mark.parametrize("waarde", Waarde)
def test_only_a_person_can_say_what_a_person_says(waarde: Waarde) -> None:
    """An answer holds one of the four values of a partner; silence is never an answer."""
    if waarde in VAN_EEN_PARTNER:
        assert maak_antwoord("j.hermans", waarde).waarde is waarde
        assert maak_politieantwoord(waarde).waarde is waarde
        return
    with pytest.raises(ValueError, match="only the broker"):
        maak_antwoord("j.hermans", waarde)
    with pytest.raises(ValueError, match="only the broker"):
        maak_politieantwoord(waarde)


@pytest.mark.rule("WPG-14.2")
@pytest.mark.parametrize("waarde", sorted(VAN_EEN_PARTNER))
@pytest.mark.parametrize("artikel", [None, 8, 9, 10, 13, 14])
def test_bekend_by_the_police_names_article_8_or_13(waarde: Waarde, artikel: int | None) -> None:
    """With BEKEND the officer states article 8 or 13, with another value none."""
    mag = artikel in {8, 13} if waarde is Waarde.BEKEND else artikel is None
    if mag:
        assert maak_politieantwoord(waarde, artikel=artikel).artikel == artikel
        return
    with pytest.raises(ValueError, match="article 8 or 13"):
        maak_politieantwoord(waarde, artikel=artikel)


@pytest.mark.rule("WPG-5")
@pytest.mark.rule("PR-10.1")
def test_the_police_cannot_tell_of_help() -> None:
    """Who helps and how is no part of an answer of the police: it could be health data."""
    with pytest.raises(ValueError, match="nothing about help"):
        maak_politieantwoord(hulpverlener="mevrouw De Wit, Incluzio")
    with pytest.raises(ValueError, match="nothing about help"):
        maak_politieantwoord(soort_hulp=SoortHulp.BEMOEIZORG)


@pytest.mark.rule("PR-7.6")
def test_an_answer_has_no_room_for_anything_else() -> None:
    """The schema of an answer is closed: a value, who gave it and when, and which help."""
    gewoon = {veld.name for veld in fields(Antwoord)}
    assert gewoon == {
        "waarde",
        "gegeven_op",
        "gegeven_door",
        "als_vervanger",
        "hulpverlener",
        "soort_hulp",
    }
    assert {veld.name for veld in fields(PolitieAntwoord)} == gewoon | {"artikel"}


@pytest.mark.rule("PR-7.6")
@pytest.mark.rule("PR-3c")
@pytest.mark.rule("PR-3e")
@pytest.mark.parametrize("waarde", sorted(VAN_EEN_PARTNER))
@pytest.mark.parametrize("geeft_hulp", [True, False])
def test_help_is_kept_of_who_gives_it_and_does_not_keep_silent(
    waarde: Waarde, geeft_hulp: bool
) -> None:
    """Beside 'niet verstrekt' nothing is kept: professional secrecy needs no reason."""
    mag = geeft_hulp and waarde is not Waarde.NIET_VERSTREKT
    assert mag_hulp_noemen(waarde, geeft_hulp=geeft_hulp) is mag


def test_a_police_melding_is_police_data_in_all_its_parts() -> None:
    """The person travels on without the melding: he must be police data by himself."""
    with pytest.raises(ValueError, match="police data"):
        maak_politiemelding(betrokkene=maak_betrokkene())


@pytest.mark.rule("PR-7.2")
@pytest.mark.parametrize("toestemming", Toestemming)
def test_a_police_melding_has_no_consent(toestemming: Toestemming) -> None:
    """The police are not asked about consent, and cannot state it."""
    assert maak_politiemelding().toestemming is None
    with pytest.raises(ValueError, match="no consent"):
        maak_politiemelding(toestemming=toestemming)


def test_nothing_about_the_person_shows_in_a_repr() -> None:
    """Name, address, reason, health and answer are not in what a traceback may print."""
    for melding in (maak_melding(reden="drinkt"), maak_politiemelding(reden="drinkt")):
        assert isinstance(melding, PolitieMelding | Melding)
        assert not any(woord in repr(melding) for woord in (*CANARIES, "drinkt"))
    assert not any(woord in repr(maak_politiebetrokkene()) for woord in CANARIES)
    antwoord = replace(
        maak_antwoord("a.dossantos", Waarde.BEKEND),
        hulpverlener="mevrouw De Wit",
        soort_hulp=SoortHulp.BEMOEIZORG,
    )
    assert repr(antwoord) == (
        f"Antwoord(gegeven_op={MOMENT!r}, gegeven_door='a.dossantos', als_vervanger=False)"
    )
    assert "8" not in repr(maak_politieantwoord(Waarde.BEKEND)).replace(repr(MOMENT), "")

"""Sealed fields, register rows and the attached uitkomst: as bytes and back, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.domain.melding import Melding, PolitieMelding
from broker.domain.partner import MedewerkerId
from broker.domain.uitkomst import Uitkomst
from broker.domain.verstrekking import Verstrekking
from broker.domain.verzoek import VAN_EEN_PARTNER, Antwoord, PolitieAntwoord, SoortHulp, Waarde
from broker.wire.canoniek import Velden, schrijf_json
from broker.wire.opslag import (
    antwoord_naar_bytes,
    antwoord_uit_bytes,
    melding_naar_bytes,
    melding_uit_bytes,
)
from broker.wire.registerregel import BLOCK, lees_registerregel, registerregel
from broker.wire.uitkomst_json import lees_uitkomst_json, uitkomst_json
from tests.wire.voorbeelden import (
    BLERICK,
    KENMERK,
    MELDING,
    POLITIEMELDING,
    UITKOMST,
    UITKOMST_KLEIN,
    meldingen,
)

MOMENT = datetime(2026, 11, 26, 9, 30, 0, 125, tzinfo=UTC)
ANTWOORD = Antwoord(Waarde.BEKEND, MOMENT, MedewerkerId("p.hermans"))
VERSTREKKING = Verstrekking(
    netwerk="Zorgnetwerk Venlo",
    kenmerk=KENMERK,
    moment=MOMENT,
    reden="reden",
    doel="doel",
    omschrijving="omschrijving",
    inhoud="antwoord: bekend",
    functionaris=MedewerkerId("k.willems"),
    partij="Gemeente Venlo",
    ontvanger=MedewerkerId("p.hermans"),
    wijze="schriftelijk",
    besluit="beslissing",
)
LEZERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "melding": (melding_uit_bytes, melding_naar_bytes(MELDING)),
    "politiemelding": (melding_uit_bytes, melding_naar_bytes(POLITIEMELDING)),
    "antwoord": (antwoord_uit_bytes, antwoord_naar_bytes(ANTWOORD)),
    "registerregel": (lees_registerregel, registerregel(VERSTREKKING)),
    "uitkomst": (lees_uitkomst_json, uitkomst_json(UITKOMST)),
}

_momenten = st.datetimes(datetime(2021, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
_teksten = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@settings(max_examples=60)
@given(meldingen() | meldingen(politie=True))
def test_a_melding_comes_back_as_it_was(melding: Melding) -> None:
    """Value and type: whether it is police data is in the type."""
    gelezen = melding_uit_bytes(melding_naar_bytes(melding))
    assert gelezen == melding
    assert type(gelezen) is type(melding)
    assert type(gelezen.betrokkene) is type(melding.betrokkene)


@pytest.mark.rule("WPG-14.2")
def test_a_police_melding_of_before_the_article_still_opens() -> None:
    """What was stored before officers stated an article has none, and is police data as it was."""
    velden = json.loads(melding_naar_bytes(POLITIEMELDING))
    assert velden.pop("artikel") == 13
    gelezen = melding_uit_bytes(schrijf_json(velden))
    assert gelezen == replace(POLITIEMELDING, artikel=None)
    assert type(gelezen) is PolitieMelding
    with pytest.raises(ValueError, match="too many"):
        melding_uit_bytes(schrijf_json({**json.loads(melding_naar_bytes(MELDING)), "artikel": 8}))


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(VAN_EEN_PARTNER)),
    _momenten,
    st.booleans(),
    _teksten,
    st.none() | st.sampled_from(SoortHulp),
    st.sampled_from([8, 13]),
)
def test_an_answer_comes_back_as_it_was(
    waarde: Waarde,
    moment: datetime,
    vervanger: bool,
    naam: str,
    soort: SoortHulp | None,
    artikel: int,
) -> None:
    """Value and type."""
    gewoon = Antwoord(waarde, moment, MedewerkerId("x"), vervanger, naam, soort)
    bij_bekend = artikel if waarde is Waarde.BEKEND else None
    politie = PolitieAntwoord(waarde, moment, MedewerkerId("x"), artikel=bij_bekend)
    for antwoord in (gewoon, politie):
        gelezen = antwoord_uit_bytes(antwoord_naar_bytes(antwoord))
        assert gelezen == antwoord
        assert type(gelezen) is type(antwoord)


@pytest.mark.rule("BS-8a")
@settings(max_examples=40)
@given(_momenten, st.lists(_teksten.filter(str.strip), min_size=10, max_size=10))
def test_a_register_row_comes_back_as_it_was(moment: datetime, teksten: list[str]) -> None:
    """Every field of section 8."""
    regel = replace(
        VERSTREKKING,
        moment=moment,
        reden=teksten[0],
        doel=teksten[1],
        inhoud=teksten[2],
        partij=teksten[3],
    )
    assert lees_registerregel(registerregel(regel)) == regel


def test_a_register_row_has_one_spelling() -> None:
    """The same disclosure gives the same bytes, whatever zone its moment was told in."""
    elders = replace(VERSTREKKING, moment=MOMENT.astimezone(timezone(timedelta(hours=1))))
    assert registerregel(elders) == registerregel(VERSTREKKING)
    assert b'"moment":"2026-11-26T09:30:00.000125Z"' in registerregel(VERSTREKKING)
    with pytest.raises(ValueError, match="time zone"):
        registerregel(replace(VERSTREKKING, moment=MOMENT.replace(tzinfo=None)))


@pytest.mark.parametrize("uitkomst", [UITKOMST, UITKOMST_KLEIN])
def test_an_uitkomst_comes_back_as_it_was(uitkomst: Uitkomst) -> None:
    """All but the postcodes of its werkgebied, with the notice where it holds police data."""
    inhoud = uitkomst_json(uitkomst)
    gelezen = lees_uitkomst_json(inhoud)
    assert gelezen.regels == uitkomst.regels
    assert [type(r) for r in gelezen.regels] == [type(r) for r in uitkomst.regels]
    assert (gelezen.werkgebied is None) == (uitkomst.werkgebied is None)
    if gelezen.werkgebied is not None:
        assert replace(gelezen.werkgebied, postcodes=BLERICK.postcodes) == BLERICK
    assert ("Wpg" in json.loads(inhoud)["geheimhouding"]) == (uitkomst is UITKOMST)


@pytest.mark.parametrize("naam", LEZERS)
@pytest.mark.parametrize(
    "inhoud", [b"", b"\xff", b"[]", b"{}", b'{"a": 1}', b'{"a":1,"a":1}', b"[" * 5000, b"NaN"]
)
def test_other_bytes_are_refused(naam: str, inhoud: bytes) -> None:
    """Only the canonical bytes of the right shape are read."""
    with pytest.raises(ValueError, match=r"."):
        LEZERS[naam][0](inhoud)


def _plekken(waarde: object, pad: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(waarde, dict):
        return [p for k, v in waarde.items() for p in [(*pad, k), *_plekken(v, (*pad, k))]]
    if isinstance(waarde, list):
        return [p for k, v in enumerate(waarde) for p in _plekken(v, (*pad, k))]
    return []


@pytest.mark.parametrize("naam", LEZERS)
@pytest.mark.parametrize("kapot", ["Qx7", 3.5, {"x": 1}, [1], "weg", "extra"])
def test_a_broken_field_is_refused_without_its_content(naam: str, kapot: object) -> None:
    """Each field in turn is replaced, left out or given a neighbour; the error tells no content."""
    lees, inhoud = LEZERS[naam]
    vrij = {"naam", "adres", "postcode", "woonplaats", "reden", "gegeven_door", "hulpverlener"}
    vrij |= {"netwerk", "kenmerk", "doel", "omschrijving", "inhoud", "functionaris", "partij"}
    vrij |= {"ontvanger", "wijze", "besluit", "id", "loket", "contact", "telefoon"}
    vrij |= {"geheimhouding"}
    for *pad, veld in _plekken(json.loads(inhoud)):
        if kapot == "Qx7" and veld in vrij:
            continue
        if (naam, kapot, veld) == ("politiemelding", "weg", "artikel"):
            continue  # What was stored before has none: see below.
        gelezen = json.loads(inhoud)
        ouder = gelezen
        for stap in pad:
            ouder = ouder[stap]
        if kapot == "weg":
            del ouder[veld]
        elif kapot == "extra":
            ouder["zzz"] = 1
        else:
            ouder[veld] = kapot
        with pytest.raises(ValueError, match=r".") as fout:
            lees(schrijf_json(gelezen))
        assert "Qx7" not in str(fout.value)
        assert "Vries" not in str(fout.value)


@pytest.mark.parametrize(
    ("naam", "veld", "waarde"),
    [
        ("antwoord", "waarde", "geen reactie"),
        ("antwoord", "artikel", 8),
        ("antwoord", "artikel", True),
        ("melding", "datum_toestemming", "2026-02-31"),
        ("melding", "niet_geinformeerd", "x"),
        ("uitkomst", "politiegegevens", False),
        ("uitkomst", "geheimhouding", ""),
    ],
)
def test_fields_that_contradict_the_type_are_refused(naam: str, veld: str, waarde: object) -> None:
    """A value that only the broker gives, an article of another desk, police data unmarked."""
    lees, inhoud = LEZERS[naam]
    with pytest.raises(ValueError, match=naam):
        lees(schrijf_json(json.loads(inhoud) | {veld: waarde}))


def test_fields_are_taken_once() -> None:
    """A field that was taken is gone."""
    velden = Velden({"a": "2026-01-01"}, van="proef")
    assert velden.datum_of_niets("a") == date(2026, 1, 1)
    with pytest.raises(ValueError, match="'a'"):
        velden.neem("a")


@pytest.mark.parametrize("inhoud", ["antwoord: onbekend", "antwoord: bekend (artikel 8 Wpg)", "x"])
def test_every_register_row_has_the_same_length(inhoud: str) -> None:
    """Who holds the database cannot tell from the size of the ciphertext what the police said."""
    assert len(registerregel(replace(VERSTREKKING, inhoud=inhoud))) == BLOCK


def test_a_register_row_with_another_padding_is_refused() -> None:
    """The bytes are canonical: there is one way to write a row."""
    with pytest.raises(ValueError, match="opvulling"):
        lees_registerregel(registerregel(VERSTREKKING).replace(b"....", b"...", 1))

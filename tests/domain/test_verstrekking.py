"""Police data: told by type and nothing else, and recorded with every field."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.bericht import (
    Aangemeld,
    Bericht,
    Geadresseerd,
    Kennisgeving,
    Status,
    StatusBericht,
    UitkomstBericht,
    Verzoek,
    Vraag,
)
from broker.domain.melding import Doel, Melding
from broker.domain.partner import LoketId
from broker.domain.uitkomst import PolitieRegel, Uitkomst, UitkomstRegel
from broker.domain.verstrekking import (
    DOELTEKST,
    Verstrekking,
    bevat_politiegegevens,
    verstrekking_van_antwoord,
    verstrekking_van_melding,
)
from broker.domain.verzoek import PolitieAntwoord, Waarde
from tests.fixtures.netwerk import MOMENT, WOONWENZ, maak_netwerk, medewerker_van, spreker_van
from tests.fixtures.verhalen import (
    CANARIES,
    KENMERK,
    maak_antwoord,
    maak_betrokkene,
    maak_melding,
    maak_politieantwoord,
    maak_politiebetrokkene,
    maak_politiemelding,
)

NETWERK = maak_netwerk()
REGIE = spreker_van(NETWERK, "m.janssen")
GEMEENTE = NETWERK.partner_van(REGIE.loket)


@dataclass(frozen=True, slots=True)
class Doos:
    """Holds anything, and says nothing about it."""

    label: str
    inhoud: object


POLITIE: tuple[object, ...] = (
    maak_politieantwoord(Waarde.BEKEND),
    maak_politieantwoord(Waarde.ONBEKEND),
    maak_politieantwoord(Waarde.NIET_VAST_TE_STELLEN),
    maak_politiebetrokkene(),
    maak_politiemelding(),
    PolitieRegel(LoketId("politie"), "Politie", Waarde.ONBEKEND),
)
GEEN_POLITIE: tuple[object, ...] = (
    None,
    "politie: bekend (artikel 8 Wpg)",
    b"politie",
    8,
    date(2026, 11, 23),
    Waarde.BEKEND,
    maak_antwoord("w.vanderlinden", Waarde.BEKEND),
    maak_politieantwoord(Waarde.NIET_VERSTREKT),
    maak_betrokkene(),
    maak_melding(),
    UitkomstRegel(LoketId("politie"), "Politie", Waarde.NIET_VERSTREKT),
    PolitieAntwoord,
    Doos,
)


def _in_vakken(inhoud: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Every shape in which a value can hide; what cannot be hashed stays out of sets and keys."""
    rijtje = st.lists(inhoud, max_size=3)
    return st.one_of(
        rijtje,
        rijtje.map(tuple),
        rijtje.map(deque),
        st.dictionaries(st.text(max_size=3), inhoud, max_size=3),
        st.builds(Doos, st.text(max_size=3), inhoud),
    )


ONSCHULDIG = st.recursive(st.sampled_from(GEEN_POLITIE) | st.text(), _in_vakken, max_leaves=8)
VERPAKKINGEN: tuple[Callable[[Any, Any], object], ...] = (
    lambda kern, ander: (ander, kern),
    lambda kern, ander: [kern, ander],
    lambda kern, ander: deque([ander, kern]),
    lambda kern, ander: {"a": ander, "b": kern},
    lambda kern, ander: {"a": kern}.values(),
    lambda kern, ander: Doos("x", kern),
    lambda kern, ander: Doos("x", (ander, Doos("y", kern))),
)


@given(waarde=ONSCHULDIG)
def test_nothing_is_police_data_without_a_value_of_that_type(waarde: object) -> None:
    """Words, articles and desks do not make police data; only the type of a value does."""
    assert not bevat_politiegegevens(waarde)


@given(
    kern=st.sampled_from(POLITIE),
    lagen=st.lists(st.tuples(st.sampled_from(VERPAKKINGEN), ONSCHULDIG), max_size=6),
)
def test_police_data_is_found_at_any_depth(
    kern: object, lagen: list[tuple[Callable[[Any, Any], object], object]]
) -> None:
    """Wrapped in whatever, as often as you like, beside whatever: it stays police data."""
    for verpak, ander in lagen:
        kern = verpak(kern, ander)
    assert bevat_politiegegevens(kern)


@pytest.mark.parametrize("kern", POLITIE, ids=lambda kern: type(kern).__name__)
@pytest.mark.parametrize(
    "verpak",
    [lambda x: {x}, lambda x: frozenset({x}), lambda x: {x: "sleutel"}, lambda x: (({x: ()},),)],
    ids=["set", "frozenset", "key", "deep key"],
)
def test_police_data_is_found_in_sets_and_keys(
    kern: object, verpak: Callable[[object], object]
) -> None:
    """Also where a value is a member of a set or the key of a mapping."""
    assert bevat_politiegegevens(verpak(kern))


def _vraag(melding: Melding) -> Vraag:
    return Vraag(
        kenmerk=KENMERK,
        betrokkene=melding.betrokkene,
        doelen=melding.doelen,
        toestemming=melding.toestemming,
        bekend_betekent="de persoon is nu huurder.",
        geeft_hulp=False,
        politieloket=False,
        uiterlijk=date(2026, 11, 30),
        antwoordcode="7F3K-2M9Q",
    )


def _kennisgeving(melding: Melding) -> Kennisgeving:
    return Kennisgeving(
        Aangemeld(KENMERK, melding, "mevrouw X", "077", "Politie", "Blerick"), date(2026, 11, 30)
    )


@pytest.mark.rule("WPG-32")
@pytest.mark.parametrize("politie", [True, False], ids=["police melding", "other melding"])
def test_messages_about_a_police_melding_are_police_data(politie: bool) -> None:
    """Every verzoek and the kennisgeving of a police melding are; a status never is."""
    melding = maak_politiemelding() if politie else maak_melding()
    berichten: tuple[Bericht, ...] = (Verzoek(_vraag(melding)), _kennisgeving(melding))
    for bericht in berichten:
        post = Geadresseerd(bericht, medewerker_van(NETWERK, "p.nguyen"), WOONWENZ)
        assert bevat_politiegegevens(post) is politie
    assert not bevat_politiegegevens(StatusBericht(KENMERK, Status.ONTVANGEN))


def test_an_uitkomst_is_police_data_by_one_line() -> None:
    """One line of the police among others is enough."""
    gewoon = UitkomstRegel(WOONWENZ, "Woonwenz", Waarde.BEKEND)
    politie = PolitieRegel(LoketId("politie"), "Politie", Waarde.BEKEND)
    assert bevat_politiegegevens(UitkomstBericht(Uitkomst(KENMERK, None, (gewoon, politie))))
    assert not bevat_politiegegevens(UitkomstBericht(Uitkomst(KENMERK, None, (gewoon,))))


def _van_antwoord(antwoord: PolitieAntwoord) -> Verstrekking | None:
    return verstrekking_van_antwoord(
        antwoord,
        kenmerk=KENMERK,
        doelen=frozenset({Doel.WOONOVERLAST, Doel.KETENREGIE}),
        partij=GEMEENTE,
        ontvanger=REGIE.medewerker.id,
        netwerk=NETWERK,
    )


@pytest.mark.rule("BS-8a")
@pytest.mark.parametrize(
    ("waarde", "artikel", "inhoud"),
    [
        (Waarde.BEKEND, 8, "antwoord: bekend (artikel 8 Wpg)"),
        (Waarde.BEKEND, 13, "antwoord: bekend (artikel 13 Wpg)"),
        (Waarde.ONBEKEND, None, "antwoord: onbekend"),
        (Waarde.NIET_VAST_TE_STELLEN, None, "antwoord: niet vast te stellen"),
    ],
)
def test_the_record_of_an_answer_has_every_field(
    waarde: Waarde, artikel: int | None, inhoud: str
) -> None:
    """Network, kenmerk, moment, reason, purpose, content, officer, recipient, manner, decision."""
    assert _van_antwoord(maak_politieantwoord(waarde, artikel=artikel)) == Verstrekking(
        netwerk="Zorgnetwerk Venlo",
        kenmerk=KENMERK,
        moment=MOMENT,
        reden="antwoord op een verrijkingsverzoek van het zorgnetwerk",
        doel="aanpakken, terugdringen en voorkomen van (woon)overlast; "
        "versterken van ketensamenwerking en ketenregie",
        omschrijving="of betrokkene voorkomt in gegevens volgens artikel 8 of 13 Wpg",
        inhoud=inhoud,
        functionaris=medewerker_van(NETWERK, "w.vanderlinden").id,
        partij="Gemeente Venlo",
        ontvanger=REGIE.medewerker.id,
        wijze="schriftelijk",
        besluit="Beslissing artikel 20 Wpg Zorgnetwerk Venlo van 1 juli 2021",
    )


@pytest.mark.rule("D-9")
def test_niet_verstrekt_discloses_nothing() -> None:
    """Where nothing was disclosed there is nothing to record."""
    assert _van_antwoord(maak_politieantwoord(Waarde.NIET_VERSTREKT)) is None


@pytest.mark.rule("BS-8a")
@pytest.mark.parametrize("veld", [veld.name for veld in fields(Verstrekking)])
@pytest.mark.parametrize("leeg", [None, "", "  \n"])
def test_a_record_with_a_missing_field_is_a_fault(veld: str, leeg: str | None) -> None:
    """Not one of the fields of section 8 can be left out or blank."""
    volledig = _van_antwoord(maak_politieantwoord())
    assert volledig is not None
    wijziging: dict[str, Any] = {veld: leeg}
    with pytest.raises(ValueError, match=f"without {veld}"):
        replace(volledig, **wijziging)


@pytest.mark.rule("BS-8a")
@pytest.mark.parametrize(
    ("velden", "toelichting", "inhoud"),
    [
        ({}, "", "Willemien Zonnebloem, Denkbeeldstraat 17, 5921 XZ, Venlo"),
        (
            {"adres": "", "postcode": "", "woonplaats": "", "zonder_vaste_woonplaats": True},
            "",
            "Willemien Zonnebloem, zonder vaste woonplaats",
        ),
        (
            {"geboortedatum": date(1961, 4, 30)},
            "verward op straat",
            (
                "Willemien Zonnebloem, Denkbeeldstraat 17, 5921 XZ, Venlo, geboren 1961-04-30; "
                "reden van melding: verward op straat"
            ),
        ),
    ],
)
def test_the_record_of_a_melding_holds_all_that_was_disclosed(
    velden: dict[str, Any], toelichting: str, inhoud: str
) -> None:
    """The person as he was reported, and the reason where the recipient was told it."""
    verstrekking = verstrekking_van_melding(
        maak_politiebetrokkene(**velden),
        kenmerk=KENMERK,
        moment=MOMENT,
        functionaris=medewerker_van(NETWERK, "w.vanderlinden").id,
        doelen=frozenset({Doel.ESCALATIE_HUISUITZETTING}),
        partij=GEMEENTE,
        ontvanger=REGIE.medewerker.id,
        netwerk=NETWERK,
        toelichting=toelichting,
    )
    assert verstrekking.inhoud == f"melding: {inhoud}"
    assert verstrekking.doel == "voorkomen van escalatie en huisuitzetting"
    assert not any(woord in repr(verstrekking) for woord in CANARIES)


@pytest.mark.rule("PR-2")
def test_every_purpose_has_its_words() -> None:
    """The record can name each purpose of the covenant, each in its own words."""
    assert set(DOELTEKST) == set(Doel)
    assert len(set(DOELTEKST.values())) == len(Doel)


def test_what_a_message_holds_does_not_show_in_its_repr() -> None:
    """Neither the person nor the answer code is in what a traceback may print."""
    tekst = repr((Verzoek(_vraag(maak_melding())), _kennisgeving(maak_melding())))
    assert not any(woord in tekst for woord in (*CANARIES, "7F3K-2M9Q", "mevrouw X", "077"))

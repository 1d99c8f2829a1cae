"""The melding: what must be in it, and what the broker refuses, with the article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.convenant import (
    beoordeel_melding,
    mag_melden,
)
from broker.domain.errors import Fout
from broker.domain.ingevuld import Ingevuld, VreemdVeld
from broker.domain.label import NIET_VOOR_POLITIE, Label
from broker.domain.melding import (
    Betrokkene,
    Doel,
    Grond,
    Informeren,
    Melding,
    PolitieBetrokkene,
    PolitieMelding,
    Toestemming,
    nog_te_informeren,
)
from broker.domain.partner import MedewerkerId, Netwerk, Periode, Rol
from broker.domain.toegang import (
    mag_intrekken,
)
from tests.fixtures.netwerk import (
    DAG,
    maak_netwerk,
    met_besluit,
    met_medewerker,
    spreker_van,
    zonder_medewerkers,
)
from tests.fixtures.verhalen import (
    CANARIES,
    maak_betrokkene,
    maak_melding,
    maak_melding_zonder_toestemming,
    maak_politiebetrokkene,
    maak_politiemelding,
    vul_in,
)

NETWERK = maak_netwerk()
GISTEREN, MORGEN = DAG - timedelta(days=1), DAG + timedelta(days=1)


def _fouten(
    melding: Melding, melder: str | None = None, netwerk: Netwerk = NETWERK
) -> tuple[Fout, ...]:
    wie = melder or ("w.vanderlinden" if isinstance(melding, PolitieMelding) else "e.smeets")
    weigering = beoordeel_melding(
        vul_in(melding), netwerk=netwerk, melder=spreker_van(netwerk, wie), dag=DAG
    )
    return weigering.fouten if weigering else ()


def _oordeel(ingevuld: Ingevuld, melder: str = "e.smeets") -> tuple[Fout, ...]:
    weigering = beoordeel_melding(
        ingevuld, netwerk=NETWERK, melder=spreker_van(NETWERK, melder), dag=DAG
    )
    return weigering.fouten if weigering else ()


def _codes(fouten: Iterable[Fout]) -> list[tuple[str, str]]:
    return [(fout.regel, fout.code) for fout in fouten]


@pytest.mark.parametrize(
    "melding",
    [maak_melding(), maak_melding_zonder_toestemming(), maak_politiemelding()],
    ids=["consent", "no consent", "police"],
)
def test_a_melding_that_the_covenant_allows_is_taken(melding: Melding) -> None:
    """With consent, without it on both grounds, or by the police."""
    assert _fouten(melding) == ()


@pytest.mark.rule("C-5")
@pytest.mark.rule("PR-13.4")
@pytest.mark.parametrize(("melder", "mag"), [("e.smeets", True), ("m.janssen", False)])
def test_only_who_was_designated_as_melder_reports(melder: str, mag: bool) -> None:
    """An employee without the role melder starts no round, however right his melding is."""
    assert (mag_melden(NETWERK, spreker_van(NETWERK, melder), DAG) is None) is mag
    assert _codes(_fouten(maak_melding(), melder)) == ([] if mag else [("PR-13.4", "geen-melder")])


@pytest.mark.rule("B-1.1")
def test_the_melder_first_did_what_he_could_himself() -> None:
    """Without that statement the melding is incomplete, and the field is named."""
    (fout,) = _fouten(maak_melding(eigen_inzet_gedaan=False))
    assert (fout.veld, fout.regel) == ("Eigen inzet gedaan", "B-1.1")


@pytest.mark.rule("PR-7.1")
@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"toestemming": None}, "Toestemming"),
        ({"toestemming": None, "gronden": frozenset(Grond)}, "Toestemming"),
        ({"toestemming": Toestemming.JA, "datum_toestemming": None}, "Datum toestemming"),
    ],
)
def test_consent_is_asked_first_and_has_a_date(velden: dict[str, Any], veld: str) -> None:
    """Whether betrokkene agreed must be told, and when; grounds do not replace the question."""
    (fout,) = _fouten(maak_melding(**velden))
    assert (fout.veld, fout.regel) == (veld, "PR-7.1")


@pytest.mark.rule("PR-7.3")
@pytest.mark.parametrize("toestemming", [Toestemming.NEE, Toestemming.NIET_GEVRAAGD])
@pytest.mark.parametrize(
    "gronden",
    [frozenset(), frozenset({Grond.ERNSTIGE_TOESTAND}), frozenset({Grond.DRINGENDE_HULP})],
    ids=["none", "a", "b"],
)
def test_without_consent_both_grounds_are_needed(
    toestemming: Toestemming, gronden: frozenset[Grond]
) -> None:
    """A serious condition and urgent need of help: one of the two is not enough."""
    fouten = _fouten(
        maak_melding_zonder_toestemming(
            toestemming=toestemming, gronden=gronden, zou_hulp_afwijzen=True
        )
    )
    assert _codes(fouten) == [("PR-7.3", "gronden-ontbreken")]


@pytest.mark.rule("PR-7.4")
def test_consent_that_was_not_asked_needs_its_reason() -> None:
    """Not asking is allowed only for fear that betrokkene would refuse urgently needed help."""
    zonder = maak_melding_zonder_toestemming(toestemming=Toestemming.NIET_GEVRAAGD)
    assert _codes(_fouten(zonder)) == [("PR-7.4", "reden-niet-gevraagd-ontbreekt")]
    met = maak_melding_zonder_toestemming(
        toestemming=Toestemming.NIET_GEVRAAGD, zou_hulp_afwijzen=True
    )
    assert _fouten(met) == ()


@pytest.mark.rule("PR-7.5")
@pytest.mark.parametrize("toestemming", [Toestemming.NEE, Toestemming.NIET_GEVRAAGD])
def test_without_consent_the_weighing_was_recorded(toestemming: Toestemming) -> None:
    """The date of the recorded weighing is needed; the reasoning has no field at all."""
    fouten = _fouten(
        maak_melding_zonder_toestemming(
            toestemming=toestemming,
            zou_hulp_afwijzen=toestemming is Toestemming.NIET_GEVRAAGD,
            afweging_vastgelegd_op=None,
        )
    )
    assert _codes(fouten) == [("PR-7.5", "afweging-ontbreekt")]
    assert not {veld.name for veld in fields(Melding)} & {"afweging", "motivering"}


@pytest.mark.rule("PR-7.7")
@pytest.mark.parametrize(
    ("gegeven", "moet"), [(DAG, False), (None, True), *((reden, True) for reden in Informeren)]
)
def test_betrokkene_is_informed_beforehand_or_as_soon_as_can_be(
    gegeven: date | Informeren | None, moet: bool
) -> None:
    """Only the day on which it was done ends that duty; no reason not to does. The police are
    asked for nothing that belongs to consent."""
    assert nog_te_informeren(maak_melding(geinformeerd=gegeven)) is moet
    assert nog_te_informeren(maak_melding_zonder_toestemming(geinformeerd=gegeven)) is moet
    assert not nog_te_informeren(maak_politiemelding(geinformeerd=gegeven))


@pytest.mark.rule("PR-7.1")
@pytest.mark.rule("PR-7.3")
@pytest.mark.rule("PR-7.4")
@pytest.mark.parametrize(
    ("toestemming", "gronden", "zou_afwijzen", "afweging"),
    list(
        product(
            [None, *Toestemming],
            [frozenset(), frozenset({Grond.ERNSTIGE_TOESTAND}), frozenset(Grond)],
            [True, False],
            [None, date(2026, 11, 17)],
        )
    ),
)
def test_every_combination_of_consent(
    toestemming: Toestemming | None,
    gronden: frozenset[Grond],
    zou_afwijzen: bool,
    afweging: date | None,
) -> None:
    """Taken with consent, or with both grounds, a weighing, and a reason where it was not asked."""
    gewogen = gronden == set(Grond) and afweging is not None
    mag = {
        None: False,
        Toestemming.JA: True,
        Toestemming.NEE: gewogen,
        Toestemming.NIET_GEVRAAGD: gewogen and zou_afwijzen,
    }[toestemming]
    melding = maak_melding(
        toestemming=toestemming,
        gronden=gronden,
        zou_hulp_afwijzen=zou_afwijzen,
        afweging_vastgelegd_op=afweging,
        datum_toestemming=DAG if toestemming is Toestemming.JA else None,
    )
    assert (_fouten(melding) == ()) is mag


@pytest.mark.rule("PR-7.6a")
@pytest.mark.parametrize(
    ("melding", "mag"),
    [
        (maak_melding(), True),
        (maak_melding_zonder_toestemming(), False),
        (maak_melding_zonder_toestemming(nieuwe_afweging_vastgelegd_op=DAG), True),
        (maak_politiemelding(), True),
    ],
    ids=["consent", "no consent", "weighed anew", "police"],
)
def test_without_consent_no_content_or_background(melding: Melding, mag: bool) -> None:
    """The reason may be told with consent, by the police, or after a new weighing."""
    velden = {veld.name: getattr(melding, veld.name) for veld in fields(melding)}
    met_reden = type(melding)(**{**velden, "reden": "zorgen over verwaarlozing"})
    verwacht = [] if mag else [("PR-7.6a", "reden-zonder-toestemming")]
    assert _codes(_fouten(met_reden)) == verwacht


@pytest.mark.rule("PR-7.2")
def test_the_police_need_no_consent() -> None:
    """A police melding is judged without consent, grounds or weighing."""
    melding = maak_politiemelding(reden="verward op straat")
    assert melding.toestemming is None
    assert not melding.gronden
    assert _fouten(melding) == ()


@pytest.mark.rule("C-3.1")
@pytest.mark.rule("C-4")
@pytest.mark.parametrize("maak", [maak_melding, maak_politiemelding])
def test_a_minor_is_refused(maak: Any) -> None:
    """The network is for adults, whoever reports."""
    assert _codes(_fouten(maak(meerderjarig=False))) == [("C-3.1", "minderjarig")]


@pytest.mark.rule("C-2b")
@pytest.mark.parametrize(
    ("velden", "mag"),
    [
        ({"postcode": "5911 AB"}, True),
        ({"postcode": "5915 AB"}, True),
        ({"postcode": "5953 AB"}, False),
        ({"postcode": "1011 AB"}, False),
        (
            {"adres": "", "postcode": "", "woonplaats": "", "zonder_vaste_woonplaats": True},
            True,
        ),
    ],
)
def test_only_inhabitants_of_the_gemeente(velden: dict[str, Any], mag: bool) -> None:
    """A postcode of the gemeente, or no fixed address."""
    fouten = _fouten(maak_melding(betrokkene=maak_betrokkene(**velden)))
    assert _codes(fouten) == ([] if mag else [("C-2b", "buiten-gemeente")])
    politie = maak_politiemelding(betrokkene=maak_politiebetrokkene(**velden))
    assert (_fouten(politie) == ()) is mag


@pytest.mark.rule("PR-2")
@given(doelen=st.frozensets(st.sampled_from(Doel)))
def test_a_purpose_of_the_covenant_and_ketenregie_never_alone(doelen: frozenset[Doel]) -> None:
    """At least one of the first three purposes; ketenregie only beside it."""
    mag = bool(doelen - {Doel.KETENREGIE})
    fouten = _fouten(maak_melding(doelen=doelen))
    code = "doel-alleen-ketenregie" if doelen else "ontbreekt"
    assert _codes(fouten) == ([] if mag else [("PR-2", code)])


@pytest.mark.rule("PR-6.3")
@pytest.mark.rule("D-2")
@pytest.mark.rule("UAVG-46")
@pytest.mark.parametrize("soort", [Betrokkene, PolitieBetrokkene])
def test_there_is_no_room_for_other_persons_or_numbers(soort: type[Betrokkene]) -> None:
    """Betrokkene is a name, an address, and a date of birth where it is allowed; nothing else."""
    assert {veld.name for veld in fields(soort)} == {
        "naam",
        "adres",
        "postcode",
        "woonplaats",
        "zonder_vaste_woonplaats",
        "geboortedatum",
    }


@pytest.mark.rule("PR-7.8")
@pytest.mark.parametrize(
    ("door", "mag"),
    [("e.smeets", True), ("o.kowalski", True), ("j.hermans", False), ("m.janssen", False)],
)
def test_only_the_melder_or_his_vervanger_withdraws(door: str, mag: bool) -> None:
    """The melding is the melder's; not even the ketenregisseur withdraws it."""
    melder = MedewerkerId("e.smeets")
    assert mag_intrekken(NETWERK, melder, MedewerkerId(door)) is mag


@pytest.mark.rule("PR-7.8")
def test_a_colleague_who_does_not_stand_in_is_no_melder() -> None:
    """Sitting at the same desk is not enough."""
    assert mag_intrekken(NETWERK, MedewerkerId("e.smeets"), MedewerkerId("o.kowalski"))
    netwerk = met_medewerker(NETWERK, "e.smeets", vervanger=None)
    assert not mag_intrekken(netwerk, MedewerkerId("e.smeets"), MedewerkerId("o.kowalski"))


@pytest.mark.rule("PR-7.8")
def test_a_melder_who_left_is_still_the_melder() -> None:
    """Nobody inherits a melding by chance: without the melder there is no known vervanger."""
    netwerk = zonder_medewerkers(NETWERK, "e.smeets")
    melder = MedewerkerId("e.smeets")
    assert mag_intrekken(netwerk, melder, melder)
    assert not mag_intrekken(netwerk, melder, MedewerkerId("o.kowalski"))


@pytest.mark.rule("BS-9")
@pytest.mark.parametrize(
    "besluit",
    [
        {"opgeschort": True},
        {"geldig": Periode(MORGEN)},
        {"geldig": Periode(date(2021, 7, 2), GISTEREN)},
    ],
    ids=["suspended", "not yet", "no longer"],
)
def test_the_police_report_only_under_their_decision(besluit: dict[str, Any]) -> None:
    """Outside it a police melding is refused; other partners report as before."""
    netwerk = met_besluit(NETWERK, **besluit)
    fouten = _fouten(maak_politiemelding(), netwerk=netwerk)
    assert _codes(fouten) == [("BS-9", "besluit-geldt-niet")]
    assert _fouten(maak_melding(), netwerk=netwerk) == ()


@pytest.mark.rule("BS-5")
def test_an_officer_reports_only_when_designated() -> None:
    """Police data are given by officers who were designated for it."""
    netwerk = met_medewerker(NETWERK, "w.vanderlinden", aanwijzing_politiegegevens=None)
    fouten = _fouten(maak_politiemelding(), netwerk=netwerk)
    assert _codes(fouten) == [("BS-5", "niet-aangewezen-voor-politiegegevens")]


@pytest.mark.rule("BS-1")
def test_the_police_report_only_when_somebody_may_receive_it() -> None:
    """Without a designated ketenregisseur there is nobody to whom police data may go."""
    netwerk = NETWERK
    for id in ("m.janssen", "s.yilmaz"):
        netwerk = met_medewerker(netwerk, id, aanwijzing_politiegegevens=None)
    fouten = _fouten(maak_politiemelding(), netwerk=netwerk)
    assert _codes(fouten) == [("BS-1", "geen-aangewezen-ontvanger")]


def test_a_refusal_names_everything_at_once_and_nobody() -> None:
    """All faults in the order of the form, with rule and explanation, and without the person."""
    netwerk = met_medewerker(NETWERK, "e.smeets", rollen=frozenset({Rol.VERRIJKER}))
    fouten = _fouten(
        maak_melding(
            betrokkene=maak_betrokkene(postcode="1011 AB"),
            meerderjarig=False,
            doelen=frozenset({Doel.KETENREGIE}),
            eigen_inzet_gedaan=False,
            toestemming=Toestemming.NIET_GEVRAAGD,
            datum_toestemming=None,
            reden="Willemien drinkt",
        ),
        netwerk=netwerk,
    )
    assert [fout.regel for fout in fouten] == [
        "PR-13.4",
        "C-2b",
        "C-3.1",
        "PR-2",
        "PR-7.6a",
        "B-1.1",
        "PR-7.3",
        "PR-7.4",
        "PR-7.5",
    ]
    assert all(fout.veld and fout.code and fout.uitleg for fout in fouten)
    assert not any(woord in repr(fouten) for woord in (*CANARIES, "1011", "drinkt"))


@pytest.mark.rule("B-1.3")
def test_a_melding_that_leaves_out_every_desk_is_refused() -> None:
    """A round without a question is no round."""
    alle = frozenset(loket.id for loket in NETWERK.loketten())
    assert _codes(_fouten(maak_melding(uitgezonderd=alle))) == [("B-1.3", "niemand-te-bevragen")]


@pytest.mark.parametrize(
    ("melding", "melder"),
    [(maak_melding(), "w.vanderlinden"), (maak_politiemelding(), "e.smeets")],
    ids=["police without the type", "type without the police"],
)
def test_a_melding_of_the_wrong_type_is_a_fault(melding: Melding, melder: str) -> None:
    """What the police report is police data by its type, and nothing else is."""
    with pytest.raises(ValueError, match="PolitieMelding"):
        _fouten(melding, melder)


@pytest.mark.rule("WPG-14.2")
@pytest.mark.parametrize(
    ("artikel", "code"), [(8, None), (13, None), (9, "ander-artikel"), (None, "ontbreekt")]
)
def test_the_police_report_by_article_8_or_13(artikel: int | None, code: str | None) -> None:
    """Data that were removed, or are processed under another article, are not disclosed here."""
    fouten = _fouten(maak_politiemelding(artikel=artikel))
    assert _codes(fouten) == ([] if code is None else [("WPG-14.2", code)])


@pytest.mark.rule("WPG-14.2")
def test_only_the_police_state_an_article() -> None:
    """On the form of another partner the field is refused."""
    ingevuld = vul_in(maak_melding())
    (fout,) = _oordeel(replace(ingevuld, gevuld=ingevuld.gevuld | {Label.ARTIKEL}))
    assert (fout.veld, fout.code, fout.regel) == ("Artikel", "alleen-voor-politie", "WPG-14.2")


@pytest.mark.rule("PR-7.2")
@pytest.mark.parametrize("label", sorted(NIET_VOOR_POLITIE))
def test_the_police_are_not_asked_for_consent_or_what_replaces_it(label: Label) -> None:
    """Each of those fields is refused on their form."""
    ingevuld = vul_in(maak_politiemelding())
    (fout,) = _oordeel(replace(ingevuld, gevuld=ingevuld.gevuld | {label}), "w.vanderlinden")
    assert (fout.veld, fout.code, fout.regel) == (label, "niet-voor-politie", "PR-7.2")


@pytest.mark.rule("D-2")
@pytest.mark.parametrize("toegestaan", [True, False])
def test_a_date_of_birth_only_where_it_is_turned_on(toegestaan: bool) -> None:
    """NAW is enough, unless the network's configuration says otherwise."""
    netwerk = replace(NETWERK, geboortedatum_toegestaan=toegestaan)
    melding = maak_melding(betrokkene=maak_betrokkene(geboortedatum=date(1970, 12, 31)))
    verwacht = [] if toegestaan else [("D-2", "niet-toegestaan")]
    assert _codes(_fouten(melding, netwerk=netwerk)) == verwacht


@pytest.mark.rule("D-2")
@pytest.mark.parametrize("veld", ["naam", "adres", "postcode", "woonplaats"])
def test_betrokkene_is_identified_by_name_and_address(veld: str) -> None:
    """Each of the four is needed; without one nobody can be looked up."""
    fouten = _fouten(maak_melding(betrokkene=maak_betrokkene(**{veld: ""})))
    assert [(fout.veld.casefold(), fout.regel) for fout in fouten] == [(veld, "D-2")]


@pytest.mark.rule("C-4")
def test_without_a_fixed_abode_there_is_no_address() -> None:
    """Then name is enough; one part of an address beside it contradicts it."""
    leeg = {"adres": "", "postcode": "", "woonplaats": ""}
    zwervend = {"zonder_vaste_woonplaats": True}
    assert _fouten(maak_melding(betrokkene=maak_betrokkene(**leeg | zwervend))) == ()
    for deel in ({"adres": "Laan 1"}, {"postcode": "5921 XZ"}):
        fouten = _fouten(maak_melding(betrokkene=maak_betrokkene(**leeg | zwervend | deel)))
        assert _codes(fouten) == [("C-4", "tegenstrijdig")]


@pytest.mark.rule("PR-6.3")
def test_every_field_that_the_form_does_not_have_is_told() -> None:
    """Each with the label above it, and with the one that was meant where that is known."""
    vreemd = (VreemdVeld(None, None), VreemdVeld(Label.NAAM, Label.CONCEPT))
    fouten = _oordeel(replace(vul_in(maak_melding()), vreemd=vreemd))
    assert _codes(fouten) == [("PR-6.3", "onbekend-veld")] * 2
    assert "Bedoelt u 'Concept'?" in fouten[1].uitleg


@pytest.mark.rule("UAVG-46")
@pytest.mark.parametrize(("plek", "veld"), [(Label.REDEN, Label.REDEN), (None, "Formulier")])
def test_a_burgerservicenummer_is_told_by_its_place(plek: Label | None, veld: str) -> None:
    """In a field, or elsewhere in the mail; it is the only fault of that field."""
    ingevuld = replace(
        vul_in(maak_melding(reden="x")),
        nummers=frozenset({plek}),
        fouten=(Fout(Label.REDEN, "te-lang", "Maak het korter."),) if plek else (),
    )
    (fout,) = _oordeel(ingevuld)
    assert (fout.veld, fout.code, fout.regel) == (veld, "burgerservicenummer", "UAVG-46")

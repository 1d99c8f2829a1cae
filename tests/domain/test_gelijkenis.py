"""Which two betrokkenen are taken for one, whatever the spelling, and which never are (D-3)."""

from __future__ import annotations

import time
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.gelijkenis import (
    LOPEND,
    Gelijkende,
    huisnummer,
    mag_beslissen,
    mag_samenvoegen,
    te_vergelijken,
    trefwoorden,
)
from broker.domain.melding import Betrokkene
from broker.domain.partner import MedewerkerId, Periode, Soort
from broker.domain.persoonsnaam import klank, lees_naam
from tests.fixtures.netwerk import DAG, maak_netwerk, met_medewerker, met_partner


def woont(naam: str, adres: str = "Denkbeeldstraat 17", postcode: str = "5921 XZ") -> Betrokkene:
    """Somebody with an address."""
    return Betrokkene(naam, adres, postcode, "Venlo")


def zwerft(naam: str) -> Betrokkene:
    """Somebody without one."""
    return Betrokkene(naam, zonder_vaste_woonplaats=True)


def geboren(naam: str, dag: date, adres: str) -> Betrokkene:
    """Somebody of whom the day of birth is known too."""
    return Betrokkene(naam, adres, "5911 AB", "Venlo", geboortedatum=dag)


def lijken(een: Betrokkene, ander: Betrokkene) -> bool:
    """Whether the one, who is reported later, is found to be like the other."""
    return bool(trefwoorden(een).gezocht & trefwoorden(ander).bewaard)


LENTE, HERFST = date(1961, 4, 9), date(1961, 10, 9)

DEZELFDE = [
    # Case, titles, initials and first names.
    (woont("Willemien Zonnebloem"), woont("willemien zonnebloem")),
    (woont("Willemien Zonnebloem"), woont("W. ZONNEBLOEM")),
    (woont("Willemien Zonnebloem"), woont("mevrouw W.A. Zonnebloem")),
    (woont("Willemien Zonnebloem"), woont("Zonnebloem, W.")),
    (woont("Willemien Zonnebloem"), woont("Zonnebloem W.")),
    (woont("Willemien Zonnebloem"), woont("drs. W. Zonnebloem")),
    (woont("Th. Bakker"), woont("Thea Bakker")),
    (woont("Anne-Marie Bakker"), woont("A.M. Bakker")),
    # Prefixes: written out, shortened, behind, glued, left out.
    (woont("Wilma van der Linden"), woont("W. v.d. Linden")),
    (woont("Wilma van der Linden"), woont("W. v/d Linden")),
    (woont("Wilma van der Linden"), woont("Linden, W. van der")),
    (woont("Wilma van der Linden"), woont("Van Der Linden, Wilma")),
    (woont("Wilma van der Linden"), woont("W. vd Linden")),
    (woont("Wilma van der Linden"), woont("W. Vanderlinden")),
    (woont("Wilma van der Linden"), woont("Wilma Linden")),
    (woont("Jan in 't Veld"), woont("J. in ’t Veld")),
    (woont("Jan in 't Veld"), woont("J. in t Veld")),
    (woont("Ahmed El Amrani"), woont("A. El-Amrani")),
    (woont("Ahmed El Amrani"), woont("Amrani, Ahmed el")),
    # Double surnames: one half is enough, in either order.
    (woont("Maria Jansen-de Vries"), woont("M. de Vries-Jansen")),
    (woont("Maria Jansen-de Vries"), woont("Maria de Vries")),
    (woont("Maria Jansen - de Vries"), woont("M. Jansen")),
    (woont("Maria Jansen"), woont("M. Jansen geb. de Vries")),
    (woont("Maria Jansen e/v de Vries"), woont("Maria de Vries")),
    (woont("M. Garcia Lopez"), woont("Maria García López")),
    # Letters and sounds.
    (woont("Kurt Müller"), woont("K. Mueller")),
    (woont("Kurt Müller"), woont("K. Muller")),
    (woont("Jan Meijer"), woont("J. Meyer")),
    (woont("Jan Meĳer"), woont("J. Meijer")),
    (woont("Tom Backer"), woont("T. Bakker")),
    (woont("Jan Janssen"), woont("Jan Jansen")),
    (woont("Søren Ångström"), woont("S. Angstrom")),
    # The address: case, blanks, additions, the way a street is written.
    (woont("Jan Smit"), woont("J. Smit", "DENKBEELDSTRAAT 17", "5921xz")),
    (woont("Jan Smit"), woont("J. Smit", "Denkbeeldstr. 17 a")),
    (woont("Jan Smit"), woont("J. Smit", "Denkbeeldstraat 17-2, 1e verdieping")),
    (woont("Jan Smit", "1e Lambertusstraat 5"), woont("J. Smit", "Eerste Lambertusstraat 5")),
    (woont("Jan Smit", "Plein 1944 nr. 5"), woont("J. Smit", "Plein 1944 5")),
    # Father and son, and man and wife: the ketenregisseur decides, so they are alike.
    (woont("Jan Smit"), woont("Johan Smit jr.")),
    (woont("Jan Smit"), woont("Karin Smit")),
    # Without a fixed address, once or twice.
    (zwerft("Jan Smit"), zwerft("J. Smit")),
    (zwerft("Jan Smit"), woont("Smit, J.")),
    (woont("Jan van der Smit"), zwerft("Johannes Smit")),
    # A day of birth, wherever they live.
    (geboren("Jan Smit", LENTE, "Kade 1"), geboren("J. Smit", LENTE, "Markt 9")),
]

ANDEREN = [
    (woont("Jan Smit"), woont("Jan de Boer")),
    (woont("Jan Smit"), woont("Jan Smits")),
    (woont("Jan Smit"), woont("Smit Jansen, Peter", postcode="5921 XA")),
    (woont("Jan Smit"), woont("Jan Smit", "Denkbeeldstraat 71")),
    (woont("Jan Smit"), woont("Jan Smit", "Denkbeeldstraat 1")),
    (woont("Jan Smit"), woont("Jan Smit", postcode="5912 XZ")),
    (woont("Anne-Marie Bakker"), woont("Anne-Marie de Vries")),
    (woont("W. van der Linden"), woont("W. van der Berg")),
    (woont("Maria Jansen-de Vries"), woont("Maria Peters-de Boer")),
    (woont("J. Smit", "Plein 1944 5"), woont("J. Smit", "Plein 1944 6")),
    (woont("Jan"), woont("Smit")),
    (woont("..."), woont("...")),
    (zwerft("Jan Smit"), zwerft("Karin Smit")),
    (zwerft("Jan Smit"), zwerft("Jan de Boer")),
    (zwerft("Jan Smit"), woont("Karin Smit")),
    (zwerft("Smit"), woont("Jan Smit")),
    (geboren("Jan Smit", LENTE, "Kade 1"), geboren("J. Smit", HERFST, "Markt 9")),
    (geboren("Jan Smit", LENTE, "Kade 1"), geboren("J. de Boer", LENTE, "Markt 9")),
]


@pytest.mark.rule("D-3")
@pytest.mark.parametrize(("een", "ander"), DEZELFDE)
def test_one_person_is_recognised_in_every_spelling(een: Betrokkene, ander: Betrokkene) -> None:
    """Whichever of the two is reported first."""
    assert lijken(een, ander)
    assert lijken(ander, een)


@pytest.mark.rule("D-3")
@pytest.mark.parametrize(("een", "ander"), ANDEREN)
def test_two_families_are_never_taken_for_one(een: Betrokkene, ander: Betrokkene) -> None:
    """Another name, another door, another day of birth: no round waits for a decision."""
    assert not lijken(een, ander)
    assert not lijken(ander, een)


@given(st.text(max_size=40))
def test_a_sound_is_heard_the_same_twice(woord: str) -> None:
    """What was made of a word is left as it is when it is made of it again."""
    assert klank(klank(woord)) == klank(woord)


_lettergreep = st.sampled_from(
    ["ba", "de", "ki", "lo", "mu", "na", "re", "si", "to", "vu", "za", "wij", "hoek", "berg"]
)
_achternaam = st.lists(_lettergreep, min_size=2, max_size=3).map("".join)
_voornaam = st.sampled_from(["Johanna", "Zeynep", "Émile", "Karim", "Wil"])
_voorvoegsel = st.sampled_from(["", "van ", "van der ", "de ", "'t "])


@pytest.mark.rule("D-3")
@given(_voornaam, _voorvoegsel, _achternaam, st.booleans())
def test_whoever_it_is_another_spelling_is_like_it(
    voornaam: str, voorvoegsel: str, achternaam: str, thuis: bool
) -> None:
    """Initials, order, capitals, titles, prefixes: each with each, at home and without a home."""
    wie = woont if thuis else zwerft
    letter = f"{voornaam[0]}."
    geschreven = [
        f"{voornaam} {voorvoegsel}{achternaam.title()}",
        f"{letter} {voorvoegsel}{achternaam.title()}".upper(),
        f"{achternaam.title()}, {letter} {voorvoegsel}".strip(),
        f"mevr. {letter} {achternaam}",
        f"{voorvoegsel}{achternaam} {letter}",
    ]
    for een, ander in permutations(geschreven, 2):
        assert lijken(wie(een), wie(ander)), (een, ander)


@given(st.text(max_size=100), st.text(max_size=60))
def test_any_text_is_a_name_and_an_address(naam: str, adres: str) -> None:
    """Whatever somebody typed, a bounded number of words comes out, and nothing is raised."""
    woorden = trefwoorden(woont(naam, adres))
    assert len(woorden.bewaard | woorden.gezocht) <= 3 * 4
    assert lijken(woont(naam, adres), woont(naam, adres)) is bool(woorden.bewaard)


@pytest.mark.parametrize("een", ["i", "c", "v.", "- ", "a, ", " ", "'t ", "oe", "1 ", "van "])
def test_no_name_makes_work(een: str) -> None:
    """Fifty thousand letters of whatever cost no more than they must: linear time."""
    start = time.perf_counter()
    lees_naam(een * (50_000 // len(een)))
    huisnummer(een * (50_000 // len(een)))
    assert time.perf_counter() - start < 5


def test_nothing_of_a_person_is_in_a_repr() -> None:
    """A word that is compared is as personal as the name that it was made of."""
    shown = repr(trefwoorden(woont("Willemien Zonnebloem"))) + repr(lees_naam("W. Zonnebloem"))
    assert "zon" not in shown.casefold()


EERSTE, TWEEDE = Kenmerk("ZNW-2026-00001"), Kenmerk("ZNW-2026-00002")


@pytest.mark.rule("D-3")
@pytest.mark.parametrize("staat", CasusStaat)
def test_only_a_running_casus_is_compared(staat: CasusStaat) -> None:
    """One that was closed, refused or withdrawn holds up nobody."""
    een = Gelijkende(EERSTE, staat, politie=False)
    running = {"ontvangen", "in verrijking", "verrijkt", "geagendeerd", "overgedragen"}
    assert te_vergelijken([een], met=TWEEDE, politie=True) == (
        (een,) if staat.value in running else ()
    )


@pytest.mark.rule("D-3")
def test_a_casus_is_not_compared_with_itself() -> None:
    """And the others come in the order of their kenmerken."""
    zelf, ander = (Gelijkende(k, CasusStaat.VERRIJKT, politie=False) for k in (TWEEDE, EERSTE))
    derde = Gelijkende(Kenmerk("ZNW-2026-00003"), CasusStaat.VERRIJKT, politie=False)
    assert te_vergelijken([derde, zelf, ander], met=TWEEDE, politie=True) == (ander, derde)


@pytest.mark.rule("BS-1")
def test_that_the_police_reported_somebody_is_told_beside_no_other_melding() -> None:
    """Their casus is left out beside every melding but one of their own: what is told about that
    is police data, with its row in the register."""
    politie = Gelijkende(EERSTE, CasusStaat.VERRIJKT, politie=True)
    assert te_vergelijken([politie], met=TWEEDE, politie=True) == (politie,)
    assert te_vergelijken([politie], met=TWEEDE, politie=False) == ()


@pytest.mark.rule("D-3")
@pytest.mark.parametrize("staat", CasusStaat)
def test_a_melding_is_joined_to_a_round_that_was_held(staat: CasusStaat) -> None:
    """Not to one that waits for a decision itself, nor to one that is over, nor to a stranger's."""
    een = Gelijkende(EERSTE, staat, politie=False)
    assert mag_samenvoegen([een], EERSTE) is (staat in LOPEND - {CasusStaat.ONTVANGEN})
    assert not mag_samenvoegen([een], TWEEDE)


@pytest.mark.rule("D-3")
@pytest.mark.parametrize(
    ("wie", "mag"), [("m.janssen", True), ("e.smeets", False), ("niemand", False)]
)
def test_only_a_ketenregisseur_decides(wie: str, *, mag: bool) -> None:
    """Not the melder, not a stranger: father and son can share a name and an address."""
    assert mag_beslissen(maak_netwerk(), MedewerkerId(wie), DAG, politie=False) is mag


@pytest.mark.rule("D-3")
def test_a_ketenregisseur_decides_while_he_is_one() -> None:
    """Not before his first day, and not for a partner that is not the gemeente."""
    later = met_medewerker(maak_netwerk(), "m.janssen", geldig=Periode(date(2026, 12, 1)))
    elders = met_partner(maak_netwerk(), "gemeente-venlo", soort=Soort.WELZIJN)
    for netwerk in (later, elders):
        assert not mag_beslissen(netwerk, MedewerkerId("m.janssen"), DAG, politie=False)


@pytest.mark.rule("BS-1")
def test_a_police_melding_is_decided_by_who_may_have_police_data() -> None:
    """Without a designation he decides about all others."""
    netwerk = met_medewerker(maak_netwerk(), "m.janssen", aanwijzing_politiegegevens=None)
    assert not mag_beslissen(netwerk, MedewerkerId("m.janssen"), DAG, politie=True)
    assert mag_beslissen(netwerk, MedewerkerId("m.janssen"), DAG, politie=False)

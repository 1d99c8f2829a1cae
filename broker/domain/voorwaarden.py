"""What a melding must satisfy: one function an article, to be read beside the covenant.

Each judges a form as it was filled in. A rule is left out when a field by which it judges could not
be read: what follows from that alone is no fault of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from broker.domain.errors import Fout
from broker.domain.ingevuld import Ingevuld
from broker.domain.label import Label
from broker.domain.melding import Doel, Grond, PolitieMelding, Toestemming
from broker.domain.partner import Netwerk
from broker.domain.verzoek import ARTIKELEN_WPG

Voorwaarde = tuple[Callable[[Ingevuld], Iterator[Fout]], frozenset[Label]]
"""A rule, and the fields by which it judges."""


def _ontbreekt(label: Label, wat: str, regel: str) -> Fout:
    return Fout(label, "ontbreekt", f"Dit ontbreekt. {wat}", regel)


# --- who it is about -----------------------------------------------------------------------------


def naam(ingevuld: Ingevuld) -> Iterator[Fout]:
    """D-2: betrokkene is identified by name and address; this is the name."""
    if ingevuld.ontbreekt(Label.NAAM):
        yield _ontbreekt(Label.NAAM, "Schrijf voor- en achternaam van betrokkene.", "D-2")


def adres(ingevuld: Ingevuld) -> Iterator[Fout]:
    """D-2: the address, unless betrokkene has no fixed abode."""
    if ingevuld.melding.betrokkene.zonder_vaste_woonplaats:
        return
    for label, wat in (
        (Label.ADRES, "Schrijf straat en huisnummer."),
        (Label.POSTCODE, "Schrijf vier cijfers en twee letters, bijvoorbeeld 5911 AB."),
        (Label.WOONPLAATS, "Schrijf de plaats waar betrokkene woont."),
    ):
        if ingevuld.ontbreekt(label):
            yield _ontbreekt(label, wat, "D-2")


def zonder_vaste_woonplaats(ingevuld: Ingevuld) -> Iterator[Fout]:
    """C-4: without a fixed abode there is no address to give."""
    if (
        ingevuld.melding.betrokkene.zonder_vaste_woonplaats
        and {Label.ADRES, Label.POSTCODE} & ingevuld.gevuld
    ):
        yield Fout(
            Label.ZONDER_VASTE_WOONPLAATS,
            "tegenstrijdig",
            "Bij ja laat u Adres en Postcode leeg. Is er een adres? Schrijf dan nee.",
            "C-4",
        )


def volwassenen(ingevuld: Ingevuld) -> Iterator[Fout]:
    """C-3.1, C-4: adults only, and the melder says so."""
    if ingevuld.ontbreekt(Label.MEERDERJARIG):
        yield _ontbreekt(
            Label.MEERDERJARIG, "Schrijf ja of nee: is betrokkene 18 jaar of ouder?", "C-3.1"
        )
    elif not ingevuld.melding.meerderjarig:
        yield Fout(
            Label.MEERDERJARIG,
            "minderjarig",
            "Het zorgnetwerk is er voor volwassenen. Meld dit bij een organisatie voor jeugdhulp.",
            "C-3.1",
        )


def inwoners(ingevuld: Ingevuld, netwerk: Netwerk) -> Iterator[Fout]:
    """C-2b, C-4: inhabitants of the gemeente; who has no fixed abode is taken for one."""
    betrokkene = ingevuld.melding.betrokkene
    if (
        not ingevuld.ontbreekt(Label.POSTCODE)
        and not betrokkene.zonder_vaste_woonplaats
        and betrokkene.postcode[:4] not in netwerk.gemeentepostcodes
    ):
        yield Fout(
            Label.POSTCODE,
            "buiten-gemeente",
            f"Deze ligt niet in de gemeente {netwerk.gemeente}. Het zorgnetwerk is er alleen voor"
            " inwoners van die gemeente. Kijk de postcode na.",
            "C-2b",
        )


# --- why, and on which ground --------------------------------------------------------------------


def doelbinding(ingevuld: Ingevuld) -> Iterator[Fout]:
    """PR-2: a purpose of covenant art. 3 lid 2; ketenregie never alone."""
    doelen = ingevuld.melding.doelen
    if ingevuld.ontbreekt(Label.DOEL):
        yield _ontbreekt(
            Label.DOEL,
            "Kies 1 (woonoverlast), 2 (vroegsignalering-toeleiding) of 3 (escalatie-huisuitzetting)"
            ", en eventueel ook 4 (ketenregie).",
            "PR-2",
        )
    elif doelen <= {Doel.KETENREGIE}:
        yield Fout(
            Label.DOEL,
            "doel-alleen-ketenregie",
            "Kies ook doel 1, 2 of 3. Ketenregie (4) alleen is niet genoeg.",
            "PR-2",
        )


def eigen_inzet(ingevuld: Ingevuld) -> Iterator[Fout]:
    """B-1.1: the melder's own procedures were followed without the result that was wanted."""
    if ingevuld.ontbreekt(Label.EIGEN_INZET):
        yield _ontbreekt(
            Label.EIGEN_INZET,
            "Schrijf ja of nee: heeft u eerst zelf alles gedaan wat u kon?",
            "B-1.1",
        )
    elif not ingevuld.melding.eigen_inzet_gedaan:
        yield Fout(
            Label.EIGEN_INZET,
            "eigen-inzet-ontbreekt",
            "Doorloop eerst de werkwijze van uw eigen organisatie. Meld daarna met: ja.",
            "B-1.1",
        )


def artikel_van_de_politie(ingevuld: Ingevuld) -> Iterator[Fout]:
    """WPG-14.2: the officer states article 8 or 13; what was removed is not disclosed."""
    melding = ingevuld.melding
    if not isinstance(melding, PolitieMelding):
        return
    if ingevuld.ontbreekt(Label.ARTIKEL):
        yield _ontbreekt(
            Label.ARTIKEL,
            "Schrijf 8 of 13: het artikel van de Wpg waaronder u deze gegevens verwerkt.",
            "WPG-14.2",
        )
    elif melding.artikel not in ARTIKELEN_WPG:
        yield Fout(
            Label.ARTIKEL,
            "ander-artikel",
            "Alleen gegevens volgens artikel 8 of 13 Wpg mag u hier melden. Schrijf 8 of 13."
            " Verwerkt u de gegevens onder een ander artikel? Meld ze dan niet.",
            "WPG-14.2",
        )


def toestemming_eerst(ingevuld: Ingevuld) -> Iterator[Fout]:
    """PR-7.1: consent is asked first; `ja` has its day, and nothing else has one."""
    melding = ingevuld.melding
    if isinstance(melding, PolitieMelding):
        return
    if melding.toestemming is None:
        yield _ontbreekt(Label.TOESTEMMING, "Schrijf ja, nee of niet gevraagd.", "PR-7.1")
    elif melding.toestemming is Toestemming.JA:
        if melding.datum_toestemming is None:
            yield _ontbreekt(
                Label.DATUM_TOESTEMMING,
                "Schrijf de dag waarop betrokkene toestemming gaf.",
                "PR-7.1",
            )
    elif Label.DATUM_TOESTEMMING in ingevuld.gevuld:
        yield Fout(
            Label.DATUM_TOESTEMMING,
            "tegenstrijdig",
            "Laat dit leeg, of schrijf bij Toestemming ja als betrokkene toestemming gaf.",
            "PR-7.1",
        )


def _zonder_toestemming(ingevuld: Ingevuld) -> bool:
    return ingevuld.melding.toestemming in {Toestemming.NEE, Toestemming.NIET_GEVRAAGD}


def beide_gronden(ingevuld: Ingevuld) -> Iterator[Fout]:
    """PR-7.3: without consent a serious condition is suspected and help is urgently needed."""
    if _zonder_toestemming(ingevuld) and ingevuld.melding.gronden != set(Grond):
        yield Fout(
            Label.GRONDEN,
            "gronden-ontbreken",
            "Zonder toestemming zijn beide gronden nodig: a (u vermoedt een ernstige toestand)"
            " en b (hulp is dringend nodig). Gelden ze allebei? Schrijf dan: a en b.",
            "PR-7.3",
        )


def niet_gevraagd(ingevuld: Ingevuld) -> Iterator[Fout]:
    """PR-7.4: not asking is for fear that betrokkene would refuse urgently needed help."""
    melding = ingevuld.melding
    if melding.toestemming is Toestemming.NIET_GEVRAAGD and not melding.zou_hulp_afwijzen:
        yield Fout(
            Label.ZOU_AFWIJZEN,
            "reden-niet-gevraagd-ontbreekt",
            "Toestemming niet vragen mag alleen als betrokkene dringend nodige hulp daardoor zou"
            " afwijzen. Is dat zo? Schrijf dan: ja.",
            "PR-7.4",
        )


def afweging_vastgelegd(ingevuld: Ingevuld) -> Iterator[Fout]:
    """PR-7.5: without consent the weighing stands in the partner's own file; its day is told."""
    if _zonder_toestemming(ingevuld) and ingevuld.melding.afweging_vastgelegd_op is None:
        yield Fout(
            Label.AFWEGING,
            "afweging-ontbreekt",
            "Leg uw afweging vast in uw eigen dossier en schrijf hier de dag waarop u dat deed."
            " De afweging zelf stuurt u niet mee.",
            "PR-7.5",
        )


def inhoudelijk(netwerk: Netwerk) -> tuple[Voorwaarde, ...]:
    """What the form must say, in its order."""
    return (
        (naam, frozenset()),
        (adres, frozenset({Label.ZONDER_VASTE_WOONPLAATS})),
        (zonder_vaste_woonplaats, frozenset({Label.ZONDER_VASTE_WOONPLAATS})),
        (volwassenen, frozenset({Label.MEERDERJARIG})),
        (
            partial(inwoners, netwerk=netwerk),
            frozenset({Label.POSTCODE, Label.ZONDER_VASTE_WOONPLAATS}),
        ),
        (doelbinding, frozenset({Label.DOEL})),
        (eigen_inzet, frozenset({Label.EIGEN_INZET})),
        (artikel_van_de_politie, frozenset({Label.ARTIKEL})),
        (toestemming_eerst, frozenset({Label.TOESTEMMING})),
        (beide_gronden, frozenset({Label.TOESTEMMING, Label.GRONDEN})),
        (niet_gevraagd, frozenset({Label.TOESTEMMING, Label.ZOU_AFWIJZEN})),
        (afweging_vastgelegd, frozenset({Label.TOESTEMMING, Label.AFWEGING})),
    )

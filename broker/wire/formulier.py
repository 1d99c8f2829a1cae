"""The melding as a form of `Label: waarde` lines: what of it can be read, and what cannot.

Whether a melding is lawful, and whether it is complete, is not judged here but in
`domain.voorwaarden`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from broker.domain.elfproef import bevat_burgerservicenummer, vind_burgerservicenummers
from broker.domain.errors import Fout
from broker.domain.ingevuld import Ingevuld
from broker.domain.label import ALLEEN_POLITIE, NIET_VOOR_POLITIE, Label
from broker.domain.melding import Betrokkene, Melding, PolitieBetrokkene, PolitieMelding
from broker.domain.partner import LoketId
from broker.wire.formulierblad import lees_blad
from broker.wire.keuzes import lees_doelen, lees_gronden, lees_loketten
from broker.wire.naw import lees_adres, lees_naam, lees_plaats, lees_postcode, verdeel_adres
from broker.wire.tekst import schone_tekst
from broker.wire.waarden import (
    Probleem,
    lees_artikel,
    lees_datum,
    lees_geinformeerd,
    lees_janee,
    lees_reden,
    lees_toestemming,
    splits_toestemming,
)

T = TypeVar("T")


class _Invuller:
    """Takes values from a sheet one by one, and collects what is wrong with them."""

    def __init__(self, velden: Mapping[Label, str], *, overslaan: frozenset[Label]) -> None:
        self._velden = velden
        self._overslaan = overslaan
        self.fouten: list[Fout] = []

    def neem(self, label: Label, lees: Callable[[str], T | Probleem]) -> T | None:
        """The value of a field; None when it is empty, not right, or not for this melder."""
        waarde = self._velden.get(label, "")
        if not waarde or label in self._overslaan:
            return None
        gelezen = lees(waarde)
        if isinstance(gelezen, Probleem):
            self.fouten.append(Fout(label, gelezen.code, gelezen.uitleg))
            return None
        return gelezen


def _nummers(tekst: str, velden: Mapping[Label, str]) -> frozenset[Label | None]:
    """The fields with a burgerservicenummer in them; None when one stands elsewhere."""
    gevonden: set[Label | None] = {
        label for label, waarde in velden.items() if bevat_burgerservicenummer(waarde)
    }
    in_velden = sum(len(vind_burgerservicenummers(waarde)) for waarde in velden.values())
    if bevat_burgerservicenummer(tekst) and (
        not gevonden or len(vind_burgerservicenummers(tekst)) > in_velden
    ):
        gevonden.add(None)
    return frozenset(gevonden)


def _verdeel(velden: Mapping[Label, str], *, vandaag: date) -> dict[Label, str]:
    """The fields, with what belongs to another field in its own place where that is clear."""
    verdeeld = verdeel_adres(velden)
    toestemming, dag = splits_toestemming(verdeeld.get(Label.TOESTEMMING, ""), vandaag=vandaag)
    apart = verdeeld.get(Label.DATUM_TOESTEMMING, "")
    if dag and (
        not apart or lees_datum(apart, vandaag=vandaag) == lees_datum(dag, vandaag=vandaag)
    ):
        verdeeld |= {Label.TOESTEMMING: toestemming, Label.DATUM_TOESTEMMING: dag}
    return verdeeld


def lees_formulier(
    tekst: str,
    *,
    politie: bool,
    loketten: Mapping[str, LoketId],
    vandaag: date,
    onderwerp: str = "",
) -> Ingevuld:
    """What a text says in the fields of a melding, and what of it cannot be read.

    `politie`: the signer is an officer, so the melding is police data. `loketten`: the desks by the
    names that people use. `vandaag` is the day for people; no date may lie after it. The faults
    never repeat what was written. Raises nothing.
    """
    blad = lees_blad(tekst)
    velden = _verdeel(blad.velden, vandaag=vandaag)
    invuller = _Invuller(velden, overslaan=NIET_VOOR_POLITIE if politie else ALLEEN_POLITIE)
    neem, datum = invuller.neem, partial(lees_datum, vandaag=vandaag)
    geinformeerd = neem(Label.GEINFORMEERD, partial(lees_geinformeerd, vandaag=vandaag))
    persoon = PolitieBetrokkene if politie else Betrokkene
    melding = partial(PolitieMelding, artikel=neem(Label.ARTIKEL, lees_artikel))
    soort: Callable[..., Melding] = melding if politie else Melding
    ingevuld = soort(
        betrokkene=persoon(
            naam=neem(Label.NAAM, lees_naam) or "",
            adres=neem(Label.ADRES, lees_adres) or "",
            postcode=neem(Label.POSTCODE, lees_postcode) or "",
            woonplaats=neem(Label.WOONPLAATS, lees_plaats) or "",
            zonder_vaste_woonplaats=neem(Label.ZONDER_VASTE_WOONPLAATS, lees_janee) is True,
            geboortedatum=neem(Label.GEBOORTEDATUM, partial(datum, geboorte=True)),
        ),
        meerderjarig=neem(Label.MEERDERJARIG, lees_janee) is True,
        doelen=neem(Label.DOEL, lees_doelen) or frozenset(),
        eigen_inzet_gedaan=neem(Label.EIGEN_INZET, lees_janee) is True,
        toestemming=neem(Label.TOESTEMMING, lees_toestemming),
        datum_toestemming=neem(Label.DATUM_TOESTEMMING, datum),
        gronden=neem(Label.GRONDEN, lees_gronden) or frozenset(),
        zou_hulp_afwijzen=neem(Label.ZOU_AFWIJZEN, lees_janee) is True,
        afweging_vastgelegd_op=neem(Label.AFWEGING, datum),
        nieuwe_afweging_vastgelegd_op=neem(Label.NIEUWE_AFWEGING, datum),
        geinformeerd=geinformeerd.op_of_waarom_niet if geinformeerd else None,
        reden=neem(Label.REDEN, lees_reden) or "",
        uitgezonderd=neem(Label.UITGEZONDERD, partial(lees_loketten, loketten=loketten))
        or frozenset(),
        concept=neem(Label.CONCEPT, lees_janee) is True,
    )
    return Ingevuld(
        ingevuld,
        gevuld=frozenset(label for label, waarde in velden.items() if waarde),
        fouten=(*blad.fouten, *invuller.fouten),
        vreemd=blad.vreemd,
        nummers=_nummers(f"{schone_tekst(onderwerp)}\n{schone_tekst(tekst)}", velden),
        onleesbaar=blad.onleesbaar,
    )

"""The melding as a form of `Label: waarde` lines: read, and every fault told at once.

What the form may hold follows from privacyreglement art. 6; whether a melding is lawful is not
judged here but in `domain.convenant`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from broker.domain.elfproef import bevat_burgerservicenummer
from broker.domain.errors import Fout, Weigering
from broker.domain.melding import (
    Betrokkene,
    Melding,
    PolitieBetrokkene,
    PolitieMelding,
    Toestemming,
)
from broker.domain.partner import LoketId
from broker.wire.formulierblad import FORMULIER, Blad, lees_blad
from broker.wire.velden import HULP, NIET_VOOR_POLITIE, REGEL, Label
from broker.wire.waarden import (
    Probleem,
    lees_adres,
    lees_datum,
    lees_doelen,
    lees_geinformeerd,
    lees_gronden,
    lees_janee,
    lees_loketten,
    lees_naam,
    lees_plaats,
    lees_postcode,
    lees_reden,
    lees_toestemming,
)

T = TypeVar("T")

_VOLGORDE = {str(label): plek for plek, label in enumerate(Label)}


class _Invuller:
    """Takes values from a sheet one by one, and collects what is wrong with them."""

    def __init__(self, blad: Blad, *, politie: bool) -> None:
        self._blad = blad
        self._politie = politie
        self.fouten = list(blad.fouten)

    def meld(self, label: Label, probleem: Probleem, *, regel: str = "") -> None:
        self.fouten.append(Fout(str(label), probleem.code, probleem.uitleg, regel))

    def heeft(self, label: Label) -> bool:
        return bool(self._blad.velden.get(label))

    def neem(
        self, label: Label, lees: Callable[[str], T | Probleem], *, verplicht: bool = False
    ) -> T | None:
        """The value of a field; None when it is not there or not right."""
        waarde = self._blad.velden.get(label, "")
        if not waarde:
            # A field that was found broken already is not called missing as well.
            if verplicht and label not in self._blad.onbruikbaar:
                hulp = HULP[label]
                self.meld(
                    label,
                    Probleem("ontbreekt", f"Dit ontbreekt. {hulp[0].upper()}{hulp[1:]}"),
                    regel=REGEL.get(label, ""),
                )
            return None
        if self._politie and label in NIET_VOOR_POLITIE:
            self.meld(
                label,
                Probleem(
                    "niet-voor-politie",
                    "Laat dit veld weg. Voor een melding van de politie vragen wij dit niet.",
                ),
                regel="PR-7.2",
            )
            return None
        gelezen = lees(waarde)
        if isinstance(gelezen, Probleem):
            self.meld(label, gelezen)
            return None
        return gelezen

    def weigering(self) -> Weigering | None:
        """Every fault in the order of the form, or None when there is none."""
        if not self.fouten:
            return None
        laatste = len(_VOLGORDE)
        return Weigering(
            tuple(sorted(self.fouten, key=lambda fout: _VOLGORDE.get(fout.veld, laatste)))
        )


def _zoek_nummer(tekst: str, blad: Blad) -> Fout | None:
    if not bevat_burgerservicenummer(tekst):
        return None
    velden = (
        str(label) for label, waarde in blad.velden.items() if bevat_burgerservicenummer(waarde)
    )
    return Fout(
        next(velden, FORMULIER),
        "burgerservicenummer",
        "Hierin staat een nummer dat een burgerservicenummer (BSN) kan zijn. Haal dat nummer weg.",
        "UAVG-46",
    )


def _lees_betrokkene(
    invuller: _Invuller, *, politie: bool, geboortedatum_toegestaan: bool, vandaag: date
) -> Betrokkene:
    zwervend = invuller.neem(Label.ZONDER_VASTE_WOONPLAATS, lees_janee) is True
    naam = invuller.neem(Label.NAAM, lees_naam, verplicht=True)
    adres = invuller.neem(Label.ADRES, lees_adres, verplicht=not zwervend)
    postcode = invuller.neem(Label.POSTCODE, lees_postcode, verplicht=not zwervend)
    woonplaats = invuller.neem(Label.WOONPLAATS, lees_plaats, verplicht=not zwervend)
    if zwervend and (adres or postcode):
        invuller.meld(
            Label.ZONDER_VASTE_WOONPLAATS,
            Probleem(
                "tegenstrijdig",
                "Bij ja laat u Adres en Postcode leeg. Is er een adres? Schrijf dan nee.",
            ),
        )
    geboortedatum = invuller.neem(Label.GEBOORTEDATUM, partial(lees_datum, vandaag=vandaag))
    if geboortedatum is not None and not geboortedatum_toegestaan:
        invuller.meld(
            Label.GEBOORTEDATUM,
            Probleem("niet-toegestaan", "Laat dit veld weg. Dit netwerk gebruikt het niet."),
            regel="D-2",
        )
    soort = PolitieBetrokkene if politie else Betrokkene
    return soort(
        naam=naam or "",
        adres=adres or "",
        postcode=postcode or "",
        woonplaats=woonplaats or "",
        zonder_vaste_woonplaats=zwervend,
        geboortedatum=geboortedatum,
    )


def _lees_datum_toestemming(
    invuller: _Invuller, toestemming: Toestemming | None, *, vandaag: date
) -> date | None:
    gegeven = toestemming is Toestemming.JA
    if toestemming is not None and not gegeven and invuller.heeft(Label.DATUM_TOESTEMMING):
        invuller.meld(
            Label.DATUM_TOESTEMMING,
            Probleem(
                "tegenstrijdig",
                "Laat dit leeg, of schrijf bij Toestemming ja als betrokkene toestemming gaf.",
            ),
        )
        return None
    return invuller.neem(
        Label.DATUM_TOESTEMMING, partial(lees_datum, vandaag=vandaag), verplicht=gegeven
    )


def lees_formulier(
    tekst: str,
    *,
    politie: bool,
    loketten: Mapping[str, LoketId],
    geboortedatum_toegestaan: bool,
    vandaag: date,
) -> Melding | PolitieMelding | Weigering:
    """The melding that a text holds, or every fault in it at once, in the order of the form.

    `politie`: the signer is an officer, so the melding is police data and has no consent fields.
    `loketten`: the desks by the names that people use. `vandaag` is the day for people; no date
    may lie after it. The faults never repeat what was written. Raises nothing.
    """
    blad = lees_blad(tekst)
    invuller = _Invuller(blad, politie=politie)
    nummer = _zoek_nummer(tekst, blad)
    if nummer is not None:
        invuller.fouten.append(nummer)
    datum = partial(lees_datum, vandaag=vandaag)

    betrokkene = _lees_betrokkene(
        invuller,
        politie=politie,
        geboortedatum_toegestaan=geboortedatum_toegestaan,
        vandaag=vandaag,
    )
    meerderjarig = invuller.neem(Label.MEERDERJARIG, lees_janee, verplicht=True)
    doelen = invuller.neem(Label.DOEL, lees_doelen, verplicht=True)
    reden = invuller.neem(Label.REDEN, lees_reden)
    eigen_inzet = invuller.neem(Label.EIGEN_INZET, lees_janee, verplicht=True)
    toestemming = invuller.neem(Label.TOESTEMMING, lees_toestemming, verplicht=not politie)
    datum_toestemming = _lees_datum_toestemming(invuller, toestemming, vandaag=vandaag)
    gronden = invuller.neem(Label.GRONDEN, lees_gronden)
    zou_afwijzen = invuller.neem(Label.ZOU_AFWIJZEN, lees_janee)
    afweging = invuller.neem(Label.AFWEGING, datum)
    nieuwe_afweging = invuller.neem(Label.NIEUWE_AFWEGING, datum)
    geinformeerd = invuller.neem(Label.GEINFORMEERD, partial(lees_geinformeerd, vandaag=vandaag))
    uitgezonderd = invuller.neem(Label.UITGEZONDERD, partial(lees_loketten, loketten=loketten))
    concept = invuller.neem(Label.CONCEPT, lees_janee)

    weigering = invuller.weigering()
    if weigering is not None:
        return weigering
    soort = PolitieMelding if politie else Melding
    return soort(
        betrokkene=betrokkene,
        meerderjarig=meerderjarig is True,
        doelen=doelen or frozenset(),
        eigen_inzet_gedaan=eigen_inzet is True,
        toestemming=toestemming,
        datum_toestemming=datum_toestemming,
        gronden=gronden or frozenset(),
        zou_hulp_afwijzen=zou_afwijzen is True,
        afweging_vastgelegd_op=afweging,
        nieuwe_afweging_vastgelegd_op=nieuwe_afweging,
        geinformeerd=geinformeerd.op_of_waarom_niet if geinformeerd else None,
        reden=reden or "",
        uitgezonderd=uitgezonderd or frozenset(),
        concept=concept is True,
    )

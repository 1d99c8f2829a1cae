"""Police data: which values are, and the record that each disclosure of them demands.

Wpg art. 32, decision under art. 20, section 8: the officer who discloses records it, under
'Zorgnetwerk Venlo', with the date and reason, the content, and the party and employee who receive
it. The server is the gemeente's, so police data are disclosed the moment they arrive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime

from broker.domain.casus import Kenmerk
from broker.domain.delen import delen_van
from broker.domain.melding import Betrokkene, Doel
from broker.domain.partner import MedewerkerId, Netwerk, Partner
from broker.domain.verzoek import PolitieAntwoord, Politiegegevens, Waarde

SCHRIFTELIJK = "schriftelijk"

DOELTEKST: Mapping[Doel, str] = {
    Doel.WOONOVERLAST: "aanpakken, terugdringen en voorkomen van (woon)overlast",
    Doel.VROEGSIGNALERING_TOELEIDING: "vroeg signaleren en toeleiden naar (bemoei)zorg",
    Doel.ESCALATIE_HUISUITZETTING: "voorkomen van escalatie en huisuitzetting",
    Doel.KETENREGIE: "versterken van ketensamenwerking en ketenregie",
}
"""The purposes of covenant art. 3 lid 2 in short."""


@dataclass(frozen=True, slots=True)
class Verstrekking:
    """One disclosure of police data to one recipient (BS-8a). `inhoud` is for the police alone."""

    netwerk: str
    kenmerk: Kenmerk
    moment: datetime
    reden: str
    doel: str
    omschrijving: str
    inhoud: str = field(repr=False)
    functionaris: MedewerkerId
    partij: str
    ontvanger: MedewerkerId
    wijze: str
    besluit: str

    def __post_init__(self) -> None:
        """Raises ValueError when a field of section 8 is missing."""
        for veld in fields(self):
            waarde = getattr(self, veld.name)
            if not waarde or (isinstance(waarde, str) and waarde.isspace()):
                raise ValueError(f"a verstrekking without {veld.name}")


def bevat_politiegegevens(waarde: object) -> bool:
    """Whether a value holds police data, by the types of its parts and nothing else."""
    return any(map(_is_politiegegeven, delen_van(waarde)))


def _is_politiegegeven(deel: object) -> bool:
    """D-9: every answer of the police but 'niet verstrekt', which discloses nothing."""
    if isinstance(deel, PolitieAntwoord):
        return deel.waarde is not Waarde.NIET_VERSTREKT
    return isinstance(deel, Politiegegevens)


def _doelen(doelen: frozenset[Doel]) -> str:
    return "; ".join(DOELTEKST[doel] for doel in sorted(doelen))


def verstrekking_van_antwoord(
    antwoord: PolitieAntwoord,
    *,
    kenmerk: Kenmerk,
    doelen: frozenset[Doel],
    partij: Partner,
    ontvanger: MedewerkerId,
    netwerk: Netwerk,
) -> Verstrekking | None:
    """The record of a police answer to one recipient; None for 'niet verstrekt' (D-9)."""
    if not bevat_politiegegevens(antwoord):
        return None
    inhoud = f"antwoord: {antwoord.waarde}"
    if antwoord.artikel is not None:
        inhoud += f" (artikel {antwoord.artikel} Wpg)"
    return Verstrekking(
        netwerk=netwerk.naam,
        kenmerk=kenmerk,
        moment=antwoord.gegeven_op,
        reden="antwoord op een verrijkingsverzoek van het zorgnetwerk",
        doel=_doelen(doelen),
        omschrijving="of betrokkene voorkomt in gegevens volgens artikel 8 of 13 Wpg",
        inhoud=inhoud,
        functionaris=antwoord.gegeven_door,
        partij=partij.naam,
        ontvanger=ontvanger,
        wijze=SCHRIFTELIJK,
        besluit=netwerk.besluit.omschrijving,
    )


def verstrekking_van_melding(
    betrokkene: Betrokkene,
    *,
    kenmerk: Kenmerk,
    moment: datetime,
    functionaris: MedewerkerId,
    doelen: frozenset[Doel],
    partij: Partner,
    ontvanger: MedewerkerId,
    netwerk: Netwerk,
    artikel: int | None = None,
    toelichting: str = "",
) -> Verstrekking:
    """The record of a police melding to one recipient: the person whom the police reported.

    `artikel` is the article of the Wpg that the officer stated (WPG-14.2). `toelichting` is the
    reason for the melding, when the message to this recipient holds it.
    """
    adres = ", ".join(
        deel for deel in (betrokkene.adres, betrokkene.postcode, betrokkene.woonplaats) if deel
    )
    inhoud = f"melding: {betrokkene.naam}, {adres or 'zonder vaste woonplaats'}"
    if betrokkene.geboortedatum is not None:
        inhoud += f", geboren {betrokkene.geboortedatum.isoformat()}"
    if artikel is not None:
        inhoud += f" (artikel {artikel} Wpg)"
    if toelichting:
        inhoud += f"; reden van melding: {toelichting}"
    return Verstrekking(
        netwerk=netwerk.naam,
        kenmerk=kenmerk,
        moment=moment,
        reden="melding door de politie bij het zorgnetwerk",
        doel=_doelen(doelen),
        omschrijving="naam en adres van betrokkene, en dat de politie betrokkene meldt",
        inhoud=inhoud,
        functionaris=functionaris,
        partij=partij.naam,
        ontvanger=ontvanger,
        wijze=SCHRIFTELIJK,
        besluit=netwerk.besluit.omschrijving,
    )

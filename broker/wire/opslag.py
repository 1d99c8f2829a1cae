"""Melding and antwoord as bytes for a sealed field, and back.

Which of them are police data follows from their types, so each carries a tag that says which type
it was. Bytes of an unknown shape raise ValueError without any of the content.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from broker.domain.melding import (
    Betrokkene,
    Doel,
    Grond,
    Informeren,
    Melding,
    PolitieBetrokkene,
    PolitieMelding,
    Toestemming,
)
from broker.domain.partner import LoketId, MedewerkerId
from broker.domain.verzoek import VAN_EEN_PARTNER, Antwoord, PolitieAntwoord, SoortHulp, Waarde
from broker.wire.canoniek import Velden, lees_json, schrijf_json, schrijf_moment

_MELDINGEN: dict[str, Callable[..., Melding]] = {
    "melding": Melding,
    "politiemelding": PolitieMelding,
}
_BETROKKENEN: dict[str, type[Betrokkene]] = {
    "betrokkene": Betrokkene,
    "politiebetrokkene": PolitieBetrokkene,
}


def _dag(dag: date | None) -> str | None:
    return None if dag is None else dag.isoformat()


def melding_naar_bytes(melding: Melding) -> bytes:
    """A melding, police or not, as canonical JSON."""
    betrokkene = melding.betrokkene
    geinformeerd = melding.geinformeerd
    return schrijf_json(
        ({"artikel": melding.artikel} if isinstance(melding, PolitieMelding) else {})
        | {
            "soort": "politiemelding" if isinstance(melding, PolitieMelding) else "melding",
            "betrokkene": {
                "soort": (
                    "politiebetrokkene"
                    if isinstance(betrokkene, PolitieBetrokkene)
                    else "betrokkene"
                ),
                "naam": betrokkene.naam,
                "adres": betrokkene.adres,
                "postcode": betrokkene.postcode,
                "woonplaats": betrokkene.woonplaats,
                "zonder_vaste_woonplaats": betrokkene.zonder_vaste_woonplaats,
                "geboortedatum": _dag(betrokkene.geboortedatum),
            },
            "meerderjarig": melding.meerderjarig,
            "doelen": sorted(melding.doelen),
            "eigen_inzet_gedaan": melding.eigen_inzet_gedaan,
            "toestemming": melding.toestemming,
            "datum_toestemming": _dag(melding.datum_toestemming),
            "gronden": sorted(melding.gronden),
            "zou_hulp_afwijzen": melding.zou_hulp_afwijzen,
            "afweging_vastgelegd_op": _dag(melding.afweging_vastgelegd_op),
            "nieuwe_afweging_vastgelegd_op": _dag(melding.nieuwe_afweging_vastgelegd_op),
            "geinformeerd_op": _dag(geinformeerd) if isinstance(geinformeerd, date) else None,
            "niet_geinformeerd": geinformeerd if isinstance(geinformeerd, Informeren) else None,
            "reden": melding.reden,
            "uitgezonderd": sorted(melding.uitgezonderd),
            "concept": melding.concept,
        }
    )


def melding_uit_bytes(inhoud: bytes) -> Melding:
    """The melding of those bytes, of the type it had. Raises ValueError for any other shape."""
    velden = Velden(lees_json(inhoud), van="melding")
    soort = _MELDINGEN.get(velden.tekst("soort"))
    if soort is None:
        raise ValueError("melding: unknown kind")
    op = velden.datum_of_niets("geinformeerd_op")
    niet = velden.keuze_of_niets("niet_geinformeerd", Informeren)
    if soort is PolitieMelding:
        # What was stored before the police stated an article has none (WPG-14.2).
        artikel = velden.getal_of_niets("artikel") if velden.heeft("artikel") else None
        soort = partial(PolitieMelding, artikel=artikel)
    melding = soort(
        betrokkene=_betrokkene(velden.neem("betrokkene")),
        meerderjarig=velden.janee("meerderjarig"),
        doelen=velden.keuzes("doelen", Doel),
        eigen_inzet_gedaan=velden.janee("eigen_inzet_gedaan"),
        toestemming=velden.keuze_of_niets("toestemming", Toestemming),
        datum_toestemming=velden.datum_of_niets("datum_toestemming"),
        gronden=velden.keuzes("gronden", Grond),
        zou_hulp_afwijzen=velden.janee("zou_hulp_afwijzen"),
        afweging_vastgelegd_op=velden.datum_of_niets("afweging_vastgelegd_op"),
        nieuwe_afweging_vastgelegd_op=velden.datum_of_niets("nieuwe_afweging_vastgelegd_op"),
        geinformeerd=op if niet is None else niet,
        reden=velden.tekst("reden"),
        uitgezonderd=frozenset(LoketId(loket) for loket in velden.teksten("uitgezonderd")),
        concept=velden.janee("concept"),
    )
    velden.is_op()
    return melding


def _betrokkene(waarde: object) -> Betrokkene:
    velden = Velden(waarde, van="betrokkene")
    soort = _BETROKKENEN.get(velden.tekst("soort"))
    if soort is None:
        raise ValueError("betrokkene: unknown kind")
    betrokkene = soort(
        naam=velden.tekst("naam"),
        adres=velden.tekst("adres"),
        postcode=velden.tekst("postcode"),
        woonplaats=velden.tekst("woonplaats"),
        zonder_vaste_woonplaats=velden.janee("zonder_vaste_woonplaats"),
        geboortedatum=velden.datum_of_niets("geboortedatum"),
    )
    velden.is_op()
    return betrokkene


def antwoord_naar_bytes(antwoord: Antwoord) -> bytes:
    """An answer, police or not, as canonical JSON."""
    politie = isinstance(antwoord, PolitieAntwoord)
    return schrijf_json(
        {
            "soort": "politieantwoord" if politie else "antwoord",
            "waarde": antwoord.waarde,
            "gegeven_op": schrijf_moment(antwoord.gegeven_op),
            "gegeven_door": antwoord.gegeven_door,
            "als_vervanger": antwoord.als_vervanger,
            "hulpverlener": antwoord.hulpverlener,
            "soort_hulp": antwoord.soort_hulp,
            "artikel": antwoord.artikel if isinstance(antwoord, PolitieAntwoord) else None,
        }
    )


def antwoord_uit_bytes(inhoud: bytes) -> Antwoord:
    """The answer of those bytes, of the type it had. Raises ValueError for any other shape."""
    velden = Velden(lees_json(inhoud), van="antwoord")
    soort = velden.tekst("soort")
    waarde = velden.keuze("waarde", Waarde)
    if waarde not in VAN_EEN_PARTNER:
        raise ValueError("antwoord: a value that no partner gives")
    gegeven_op = velden.moment("gegeven_op")
    gegeven_door = MedewerkerId(velden.tekst("gegeven_door"))
    als_vervanger = velden.janee("als_vervanger")
    hulpverlener = velden.tekst("hulpverlener")
    soort_hulp = velden.keuze_of_niets("soort_hulp", SoortHulp)
    artikel = velden.getal_of_niets("artikel")
    velden.is_op()
    if soort == "politieantwoord":
        return PolitieAntwoord(
            waarde, gegeven_op, gegeven_door, als_vervanger, hulpverlener, soort_hulp, artikel
        )
    if soort == "antwoord" and artikel is None:
        return Antwoord(waarde, gegeven_op, gegeven_door, als_vervanger, hulpverlener, soort_hulp)
    raise ValueError("antwoord: unknown kind")

"""An invented network and casus, from which the tests of the codecs make their messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from broker.domain import bericht as b
from broker.domain.casus import Kenmerk
from broker.domain.errors import Fout, Weigering
from broker.domain.kalender import Kalender, Termijnen
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
from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import (
    Besluit,
    Loket,
    LoketId,
    Medewerker,
    MedewerkerId,
    Netwerk,
    Partner,
    PartnerId,
    Periode,
    Regime,
    Rol,
    Soort,
    Vingerafdruk,
    Werkgebied,
)
from broker.domain.uitkomst import PolitieRegel, Uitkomst, UitkomstRegel
from broker.domain.verzoek import SoortHulp, Waarde

VANDAAG = date(2026, 11, 26)
UITERLIJK = date(2026, 12, 3)
KENMERK = Kenmerk("ZNW-2026-00042")
CODE = "7F3K-2M9Q"
LOKETTEN = {"Woonwenz": LoketId("woonwenz"), "Vincent van Gogh": LoketId("ggz")}

PETRA = Medewerker(
    id=MedewerkerId("p.hermans"),
    naam="Petra Hermans",
    adres="p.hermans@woonwenz.example",
    vingerafdruk=Vingerafdruk("A" * 40),
    rollen=frozenset({Rol.VERRIJKER, Rol.KETENREGISSEUR}),
    geldig=Periode(date(2026, 1, 1)),
    telefoon="077-5550101",
)
LOKET = Loket(
    LoketId("woonwenz"),
    PartnerId("woonwenz"),
    "Woonwenz",
    "de persoon is nu huurder of medehuurder",
    (PETRA,),
)
BLERICK = Werkgebied("blerick", "Blerick", frozenset({"5921"}))
NETWERK = Netwerk(
    naam="Zorgnetwerk Venlo",
    afkorting="ZNW",
    gemeente="Venlo",
    partners=(
        Partner(
            PartnerId("woonwenz"),
            "Woonwenz",
            Soort.WONINGCORPORATIE,
            Regime.AVG,
            Periode(date(2021, 7, 1)),
            (LOKET,),
        ),
    ),
    werkgebieden=(BLERICK,),
    gemeentepostcodes=frozenset({"5921"}),
    besluit=Besluit("beslissing", Periode(date(2021, 7, 2)), Vingerafdruk("B" * 40)),
    termijnen=Termijnen(),
    kalender=Kalender(frozenset(), 2026, 2027, ZoneInfo("Europe/Amsterdam")),
)

PERSOON = Betrokkene("Jan de Vries-Peeters", "Antoniuslaan 5", "5921 KD", "Venlo")
POLITIEPERSOON = PolitieBetrokkene("Jan de Vries-Peeters", zonder_vaste_woonplaats=True)
MELDING = Melding(
    betrokkene=PERSOON,
    meerderjarig=True,
    doelen=frozenset({Doel.WOONOVERLAST, Doel.KETENREGIE}),
    eigen_inzet_gedaan=True,
    toestemming=Toestemming.JA,
    datum_toestemming=date(2026, 11, 20),
    reden=(
        "Al maanden klachten over lawaai in de nacht: buren bellen elke week, en betrokkene doet"
        " de deur niet open.\n\nDe huur is betaald."
    ),
)
POLITIEMELDING = PolitieMelding(
    betrokkene=POLITIEPERSOON,
    meerderjarig=True,
    doelen=frozenset({Doel.WOONOVERLAST}),
    eigen_inzet_gedaan=True,
    toestemming=None,
    artikel=13,
)

VRAAG = b.Vraag(
    kenmerk=KENMERK,
    betrokkene=PERSOON,
    doelen=MELDING.doelen,
    toestemming=Toestemming.JA,
    bekend_betekent="de persoon is nu huurder of medehuurder",
    geeft_hulp=False,
    politieloket=False,
    uiterlijk=UITERLIJK,
    antwoordcode=CODE,
)
VRAAG_POLITIE = b.Vraag(
    kenmerk=KENMERK,
    betrokkene=Betrokkene(
        "Jan de Vries-Peeters",
        "Antoniuslaan 5",
        "5921 KD",
        "Venlo",
        geboortedatum=date(1970, 12, 31),
    ),
    doelen=frozenset({Doel.WOONOVERLAST}),
    toestemming=Toestemming.NIET_GEVRAAGD,
    bekend_betekent="de persoon komt voor in gegevens volgens artikel 8 of 13 Wpg",
    geeft_hulp=False,
    politieloket=True,
    uiterlijk=UITERLIJK,
    antwoordcode=CODE,
)
VRAAG_HULP = b.Vraag(
    kenmerk=KENMERK,
    betrokkene=POLITIEPERSOON,
    doelen=frozenset({Doel.VROEGSIGNALERING_TOELEIDING}),
    toestemming=None,
    bekend_betekent="de persoon heeft nu een open dossier of begeleiding",
    geeft_hulp=True,
    politieloket=False,
    uiterlijk=UITERLIJK,
    antwoordcode=CODE,
)

REGELS = (
    UitkomstRegel(
        LoketId("woonwenz"),
        "Woonwenz",
        Waarde.BEKEND,
        date(2026, 11, 26),
        "Petra Hermans",
        "077-5550101",
    ),
    PolitieRegel(
        LoketId("politie"),
        "Politie",
        Waarde.ONBEKEND,
        date(2025, 12, 31),
        "Karim Willems",
    ),
    UitkomstRegel(
        LoketId("ggz"),
        "Vincent van Gogh",
        Waarde.BEKEND,
        date(2026, 11, 25),
        "Els Smeets",
        "077-5550103",
        "Sanne Jansen, Vincent van Gogh",
        SoortHulp.BEMOEIZORG,
    ),
    UitkomstRegel(
        LoketId("incluzio"), "Incluzio", Waarde.NIET_VERSTREKT, date(2026, 11, 26), "Ron Maas"
    ),
    UitkomstRegel(LoketId("antares"), "Antares", Waarde.GEEN_REACTIE),
    UitkomstRegel(
        LoketId("schuld"),
        "Gemeente Venlo, schuldhulpverlening en budgetbeheer",
        Waarde.NIET_VAST_TE_STELLEN,
        date(2026, 11, 26),
    ),
    UitkomstRegel(
        LoketId("wijkteam"), "Gemeente Venlo, sociaal wijkteam plus", Waarde.NIET_BEREIKT
    ),
    UitkomstRegel(LoketId("elders"), "Een ander loket", Waarde.NIET_GEVRAAGD),
)
UITKOMST = Uitkomst(KENMERK, BLERICK, REGELS)
UITKOMST_KLEIN = Uitkomst(
    KENMERK,
    None,
    (UitkomstRegel(LoketId("woonwenz"), "Woonwenz", Waarde.ONBEKEND, date(2026, 11, 26)),),
)

WEIGERING = Weigering(
    (
        Fout("Postcode", "geen-postcode", "Schrijf vier cijfers en twee letters."),
        Fout(
            "Gronden zonder toestemming",
            "ontbreekt",
            "Zonder toestemming zijn beide gronden nodig: a en b.",
            "PR-7.3",
        ),
        Fout("Geboortedatum", "niet-toegestaan", "Laat dit veld weg.", "D-2"),
        Fout("Formulier", "iets", "Kijk dit na.", "zonder-bron"),
    )
)

EERDER = Kenmerk("ZNW-2026-00007")
AANGEMELD = b.Aangemeld(KENMERK, MELDING, "Petra Hermans", "077-5550101", "Woonwenz", "Blerick")
AANGEMELD_POLITIE = b.Aangemeld(KENMERK, POLITIEMELDING, "Karim Willems", "", "Politie", "")
_REGIE = (OpdrachtSoort.AFRONDEN, OpdrachtSoort.SPOED)

BRIEVEN: dict[str, b.Bericht] = {
    "verzoek": b.Verzoek(VRAAG),
    "verzoek-aan-politie": b.Verzoek(VRAAG_POLITIE),
    "verzoek-politiemelding-aan-hulp": b.Verzoek(VRAAG_HULP),
    "herinnering": b.Herinnering(VRAAG),
    "herinnering-spoed": b.Herinnering(VRAAG, spoed=True),
    "verduidelijking": b.Verduidelijking(KENMERK, CODE, UITERLIJK, False),
    "verduidelijking-politie": b.Verduidelijking(KENMERK, CODE, UITERLIJK, True),
    "verduidelijking-artikel": b.Verduidelijking(
        KENMERK, CODE, UITERLIJK, True, artikel_ontbreekt=True
    ),
    "verduidelijking-tweede-keer": b.Verduidelijking(
        KENMERK, CODE, UITERLIJK, False, wordt_gebeld=True
    ),
    "belverzoek": b.Belverzoek(KENMERK, "Woonwenz", "mevrouw P. Hermans", "077-5550101"),
    "intrekking": b.Intrekking(KENMERK),
    "intrekking-aan-regie": b.Intrekking(KENMERK, aan_regie=True),
    "intrekking-afgerond": b.Intrekking(KENMERK, afgerond=True),
    "kennisgeving": b.Kennisgeving(AANGEMELD, UITERLIJK),
    "kennisgeving-niet-geinformeerd": b.Kennisgeving(
        replace(AANGEMELD, melding=replace(MELDING, geinformeerd=Informeren.NIET_BEREIKBAAR)),
        UITERLIJK,
    ),
    "kennisgeving-politie": b.Kennisgeving(AANGEMELD_POLITIE, UITERLIJK),
    "gelijkenis": b.Gelijkenis(AANGEMELD, (EERDER,)),
    "gelijkenis-twee": b.Gelijkenis(AANGEMELD, (EERDER, Kenmerk("ZNW-2026-00017"))),
    "gelijkenis-voorbij": b.Gelijkenis(AANGEMELD, ()),
    "gelijkenis-politie": b.Gelijkenis(AANGEMELD_POLITIE, (EERDER,)),
    "uitkomst": b.UitkomstBericht(UITKOMST),
    "uitkomst-klein": b.UitkomstBericht(UITKOMST_KLEIN),
    "aanvulling": b.Aanvulling(KENMERK, REGELS[1]),
    "aanvulling-niet-verstrekt": b.Aanvulling(KENMERK, REGELS[3]),
    "status-ontvangen": b.StatusBericht(KENMERK, b.Status.ONTVANGEN, UITERLIJK),
    "status-ontvangen-zonder-dag": b.StatusBericht(KENMERK, b.Status.ONTVANGEN),
    "status-ontvangen-informeren": b.StatusBericht(
        KENMERK, b.Status.ONTVANGEN, UITERLIJK, informeren=True
    ),
    "status-geagendeerd": b.StatusBericht(KENMERK, b.Status.GEAGENDEERD),
    "status-afgesloten": b.StatusBericht(KENMERK, b.Status.AFGESLOTEN),
    "status-ingetrokken": b.StatusBericht(KENMERK, b.Status.INGETROKKEN),
    "weigering": b.WeigeringBericht(WEIGERING),
    "concept-goed": b.ConceptBericht(None),
    "concept-fout": b.ConceptBericht(WEIGERING),
    "formulier": b.FormulierBericht(False),
    "formulier-politie": b.FormulierBericht(True),
    **{f"niet-verwerkt-{reden}": b.NietVerwerktBericht(reden) for reden in b.NietVerwerkt},
    **{
        f"opdracht-gedaan-{soort.lower()}": b.OpdrachtBericht(
            KENMERK,
            Uitslag.GEDAAN,
            soort,
            uiterlijk=UITERLIJK if soort is OpdrachtSoort.SPOED else None,
        )
        for soort in OpdrachtSoort
    },
    "opdracht-niet-bevoegd-melder": b.OpdrachtBericht(
        KENMERK, Uitslag.NIET_BEVOEGD, OpdrachtSoort.INTREKKEN, _REGIE
    ),
    "opdracht-niet-bevoegd-regie": b.OpdrachtBericht(
        KENMERK, Uitslag.NIET_BEVOEGD, OpdrachtSoort.AFRONDEN, (OpdrachtSoort.INTREKKEN,)
    ),
    **{
        f"opdracht-te-laat-{soort.lower()}": b.OpdrachtBericht(KENMERK, Uitslag.AL_GESLOTEN, soort)
        for soort in OpdrachtSoort
    },
    "opdracht-al-spoed": b.OpdrachtBericht(
        KENMERK, Uitslag.AL_SPOED, OpdrachtSoort.SPOED, (OpdrachtSoort.AFRONDEN,)
    ),
    "opdracht-niet-bevoegd-starten": b.OpdrachtBericht(
        KENMERK, Uitslag.NIET_BEVOEGD, OpdrachtSoort.STARTEN
    ),
    "opdracht-politie-nu-niet": b.OpdrachtBericht(
        KENMERK, Uitslag.POLITIE_NU_NIET, OpdrachtSoort.STARTEN
    ),
    "opdracht-niet-samen-te-voegen": b.OpdrachtBericht(
        KENMERK, Uitslag.NIET_SAMEN_TE_VOEGEN, OpdrachtSoort.SAMENVOEGEN, (OpdrachtSoort.STARTEN,)
    ),
    "opdracht-onduidelijk": b.OpdrachtBericht(
        KENMERK, Uitslag.ONDUIDELIJK, mogelijk=(OpdrachtSoort.INTREKKEN,)
    ),
    "vast-antwoord": b.VastAntwoord(datetime(2026, 11, 26, 23, 30, tzinfo=UTC)),
}
"""One message of every kind and variant, by the name of its file in `brieven/`."""

_woord = st.text("abcdefghijklmnopqrstuvwxyzéïABC", min_size=2, max_size=8)
_woorden = st.lists(_woord, min_size=1, max_size=4).map(" ".join)
_dag = st.dates(date(1900, 1, 1), VANDAAG)


@st.composite
def betrokkenen(draw: st.DrawFn, *, soort: type[Betrokkene] = Betrokkene) -> Betrokkene:
    """A person whose form is right."""
    if draw(st.booleans()):
        return soort(draw(_woorden), zonder_vaste_woonplaats=True)
    return soort(
        naam=draw(_woorden),
        adres=f"{draw(_woorden)} {draw(st.integers(1, 999))}",
        postcode=f"{draw(st.integers(1000, 9999))} AB",
        woonplaats=draw(_woorden),
        geboortedatum=draw(st.none() | _dag),
    )


@st.composite
def meldingen(draw: st.DrawFn, *, politie: bool = False) -> Melding:
    """A melding whose form is right, lawful or not."""
    # Any: mypy cannot tell the fields of a mapping apart.
    gedeeld: dict[str, Any] = {
        "betrokkene": draw(betrokkenen(soort=PolitieBetrokkene if politie else Betrokkene)),
        "meerderjarig": draw(st.booleans()),
        "doelen": draw(st.frozensets(st.sampled_from(Doel), min_size=1)),
        "eigen_inzet_gedaan": draw(st.booleans()),
        "geinformeerd": draw(st.none() | _dag | st.sampled_from(Informeren)),
        "reden": "\n".join(draw(st.lists(_woorden, max_size=3))),
        "uitgezonderd": draw(st.frozensets(st.sampled_from(sorted(LOKETTEN.values())))),
        "concept": draw(st.booleans()),
    }
    if politie:
        return PolitieMelding(
            **gedeeld, toestemming=None, artikel=draw(st.none() | st.sampled_from([8, 13]))
        )
    toestemming = draw(st.sampled_from(Toestemming))
    return Melding(
        **gedeeld,
        toestemming=toestemming,
        datum_toestemming=draw(_dag) if toestemming is Toestemming.JA else None,
        gronden=draw(st.frozensets(st.sampled_from(Grond))),
        zou_hulp_afwijzen=draw(st.booleans()),
        afweging_vastgelegd_op=draw(st.none() | _dag),
        nieuwe_afweging_vastgelegd_op=draw(st.none() | _dag),
    )

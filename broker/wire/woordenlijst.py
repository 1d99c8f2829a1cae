"""The closed vocabulary of the answer: every word that counts, as tables that can grow.

Each word beside the answer must stand in these tables, otherwise the answer is unclear: whoever
writes more than an answer says something about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from broker.domain.verzoek import SoortHulp, Waarde
from broker.wire.tekst import woorden


class Onduidelijkheid(StrEnum):
    """Why an answer is unclear. Stable codes."""

    LEEG = "leeg"
    TE_LANG = "te-lang"
    GEEN_OORDEEL = "geen-oordeel"
    TWEE_OORDELEN = "twee-oordelen"
    ONTKENNING = "ontkenning"
    TWIJFEL = "twijfel"
    VERLEDEN_TIJD = "verleden-tijd"
    ANDERE_PERSOON = "andere-persoon"
    VOORBEHOUD = "voorbehoud"
    TEGENSPRAAK = "tegenspraak"
    ONBEKENDE_WOORDEN = "onbekende-woorden"
    NA_ONDERTEKENING = "na-ondertekening"
    ANDER_ARTIKEL = "ander-artikel"


class Rol(Enum):
    """What a phrase does in a sentence. The words of VASTSTELLEN and GEEN go with 'niet
    vaststellen' and 'niet verstrekken' only: 'wij bekend' and 'dat is bekend' say something
    else."""

    KERN = auto()
    ONTKENNING = auto()
    GEEN = auto()
    JA = auto()
    NEE = auto()
    BEGROETING = auto()
    PERSOON = auto()
    WERKWOORD = auto()
    VULLING = auto()
    VASTSTELLEN = auto()


@dataclass(frozen=True, slots=True)
class Kern:
    """The word that decides: its meaning as it stands, and with one 'niet'; None is unclear."""

    zonder: Waarde | None
    met_niet: Waarde | None
    van_vaststellen: bool = False


@dataclass(frozen=True, slots=True)
class Zinsdeel:
    """A phrase of the vocabulary."""

    rol: Rol
    kern: Kern = Kern(None, None)


_BEKEND = Kern(Waarde.BEKEND, Waarde.ONBEKEND)
_WEL_BEKEND = Kern(Waarde.BEKEND, None)
_ONBEKEND = Kern(Waarde.ONBEKEND, None)
_VASTSTELLEN = Kern(None, Waarde.NIET_VAST_TE_STELLEN, van_vaststellen=True)
_VERSTREKKEN = Kern(None, Waarde.NIET_VERSTREKT, van_vaststellen=True)

_KERNEN: Mapping[Kern, tuple[str, ...]] = {
    _BEKEND: ("bekend",),
    _WEL_BEKEND: ("wel bekend", "wel bij ons bekend", "wel degelijk bekend"),
    _ONBEKEND: ("onbekend",),
    _VASTSTELLEN: ("vast te stellen", "vaststellen", "worden vastgesteld", "vastgesteld worden"),
    _VERSTREKKEN: (
        "verstrekt",
        "verstrekken",
        "verstrek",
        "te verstrekken",
        "worden verstrekt",
        "verstrekt worden",
    ),
}

_PERSONEN = (
    "betrokkene",
    "de betrokkene",
    "deze betrokkene",
    "betr",
    "persoon",
    "de persoon",
    "deze persoon",
    "genoemde persoon",
    "de genoemde persoon",
    "bovengenoemde persoon",
    "betreffende persoon",
    "de betreffende persoon",
    "bovenstaande persoon",
    "de bovenstaande persoon",
    "de bovengenoemde persoon",
    "de door u genoemde persoon",
    "hij",
    "zij",
    "ze",
    "meneer",
    "mevrouw",
    "deze meneer",
    "deze mevrouw",
    "deze man",
    "deze vrouw",
)

_PLAATSEN = (
    "bij ons",
    "bij mij",
    "hier",
    "bij onze organisatie",
    "bij onze stichting",
    "bij onze afdeling",
    "bij ons team",
    "bij ons loket",
    "binnen onze organisatie",
    "in onze organisatie",
    "in ons systeem",
    "in onze systemen",
    "in onze administratie",
    "voor ons",
    "voor mij",
)

_INLEIDINGEN = (
    "antwoord",
    "ons antwoord",
    "mijn antwoord",
    "het antwoord",
    "antwoord is",
    "ons antwoord is",
    "mijn antwoord is",
    "het antwoord is",
    "hierbij",
    "bij deze",
    "bij dezen",
    "hierbij ons antwoord",
    "hierbij mijn antwoord",
    "hierbij het antwoord",
    "inderdaad",
    "helaas",
    "nu",
    "momenteel",
    "op dit moment",
    "thans",
    "hierbij laat ik weten dat",
    "hierbij laat ik u weten dat",
    "hierbij laten wij weten dat",
    "hierbij laten wij u weten dat",
    "ik laat u weten dat",
    "wij laten u weten dat",
    "ik kan u melden dat",
    "wij kunnen u melden dat",
    "ik meld u dat",
    "wij melden u dat",
    "hierbij meld ik dat",
    "hierbij melden wij dat",
    "in antwoord op uw vraag",
    "in antwoord op uw verzoek",
    "op uw vraag",
    "op uw verzoek",
    "naar aanleiding van uw vraag",
    "naar aanleiding van uw verzoek",
    "naar aanleiding van uw mail",
    "kenmerk",
    "antwoordcode",
)

BEGROETINGEN = (
    "goedemorgen",
    "goedemiddag",
    "goedenmiddag",
    "goedenavond",
    "goedeavond",
    "goedendag",
    "goededag",
    "goede morgen",
    "goede middag",
    "goede dag",
    "goeiemorgen",
    "goeiemiddag",
    "hallo",
    "hoi",
    "dag",
    "dag collega",
    "beste",
    "beste allen",
    "beste collega",
    "beste collegas",
    "beste collega s",
    "geachte",
    "geachte heer",
    "geachte mevrouw",
    "geachte heer mevrouw",
    "geachte heer of mevrouw",
    "lezer",
    "ls",
)
"""How a mail begins; a name may follow."""

_DANK = (
    "dank",
    "bedankt",
    "dank u",
    "dank u wel",
    "dank je",
    "dank je wel",
    "dankjewel",
    "dankuwel",
    "hartelijk dank",
    "hartelijk bedankt",
    "veel dank",
)

_BELEEFDHEDEN = (
    *(f"{dank}{waarvoor}" for dank in _DANK for waarvoor in ("", " alvast")),
    *(
        f"{dank} voor {uw} {stuk}"
        for dank in _DANK
        for uw in ("uw", "je", "jullie", "het", "de")
        for stuk in ("mail", "e mail", "bericht", "vraag", "verzoek", "reactie", "moeite")
    ),
    "alvast dank",
    "alvast bedankt",
    "alvast hartelijk dank",
    "bij voorbaat dank",
    "bij voorbaat hartelijk dank",
    "met dank",
    "graag gedaan",
    "succes",
    "succes verder",
    "succes ermee",
    "veel succes",
    *(
        f"{nog}{wens}{verder}"
        for nog in ("", "nog een ", "ik wens u een ", "ik wens u nog een ", "een ")
        for wens in (
            *("fijne dag", "prettige dag", "goede dag", "fijne middag", "fijne avond"),
            *("fijn weekend", "prettig weekend", "goed weekend", "fijne week"),
        )
        for verder in ("", " verder", " gewenst")
    ),
    "tot ziens",
    "ik hoop u hiermee voldoende te hebben geinformeerd",
    "ik hoop u hiermee voldoende geinformeerd te hebben",
    "wij hopen u hiermee voldoende te hebben geinformeerd",
    "wij hopen u hiermee voldoende geinformeerd te hebben",
    "ik ga ervan uit u hiermee voldoende te hebben geinformeerd",
    "heeft u vragen",
    "heeft u nog vragen",
    "mocht u vragen hebben",
    "mocht u nog vragen hebben",
    "bij vragen",
    "voor vragen",
    "bel gerust",
    "bel me gerust",
    "mail gerust",
    "u kunt mij altijd bellen",
    "kunt u mij bellen",
    "kunt u mij bereiken",
    "kunt u contact met mij opnemen",
    *(
        f"{neem} contact {met}op"
        for neem in ("neem", "neem gerust", "neem dan", "neem dan gerust")
        for met in ("", "met mij ", "met ons ")
    ),
)
"""Courtesies; they change nothing. A closed list: grow it with a test for each."""

_VASTSTELLEN_WOORDEN = (
    "wij",
    "we",
    "ik",
    "kunnen",
    "kan",
    "mogen",
    "mag",
    "wordt",
    "dit",
    "dat",
    "het",
    "dit is",
    "dat is",
    "hierover",
    "daarover",
    "informatie",
    "gegevens",
    "deze informatie",
    "deze gegevens",
    "de gegevens",
    "over betrokkene",
    "over deze persoon",
    "aan u",
    "u",
)

_GEEN = ("geen", "niets")

GEVOELIG: Mapping[Onduidelijkheid, frozenset[str]] = {
    Onduidelijkheid.VERLEDEN_TIJD: frozenset(
        woorden(
            "was waren geweest vroeger voorheen eerder destijds ooit vorig vorige voormalig oud ex"
            " meer geleden toen had hadden tot verleden gesloten verhuisd vertrokken"
            " uitgeschreven overleden beeindigd afgesloten opgezegd gestopt uitgestroomd"
        )
    ),
    Onduidelijkheid.ANDERE_PERSOON: frozenset(
        woorden(
            "zus broer vader moeder zoon dochter kind kinderen ouders echtgenoot echtgenote vriend"
            " vriendin buurman buurvrouw buren familie gezin huisgenoot naamgenoot iemand ander"
            " andere anderen adres naam voornaam achternaam woning straat oom tante neef nicht"
            " broertje zusje partner partners zwager schoonzus schoonvader schoonmoeder schoonbroer"
            " naamgenote halfbroer halfzus kleinzoon kleindochter man vrouw exman exvrouw"
            " opa oma stiefvader stiefmoeder schoonzoon schoondochter weduwe weduwnaar"
            " bewoner bewoners"
        )
    ),
    Onduidelijkheid.TWIJFEL: frozenset(
        woorden(
            "misschien wellicht waarschijnlijk vermoedelijk mogelijk mogelijks volgens denk denken"
            " dacht lijkt schijnt zou zouden zal twijfel zeker onzeker onduidelijk wie weet weten"
            " geloof vermoed vermoeden verwacht hoop eventueel ongeveer of bijna nagenoeg"
            " nazoeken navragen uitzoeken nagaan controleren checken later"
        )
    ),
    Onduidelijkheid.VOORBEHOUD: frozenset(
        woorden(
            "maar echter behalve tenzij hoewel alleen slechts als indien mits wanneer uitgezonderd"
            " correctie rectificatie sorry vergissing vergist fout foutje verkeerd verkeerde klopt"
            " anders daarentegen juist bedoel bedoelde bedoelden ps nog zonder nauwelijks"
        )
    ),
    Onduidelijkheid.TEGENSPRAAK: frozenset(
        woorden(
            "huurder medehuurder huurt client patient dossier traject begeleiding begeleid"
            " begeleiden behandeling ingeschreven hulpverlener antecedenten melding meldingen"
            " contact klant zorg tegendeel"
        )
    ),
    Onduidelijkheid.ONTKENNING: frozenset(
        woorden("nooit noch niemand nergens geenszins evenmin nimmer ontken onwaar onjuist")
    ),
    Onduidelijkheid.ONBEKENDE_WOORDEN: frozenset(
        woorden(
            "bekende bekenden bekendheid onbekende onbekenden bekent ken kennen kent gekend herken"
            " herkennen herkent verstrekking verstrekte vastgesteld vaststelling known unknown not"
            " weigeren weigert geweigerd"
        )
    ),
}
"""Words that can change what another sentence means, by what makes them dangerous."""

MAAKT_EEN_ZIN = frozenset(
    woorden(
        "heeft hebben heb had hadden is was waren zijn wil willen wilde kan kunnen kon wordt worden"
        " werd geworden geweest moet moest mag zal zou gaat ging komt kwam blijkt bleek lijkt"
        " staat stond woont woonde krijgt kreeg ontvangt doet doen deed geeft gaf ligt zit zat"
        " hij zij ze hem haar hun ik wij we dat die dit deze dus nb ps sinds wel niet geen niets"
        " nooit maar echter alleen betrokkene"
    )
)
"""Words of a sentence: no name, function or organisation holds them."""

GEVOELIG_VAN_AARD = frozenset(
    woorden(
        "hiv aids schizofrenie psychose psychotisch psychisch depressie depressief borderline"
        " autisme verslaving verslaafd drugs alcohol dement dementie gewelddadig geweld agressief"
        " suicidaal suicide ziek ziekte moeder vader broer zus zoon dochter partner bekend onbekend"
    )
)
"""What must never pass for the name of a professional or of his organisation."""

STELLING = frozenset(
    woorden(
        "hij hem betrokkene onbekend maar echter nb ps correctie rectificatie misschien"
        " waarschijnlijk vermoedelijk wellicht zus broer broertje vader moeder zoon dochter"
        " buurman buurvrouw zwager naamgenoot naamgenote vergist was waren geweest vroeger voorheen"
        " tegendeel verhuisd grapje andersom omgekeerd omgekeerde tegenovergesteld"
        " tegenovergestelde typefout toch nee neen lees zin woord antwoord"
    )
)
"""What in a signature block still makes an answer unclear."""

STELLING_IN_DISCLAIMER = frozenset(
    woorden(
        "onbekend betrokkene ps correctie rectificatie misschien waarschijnlijk vermoedelijk"
        " wellicht zus broer vader moeder zoon dochter buurman buurvrouw vergist"
    )
)
"""The same in a disclaimer, which has sentences. ('Vergissing' stands in many.)"""

BEKENDMAKEN = frozenset(("maken", "gemaakt", "te", "gemaakte"))
"""After these, the 'bekend' of a disclaimer is no answer: 'bekend te maken'."""

SOORTEN_HULP: Mapping[tuple[str, ...], SoortHulp] = {
    woorden(vorm): soort
    for soort, vormen in {
        SoortHulp.MAATSCHAPPELIJK_WERK: ("maatschappelijk werk", "algemeen maatschappelijk werk"),
        SoortHulp.BEMOEIZORG: ("bemoeizorg",),
        SoortHulp.ZORG_OF_BEGELEIDING: ("zorg of begeleiding", "zorg", "begeleiding"),
        SoortHulp.WMO_ONDERSTEUNING: ("Wmo-ondersteuning", "Wmo ondersteuning", "Wmo"),
        SoortHulp.SCHULDHULPVERLENING: ("schuldhulpverlening", "schuldhulp"),
    }.items()
    for vorm in vormen
}
"""The closed list of PR-7.6, as people write it."""


def _regels(rol: Rol, vormen: Iterable[str]) -> dict[tuple[str, ...], Zinsdeel]:
    return {woorden(vorm): Zinsdeel(rol) for vorm in vormen}


ZINSDELEN: Mapping[tuple[str, ...], Zinsdeel] = {
    **_regels(Rol.BEGROETING, (*BEGROETINGEN, *_BELEEFDHEDEN)),
    **_regels(Rol.PERSOON, _PERSONEN),
    **_regels(Rol.WERKWOORD, ("is", "staat")),
    **_regels(Rol.VULLING, (*_PLAATSEN, *_INLEIDINGEN)),
    **_regels(Rol.VASTSTELLEN, _VASTSTELLEN_WOORDEN),
    **_regels(
        Rol.VASTSTELLEN,
        (
            f"of {persoon} {plaats} bekend is"
            for persoon in _PERSONEN
            for plaats in ("", *_PLAATSEN)
        ),
    ),
    **_regels(Rol.ONTKENNING, ("niet",)),
    **_regels(Rol.GEEN, _GEEN),
    **_regels(Rol.JA, ("ja", "jazeker")),
    **_regels(Rol.NEE, ("nee", "neen")),
    **{
        woorden(vorm): Zinsdeel(Rol.KERN, kern)
        for kern, vormen in _KERNEN.items()
        for vorm in vormen
    },
}
"""The whole vocabulary: each phrase, flat, with what it does."""

KERNWOORDEN = frozenset(
    woord for vormen in _KERNEN.values() for v in vormen for woord in woorden(v)
)

REDEN_VAN: Mapping[str, Onduidelijkheid] = {
    woord: reden for reden, lijst in GEVOELIG.items() for woord in lijst
}
"""The reason that a dangerous word gives."""

GEEN_NAAM = (frozenset(REDEN_VAN) | KERNWOORDEN | frozenset(("niet", *_GEEN))) - frozenset(
    ("meer", "man", "anders")
)
"""What cannot be the name in a greeting. (Van der Meer, De Man and Anders are names.)"""

GEEN_ONDERSCHRIFT = (MAAKT_EEN_ZIN | frozenset(REDEN_VAN) | STELLING) - frozenset(
    woorden(
        "adres straat naam contact hulpverlener begeleiding behandeling zorg melding meldingen"
        " familie gezin kind kinderen ouders woning bewoner bewoners huurder klant client traject"
        " of mogelijk verstrekking wil meer man anders"
    )
)
"""What no line of a signature holds: name, function, organisation, address."""

WERKTIJDEN = frozenset(
    woorden(
        "ik werk niet op en tot met t m van uur aanwezig afwezig bereikbaar werkdagen werktijden"
        " mijn zijn is dagen om de even oneven weken hele dag"
        " ma di wo do vr maandag dinsdag woensdag donderdag vrijdag ochtend middag"
        " maandagochtend dinsdagochtend woensdagochtend donderdagochtend vrijdagochtend"
        " maandagmiddag dinsdagmiddag woensdagmiddag donderdagmiddag vrijdagmiddag"
    )
)
"""A line of these, with a day in it, tells when somebody works."""

DAGEN = frozenset(w for w in WERKTIJDEN if w.startswith(("ma", "di", "wo", "do", "vr")))

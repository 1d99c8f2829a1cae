"""The words of signatures: functions, fields of work, organisations, contact, working hours.

A closed list, grown with a test for each; no word of it says anything about a person.
"""

from __future__ import annotations

from itertools import pairwise

from broker.wire.antwoord.gevaar import MAAKT_EEN_ZIN, REDEN_VAN
from broker.wire.tekst import woorden

NAAMVERBINDING = frozenset(
    woorden("van de der den het t ter ten te el al la le du da di dos von en s e")
)
"""Small words within names and between functions."""

OOK_VOORAAN = frozenset(woorden("spoed afwezigheid calamiteiten crisis vragen"))
"""With 'bij' before it, such a line may begin."""

VERBINDING = NAAMVERBINDING | frozenset(
    woorden("voor in op aan bij uit namens mede of met om door per ao io ai")
)
"""The same in the first line, and beside a word of a function."""

BEGINT_EEN_ZIN = frozenset(woorden("in bij onder met zonder sinds na naar uit over door als om"))
"""A line of a signature does not begin with one of these."""

FUNCTIES = frozenset(
    woorden(
        "consulent consulente medewerker medewerkster coordinator coordinatrice manager adviseur"
        " adviseuse specialist regisseur casusregisseur procesregisseur ketenregisseur"
        " wijkagent agent inspecteur brigadier hoofdagent hoofdinspecteur commissaris rechercheur"
        " verpleegkundige spv psychiater psycholoog arts huisarts therapeut behandelaar"
        " begeleider teamleider teammanager afdelingshoofd hoofd directeur bestuurder secretaresse"
        " secretaris secretariaat administratief administratie assistent assistente stagiair"
        " stagiaire maatschappelijk werker werkster opbouwwerker jongerenwerker ouderenadviseur"
        " wijkbeheerder huismeester woonconsulent buurtbeheerder projectleider beleidsadviseur"
        " beleidsmedewerker jurist juridisch functionaris gegevensbescherming bureaudienst"
        " receptie planner klantmanager budgetcoach schuldhulpverlener hulpverlener"
        " gezinscoach cliëntondersteuner casemanager trajectbegeleider"
        " ambulant senior junior allround technisch sociaal financieel algemeen operationeel"
        " expert generalist vakspecialist strategisch tactisch waarnemend plaatsvervangend"
        " gebiedsmanager gebiedsconsulent leefbaarheid sociale verhuurconsulent incassomedewerker"
        " vervanger contactpersoon aanspreekpunt"
    )
)
_DOMEIN = frozenset(
    woorden(
        "team afdeling domein zorg welzijn wonen wijk wijkteam wijkteams buurt veiligheid"
        " handhaving openbare orde schuldhulpverlening schuldhulp maatschappelijke maatschappelijk"
        " werk ondersteuning wmo participatie inkomen jeugd ggz verslavingszorg bemoeizorg"
        " thuiszorg ouderenzorg crisisdienst crisis acute dienst dienstverlening klantcontact"
        " klantenservice vastgoed beheer verhuur leefbaarheid overlast woonoverlast woonfraude"
        " sociale noord zuid oost west midden centrum district basisteam eenheid politie gemeente"
        " stichting vereniging cooperatie woningcorporatie corporatie woningstichting bv nv"
        " zorgnetwerk zorgcentrum zorggroep zorginstelling instelling bureau loket sector"
        " locatie vestiging kantoor hoofdkantoor regio limburg noord nederland organisatie"
        " volwassenen ouderen jongeren preventie toegang frontoffice backoffice intake planning"
        " integrale integraal leefomgeving ruimte samenleving project programma cluster unit"
        " bewonerszaken klantzaken juridische zaken bestuurlijke geestelijke gezondheidszorg"
        " gezondheid openbaar ministerie kwaliteit innovatie bedrijfsvoering communicatie"
        " bewindvoering budgetbeheer advies huisvesting maatwerk woondiensten"
    )
)
_CONTACT = frozenset(
    woorden(
        "t m e w tel telefoon telefoonnummer mobiel mob gsm email mail mailadres site website web"
        " bezoekadres postadres adres postbus postcode plaats route kvk btw iban bic nummer nr"
        " intern extern doorkiesnummer direct rechtstreeks spoed bereikbaar telefonisch via"
        " bezoek kijk ook onze whatsapp linkedin"
        " facebook instagram twitter x youtube volg ons volgen contact"
        " aanwezig afwezig werkdagen werktijden openingstijden kantoortijden kantoordagen"
        " aanwezigheid parttime secretariaat algemeen centraal straat huisnummer toestel"
        " verdieping gebouw kamer fax pgp key fingerprint sleutel"
    )
)
_TITELS = frozenset(
    woorden(
        "dhr mevr mw mr drs dr ir ing ma msc bsc ba llm bba phd prof mba rn"
        " mevrouw meneer heer i o a"
    )
)
_MOTTO = frozenset(
    woorden(
        "samen elkaar thuis buurt wijk wijken zorg mensen mensenwerk toekomst fijne fijn goede"
        " goed beter betere sterk sterker leefbaar leefbare vitaal vitale veilig veilige waardig"
        " maken maak werken werkt bouwen bouwt zorgen zorgt aandacht dichtbij nabij verschil"
        " iedereen elke elk onze ons wij we uw jouw jou u jij je voor aan een het de en in met"
        " van bij op om te is zijn want waar hart venlo limburg kansen kans talent groei groeien"
        " leven wonen welzijn gezond gezonder vooruit kracht krachten verbinden verbindt"
        " meedoen vertrouwen oog oor plek passie trots waarde waardevol stad dorp samenleving"
        " mens centraal verder"
    )
)
_MOTTO_KLEIN = frozenset(
    woorden(
        "onze ons wij we uw u je voor aan een het de en in met van bij op om te is zijn want"
        " waar verder goed"
    )
)

_NIET_VOORAAN = frozenset(
    woorden("is zijn en te om op bij in van want met werkt bouwt zorgt verbindt maakt thuis")
)
_KORTSTE_MOTTO = 3

ONDERTEKENING = FUNCTIES | _DOMEIN | _CONTACT | _TITELS
"""The words that make a line one of a signature."""

_ACHTERVOEGSELS = (
    *("medewerker", "medewerkster", "consulent", "consulente", "coordinator", "adviseur"),
    *("regisseur", "manager", "werker", "begeleider", "agent", "verlening", "verlener"),
    *("beheerder", "leider", "beheer", "team", "ondersteuner", "verpleegkundige", "zaken"),
    *("specialist", "psycholoog", "functionaris", "assistent", "dienst", "groep", "stichting"),
    *("coach", "therapeut", "kundige", "straat", "laan", "weg", "plein", "singel", "kade"),
    *("hof", "huis", "corporatie", "wonen", "instelling", "bureau", "afdeling"),
)
_KORTSTE_VOOR = 3


def is_ondertekeningswoord(woord: str) -> bool:
    """Whether a flat word names a function, a field of work, an organisation or a contact."""
    return woord in ONDERTEKENING or (
        woord.endswith(_ACHTERVOEGSELS)
        and any(
            woord.endswith(achter) and len(woord) - len(achter) >= _KORTSTE_VOOR
            for achter in _ACHTERVOEGSELS
        )
    )


def is_motto(gezegd: tuple[str, ...]) -> bool:
    """Whether these are the words of a motto, nothing but that, and no beginning of a sentence."""
    return (
        len(gezegd) >= _KORTSTE_MOTTO
        and gezegd[0] not in _NIET_VOORAAN
        and _MOTTO.issuperset(gezegd)
        and not zegt_bij_ons(gezegd)
        and heeft_een_mottowoord(gezegd)
    )


def zegt_bij_ons(gezegd: tuple[str, ...]) -> bool:
    """'Zorg bij ons': of somebody, not of everybody."""
    return any(
        ons == "ons" and voor in ("bij", "van", "met", "in") for voor, ons in pairwise(gezegd)
    )


def heeft_een_mottowoord(gezegd: tuple[str, ...]) -> bool:
    """Whether one of these words makes a motto."""
    return not (_MOTTO - _MOTTO_KLEIN).isdisjoint(gezegd)


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

BEKENDMAKEN = frozenset(("maken", "gemaakt", "te", "gemaakte"))
"""After these, the 'bekend' of a disclaimer is no answer: 'bekend te maken'."""

GEZEGD_VAN_IEMAND = frozenset(
    woorden(
        "loopt zwerft slaapt drinkt gebruikt verblijft leeft praat belt kent weet zegt vindt denkt"
        " hoort speelt komt gaat wacht zoekt mist dood weg rond klaar vermist gestorven"
        " gedetineerd vast dakloos opgenomen ontruimd geschorst uitgezet illegaal failliet"
        " nu al jaren lang lange weer alweer kort gisteren vandaag morgen onlangs recent"
        " helaas gelukkig jammer onzin verzonnen ongeldig nietig ontkend verkeerd"
        " vrijgelaten gevangenis pi detentie kwijt spoorloos tijdelijk zelfde ingetrokken concept"
        " test huisuitzetting schulden later herroepen geannuleerd persoon personen elders wonend"
        " inwonend thuiswonend uitwonend alleenstaand gescheiden getrouwd gehuwd samenwonend bewind"
        " curatele ondergedoken huurt huurde vooralsnog voorlopig dubbel dezelfde eerst gestart"
        " begonnen lopend lopende oude gehad ergens iets vervallen achterhaald verouderd"
    )
)
"""What is said of somebody in one word; no name and no function."""

GEEN_ONDERSCHRIFT = (
    MAAKT_EEN_ZIN
    | frozenset(REDEN_VAN)
    | STELLING
    | GEZEGD_VAN_IEMAND
    | frozenset(("junior", "jr", "kennen", "klopt"))
) - frozenset(
    woorden(
        "adres straat naam contact hulpverlener begeleiding behandeling zorg melding meldingen"
        " familie gezin kind kinderen ouders woning bewoner bewoners huurder klant client traject"
        " of mogelijk verstrekking wil meer man anders vast lang weg"
    )
)
"""What no line of a signature holds: name, function, organisation, address."""

GEEN_HELE_REGEL = frozenset(
    woorden(
        "weg lang vast overlast woonoverlast woonfraude crisis acute zorg verslavingszorg"
        " man anders meer wil"
    )
)
"""What is a word of a function or of a street beside others, and a remark on its own."""

GEEN_EERSTE_WOORD = GEEN_ONDERSCHRIFT | frozenset(woorden("vast lang weg wel"))
"""What does not stand right below the closing words, where the name does."""

WERKTIJDEN = frozenset(
    woorden(
        "ik werk niet op en tot met t m van uur aanwezig afwezig bereikbaar werkdagen werktijden"
        " mijn zijn is dagen om de even oneven weken hele dag ben behalve werkzaam kantoor"
        " let vrij iedere elke wel telefonisch"
        " ma di wo do vr maandag dinsdag woensdag donderdag vrijdag ochtend middag"
        " maandagochtend dinsdagochtend woensdagochtend donderdagochtend vrijdagochtend"
        " maandagmiddag dinsdagmiddag woensdagmiddag donderdagmiddag vrijdagmiddag"
        " maandagen dinsdagen woensdagen donderdagen vrijdagen"
    )
)
"""A line of these, with a day in it, tells when somebody works."""

DAGEN = frozenset(
    w
    for w in WERKTIJDEN
    if w in ("ma", "di", "wo", "do", "vr")
    or w.startswith(("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"))
)

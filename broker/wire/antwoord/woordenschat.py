"""The words around the verdict: who, where, and how people begin; as tables that can grow.

Each word beside the answer must stand in these tables, otherwise the answer is unclear: whoever
writes more than an answer says something about it.
"""

from __future__ import annotations

from broker.wire.antwoord.kopwoorden import UW, VRAAG

_ZONDER_LIDWOORD = ("persoon", "betrokkene", "meneer", "mevrouw", "burger", "inwoner")
_MET_LIDWOORD = (*_ZONDER_LIDWOORD, "heer", "dame", "jongeman")
_AANGEWEZEN = (*_MET_LIDWOORD, "man", "vrouw")
_GENOEMD = (
    *("genoemde", "bovengenoemde", "bovenstaande", "onderstaande", "betreffende"),
    *("desbetreffende", "vermelde", "bovenvermelde", "voornoemde", "hierboven genoemde"),
    *("hieronder genoemde", "hierboven vermelde", "door u genoemde", "gevraagde"),
    *("aangemelde", "opgegeven", "door u bedoelde", "door jullie genoemde"),
)
_STAM = (
    *("betr", "hij", "zij", "ze", "die", "betrokkene", "persoon", "meneer", "mevrouw"),
    *(f"de {naam}" for naam in _MET_LIDWOORD),
    *(f"deze {naam}" for naam in _AANGEWEZEN),
    *(f"{genoemd} {naam}" for genoemd in _GENOEMD for naam in _AANGEWEZEN),
    *(
        f"{de} {genoemd} {naam}"
        for de in ("de", "deze")
        for genoemd in _GENOEMD
        for naam in _AANGEWEZEN
    ),
)
PERSONEN = (
    *_STAM,
    *(f"{de} {naam} in kwestie" for de in ("de", "deze") for naam in _AANGEWEZEN),
)
"""Who is asked about. 'De vrouw' may be his wife, and is not among them."""

VOORWERPEN = ("hem", "haar")
"""Who is known, as the object of 'kennen' alone: 'het is hem bekend' says something else."""

_ONZE = (
    *("organisatie", "stichting", "afdeling", "corporatie", "woningcorporatie", "gemeente"),
    *("instelling", "dienst", "eenheid", "locatie"),
)
_ONS = ("team", "loket", "wijkteam", "kantoor", "bureau", "werkgebied")
PLAATSEN = (
    *("bij ons", "hier", "hier bij ons", "bij ons hier", "ons", "voor ons", "binnen ons"),
    *("wat ons betreft", "van onze kant", "bij ons als organisatie", "bij ons op kantoor"),
    *(
        f"{bij}{in_} {naam}"
        for bij in ("", "bij ons ")
        for in_ in ("bij onze", "binnen onze", "in onze")
        for naam in _ONZE
    ),
    *(f"{in_} {naam}" for in_ in ("bij ons", "binnen ons", "in ons") for naam in _ONS),
)
"""Where. 'Bij mij' and 'voor mij' are not among them: the organisation is asked."""

_SYSTEEM = (
    *(
        f"ons {naam}"
        for naam in (
            *("systeem", "bestand", "registratiesysteem", "klantsysteem", "klantenbestand"),
            *("cliëntsysteem", "cliëntenbestand", "cliëntvolgsysteem", "huurdersbestand"),
            *("computersysteem", "register", "klantvolgsysteem"),
        )
    ),
    *(
        f"onze {naam}"
        for naam in (
            *("systemen", "administratie", "bestanden", "registratie", "registraties", "gegevens"),
            *("administraties", "klantadministratie", "cliëntenadministratie", "database"),
            "huurdersadministratie",
        )
    ),
    *("het systeem", "de systemen", "de administratie", "de bestanden", "het bestand"),
    *("ons eigen systeem", "onze eigen systemen", "onze eigen administratie"),
)
SYSTEMEN = tuple(
    f"{plaats}{in_} {naam}"
    for plaats in ("", "bij ons ", "hier ")
    for in_ in ("in", "binnen")
    for naam in _SYSTEEM
)
"""Where, in what an organisation keeps: who is not in that is ONBEKEND; who is may be of old."""

VERMELD = ("geregistreerd", "opgenomen in onze bestanden", "opgenomen in onze administratie")

_MEEDELEN = (
    *(
        f"{hier}laat {ik} {u}weten"
        for hier in ("hierbij ", "bij deze ", "")
        for ik in ("ik", "")
        for u in ("u ", "je ", "jullie ", "")
    ),
    *(
        f"{hier}laten {wij} {u}weten"
        for hier in ("hierbij ", "bij deze ", "")
        for wij in ("wij", "we")
        for u in ("u ", "je ", "jullie ", "")
    ),
    *(
        f"{ik} {u} weten"
        for ik in ("ik laat", "wij laten", "we laten")
        for u in ("u", "je", "jullie")
    ),
    *(
        f"{ik}{u}{weten}"
        for ik in (
            *("ik kan ", "kan ik ", "wij kunnen ", "kunnen wij ", "we kunnen ", "kunnen we "),
            *("hierbij kan ik ", "hierbij kunnen wij "),
        )
        for u in ("u ", "je ", "jullie ", "")
        for weten in (
            *("laten weten", "melden", "meedelen", "mededelen", "berichten", "bevestigen"),
            *("informeren", "terugkoppelen", "doorgeven", "aangeven", "antwoorden"),
        )
    ),
    *(
        f"{ik} {u}"
        for ik in (
            "meld ik",
            "melden wij",
            "melden we",
            "bericht ik",
            "berichten wij",
            "bevestig ik",
            "bevestigen wij",
            "antwoord ik",
            "antwoorden wij",
        )
        for u in ("", "u", "je")
    ),
    *(
        f"{ik}{u}"
        for ik in (
            "ik meld",
            "wij melden",
            "we melden",
            "ik bericht",
            "wij berichten",
            "ik bevestig",
            "wij bevestigen",
            "we bevestigen",
        )
        for u in ("", " u", " je")
    ),
    *(
        f"{deel} {u}{mee}"
        for deel in ("deel ik", "delen wij", "ik deel", "wij delen")
        for u in ("u ", "je ", "")
        for mee in ("mee", "mede")
    ),
)
_OP = (
    *("op", "in antwoord op", "in reactie op", "als antwoord op", "als reactie op"),
    *("naar aanleiding van", "n a v", "nav", "met betrekking tot", "mbt", "m b t"),
    *("ten aanzien van", "over", "betreffende", "betreft", "inzake", "conform", "wat betreft"),
)
INLEIDINGEN = (
    *("hierbij", "bij deze", "bij dezen", "bijgaand", "inderdaad", "helaas", "nu", "momenteel"),
    *("op dit moment", "op het moment", "thans", "kort antwoord", "kortom"),
    *("ik kies voor", "wij kiezen voor", "we kiezen voor", "ik kies", "wij kiezen"),
    *(f"{deel.strip()}{dat}" for deel in _MEEDELEN for dat in (" dat", "")),
    *(f"{op} {uw} {vraag}" for op in _OP for uw in UW for vraag in VRAAG),
    *("volgens ons systeem", "volgens onze systemen", "volgens onze administratie"),
    *("volgens onze gegevens", "volgens onze registratie", "na controle", "na raadpleging"),
    *("na controle van ons systeem", "na controle van onze systemen", "na controle door ons"),
    *("na controle van onze administratie", "na raadpleging van ons systeem"),
    *("na raadpleging van onze systemen", "na raadpleging van onze administratie"),
    *("ik heb het nagekeken", "ik heb het nagezocht", "ik heb dit nagekeken"),
    *("ik heb dit nagezocht", "wij hebben het nagekeken", "wij hebben dit nagekeken"),
    *("we hebben het nagekeken", "wij hebben het nagezocht", "wij hebben dit nagezocht"),
    *("ik heb het gecontroleerd", "wij hebben het gecontroleerd", "ik heb het uitgezocht"),
    *("ik heb gekeken", "ik heb even gekeken", "wij hebben gekeken", "ik heb het opgezocht"),
    *("dus", "zoals gevraagd", "zoals verzocht", "zoals u vroeg"),
    *(
        f"{ik} {waar}{gekeken}"
        for ik in ("ik heb", "wij hebben", "we hebben")
        for gekeken in ("gekeken", "gezocht", "nagekeken", "gecontroleerd", "geraadpleegd")
        for waar in ("", *(f"{in_}{naam} " for in_ in ("", "in ") for naam in _SYSTEEM))
    ),
    *(
        f"{ik} {gekeken} in {naam}"
        for ik in ("ik heb", "wij hebben", "we hebben")
        for gekeken in ("gekeken", "gezocht")
        for naam in _SYSTEEM
    ),
    *("betreft", "inzake"),
)
"""How an answer is led in."""

VASTSTELLEN_WOORDEN = (
    *("wij", "we", "ik", "kunnen", "kan", "mogen", "mag", "wordt", "worden", "dit", "dat", "het"),
    *("dit is", "dat is", "dit valt", "dat valt", "valt", "het is", "is het", "het valt"),
    *("hierover", "daarover", "hier", "informatie", "gegevens", "deze informatie"),
    *("deze gegevens", "de gegevens", "de informatie", "persoonsgegevens", "aan u", "u"),
    *("aan derden", "door ons", "willen", "wil", "voor mij", "bij mij", "met zekerheid"),
    *("de gevraagde informatie", "de gevraagde gegevens", "gevraagde informatie"),
    *("gevraagde gegevens", "het gevraagde", "dergelijke informatie", "zulke informatie"),
    *("een antwoord", "het antwoord", "ons antwoord", "dit soort informatie"),
    *(f"over {persoon}" for persoon in _STAM),
    *("over hem", "over haar", "over personen", "over clienten", "over onze clienten"),
    *("over huurders", "over onze huurders", "over de gevraagde persoon"),
    *("om wie het gaat", "om welke persoon het gaat", "wie u bedoelt", "wie dit is"),
    *("welke persoon u bedoelt", "wie bedoeld wordt", "wie er wordt bedoeld"),
    *("op basis van deze gegevens", "op basis van de gegevens", "met deze gegevens"),
    *("aan de hand van deze gegevens", "aan de hand van de gegevens", "op basis hiervan"),
    *("op grond van deze gegevens", "met de opgegeven gegevens", "met de verstrekte gegevens"),
    *("op basis van de verstrekte gegevens", "op basis van de opgegeven gegevens"),
    "op basis van uw gegevens",
    *(
        f"{door}{weinig} {gegevens}"
        for door in ("", "wegens ", "door ", "vanwege ", "wij hebben ", "er zijn ")
        for weinig in ("onvoldoende", "te weinig")
        for gegevens in ("gegevens", "informatie")
    ),
)
"""The words that go with 'niet vaststellen' and 'niet verstrekken' only: 'wij bekend' and 'dat is
bekend' say something else."""

REDENEN = tuple(
    f"{vanwege} {privacy}"
    for vanwege in (
        *("vanwege", "wegens", "in verband met", "ivm", "i v m", "op grond van", "gezien", "om"),
        "gelet op",
    )
    for privacy in (
        *("privacy", "de privacy", "de avg", "avg", "ons beroepsgeheim", "het beroepsgeheim"),
        *("beroepsgeheim", "mijn beroepsgeheim", "de privacywetgeving", "privacywetgeving"),
        *("privacyredenen", "redenen van privacy", "privacyoverwegingen", "geheimhouding"),
        *("de geheimhoudingsplicht", "onze geheimhoudingsplicht", "onze privacyregels"),
        *("het medisch beroepsgeheim", "de privacy van betrokkene", "de privacywet"),
    )
)
"""Why a desk does not say it; no reason for anything else."""

"""Forms as people fill them in: what is clear is taken, and what is wrong is told exactly.

Everybody in them is invented. `GOED` are all the same lawful melding in other hands; `FOUT` are
forms with the faults that their writer must hear, by label and code, and no other.
"""

from __future__ import annotations

NAW = "Naam: Joris Verzonnen\nAdres: Voorbeeldstraat 12\nPostcode: 5921 AB\nWoonplaats: Venlo\n"
REST = "Meerderjarig: ja\nDoel: 1\nEigen inzet gedaan: ja\n"
JA = "Toestemming: ja\nDatum toestemming: 20-11-2026\n"
BASIS = NAW + REST + JA

_BLANCO = """\
# Regels die met # beginnen, zijn uitleg. U mag ze laten staan.

# Voor- en achternaam van betrokkene.
Naam: Joris Verzonnen

# Straat en huisnummer.
Adres: Voorbeeldstraat 12

Postcode: 5921 AB

Woonplaats: Venlo

# ja of nee. Bij ja laat u Adres en Postcode leeg.
Zonder vaste woonplaats:

Meerderjarig: ja

Doel: 1

Reden van melding:

Eigen inzet gedaan: ja

Toestemming: ja

Datum toestemming: 20-11-2026

Gronden zonder toestemming:

Betrokkene zou hulp afwijzen:

Afweging vastgelegd op:

Nieuwe afweging vastgelegd op:

Betrokkene geïnformeerd:

Loketten uitgezonderd:

Concept:

Dit is een automatisch bericht van Zorgnetwerk Venlo.
"""


def _zonder_teken(teken: str) -> str:
    return "\n".join(regel.replace(": ", teken, 1) for regel in BASIS.splitlines())


GOED: dict[str, str] = {
    "as it should be": BASIS,
    "the blank form": _BLANCO,
    "brackets around a value": BASIS.replace("Joris Verzonnen", "[Joris Verzonnen]"),
    "other order": "\n".join(reversed(BASIS.splitlines())),
    "capitals": BASIS.upper(),
    "small letters": "\n".join(
        r.partition(":")[0].lower() + ":" + r.partition(":")[2] for r in BASIS.splitlines()
    ),
    "bullets": "\n".join(f"- {regel}" for regel in BASIS.splitlines()),
    "dots": "\n".join(f"• {regel}" for regel in BASIS.splitlines()),
    "numbers": "\n".join(f"{n}. {r}" for n, r in enumerate(BASIS.splitlines(), 1)),
    "numbers in brackets": "\n".join(f"{n}) {r}" for n, r in enumerate(BASIS.splitlines(), 1)),
    "bold labels": "\n".join("**{}:** {}".format(*r.split(": ", 1)) for r in BASIS.splitlines()),
    "bold lines": "\n".join(f"*{regel}*" for regel in BASIS.splitlines()),
    "is": _zonder_teken(" = "),
    "hyphens": _zonder_teken(" - "),
    "bars": "\n".join("| {} | {} |".format(*r.split(": ", 1)) for r in BASIS.splitlines()),
    "tabs": _zonder_teken("\t"),
    "table cells": _zonder_teken(" "),
    "label above value": BASIS.replace(": ", "\n"),
    "label and colon above value": BASIS.replace(": ", ":\n"),
    "blank lines": BASIS.replace("\n", "\n\n"),
    "windows line ends": BASIS.replace("\n", "\r\n"),
    "hard blanks": BASIS.replace(" ", "\u00a0"),
    "blank before the colon": BASIS.replace(":", " :"),
    "no blank behind the colon": BASIS.replace(": ", ":"),
    "question mark": BASIS.replace("Meerderjarig: ja", "Meerderjarig? ja"),
    "hint in the label": BASIS.replace("Meerderjarig:", "Meerderjarig (ja/nee):"),
    "date hint in the label": BASIS.replace("toestemming: 20", "toestemming (dd-mm-jjjj): 20"),
    "address on one line": BASIS.replace(
        "12\nPostcode: 5921 AB\nWoonplaats: Venlo", "12, 5921 AB Venlo"
    ),
    "postcode and town": BASIS.replace("AB\nWoonplaats: Venlo", "AB Venlo"),
    "postcode/woonplaats": BASIS.replace(
        "Postcode: 5921 AB\nWoonplaats: Venlo", "Postcode/woonplaats: 5921AB  Venlo"
    ),
    "address line and postcode again": BASIS.replace("12\n", "12, 5921AB Venlo\n", 1),
    "several on a line": BASIS.replace("12\nPostcode", "12, Postcode").replace(
        "AB\nWoonplaats", "AB; Woonplaats"
    ),
    "postcode in one": BASIS.replace("5921 AB", "5921ab"),
    "postcode with a hyphen": BASIS.replace("5921 AB", "5921-AB"),
    "date with name": BASIS.replace("20-11-2026", "20 november 2026"),
    "date with day": BASIS.replace("20-11-2026", "vrijdag 20 november 2026"),
    "date short": BASIS.replace("20-11-2026", "20-11-26"),
    "date slashes": BASIS.replace("20-11-2026", "20/11/2026"),
    "date iso": BASIS.replace("20-11-2026", "2026-11-20"),
    "date with month short": BASIS.replace("20-11-2026", "20 nov. 2026"),
    "date with op": BASIS.replace("20-11-2026", "op 20-11-2026"),
    "date with blanks": BASIS.replace("20-11-2026", "20 - 11 - 2026"),
    "consent and day in one": BASIS.replace(
        "Toestemming: ja\nDatum toestemming: 20-11-2026", "Toestemming: Ja, op 20-11-2026"
    ),
    "consent and day, and the day again": BASIS.replace(
        "Toestemming: ja", "Toestemming: ja (20-11-2026)"
    ),
    "boxes": BASIS.replace("Meerderjarig: ja", "Meerderjarig: [x] ja [ ] nee"),
    "drawn boxes": BASIS.replace("Toestemming: ja", "Toestemming: ☒ ja ☐ nee ☐ niet gevraagd"),
    "purpose in short": BASIS.replace("Doel: 1", "Doel: woonoverlast"),
    "purpose with its number": BASIS.replace("Doel: 1", "Doel: 1 (woonoverlast)"),
    "purpose numbered": BASIS.replace("Doel: 1", "Doel: 1. woonoverlast"),
    "other spellings": BASIS.replace("Naam:", "Naam betrokkene:")
    .replace("Eigen inzet gedaan", "Eigen inzet")
    .replace("Toestemming: ja", "Toestemming van betrokkene: ja"),
    "typing errors": BASIS.replace("Postcode", "Poscode")
    .replace("Meerderjarig", "Meerderjarrig")
    .replace("Woonplaats", "Woonplasts"),
    "split label": BASIS.replace("Woonplaats", "Woon plaats"),
    "greeting": f"Beste collega,\n\nHierbij een melding.\n\n{BASIS}\n\nMet groet,\nPien\n",
    "signature with an address": f"{BASIS}\nGroet,\nPien Bedacht\nAdres: Andere straat 1\n",
    "telephone signature": f"{BASIS}\nVerstuurd vanaf mijn telefoon",
    "empty fields": f"{BASIS}Gronden zonder toestemming: n.v.t.\nConcept: -\nReden: geen\n",
    "filled in below the blank one": f"Naam:\nAdres:\n{BASIS}",
    "said twice alike": f"{BASIS}Doel: 1\n",
    "separators": BASIS.replace("Meerderjarig", "-----------\nMeerderjarig"),
    "reply to the blank form": "Op 24-11-2026 schreef de broker:\n"
    + "\n".join(f"> {regel}" for regel in _BLANCO.splitlines()),
}

NEE = "Toestemming: nee\nGronden zonder toestemming: a en b\nAfweging vastgelegd op: 20-11-2026\n"
NIET = (
    NEE.replace("Toestemming: nee", "Toestemming: niet gevraagd")
    + "Betrokkene zou hulp afwijzen: ja\n"
)


def _met(van: str, naar: str, tekst: str = BASIS) -> str:
    assert van in tekst, van
    return tekst.replace(van, naar, 1)


_ZONDER = NAW + REST + NEE
_NIET = NAW + REST + NIET
FOUT: dict[str, tuple[str, dict[str, str]]] = {
    "no name": (_met("Naam: Joris Verzonnen\n", ""), {"Naam": "ontbreekt"}),
    "name with a story": (_met("Verzonnen", "Verzonnen, verward"), {"Naam": "geen-naam"}),
    "two persons": (_met("Verzonnen", "en Pien Verzonnen"), {"Naam": "geen-naam"}),
    "name with a year": (_met("Verzonnen", "Verzonnen 1970"), {"Naam": "geen-naam"}),
    "a long story as a name": (
        _met("Verzonnen", "Verzonnen die al weken niet meer thuis is geweest"),
        {"Naam": "geen-naam"},
    ),
    "no address": (_met("Adres: Voorbeeldstraat 12\n", ""), {"Adres": "ontbreekt"}),
    "no house number": (_met("straat 12", "straat"), {"Adres": "geen-adres"}),
    "address with a story": (_met("12", "12 bij zijn broer"), {"Adres": "geen-adres"}),
    "more behind the address": (
        _met("12\n", "12, 5921 AB Venlo, bij zijn broer\n"),
        {"Adres": "geen-adres"},
    ),
    "other postcodes": (_met("12\n", "12, 5911 CD Venlo\n"), {"Adres": "geen-adres"}),
    "no postcode": (_met("Postcode: 5921 AB\n", ""), {"Postcode": "ontbreekt"}),
    "half a postcode": (_met("5921 AB", "5921"), {"Postcode": "geen-postcode"}),
    "elsewhere": (_met("5921 AB", "1011 AB"), {"Postcode": "buiten-gemeente"}),
    "no town": (_met("Woonplaats: Venlo\n", ""), {"Woonplaats": "ontbreekt"}),
    "town with a digit": (_met("Venlo", "Venlo 2"), {"Woonplaats": "geen-plaats"}),
    "no adult": (_met("Meerderjarig: ja", "Meerderjarig: nee"), {"Meerderjarig": "minderjarig"}),
    "adult not told": (_met("Meerderjarig: ja\n", ""), {"Meerderjarig": "ontbreekt"}),
    "adult perhaps": (
        _met("Meerderjarig: ja", "Meerderjarig: denk het"),
        {"Meerderjarig": "geen-ja-of-nee"},
    ),
    "both boxes": (
        _met("Meerderjarig: ja", "Meerderjarig: [x] ja [x] nee"),
        {"Meerderjarig": "geen-ja-of-nee"},
    ),
    "both words": (
        _met("Meerderjarig: ja", "Meerderjarig: ja / nee"),
        {"Meerderjarig": "geen-ja-of-nee"},
    ),
    "no purpose": (_met("Doel: 1\n", ""), {"Doel": "ontbreekt"}),
    "ketenregie alone": (_met("Doel: 1", "Doel: 4"), {"Doel": "doel-alleen-ketenregie"}),
    "another purpose": (_met("Doel: 1", "Doel: straf"), {"Doel": "geen-doel"}),
    "a purpose and a story": (_met("Doel: 1", "Doel: 1, hij drinkt"), {"Doel": "geen-doel"}),
    "purpose 5": (_met("Doel: 1", "Doel: 5"), {"Doel": "geen-doel"}),
    "own effort not told": (
        _met("Eigen inzet gedaan: ja\n", ""),
        {"Eigen inzet gedaan": "ontbreekt"},
    ),
    "no own effort": (
        _met("gedaan: ja", "gedaan: nee"),
        {"Eigen inzet gedaan": "eigen-inzet-ontbreekt"},
    ),
    "own effort in prose": (
        _met("gedaan: ja", "gedaan: veel gebeld"),
        {"Eigen inzet gedaan": "geen-ja-of-nee"},
    ),
    "no consent told": (_met(JA, ""), {"Toestemming": "ontbreekt"}),
    "consent unclear, with a reason": (
        _met("Toestemming: ja", "Toestemming: min of meer") + "Reden van melding: lawaai\n",
        {"Toestemming": "geen-keuze"},
    ),
    "no consent told, with a reason": (
        _met(JA, "Reden van melding: lawaai\n"),
        {"Toestemming": "ontbreekt"},
    ),
    "consent asked": (
        _met("Toestemming: ja", "Toestemming gevraagd: ja"),
        {"Toestemming": "ontbreekt", "Formulier": "onbekend-veld"},
    ),
    "consent without a day": (
        _met("Datum toestemming: 20-11-2026\n", ""),
        {"Datum toestemming": "ontbreekt"},
    ),
    "consent on two days": (
        _met("Toestemming: ja", "Toestemming: ja, 19-11-2026"),
        {"Toestemming": "geen-keuze"},
    ),
    "consent on no day": (
        _met("Toestemming: ja", "Toestemming: ja, 31-31-2026"),
        {"Toestemming": "geen-keuze"},
    ),
    "consent tomorrow": (
        _met("20-11-2026", "27-11-2026"),
        {"Datum toestemming": "datum-in-toekomst"},
    ),
    "consent tomorrow in one": (
        _met(JA, "Toestemming: ja, op 27-11-2026\n"),
        {"Datum toestemming": "datum-in-toekomst"},
    ),
    "consent without a year": (_met("20-11-2026", "20 nov"), {"Datum toestemming": "geen-datum"}),
    "no such day": (_met("20-11-2026", "31-11-2026"), {"Datum toestemming": "geen-datum"}),
    "a day without consent": (
        _ZONDER + "Datum toestemming: 20-11-2026\n",
        {"Datum toestemming": "tegenstrijdig"},
    ),
    "no grounds": (
        _met("Gronden zonder toestemming: a en b\n", "", _ZONDER),
        {"Gronden zonder toestemming": "gronden-ontbreken"},
    ),
    "one ground": (
        _met("a en b", "b", _ZONDER),
        {"Gronden zonder toestemming": "gronden-ontbreken"},
    ),
    "a ground denied": (
        _met("a en b", "a: ja, b: nee", _ZONDER),
        {"Gronden zonder toestemming": "geen-grond"},
    ),
    "a ground with a story": (
        _met("a en b", "a en b, want hij eet niet", _ZONDER),
        {"Gronden zonder toestemming": "geen-grond"},
    ),
    "no weighing": (
        _met("Afweging vastgelegd op: 20-11-2026\n", "", _ZONDER),
        {"Afweging vastgelegd op": "afweging-ontbreekt"},
    ),
    "weighing without a day": (
        _met("op: 20-11-2026", "op: ja", _ZONDER),
        {"Afweging vastgelegd op": "geen-datum"},
    ),
    "the weighing itself": (
        _met("op: 20-11-2026", "op: 20-11-2026, hij weigert alles", _ZONDER),
        {"Afweging vastgelegd op": "geen-datum"},
    ),
    "reason without consent": (
        _ZONDER + "Reden van melding: lawaai\n",
        {"Reden van melding": "reden-zonder-toestemming"},
    ),
    "long reason without consent": (
        _ZONDER + f"Reden van melding: {'lawaai ' * 600}\n",
        {"Reden van melding": "reden-zonder-toestemming"},
    ),
    "reason, and the new weighing unclear": (
        _ZONDER + "Reden van melding: lawaai\nNieuwe afweging vastgelegd op: pas\n",
        {"Nieuwe afweging vastgelegd op": "geen-datum"},
    ),
    "long reason": (
        f"{BASIS}Reden van melding: {'lawaai ' * 600}\n",
        {"Reden van melding": "te-lang"},
    ),
    "not asked, no fear": (
        _met("afwijzen: ja", "afwijzen: nee", _NIET),
        {"Betrokkene zou hulp afwijzen": "reden-niet-gevraagd-ontbreekt"},
    ),
    "not asked, silence": (
        _met("Betrokkene zou hulp afwijzen: ja\n", "", _NIET),
        {"Betrokkene zou hulp afwijzen": "reden-niet-gevraagd-ontbreekt"},
    ),
    "not asked, a story": (
        _met("afwijzen: ja", "afwijzen: ja want hij is bang", _NIET),
        {"Betrokkene zou hulp afwijzen": "geen-ja-of-nee"},
    ),
    "children": (f"{BASIS}Kinderen: twee\n", {"Formulier": "onbekend-veld"}),
    "children in the reason": (
        f"{BASIS}Reden van melding: lawaai\nKinderen: twee\n",
        {"Formulier": "onbekend-veld"},
    ),
    "partner": (f"{BASIS}Huisgenoot: iemand\n", {"Formulier": "onbekend-veld"}),
    "telephone": (f"{BASIS}Telefoonnummer: 077-5550101\n", {"Formulier": "onbekend-veld"}),
    "minor as a label": (
        _met("Meerderjarig: ja", "Minderjarig: nee"),
        {"Meerderjarig": "ontbreekt", "Formulier": "onbekend-veld"},
    ),
    "date of birth": (
        f"{BASIS}Geboortedatum: 31-12-1970\n",
        {"Geboortedatum": "niet-toegestaan"},
    ),
    "date of birth unclear": (
        f"{BASIS}Geboortedatum: eens\n",
        {"Geboortedatum": "niet-toegestaan"},
    ),
    "article": (f"{BASIS}Artikel: 8\n", {"Artikel": "alleen-voor-politie"}),
    "two names": (f"{BASIS}Naam: Pien Bedacht\n", {"Naam": "dubbel"}),
    "two consents": (f"{BASIS}Toestemming: nee\n", {"Toestemming": "dubbel"}),
    "loose text": (f"{BASIS}\nHij is in de war.\n", {"Formulier": "losse-tekst"}),
    "abode and none": (
        f"{BASIS}Zonder vaste woonplaats: ja\n",
        {"Zonder vaste woonplaats": "tegenstrijdig"},
    ),
    "abode unclear": (
        f"Naam: Joris Verzonnen\nZonder vaste woonplaats: soms\n{REST}{JA}",
        {"Zonder vaste woonplaats": "geen-ja-of-nee"},
    ),
    "number in the reason": (
        f"{BASIS}Reden van melding: nummer 111222333\n",
        {"Reden van melding": "burgerservicenummer"},
    ),
    "number in the name": (_met("Verzonnen", "111222333"), {"Naam": "burgerservicenummer"}),
    "number in the intro": (f"Over 111.222.333\n{BASIS}", {"Formulier": "burgerservicenummer"}),
    "unknown desk": (
        f"{BASIS}Loketten uitgezonderd: de kerk\n",
        {"Loketten uitgezonderd": "onbekend-loket"},
    ),
    "informed tomorrow": (
        f"{BASIS}Betrokkene geïnformeerd: 27-11-2026\n",
        {"Betrokkene geïnformeerd": "datum-in-toekomst"},
    ),
    "concept unclear": (f"{BASIS}Concept: bijna\n", {"Concept": "geen-ja-of-nee"}),
    "forwarded": (
        f"Van: Pien Bedacht\nVerzonden: gisteren\n\n{BASIS}",
        {"Formulier": "geciteerd"},
    ),
    "much at once": (
        (
            "Naam: J0ris\nAdres: thuis\nPostcode: 1011 AB\nDoel: 4\nEigen inzet gedaan: nee\n"
            "Toestemming: niet gevraagd\nGronden zonder toestemming: a\nKinderen: twee\n"
        ),
        {
            "Naam": "geen-naam",
            "Adres": "geen-adres",
            "Postcode": "buiten-gemeente",
            "Woonplaats": "ontbreekt",
            "Meerderjarig": "ontbreekt",
            "Doel": "doel-alleen-ketenregie",
            "Eigen inzet gedaan": "eigen-inzet-ontbreekt",
            "Gronden zonder toestemming": "gronden-ontbreken",
            "Betrokkene zou hulp afwijzen": "reden-niet-gevraagd-ontbreekt",
            "Afweging vastgelegd op": "afweging-ontbreekt",
            "Formulier": "onbekend-veld",
        },
    ),
}

POLITIE = f"{NAW}{REST}Artikel: 8\n"
FOUT_POLITIE: dict[str, tuple[str, dict[str, str]]] = {
    "no article": (f"{NAW}{REST}", {"Artikel": "ontbreekt"}),
    "another article": (POLITIE.replace(": 8", ": 9"), {"Artikel": "ander-artikel"}),
    "two articles": (POLITIE.replace(": 8", ": 8 en 13"), {"Artikel": "geen-artikel"}),
    "article in words": (POLITIE.replace(": 8", ": acht"), {"Artikel": "geen-artikel"}),
    "consent": (
        f"{POLITIE}{JA}",
        dict.fromkeys(["Toestemming", "Datum toestemming"], "niet-voor-politie"),
    ),
    "grounds": (f"{POLITIE}Gronden: a\n", {"Gronden zonder toestemming": "niet-voor-politie"}),
    "article gone": (_met("Artikel: 8", "Artikel: 14", POLITIE), {"Artikel": "ander-artikel"}),
}

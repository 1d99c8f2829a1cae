"""What mail programs make of a reply: the own words, and our verzoek quoted in their way.

Written by hand after what the programs do; persons and domains are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from broker.wire.mime_html import html_to_text

VERZOEK = """\
Beste heer Peeters,

Is deze persoon bij uw organisatie bekend?

    Naam:       Joris Verzonnen
    Adres:      Voorbeeldstraat 12
    Woonplaats: 5921 AB Venlo

Beantwoord deze mail met één van deze vier:

    BEKEND
    ONBEKEND
    NIET VAST TE STELLEN
    NIET VERSTREKT

Antwoord uiterlijk maandag 30 november 2026. Onderteken en versleutel uw
antwoord.

Schrijf verder niets in uw antwoord: dat bewaren wij niet. Laat de
antwoordcode onderaan staan.

Kenmerk ZNW-2026-00042 · antwoordcode 7F3K-2M9Q

Dit is een automatisch bericht van Zorgnetwerk Venlo.
"""
_AANGEHAALD = "".join(f"> {regel}".rstrip() + "\n" for regel in VERZOEK.split("\n"))
_BOVENSTE, _, _ONDERSTE = _AANGEHAALD.partition("> Beantwoord")
_BROKER = "Zorgnetwerk Venlo <broker@znw.example>"
_LIJN = "_" * 32
_ALS_HTML = VERZOEK.replace("\n", "<br>\n")

_KOPPEN: Mapping[str, str] = {
    "Outlook": (
        f"Van: {_BROKER}\nVerzonden: maandag 23 november 2026 10:00\n"
        "Aan: Jan Peeters <j.peeters@wonen.example>\n"
        "Onderwerp: Verrijkingsverzoek ZNW-2026-00042\n"
    ),
    "Outlook, English": (
        f"From: {_BROKER}\nSent: Monday, November 23, 2026 10:00 AM\n"
        "To: Jan Peeters <j.peeters@wonen.example>\n"
        "Subject: Verrijkingsverzoek ZNW-2026-00042\n"
    ),
    "Outlook op het web": (
        f"{_LIJN}\nVan: {_BROKER}\nVerzonden: maandag 23 november 2026 10:00\n"
        "Aan: Jan Peeters\nOnderwerp: Verrijkingsverzoek ZNW-2026-00042\n"
    ),
    "Outlook on the web": (
        f"{_LIJN}\nFrom: {_BROKER}\nSent: Monday, November 23, 2026 10:00\n"
        "To: Jan Peeters\nSubject: Verrijkingsverzoek ZNW-2026-00042\n"
    ),
    "Outlook, vet": (
        f"*Van:* {_BROKER}\n*Verzonden:* maandag 23 november 2026 10:00\n"
        "*Aan:* Jan Peeters\n*CC:* Wijkteam\n*Onderwerp:* Verrijkingsverzoek\n"
    ),
    "Outlook voor Mac": (
        f"Van: {_BROKER}\nDatum: maandag, 23 november 2026 om 10:00\n"
        "Aan: Jan Peeters\nOnderwerp: Verrijkingsverzoek ZNW-2026-00042\n"
    ),
    "Outlook, oud": (
        f"-----Oorspronkelijk bericht-----\nVan: {_BROKER}\n"
        "Verzonden: maandag 23 november 2026 10:00\nAan: Jan Peeters\n"
    ),
    "Outlook, old": (
        f"-----Original Message-----\nFrom: {_BROKER}\nSent: Monday, November 23, 2026 10:00 AM\n"
    ),
    "Outlook voor iOS": (
        f"Outlook voor iOS<https://aka.ms/o0ukef> downloaden\n{_LIJN}\nVan: {_BROKER}\n"
        "Verzonden: maandag, november 23, 2026 10:00 AM\nAan: Jan Peeters\nOnderwerp: x\n"
    ),
    "Outlook for Android": (
        f"Get Outlook for Android<https://aka.ms/AAb9ysg>\n{_LIJN}\nFrom: {_BROKER}\n"
        "Sent: Monday, November 23, 2026 10:00:00 AM\nTo: Jan Peeters\nSubject: x\n"
    ),
    "Samsung": (
        "Verzonden vanaf mijn Galaxy\n\n\n-------- Oorspronkelijk bericht --------\n"
        f"Van: {_BROKER}\nDatum: 23-11-2026 10:00 (GMT+01:00)\nAan: Jan Peeters\n"
        "Onderwerp: Verrijkingsverzoek\n"
    ),
    "Samsung, English": (
        "Sent from my Galaxy A54 5G\n\n\n-------- Original message --------\n"
        f"From: {_BROKER}\nDate: 23/11/2026 10:00 (GMT+01:00)\nTo: Jan Peeters\n"
    ),
    "Windows Mail": (
        "Verzonden vanuit Mail voor Windows\n\n"
        f"Van: {_BROKER}\nVerzonden: maandag 23 november 2026 10:00\nAan: Jan Peeters\n"
    ),
    "Zimbra": (
        f"----- Oorspronkelijk bericht -----\nVan: {_BROKER}\nAan: Jan Peeters\n"
        "Verzonden: maandag 23 november 2026 10:00:00\nOnderwerp: Verrijkingsverzoek\n"
    ),
    "Notes": (
        'Van:\t"Zorgnetwerk Venlo" <broker@znw.example>\nAan:\tJan Peeters\n'
        "Datum:\t23-11-2026 10:00\nOnderwerp:\tVerrijkingsverzoek\n"
    ),
    "GroupWise": f">>> {_BROKER} 23-11-2026 10:00 >>>\n",
    "Outlook, Deutsch": (
        f"Von: {_BROKER}\nGesendet: Montag, 23. November 2026 10:00\nAn: Jan Peeters\n"
    ),
}
_TOESCHRIJVINGEN: Mapping[str, str] = {
    "Gmail": f"Op ma 23 nov 2026 om 10:00 schreef {_BROKER}:\n\n",
    "Gmail, afgebroken": (
        "Op ma 23 nov 2026 om 10:00 schreef Zorgnetwerk Venlo <\nbroker@znw.example>:\n\n"
    ),
    "Gmail, English": f"On Mon, Nov 23, 2026 at 10:00 AM {_BROKER}\nwrote:\n\n",
    "Apple Mail": (f"Op 23 nov 2026, om 10:00 heeft {_BROKER} het volgende geschreven:\n\n"),
    "Apple Mail, English": f"On 23 Nov 2026, at 10:00, {_BROKER} wrote:\n\n",
    "Thunderbird": "Op 23-11-2026 om 10:00 schreef Zorgnetwerk Venlo:\n",
    "Thunderbird, English": "On 23/11/2026 10:00, Zorgnetwerk Venlo wrote:\n",
    "Thunderbird, oud": "Zorgnetwerk Venlo schreef op 23-11-2026 om 10:00:\n",
    "Roundcube": "Zorgnetwerk Venlo schreef op 2026-11-23 10:00:\n",
    "Horde": f"{_BROKER} schreef:\n\n",
    "K-9": (
        "-- \nVerstuurd vanaf mijn Android-apparaat met K-9 Mail.\n\n"
        f"Op 23 november 2026 10:00:00 CET schreef {_BROKER}:\n"
    ),
    "K-9, English": (
        "-- \nSent from my Android device with K-9 Mail. Please excuse my brevity.\n\n"
        f"On 23 November 2026 10:00:00 CET, {_BROKER} wrote:\n"
    ),
    "Proton Mail": (
        "Verzonden met Proton Mail beveiligde e-mail.\n\n"
        f"Op maandag 23 november 2026 om 10:00, schreef {_BROKER}:\n\n"
    ),
    "Proton Mail, English": (
        "Sent with Proton Mail secure email.\n\n------- Original Message -------\n"
        f"On Monday, November 23rd, 2026 at 10:00, {_BROKER} wrote:\n\n\n"
    ),
    "Mutt": "On Mon, Nov 23, 2026 at 10:00:00AM +0100, Zorgnetwerk Venlo wrote:\n",
    "Yahoo": (
        "Verzonden vanuit Yahoo Mail op Android\n\n"
        f"Op ma, nov. 23, 2026 om 10:00, {_BROKER}\nschreef:\n"
    ),
    "iPad": (
        "Verzonden vanaf mijn iPad\n\n"
        f"Op 23 nov 2026 om 10:00 heeft {_BROKER} het volgende geschreven:\n\n"
    ),
}


def _boven_kop(kop: str) -> Callable[[str], str]:
    return lambda eigen: f"{eigen}\n\n{kop}\n{VERZOEK}"


def _boven_citaat(toeschrijving: str) -> Callable[[str], str]:
    return lambda eigen: f"{eigen}\n\n{toeschrijving}{_AANGEHAALD}"


def _onder(toeschrijving: str) -> Callable[[str], str]:
    return lambda eigen: f"{toeschrijving}{_AANGEHAALD}\n{eigen}\n"


def _iphone(eigen: str) -> str:
    return (
        f"{eigen}\n\nVerstuurd vanaf mijn iPhone\n\n> Op 23 nov 2026 om 10:00 heeft Zorgnetwerk"
        f" Venlo <broker@znw.example> het volgende geschreven:\n> \n>\u00a0\n{_AANGEHAALD}"
    )


def _iphone_english(eigen: str) -> str:
    return (
        f"{eigen}\n\nSent from my iPhone\n\n> On 23 Nov 2026, at 10:00, {_BROKER} wrote:\n"
        f"> \n> \ufeff\n{_AANGEHAALD}"
    )


def _ertussen(eigen: str) -> str:
    return f"{_TOESCHRIJVINGEN['Thunderbird']}{_BOVENSTE}\n{eigen}\n\n> Beantwoord{_ONDERSTE}"


def _onder_kop(eigen: str) -> str:
    return f"{_KOPPEN['Outlook']}\n{VERZOEK}\n\n{eigen}\n"


def _alinea(eigen: str) -> str:
    return eigen.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>\n")


def _outlook_html(eigen: str) -> str:
    alineas = "".join(
        f"<p class=MsoNormal>{_alinea(regel) or '<o:p>&nbsp;</o:p>'}</p>\n"
        for regel in eigen.split("\n")
    )
    return html_to_text(
        f"<html><head><style>p{{margin:0}}</style></head><body><div class=WordSection1>{alineas}"
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Van:</b>"
        " Zorgnetwerk &lt;broker@znw.example&gt; <br><b>Verzonden:</b> maandag 23 november 2026"
        f"<br><b>Aan:</b> Jan<br><b>Onderwerp:</b> x</p></div><p>{_ALS_HTML}</p></div></html>"
    )


def _gmail_html(eigen: str) -> str:
    return html_to_text(
        f'<div dir="ltr">{_alinea(eigen)}</div><br><div class="gmail_quote"><div dir="ltr"'
        ' class="gmail_attr">Op ma 23 nov 2026 om 10:00 schreef Zorgnetwerk &lt;<a'
        ' href="mailto:b@znw.example">b@znw.example</a>&gt;:<br></div><blockquote'
        f' class="gmail_quote">{_ALS_HTML}</blockquote></div>'
    )


PROGRAMMAS: Mapping[str, Callable[[str], str]] = {
    "zonder citaat": lambda eigen: eigen,
    **{naam: _boven_kop(kop) for naam, kop in _KOPPEN.items()},
    **{naam: _boven_citaat(regel) for naam, regel in _TOESCHRIJVINGEN.items()},
    **{
        f"{naam}, eronder": _onder(_TOESCHRIJVINGEN[naam])
        for naam in ("Thunderbird", "Thunderbird, English", "Gmail, English", "Mutt", "Roundcube")
    },
    "iPhone": _iphone,
    "iPhone, English": _iphone_english,
    "Thunderbird, ertussen": _ertussen,
    "Outlook, eronder": _onder_kop,
    "Outlook, HTML": _outlook_html,
    "Gmail, HTML": _gmail_html,
}
"""By the name of the program: own words in, the text of the whole mail out."""

AANHEFFEN = (
    *("", "Goedemorgen,\n\n", "Beste mevrouw Hermans,\n\n", "Goedemiddag Petra,\n\n"),
    *("Hallo,\n\n", "Geachte heer/mevrouw,\n\n", "L.S.,\n\n", "Beste collega's,\n\n", "Hoi, "),
    *("Beste,\n\nDank voor uw bericht.\n", "Geachte heer Van der Linden,\n\n", "Dag Petra,\n"),
)
_VAN_DE_GEMEENTE = (
    "\n\nMet vriendelijke groeten,\nAnneke de Wit\nCasusregisseur Sociaal Domein\n"
    "Gemeente Venlo | Hanzeplaats 1 | 5912 AT Venlo\nT 077 - 555 01 21\nwww.venlo.example"
)
_MET_DISCLAIMER = (
    "\n\nVriendelijke groet,\nK. Engels\nConsulent schuldhulpverlening\nk.engels@venlo.example\n\n"
    "De informatie in dit e-mailbericht is uitsluitend bestemd voor de geadresseerde. Aan dit\n"
    "bericht kunnen geen rechten worden ontleend."
)
ONDERTEKENINGEN = (
    *("", "\n\nGroet, Jan", "\n\nMet vriendelijke groet,\n\nJan Peeters\nWoonconsulent\nWoonwenz"),
    _VAN_DE_GEMEENTE,
    "\nmvg jan",
    "\n\nMvg,\nW. van der Linden\nWijkagent\nPolitie Eenheid Limburg, Basisteam Venlo",
    "\n\nFijne dag!\n\nGroetjes,\nSanne (zij/haar)\nWerkdagen: ma, di en do",
    "\n\nHoogachtend,\n\nMr. drs. A.M. van der Meer-de Wit\nPostbus 3434, 5902 RK Venlo",
    _MET_DISCLAIMER,
    "\n\nMet groet,\nhet wijkteam",
    "\n\nGr. Petra\nSamen zorgen voor een fijne wijk",
    "\n\n-- \nJan Peeters\nIncluzio maatschappelijk werk\nTel. 06-55501234",
)

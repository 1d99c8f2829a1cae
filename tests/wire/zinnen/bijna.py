"""Texts that look like an answer at a glance: what is said is of something else, or takes it back.

And beside them the ordinary answers that look the same. A tab stands for the end of a line.
"""

from __future__ import annotations

from broker.domain.verzoek import Waarde

_HET_ANTWOORD_ZELF = """\
Uw kenmerk is bij ons niet bekend.
Kenmerk: onbekend
Uw kenmerk: niet bekend
Antwoordcode: onbekend
Zaak: bekend
Het antwoord is op dit moment onbekend.
Helaas is de uitkomst momenteel onbekend.
De status is momenteel bij ons onbekend.
De status is, op dit moment, onbekend
Uw verzoek is bij ons niet bekend.
Uw verzoek is bij ons bekend.
Uw verzoek, bij ons niet bekend
Over uw verzoek is bij ons niet bekend
Code ABCD-1234 is bij ons onbekend
Het antwoord op uw vraag is bij ons niet bekend
ZNW-2026-00042 is bij ons onbekend
Bij ons is ZNW-2026-00042 onbekend
Wij kennen ZNW-2026-00042 niet
Wij kennen code 7F3K-2M9Q niet
Uw kenmerk ZNW-2026-00042, is bij ons onbekend
Uw kenmerk (ZNW-2026-00042) is bij ons onbekend
Uw kenmerk staat niet in ons systeem
Wij hebben uw verzoek niet in ons systeem
Het antwoord is\top dit moment onbekend
Het antwoord\tis op dit moment onbekend
Het antwoord is niet bekend.
Uw kenmerk\tis niet bekend
Onbekend is\tuw kenmerk
De status is onbekend.
De uitkomst is bekend
De uitkomst: nog onbekend
Momenteel is onbekend
Bekend, uw kenmerk
"""
_ELDERS = """\
Betrokkene is binnen de gemeente bekend
In de gemeente is betrokkene bekend
Betrokkene is in de instelling bekend
Betrokkene is binnen de stichting niet bekend
Bekend in de dienst
"""
_HULP = """\
Bekend\tHulpverlener: Gestopt Vorig Jaar
Bekend\tHulpverlener: Al Jaren Weg
Bekend\tHulpverlener: Jan Jansen, Gestopt
Bekend\tHulpverlener: Jan Jansen, Andere Persoon
Bekend\tSoort hulp: gestopt vorig jaar
"""
_ONDER_EEN_NAAM = """\
Huurder
Klant
Client Wonen
Traject Schuldhulp
Behandeling GGZ
Mogelijk
Mogelijk Bewoner
Familie
Kinderen
Het Gezin
Adres
Elders Wonend
Zorg bij ons
Zorg Limburg
Wel tot vrijdag
Andere Persoon
Contact Gehad
Onze Klant
Cliënte
Pleegkind
Huurdersdossier
Onderhuurder
Beschermd Wonen
Overgedragen Aan Politie
Schuldhulptraject
Alias Jansen
Tweelingbroer
"""
_ONDER_EEN_NAAM_ZONDER_GROET = """\
Onbekend\t\tJan Jansen\tHuurder
Onbekend\t\tMogelijk Huurder
Onbekend\t\tHuurder Wonen Limburg
Bekend\t\tKind Van Bewoner
"""
_ONDER_EEN_STREEP = """\
Wel bij ons in zorg
Niet bij ons
Alleen het adres
Andere Persoon
Twijfel
de wijk weet het niet zeker
vertrouwen is goed, dit klopt niet
Zijn Ouders Wel
wij kennen elkaar
Zorg bij ons
Jan, afdeling Niet Storen
"""
_IN_EEN_DISCLAIMER = """\
Dit bericht is alleen op basis van de naam, met de informatie over het adres kennen wij hem wel.
Dit bericht is alleen gebaseerd op de naam. De inhoud van het dossier is van een ander.
Deze mail is vertrouwelijk, het betreft oude informatie: hij is in 2015 vertrokken.
Deze mail is vertrouwelijk, het betreft informatie van 2015.
Deze mail is persoonlijk. Hij is al jaren klant van onze organisatie.
Deze mail is vertrouwelijk. De informatie gaat over zijn neef.
Deze mail is vertrouwelijk. Zie de bijlage: gedetineerd.
De inhoud van dit bericht is onjuist
"""

_IN_EEN_CITAAT = """\
Bekend.\t\tOp 3 mei 2026 heeft de huisarts geschreven:\tBetrokkene is overleden.
Bekend\tOp 12 mei 2024 schreef mijn collega in het dossier:\tbetrokkene is overleden.
Onbekend\tOp 3 maart 2025 schreef ik u al:\tbetrokkene is bij ons bekend.
Onbekend\tOp 3 maart 2025 schreef ik u al:\t> betrokkene is bij ons bekend.
Bekend\t\tVan: 2012\tTot en met: 2015\tDatum: 3 mei\tgeen klant meer
Bekend\t\tVan: de huisarts\tDatum: 3 mei\t\tBetrokkene is overleden
Bekend\t----- Doorgestuurd bericht -----\tBetrokkene is overleden
Bekend\t>>> Jan 23-11-2026 10:00 >>>\tBetrokkene is overleden
"""
_GROET = "\n\nMet vriendelijke groet,\nJ. Hermans\n"

IN_EEN_CITAAT = tuple(zin.replace("\t", "\n") for zin in _IN_EEN_CITAAT.splitlines())

WEER_VRAGEN: tuple[str, ...] = (
    *(
        zin.replace("\t", "\n")
        for tekst in (
            _HET_ANTWOORD_ZELF,
            _ELDERS,
            _HULP,
            _ONDER_EEN_NAAM_ZONDER_GROET,
            _IN_EEN_CITAAT,
        )
        for zin in tekst.splitlines()
    ),
    *(
        f"{antwoord}{tussen}{zin}"
        for tussen, tekst in (
            (_GROET, _ONDER_EEN_NAAM),
            ("\n--\n", _ONDER_EEN_STREEP),
            ("\nMvg\nJan\n--\n", _ONDER_EEN_STREEP),
            (".\n", _IN_EEN_DISCLAIMER),
            (_GROET, _IN_EEN_DISCLAIMER),
        )
        for zin in tekst.splitlines()
        for antwoord in ("Bekend", "Onbekend")
    ),
)

_BEKEND = """\
BEKEND\tKenmerk ZNW-2026-00042 · antwoordcode 7F3K-2M9Q
Kenmerk ZNW-2026-00042 · antwoordcode 7F3K-2M9Q\tbetrokkene is bij ons bekend
Uw kenmerk: ZNW-2026-00042\tBekend
Onderwerp: verrijkingsverzoek ZNW-2026-00042\tBetrokkene is bekend
De persoon in casus ZNW-2026-00042 is bij ons bekend
Op uw verzoek ZNW-2026-00042 is betrokkene bij ons bekend
Casus ZNW-2026-00042: is bij ons bekend
Reactie: bekend
Bekend\tHulpverlener: Jan van der Meer, Zorg en Begeleiding
"""
_ONBEKEND = """\
Ons antwoord is onbekend
Het antwoord is onbekend
Ons antwoord luidt onbekend
Mijn reactie is onbekend
Ons antwoord\tBetrokkene is bij ons niet bekend
Goedemiddag,\tOns antwoord: onbekend
Betrokkene is bij ons niet bekend.\tKenmerk ZNW-2026-00042 · antwoordcode 7F3K-2M9Q
Betreft casus ZNW-2026-00042, betrokkene is bij ons onbekend
ZNW-2026-00042 onbekend
ZNW-2026-00042: onbekend
Casus ZNW-2026-00042 - onbekend
De uitkomst is: onbekend
Status: onbekend
Helaas, ons antwoord: niet bekend
Ons antwoord is: betrokkene is bij ons niet bekend
Het antwoord op uw vraag is: onbekend
"""
_ANDERE = (
    (Waarde.NIET_VERSTREKT, "Ons antwoord is niet verstrekt"),
    (Waarde.NIET_VAST_TE_STELLEN, "Het antwoord is niet vast te stellen"),
    (Waarde.NIET_VERSTREKT, "Een antwoord kunnen wij niet verstrekken"),
)

_IN_EEN_ONDERTEKENING = """\
Medewerker huurderszaken
Consulent schuldhulpverlening
Consulent Kind en Gezin
Team Jeugd en Gezin
Adres: Hanzeplaats 1, 5912 AT Venlo
Contact: 077-5550121
Zorg en Veiligheid
Wonen en Zorg
Trajectbegeleider
Klantmanager Werk en Inkomen
Dit e-mailbericht is uitsluitend bestemd voor de geadresseerde. Gebruik door anderen is verboden.
This e-mail and any attachments are confidential and intended solely for the addressee. If you have\
 received this message in error please notify the sender.
Disclaimer: de inhoud van dit bericht is vertrouwelijk. Wij zijn niet aansprakelijk voor virussen.
Dit bericht is alleen voor u bestemd. Heeft u dit bericht per vergissing ontvangen, laat het de\
 afzender dan weten.
Denk aan het milieu voordat u deze mail print.
De informatie verzonden in dit e-mailbericht is vertrouwelijk. De afzender staat niet in voor de\
 juiste en volledige overbrenging van de inhoud, noch voor tijdige ontvangst daarvan.
"""
_MOTTOS = """\
Samen maken we Venlo mooier
Elke dag samen op weg naar een sterke wijk
"""

DUIDELIJK: tuple[tuple[Waarde, str], ...] = (
    *(
        (waarde, zin.replace("\t", "\n"))
        for waarde, tekst in ((Waarde.BEKEND, _BEKEND), (Waarde.ONBEKEND, _ONBEKEND))
        for zin in tekst.splitlines()
    ),
    *_ANDERE,
    *((Waarde.BEKEND, f"Bekend{_GROET}{zin}") for zin in _IN_EEN_ONDERTEKENING.splitlines()),
    *((Waarde.ONBEKEND, f"Onbekend\n-- \nJan\n{zin}") for zin in _MOTTOS.splitlines()),
)

"""Hard negatives: what could be taken for a verdict and is none, or not for sure."""

from __future__ import annotations

from broker.wire.antwoord import Onduidelijkheid

ZINNEN: tuple[tuple[Onduidelijkheid, str], ...] = tuple(
    (reden, zin.replace("\t", "\n"))
    for reden, tekst in (
        (
            Onduidelijkheid.ONTKENNING,
            """\
vertrekt niet
Ken ik niet
Betrokkene bekent niet
niet onbekend
Niet helemaal onbekend.
Bij ons niet onbekend
Hij is ons niet onbekend
bekend niet
niet niet bekend
niet wel bekend
geen bekend
niet. Bekend.
(niet) bekend
Hij is bekend, zij niet
Bekend bij ons, hier niet
wij verstrekken
Wij delen dit
Wel onbekend
Al onbekend
Niet al bekend
Bekend is hij niet
Onbekend is hij niet
niets bekend
Wij kennen hem niet niet
Nooit bekend
Niemand bekend
Evenmin bekend
Geenszins bekend
niets in ons systeem
komt niet voor
Niet
""",
        ),
        (
            Onduidelijkheid.TWIJFEL,
            """\
Misschien bekend
bekend?
Onbekend??
Volgens mij bekend
Waarschijnlijk onbekend
Vermoedelijk bekend bij ons
Mogelijk bekend
Ik denk onbekend
Lijkt bekend
Hij zou bekend zijn
Is betrokkene bekend
Bekend of onbekend
Bijna zeker onbekend
Bekend \U0001f44e
Onbekend \U0001f609
[x] BEKEND
☑ bekend
0% bekend
≠ bekend
bekend = ? onbekend
!= bekend
Kennelijk bekend
Blijkbaar niet bekend
Zeker onbekend
Niet zeker, bekend
Geen idee, onbekend
Wij gaan dit navragen. Bekend.
Wie weet, bekend
Of bekend
Wij kunnen niet vaststellen of dat zo is
""",
        ),
        (
            Onduidelijkheid.VERLEDEN_TIJD,
            """\
Bekend. TOEN-2010
was bekend
Hij was bij ons bekend.
Is bekend geweest
Niet meer bekend
De persoon is niet meer bij ons bekend.
Voorheen bekend
Destijds bekend
Ooit bekend
Bekend. Hij is vorig jaar verhuisd.
Bekend tot 2019
Bekend. In het verleden.
Bekend. Intussen vertrokken.
Bekend. Is overleden.
Wij hadden hem in ons systeem. Bekend.
Staat niet meer in ons systeem
Bekend geweest bij ons
Bekend sinds kort
Onbekend sinds 2019
Hij stond bij ons bekend.
Bij ons gekend
""",
        ),
        (
            Onduidelijkheid.ANDERE_PERSOON,
            """\
Zijn zus is bekend
Haar broer is bij ons bekend
Het adres is bekend
Adres is bij ons bekend, de persoon niet
Naam: bekend
De naam is onbekend
Niet bekend, wel zijn vrouw.
Bekend. Het gaat om zijn broertje.
Bekend. Het gaat om zijn partner.
Bekend. Het betreft de zwager van betrokkene.
Bekend. Het is een naamgenote.
Bekend, onder een andere naam
Iemand anders is bekend
De vrouw is bekend
Het gezin is bekend
De familie is bij ons bekend
Zijn kinderen zijn bekend
Ouders bekend
Op dit adres niet bekend
""",
        ),
        (
            Onduidelijkheid.VOORBEHOUD,
            """\
Bekend als veroorzaker
Bekend als voormalig bewoner
Onbekend, we gaan het nog controleren
Bekend. Maar dat klopt niet.
Alleen bekend
Niet alleen bekend
Bekend, echter
Slechts bekend
Bekend, tenzij
Bekend, behalve nu
Nog niet bekend
Bekend mits
Deels bekend
Enigszins bekend
Zijdelings bekend
Sorry, bekend
Correctie: bekend
Dit klopt, bekend
Bekend. PS.
Onbekend, vanwege de AVG
Bekend, in verband met de privacy
Niet vast te stellen, vanwege de AVG
Zonder toestemming verstrekken wij geen informatie.
Bekend\tHulpverlener: was Jan de Boer
Bekend\tSoort hulp: vroeger bemoeizorg
""",
        ),
        (
            Onduidelijkheid.TEGENSPRAAK,
            """\
Bekend. Dossier gesloten in 2015.
Nee, bekend
Goedemorgen nee, bekend
Ja, onbekend
Bekend. Nee.
Onbekend: nee
Onbekend. Nee.
Niet bekend: nee
Onbekend: ja
Ja, niet verstrekt
Nee, dat mogen wij niet verstrekken
Onbekend. Hij is huurder bij ons.
Niet verstrekt. Hij is cliënt.
Onbekend. Wel ingeschreven.
Onbekend. Zie dossier.
Onbekend. We hebben hem in zorg.
Bekend. Typefout, lees het tegendeel.
Onbekend\tHulpverlener: Jan de Boer
Onbekend\tSoort hulp: bemoeizorg
Niet verstrekt\tHulpverlener: Jan de Boer
Niet vast te stellen\tArtikel: 8
Onbekend\tArtikel: 13
Is geen huurder van ons
Geen cliënt bij ons
Geen dossier
Niet in zorg
Niet in begeleiding
""",
        ),
        (
            Onduidelijkheid.TWEE_OORDELEN,
            """\
BEKEND / ONBEKEND
BEKEND\tONBEKEND
bekend niet verstrekt
BEKEND\tONBEKEND\tNIET VAST TE STELLEN\tNIET VERSTREKT
Bekend, niet in ons systeem
Onbekend. Wel bekend.
Ja, bekend. Onbekend.
Niet verstrekt. Onbekend.
Niet vast te stellen, niet verstrekt
Meneer is bekend, mevrouw is onbekend
Wij kennen hem niet, hij is bekend
Onbekend, bekend
Ik kies voor onbekend, bekend
onbekend = bekend
""",
        ),
        (
            Onduidelijkheid.ONBEKENDE_WOORDEN,
            """\
Er wordt niets verstrekt, niet
Wij kennen hem niet meer
Dhr. Jansen is bekend
bekend bij de politie
dat is bekend
dit is bekend
Jan kennen wij. Onbekend
Bekend. Meen ik.
Bekend. Dat kan.
Bekend. Zij is.
Bekend. Wij.
Bekend in Tegelen
Bekend bij een collega
Bekend, namelijk door overlast
Bekend. Uit het oog verloren.
Bekend. Lang niet gezien.
Onbekend. Komt hier wekelijks.
komt bekend voor
Onbekend geregistreerd
Komt ons niet bekend voor
Hij bekent
nbekend
obekend
inbekend
bekende
Geen bekende van ons
geen bekende
onbekende
Staat in ons systeem.
Betrokkene komt voor in ons systeem
Ja, staat in ons systeem
Wij kennen deze persoon.
Wij kennen hem wel
Ik ken deze persoon niet.
Het is hem bekend
Bij mij niet bekend
Voor mij onbekend
Niet gevonden
Niet te vinden bekend
BSN 111222333 is bekend
Bekend. 111222334
Bekend 2010-2015
bekend binnenkort
morgen bekend
net bekend
Wij zijn bekend met deze persoon
Wij kunnen geen uitspraak doen
Meneer bekend, mevrouw
Bekend, deze persoon
not known
unknown
Wordt bekend
Maak bekend
Bekend gemaakt
Bekend, bel me
Eigenlijk onbekend
Redelijk bekend
Beetje bekend
niet versterkt
""",
        ),
        (
            Onduidelijkheid.GEEN_OORDEEL,
            """\
ja
Nee
Dank voor uw bericht.
Hierbij ons antwoord
Ik heb het nagekeken.
Betreft ZNW-2026-00042
Is deze persoon bij uw organisatie bekend? Nee
""",
        ),
        (
            Onduidelijkheid.ANDER_ARTIKEL,
            """\
Bekend. Artikel 8 jo 9.
Bekend. Artikel 8, dan wel 10.
Bekend, artikel 8 lid 2
Bekend, artikelen 8 en 13
Bekend. Artikel 10.
Bekend\tArtikel: 9
Bekend\tArtikel: acht
Bekend artikel 8\tArtikel: 13
Bekend\tArtikel: 8\tArtikel: 8
""",
        ),
    )
    for zin in tekst.splitlines()
)
"""With the reason of each. A tab stands for the end of a line."""

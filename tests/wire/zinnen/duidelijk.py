"""Clear answers: the words of people, each with the one value that it has."""

from __future__ import annotations

from broker.domain.verzoek import Waarde

_BEKEND = """\
BEKEND
bekend.
Bekend!
Wel bekend
Is bij ons bekend.
Ja, bekend.
Ja, deze persoon is bij ons bekend.
Ja hoor, bekend bij ons.
Jazeker, bekend.
ja bekend bij ons
Hierbij laat ik u weten dat betrokkene bij ons bekend is.
Bij ons is hij bekend.
Antwoord: BEKEND
Ons antwoord is: bekend
Hierbij ons antwoord: bekend
Antwoord = BEKEND
Antwoord -> bekend
Betrokkene is al bij ons bekend.
Deze mevrouw is bij ons bekend.
De heer is bij onze organisatie bekend.
Bovengenoemde persoon is binnen onze organisatie bekend.
De door u genoemde persoon is bekend in ons systeem.
Die is hier bekend.
Deze man staat bij ons bekend
Wij kunnen u melden dat betrokkene bij ons bekend is.
Naar aanleiding van uw vraag kan ik u melden dat deze persoon bij ons bekend is.
In antwoord op uw verzoek: bekend.
N.a.v. uw mail: bekend
Ik heb het nagekeken. Bekend.
Na controle van ons systeem: bekend
Volgens onze administratie is betrokkene bekend.
Inderdaad, bekend.
Ja, wij kennen deze persoon.
Ja, die kennen we.
Betrokkene is ons bekend.
Betrokkene is bij ons goed bekend.
Deze persoon, bij ons bekend
Reactie: BEKEND
Casus ZNW-2026-00042: bekend
Betreft kenmerk ZNW-2026-00042: bekend
Is deze persoon bij uw organisatie bekend? BEKEND
Ik kies voor BEKEND.
Deze persoon is bij ons bekent
bekedn
Bekned
beekend
Betrokkene is bij osn bekend
Deze persson is bij ons bekend
Bekend. BSN 111222333
Bekend. Excuses voor de late reactie.
Bekend. Mocht u nog vragen hebben, dan hoor ik het graag.
Bekend. Voor vragen ben ik bereikbaar op 077-5550121.
Bekend. Bij vragen: 077-5550121
Wel degelijk bekend.
Deze inwoner is bekend bij ons.
"""

_ONBEKEND = """\
ONBEKEND
onbekend.
Niet bekend
niet-bekend
Nee, niet bekend.
Nee, onbekend
Nee hoor, onbekend
Nee helaas, niet bekend bij ons
Niet bij ons bekend
onbekend / niet bekend
Onbekend hier.
Betrokkene is bij ons niet bekend.
Betr. is bij onze organisatie onbekend
Deze meneer is niet bij ons bekend
Betrokkene komt niet voor in ons systeem.
Betrokkene komt in onze administratie niet voor.
Deze persoon staat niet in ons systeem.
Hij staat bij ons niet geregistreerd.
Niet in onze systemen.
Wij hebben deze persoon niet in ons systeem.
Wij kennen deze persoon niet.
Wij kennen hem niet.
Wij zijn niet bekend met deze persoon.
Met deze persoon zijn wij niet bekend
Onbekend dus.
Ik heb gezocht in ons systeem. Onbekend.
Wij hebben gekeken in onze systemen, deze persoon is niet bekend
In antwoord op je vraag van 23 november: onbekend.
Naar aanleiding van uw verzoek d.d. 23 november 2026: betrokkene is niet bij ons bekend.
Op uw mail van gisteren: niet bekend
Kennen wij niet.
Deze mevrouw kennen we niet
Die kennen wij niet
Nee, wij kennen betrokkene niet.
Wij laten u weten dat wij deze persoon niet kennen.
Antwoord = ONBEKEND
Antwoord: onbekend.
Hierbij ons antwoord: niet bekend
Mijn reactie is: onbekend
Helaas is deze persoon bij ons niet bekend.
Helaas niet bekend.
Hierbij bevestig ik dat betrokkene bij ons niet bekend is.
Hierbij deel ik u mede dat betrokkene bij ons onbekend is.
Ik kan u laten weten dat betrokkene niet bekend is bij onze organisatie.
In reactie op uw verzoek laten wij u weten dat deze persoon niet bij ons bekend is.
Op uw vraag: deze persoon is bij ons onbekend.
Ik heb het gecontroleerd: onbekend
Ik heb het nagezocht, niet bekend.
Na raadpleging van onze systemen: onbekend.
Volgens ons systeem is betrokkene niet bekend.
Deze persoon is momenteel niet bij ons bekend.
Op dit moment niet bekend
Totaal onbekend.
Helemaal niet bekend bij ons
Voor ons onbekend.
Betrokkene blijkt bij ons niet bekend te zijn.
onbeknd
onbekent
niet bekned
neit bekend
Nie bekend
on bekend
Betrokene is bij ons niet bekend
Deze persoon is niet bekent bij ons
Onbekend. Dank voor uw bericht.
Onbekend. Succes verder!
Kenmerk ZNW-2026-00042, antwoordcode 7F3K-2M9Q: onbekend
Verrijkingsverzoek ZNW-2026-00042: ONBEKEND
Is deze persoon bij uw organisatie bekend? Nee, onbekend.
Bij ons onbekend, hier niet bekend
De betreffende persoon is bij ons wijkteam niet bekend
"""

_NIET_VAST_TE_STELLEN = """\
NIET VAST TE STELLEN
niet vast te stellen.
Dat kunnen wij niet vaststellen.
Dit is voor ons niet vast te stellen
Dit valt niet vast te stellen
Kan niet worden vastgesteld.
kan ik niet vaststellen
Wij kunnen niet vaststellen of betrokkene bij ons bekend is.
Wij kunnen niet met zekerheid vaststellen of deze persoon in ons systeem bekend is.
Wij kunnen niet vaststellen om wie het gaat.
Op basis van deze gegevens kunnen wij dit niet vaststellen.
Met deze gegevens is niet vast te stellen om welke persoon het gaat
Wij hebben niet kunnen vaststellen of deze persoon bij ons bekend is
Antwoord: niet vast te stellen
Ons antwoord is: NIET VAST TE STELLEN
Helaas niet vast te stellen.
Het is niet te achterhalen om wie het gaat.
niet vasttestellen
Niet vast te stelen
Niet vaststelbaar
Onvoldoende gegevens, niet vast te stellen.
Wegens te weinig informatie kunnen wij dit niet vaststellen
"""

_NIET_VERSTREKT = """\
NIET VERSTREKT
niet verstrekt.
Wij verstrekken niet
Wij verstrekken deze informatie niet.
Deze informatie verstrekken wij niet.
Dit mogen wij niet verstrekken.
Wij kunnen dit niet verstrekken
Wordt niet verstrekt.
Wij verstrekken geen informatie over deze persoon.
Wij geven geen informatie over betrokkene.
Wij geven geen informatie over deze persoon in verband met de AVG.
Vanwege de privacy verstrekken wij geen gegevens.
Helaas, dit mogen wij, vanwege de AVG, niet verstrekken.
Wegens ons beroepsgeheim verstrekken wij niets.
Wij doen geen mededelingen.
Hierover doen wij geen uitspraken.
Daar mogen wij niets over zeggen.
Wij mogen hierover niets zeggen.
Wij delen geen informatie.
Deze gegevens delen wij niet.
Deze informatie kan niet worden gedeeld.
Hierover mogen wij geen informatie geven.
Antwoord: NIET VERSTREKT
Ons antwoord = niet verstrekt
niet vertsrekt
Gegevens worden niet aan derden verstrekt
"""

ZINNEN: tuple[tuple[Waarde, str], ...] = tuple(
    (waarde, zin)
    for waarde, tekst in (
        (Waarde.BEKEND, _BEKEND),
        (Waarde.ONBEKEND, _ONBEKEND),
        (Waarde.NIET_VAST_TE_STELLEN, _NIET_VAST_TE_STELLEN),
        (Waarde.NIET_VERSTREKT, _NIET_VERSTREKT),
    )
    for zin in tekst.splitlines()
)
"""Each stands in a whole mail, with a greeting and a signature around it."""

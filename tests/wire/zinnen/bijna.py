"""Texts that look like an answer at a glance: what is said is of something else, or takes it back.

And beside them the ordinary answers that look the same. A tab stands for the end of a line.
"""

from __future__ import annotations

from broker.domain.verzoek import Waarde

_HET_ANTWOORD_ZELF = """\
Uw kenmerk is bij ons niet bekend.
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

WEER_VRAGEN: tuple[str, ...] = tuple(
    zin.replace("\t", "\n")
    for tekst in (_HET_ANTWOORD_ZELF, _ELDERS, _HULP)
    for zin in tekst.splitlines()
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

DUIDELIJK: tuple[tuple[Waarde, str], ...] = (
    *(
        (waarde, zin.replace("\t", "\n"))
        for waarde, tekst in ((Waarde.BEKEND, _BEKEND), (Waarde.ONBEKEND, _ONBEKEND))
        for zin in tekst.splitlines()
    ),
    *_ANDERE,
)

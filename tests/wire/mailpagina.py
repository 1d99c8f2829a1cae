"""docs/mails.md: every mail that the broker can send, about one invented casus.

`pagina()` is pure; a test keeps the file equal to it. `python -m tests.wire.mailpagina` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from broker.domain import bericht as b
from broker.domain.casus import Kenmerk
from broker.domain.convenant import beoordeel_melding
from broker.domain.errors import Weigering
from broker.domain.melding import Doel, PolitieBetrokkene, Toestemming
from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import LoketId
from broker.domain.uitkomst import antwoord_regel, maak_uitkomst
from broker.domain.verzoek import SoortHulp, VerzoekStaat, Waarde
from broker.wire.brieven import verwoord
from broker.wire.formulier import lees_formulier
from tests.fixtures.netwerk import (
    ANTARES,
    DAG,
    INCLUZIO,
    MOMENT,
    POLITIE,
    SCHULDHULP,
    VAN_GOGH,
    WIJKTEAM,
    loket_van,
    maak_netwerk,
    spreker_van,
)
from tests.fixtures.verhalen import (
    KENMERK,
    maak_antwoord,
    maak_betrokkene,
    maak_casus,
    maak_melding,
    maak_politieantwoord,
    maak_politiemelding,
)

BESTAND = Path(__file__).parents[2] / "docs" / "mails.md"
OPDRACHT = "python -m tests.wire.mailpagina"

NETWERK = maak_netwerk()
UITERLIJK = date(2026, 11, 30)
SPOEDDAG = date(2026, 11, 24)
CODE = "7F3K-2M9Q"
MELDER, REGIE, AGENT, CORPORATIE, HULP = (
    "j.hermans",
    "m.janssen",
    "w.vanderlinden",
    "e.smeets",
    "a.dossantos",
)

PERSOON = maak_betrokkene(naam="Joris Verzonnen", adres="Voorbeeldstraat 12", postcode="5921 AB")
DAKLOOS = PolitieBetrokkene("Joris Verzonnen", zonder_vaste_woonplaats=True)
MELDING = maak_melding(
    betrokkene=PERSOON,
    reden=(
        "Al maanden klachten van buren over geluid in de nacht. De huismeester krijgt geen contact."
    ),
)
POLITIEMELDING = maak_politiemelding(betrokkene=DAKLOOS, reden="Slaapt al weken in het park.")

_MELDING_MET_FOUTEN = """\
Naam: Joris Verzonnen
Adres: Voorbeeldstraat
Postcode: 1011 AB
Woonplaats: Venlo
Meerderjarig: ja
Doel: 4
Reden van melding: Klachten van buren.
Kinderen: twee
Toestemming: niet gevraagd
Gronden zonder toestemming: a
Betrokkene zou hulp afwijzen: misschien
"""
_POLITIEMELDING_MET_FOUTEN = """\
Naam: Joris Verzonnen
Zonder vaste woonplaats: ja
Meerderjarig: ja
Doel: 1
Eigen inzet gedaan: ja
Toestemming: nee
"""


def _geweigerd(formulier: str, melder: str) -> Weigering:
    """What the broker has to say about a form."""
    wie = spreker_van(NETWERK, melder)
    ingevuld = lees_formulier(
        formulier, politie=NETWERK.is_wpg(wie.loket), loketten={}, vandaag=DAG
    )
    weigering = beoordeel_melding(ingevuld, netwerk=NETWERK, melder=wie, dag=DAG)
    assert weigering is not None
    return weigering


_KOP = f"""\
# The mails

Every mail that the broker can send, as its reader sees it after his mail program opened it. Each
one is signed by the broker and encrypted to that one reader; only the subject travels in clear,
and it never holds a name or an answer. The casus is invented.

Made from `broker/wire/brieven`; do not edit it here. After the words were changed on purpose,
`{OPDRACHT}` writes this page anew, and
`python -m tests.wire.test_brieven` the examples that the tests compare with.
"""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail of the page. `wanneer` finishes 'Sent …'."""

    titel: str
    wanneer: str
    aan: str
    bericht: b.Bericht


def _vraag(loket: LoketId) -> b.Vraag:
    gevraagd = loket_van(NETWERK, loket)
    return b.Vraag(
        kenmerk=KENMERK,
        betrokkene=PERSOON,
        doelen=frozenset({Doel.WOONOVERLAST, Doel.KETENREGIE}),
        toestemming=Toestemming.JA,
        bekend_betekent=gevraagd.bekend_betekent,
        geeft_hulp=gevraagd.geeft_hulp,
        politieloket=NETWERK.is_wpg(gevraagd),
        uiterlijk=UITERLIJK,
        antwoordcode=CODE,
    )


def _aan_loketten() -> Iterator[Mail]:
    yield Mail(
        "Verzoek", "to each desk when a melding was taken.", CORPORATIE, b.Verzoek(_vraag(ANTARES))
    )
    yield Mail(
        "Verzoek, to a desk that gives help",
        "with the two lines that such a desk may add.",
        HULP,
        b.Verzoek(replace(_vraag(INCLUZIO), toestemming=Toestemming.NEE)),
    )
    yield Mail(
        "Verzoek, to the police",
        "with the article that BEKEND needs, and what becomes of the answer.",
        AGENT,
        b.Verzoek(_vraag(POLITIE)),
    )
    yield Mail(
        "Verzoek, after a melding of the police",
        "as police data, with the notice of secrecy.",
        CORPORATIE,
        b.Verzoek(replace(_vraag(ANTARES), betrokkene=DAKLOOS, toestemming=None)),
    )
    yield Mail(
        "Herinnering",
        "when a desk did not answer; to the vervanger too.",
        CORPORATIE,
        b.Herinnering(_vraag(ANTARES)),
    )
    yield Mail(
        "Herinnering, urgent",
        "when the ketenregisseur made the casus urgent: one werkdag is left.",
        CORPORATIE,
        b.Herinnering(replace(_vraag(ANTARES), uiterlijk=SPOEDDAG), spoed=True),
    )
    yield Mail(
        "Verduidelijking",
        "when an answer was not clear; nothing of it is quoted.",
        CORPORATIE,
        b.Verduidelijking(KENMERK, CODE, UITERLIJK, False),
    )
    yield Mail(
        "Verduidelijking, to the police",
        "for the same reason.",
        AGENT,
        b.Verduidelijking(KENMERK, CODE, UITERLIJK, True),
    )
    yield Mail(
        "Verduidelijking, the article is missing",
        "when the police answered BEKEND without 8 or 13.",
        AGENT,
        b.Verduidelijking(KENMERK, CODE, UITERLIJK, True, artikel_ontbreekt=True),
    )
    yield Mail(
        "Verduidelijking, the second time",
        "when the next answer was not clear either; the ketenregisseur is to call.",
        CORPORATIE,
        b.Verduidelijking(KENMERK, CODE, UITERLIJK, False, wordt_gebeld=True),
    )
    yield Mail(
        "Intrekking", "when an answer is no longer needed.", CORPORATIE, b.Intrekking(KENMERK)
    )
    yield Mail(
        "Intrekking, the round was ended early",
        "to who still had the question when the ketenregisseur ended the round.",
        CORPORATIE,
        b.Intrekking(KENMERK, afgerond=True),
    )


def _aan_ketenregisseur() -> Iterator[Mail]:
    nieuw = b.Aangemeld(
        KENMERK,
        MELDING,
        "mevrouw J. Hermans",
        "077-555 01 31",
        "Woonwenz",
        "Blerick",
    )
    yield Mail(
        "Kennisgeving",
        "when a melding was taken; she alone reads who reported, and why.",
        REGIE,
        b.Kennisgeving(nieuw, UITERLIJK),
    )
    yield Mail(
        "Kennisgeving, of a melding of the police",
        "with the notice of secrecy; here without a postcode.",
        REGIE,
        b.Kennisgeving(
            b.Aangemeld(
                KENMERK,
                POLITIEMELDING,
                "de heer W. van der Linden",
                "077-555 01 11",
                "Politie",
                "",
            ),
            UITERLIJK,
        ),
    )
    casus = maak_casus(
        NETWERK,
        MELDING,
        melder=MELDER,
        antwoorden={
            WIJKTEAM: maak_antwoord("y.elamrani", Waarde.NIET_VAST_TE_STELLEN),
            SCHULDHULP: VerzoekStaat.VERLOPEN,
            POLITIE: maak_politieantwoord(Waarde.BEKEND),
            INCLUZIO: maak_antwoord(
                HULP,
                Waarde.BEKEND,
                hulpverlener="Anna de Wit, Incluzio",
                soort_hulp=SoortHulp.MAATSCHAPPELIJK_WERK,
            ),
            ANTARES: VerzoekStaat.ONBESTELBAAR,
            VAN_GOGH: maak_antwoord("h.geraedts", Waarde.NIET_VERSTREKT),
        },
    )
    yield Mail(
        "Gelijkenis",
        "when the person of a melding is like that of a casus that runs; and once more on the day"
        " of the reminder, while nothing was decided.",
        REGIE,
        b.Gelijkenis(nieuw, (Kenmerk("ZNW-2026-00007"),)),
    )
    yield Mail(
        "Uitkomst",
        "when every desk answered or the term is over.",
        REGIE,
        b.UitkomstBericht(maak_uitkomst(casus, NETWERK)),
    )
    laat = antwoord_regel(loket_van(NETWERK, ANTARES), maak_antwoord(CORPORATIE), NETWERK)
    yield Mail(
        "Aanvulling",
        "when an answer came too late for the uitkomst.",
        REGIE,
        b.Aanvulling(KENMERK, laat),
    )
    yield Mail(
        "Intrekking, to the ketenregisseur",
        "when the melder withdrew his melding.",
        REGIE,
        b.Intrekking(KENMERK, aan_regie=True),
    )
    loket = spreker_van(NETWERK, CORPORATIE)
    yield Mail(
        "Belverzoek",
        "when a desk answered unclearly for the second time.",
        REGIE,
        b.Belverzoek(KENMERK, loket.loket.naam, "mevrouw E. Smeets", "077-555 01 41"),
    )


def _aan_melder() -> Iterator[Mail]:
    for stand, wanneer in {
        b.Status.ONTVANGEN: "when his melding was taken.",
        b.Status.GEAGENDEERD: "when the ketenregisseur put it on an agenda.",
        b.Status.AFGESLOTEN: "when it was closed.",
        b.Status.INGETROKKEN: "when it was withdrawn.",
    }.items():
        dag = UITERLIJK if stand is b.Status.ONTVANGEN else None
        yield Mail(
            f"Stand van zaken: {stand}", wanneer, MELDER, b.StatusBericht(KENMERK, stand, dag)
        )
    yield Mail(
        "Stand van zaken: ontvangen, betrokkene informeren",
        "when the melding gives no day on which betrokkene was told.",
        MELDER,
        b.StatusBericht(KENMERK, b.Status.ONTVANGEN, UITERLIJK, informeren=True),
    )
    weigering = _geweigerd(_MELDING_MET_FOUTEN, MELDER)
    yield Mail(
        "Weigering",
        "when something is wrong or missing: everything at once.",
        MELDER,
        b.WeigeringBericht(weigering),
    )
    yield Mail(
        "Weigering, for the police",
        "when the police leave out what only they state.",
        AGENT,
        b.WeigeringBericht(_geweigerd(_POLITIEMELDING_MET_FOUTEN, AGENT)),
    )
    yield Mail("Concept, goed", "when a concept would be taken.", MELDER, b.ConceptBericht(None))
    yield Mail(
        "Concept, nog niet goed",
        "when a concept would be refused.",
        MELDER,
        b.ConceptBericht(weigering),
    )
    yield Mail("Leeg formulier", "to who asks for it.", MELDER, b.FormulierBericht(politie=False))
    yield Mail(
        "Leeg formulier, for the police", "to who asks for it.", AGENT, b.FormulierBericht(True)
    )


def _over_mail() -> Iterator[Mail]:
    for reden, wanneer in {
        b.NietVerwerkt.ONBEKEND_KENMERK: "when no kenmerk of ours is in the mail.",
        b.NietVerwerkt.CODE_ONTBREEKT: "when the answer code is missing, or of another verzoek.",
        b.NietVerwerkt.GESLOTEN: "when an answer is not wanted any more.",
        b.NietVerwerkt.NIET_LEESBAAR: "when there is no text in the mail.",
        b.NietVerwerkt.AFZENDER_ONDUIDELIJK: "when its From names nobody in particular.",
        b.NietVerwerkt.NIET_BEVOEGD: "when the sender is not designated for this.",
        b.NietVerwerkt.GEEN_MEDEWERKER: "to the shared mailbox of a desk, when its key signed and"
        " not exactly one employee is named.",
    }.items():
        yield Mail(f"Niet verwerkt: {reden}", wanneer, CORPORATIE, b.NietVerwerktBericht(reden))
    yield Mail(
        "Vast antwoord",
        "to a configured employee's address, once a day at most, when a mail could not be opened;"
        " always the same words.",
        CORPORATIE,
        b.VastAntwoord(MOMENT),
    )


def _over_opdracht() -> Iterator[Mail]:
    regie = (OpdrachtSoort.AFRONDEN, OpdrachtSoort.SPOED)
    yield Mail(
        "Opdracht: AFRONDEN",
        "when the ketenregisseur ended the round early.",
        REGIE,
        b.OpdrachtBericht(KENMERK, Uitslag.GEDAAN, OpdrachtSoort.AFRONDEN),
    )
    yield Mail(
        "Opdracht: SPOED",
        "when the ketenregisseur made the casus urgent.",
        REGIE,
        b.OpdrachtBericht(KENMERK, Uitslag.GEDAAN, OpdrachtSoort.SPOED, uiterlijk=SPOEDDAG),
    )
    yield Mail(
        "Opdracht: INTREKKEN",
        "to the vervanger who withdrew; the melder gets the stand van zaken.",
        MELDER,
        b.OpdrachtBericht(KENMERK, Uitslag.GEDAAN, OpdrachtSoort.INTREKKEN),
    )
    yield Mail(
        "Opdracht: STARTEN",
        "when the ketenregisseur started the round of a casus that is like another.",
        REGIE,
        b.OpdrachtBericht(KENMERK, Uitslag.GEDAAN, OpdrachtSoort.STARTEN),
    )
    yield Mail(
        "Opdracht: SAMENVOEGEN",
        "when the ketenregisseur joined it to the other.",
        REGIE,
        b.OpdrachtBericht(KENMERK, Uitslag.GEDAAN, OpdrachtSoort.SAMENVOEGEN),
    )
    yield Mail(
        "Opdracht: SAMENVOEGEN, with what",
        "when it cannot be joined to that casus, or it is not clear to which.",
        REGIE,
        b.OpdrachtBericht(
            KENMERK,
            Uitslag.NIET_SAMEN_TE_VOEGEN,
            OpdrachtSoort.SAMENVOEGEN,
            (OpdrachtSoort.STARTEN,),
        ),
    )
    yield Mail(
        "Opdracht, not clear",
        "when the words were not clear: nothing is guessed.",
        REGIE,
        b.OpdrachtBericht(KENMERK, Uitslag.ONDUIDELIJK, mogelijk=regie),
    )
    yield Mail(
        "Opdracht, of somebody else",
        "when the ketenregisseur writes INTREKKEN, or the melder one of the other words.",
        REGIE,
        b.OpdrachtBericht(KENMERK, Uitslag.NIET_BEVOEGD, OpdrachtSoort.INTREKKEN, regie),
    )
    yield Mail(
        "Opdracht, too late",
        "when the casus does not stand so any more.",
        REGIE,
        b.OpdrachtBericht(KENMERK, Uitslag.AL_GESLOTEN, OpdrachtSoort.AFRONDEN),
    )
    yield Mail(
        "Opdracht, urgent already",
        "when SPOED comes for the second time.",
        REGIE,
        b.OpdrachtBericht(
            KENMERK, Uitslag.AL_SPOED, OpdrachtSoort.SPOED, (OpdrachtSoort.AFRONDEN,)
        ),
    )


def afdelingen() -> dict[str, tuple[Mail, ...]]:
    """The mails of the page, by who reads them."""
    return {
        "To a desk that is asked": tuple(_aan_loketten()),
        "To the ketenregisseur": tuple(_aan_ketenregisseur()),
        "To the melder": tuple(_aan_melder()),
        "About what somebody ordered": tuple(_over_opdracht()),
        "About a mail that could not be used": tuple(_over_mail()),
    }


def _mail(mail: Mail) -> str:
    aan = spreker_van(NETWERK, mail.aan)
    brief = verwoord(
        b.Geadresseerd(mail.bericht, aan.medewerker, aan.loket.id), netwerk=NETWERK, vandaag=DAG
    )
    koppen = [f"Aan:       {aan.medewerker.naam}", f"Onderwerp: {brief.onderwerp}"]
    if brief.bijlage is not None:
        koppen.append(f"Bijlage:   {brief.bijlage.naam}")
    tekst = "\n".join(koppen) + "\n\n" + brief.tekst.rstrip("\n")
    return f"### {mail.titel}\n\nSent {mail.wanneer}\n\n```text\n{tekst}\n```\n"


def pagina() -> str:
    """The whole page, Markdown."""
    delen = [_KOP]
    for titel, mails in afdelingen().items():
        delen += [f"## {titel}\n", *map(_mail, mails)]
    return "\n".join(delen)


if __name__ == "__main__":
    BESTAND.write_text(pagina(), encoding="utf-8")

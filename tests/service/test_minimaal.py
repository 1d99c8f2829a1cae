"""AVG-5.1c: of what people write beside their answer not one word is kept or passed on."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from random import Random

import pytest

from broker.ports import OutboundKind
from tests.fixtures.verhaal import Verhaal

ANTWOORDEN, ANTWOORDEN_LANG = 500, 10_000
MELDERS = ("e.smeets", "j.hermans", "h.geraedts")
WOORDEN = ("BEKEND", "Niet bekend.", "NIET VAST TE STELLEN", "Wij verstrekken niet", "Hm, tja")
VORMEN = (
    "{w}\n\n{k} {k}",
    "{k}. {w}",
    "{w}\nHulpverlener: {k}",
    "{w}\nHulpverlener: heeft {k}, GGZ\nSoort hulp: {k}",
    "{w}\nSoort hulp: {k}",
    "{w}\nArtikel: 8 {k}",
    "{w}\n\nMet vriendelijke groet,\n{K}\n{k}straat 5\n5911 AB Venlo",
    "{w}\n-- \n{k}",
    "{w}\n> {k}\n{w}",
    "{w}\nDit bericht is vertrouwelijk en alleen bestemd voor {k}.",
    "{w}\nBijlage: {k}.pdf",
    "<b>{w}</b> {k}",
)


_KANARIE = re.compile(rb"zq[bcdfghjklmnpqrstvwxz]{10}")


def kanarie(kans: Random) -> str:
    """A word that nobody writes by chance."""
    return "zq" + "".join(kans.choices("bcdfghjklmnpqrstvwxz", k=10))


def _bestanden(folder: Path) -> dict[str, bytes]:
    """The files of the databases, journals and all; none for PostgreSQL, which has its own."""
    return {path.name: path.read_bytes() for path in folder.glob("*.db*")}


async def _antwoorden(verhaal: Verhaal, aantal: int, kans: Random) -> tuple[set[str], int, int]:
    """So many answers with a canary each, in as many casussen as that takes: the canaries, how
    many answers were taken, and how many were asked again."""
    kanaries: set[str] = set()
    nummer = 0
    while len(kanaries) < aantal:
        nummer += 1
        # Each lives at a door of his own: who is like another waits for the ketenregisseur.
        kenmerk = await verhaal.meld(kans.choice(MELDERS), Adres=f"Denkbeeldstraat {nummer}")
        for verzoek in (await verhaal.casus(kenmerk)).verzoeken:
            woord = kanarie(kans)
            kanaries.add(woord)
            tekst = kans.choice(VORMEN).format(
                w=kans.choice(WOORDEN), k=woord, K=woord.capitalize()
            )
            code = await verhaal.code_van(kenmerk, verzoek.loket)
            # Not in the subject: that travels in clear, as its writer sent it.
            await verhaal.schrijf(
                verzoek.asked,
                f"{tekst}\n\n> {kenmerk} {code}",
                onderwerp=f"Re: {kenmerk}",
                werk=False,
            )
        await verhaal.werk()
    taken = verhaal.log.getvalue().count('"antwoord.recorded"')
    return kanaries, taken, verhaal.log.getvalue().count('"antwoord.unclear"')


async def _zoek(verhaal: Verhaal, folder: Path, aantal: int) -> None:
    zaad = secrets.randbits(32)
    kanaries, taken, again = await _antwoorden(verhaal, aantal, Random(zaad))
    await verhaal.wacht(tot=verhaal.termijn)
    await verhaal.wacht(days=3)
    plekken = {
        "mails": b"\n".join(brief.plain for brief in verhaal.brieven()),
        "stored and logged": await verhaal.alles(),
        **_bestanden(folder),
    }
    gevonden = {
        (naam, woord)
        for naam, inhoud in plekken.items()
        for woord in kanaries & {x.decode() for x in _KANARIE.findall(inhoud.lower())}
    }
    uitkomsten = len(verhaal.brieven(None, OutboundKind.UITKOMST))
    print(  # noqa: T201 - the measure
        f"{len(kanaries)} answers with canaries (seed {zaad}): {taken} taken, {again} asked again,"
        f" {uitkomsten} uitkomsten; canaries found: {len(gevonden)} in {', '.join(plekken)}"
    )
    assert not gevonden
    assert taken > aantal // 20
    assert again > aantal // 20
    assert uitkomsten


@pytest.mark.rule("AVG-5.1c")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_urls", ["sqlite"], indirect=True)
async def test_no_word_beside_an_answer_comes_through(echt: Verhaal, tmp_path: Path) -> None:
    """Not one canary in a mail, in the database and its journal, or in the log."""
    await _zoek(echt, tmp_path, ANTWOORDEN)


@pytest.mark.soak
async def test_no_word_beside_an_answer_comes_through_at_full_count(
    echt: Verhaal, tmp_path: Path
) -> None:
    """The same for ten thousand answers."""
    await _zoek(echt, tmp_path, ANTWOORDEN_LANG)

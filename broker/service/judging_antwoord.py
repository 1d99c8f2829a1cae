"""Whether somebody's answer may be taken, and what of it may be kept.

One judgement for the use case that takes an answer and for whoever explains it.
"""

from __future__ import annotations

from dataclasses import dataclass

from broker.domain.bericht import NietVerwerkt
from broker.domain.casus import Ontvangst, ontvangst
from broker.domain.partner import Loket
from broker.domain.toegang import (
    GeenToegang,
    Spreker,
    mag_verstrekken,
)
from broker.domain.vervanging import antwoordt_als_vervanger
from broker.domain.verzoek import ARTIKELEN_WPG, Antwoord, PolitieAntwoord, Waarde, mag_hulp_noemen
from broker.ports import VerzoekRecord
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.finding_verzoek import find_verzoek
from broker.service.incoming import Incoming
from broker.wire.antwoord import (
    GelezenAntwoord,
    Onduidelijk,
    lees_antwoord,
)

ARTIKEL_ONTBREEKT = "artikel-ontbreekt"
"""Why the police are asked again that said 'bekend' and not under which article they may."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The one verzoek that an answer belongs to."""

    opened: OpenCasus
    loket: Loket
    verzoek: VerzoekRecord


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The answer on record came in later than this mail, which had to wait (D-13)."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing is guessed. `reason` is a stable code, `words` those of the vocabulary."""

    asked: Asked
    reason: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clear:
    """An answer that may be kept. `late`: it becomes an aanvulling (D-5)."""

    asked: Asked
    antwoord: Antwoord
    late: bool
    words: tuple[str, ...]


Judged = NietVerwerkt | Overtaken | Unclear | Clear


async def judge_antwoord(context: Context, mail: Incoming) -> Judged:
    """What an answer is worth: NietVerwerkt says why it is not taken. Changes nothing."""
    found = await find_verzoek(context, mail)
    if isinstance(found, NietVerwerkt):
        return found
    asked = Asked(*found)
    if _police_may_not(context, mail.speaker):
        return NietVerwerkt.NIET_BEVOEGD
    fate = ontvangst(asked.opened.casus.staat, asked.verzoek.staat)
    if fate is Ontvangst.GESLOTEN:
        return NietVerwerkt.GESLOTEN
    earlier = asked.opened.casus.verzoek_aan(asked.loket.id)
    if earlier is not None and earlier.antwoord and mail.received < earlier.antwoord.gegeven_op:
        return Overtaken(asked)
    read = lees_antwoord(mail.text)
    if isinstance(read, Onduidelijk):
        return Unclear(asked, read.reden, read.woorden)
    antwoord = _kept(context, mail, read, asked)
    if antwoord is None:
        return Unclear(asked, ARTIKEL_ONTBREEKT, read.beslist_door)
    return Clear(asked, antwoord, fate is Ontvangst.AANVULLING, read.beslist_door)


def _police_may_not(context: Context, speaker: Spreker) -> bool:
    """BS-5, BS-9: an answer of the police counts only while they may disclose, by who may.

    That nobody may receive it now is no fault of his: then the answer waits.
    """
    reason = mag_verstrekken(context.netwerk, speaker, context.today())
    return reason not in (None, GeenToegang.GEEN_AANGEWEZEN_ONTVANGER)


def _kept(context: Context, mail: Incoming, read: GelezenAntwoord, asked: Asked) -> Antwoord | None:
    """The answer that may be kept; None when the police must still name the article."""
    speaker = mail.speaker.medewerker.id
    loket = asked.loket
    stands_in = antwoordt_als_vervanger(context.netwerk, loket, speaker, context.today())
    if not context.netwerk.is_wpg(loket):
        with_help = mag_hulp_noemen(read.waarde, geeft_hulp=loket.geeft_hulp)
        return Antwoord(
            waarde=read.waarde,
            gegeven_op=mail.received,
            gegeven_door=speaker,
            als_vervanger=stands_in,
            hulpverlener=read.hulpverlener if with_help else "",
            soort_hulp=read.soort_hulp if with_help else None,
        )
    known = read.waarde is Waarde.BEKEND
    if known and read.artikel not in ARTIKELEN_WPG:
        return None
    return PolitieAntwoord(
        waarde=read.waarde,
        gegeven_op=mail.received,
        gegeven_door=speaker,
        als_vervanger=stands_in,
        artikel=read.artikel if known else None,
    )

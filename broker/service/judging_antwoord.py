"""Whether somebody's answer may be taken, and what of it may be kept."""

from __future__ import annotations

from broker.domain.partner import Loket
from broker.domain.toegang import (
    GeenToegang,
    Spreker,
    mag_verstrekken,
)
from broker.domain.verzoek import Antwoord, PolitieAntwoord, Waarde
from broker.ports import VerzoekRecord
from broker.service.context import Context
from broker.service.incoming import Incoming
from broker.wire.antwoord import (
    ARTIKELEN,
    GelezenAntwoord,
    Onduidelijk,
)


def police_may_not(context: Context, speaker: Spreker) -> bool:
    """BS-5, BS-9: an answer of the police counts only while they may disclose, by who may.

    That nobody may receive it now is no fault of his: then the answer waits.
    """
    reason = mag_verstrekken(context.netwerk, speaker, context.today())
    return reason not in (None, GeenToegang.GEEN_AANGEWEZEN_ONTVANGER)


def judge(
    context: Context,
    mail: Incoming,
    read: GelezenAntwoord | Onduidelijk,
    *,
    loket: Loket,
    verzoek: VerzoekRecord,
) -> Antwoord | None:
    """The answer that may be kept; None when the desk must be asked again."""
    if isinstance(read, Onduidelijk):
        return None
    speaker = mail.speaker.medewerker.id
    if not context.netwerk.is_wpg(loket):
        return Antwoord(
            waarde=read.waarde,
            gegeven_op=mail.received,
            gegeven_door=speaker,
            als_vervanger=speaker != verzoek.asked,
            hulpverlener=read.hulpverlener if loket.geeft_hulp else "",
            soort_hulp=read.soort_hulp if loket.geeft_hulp else None,
        )
    known = read.waarde is Waarde.BEKEND
    if known and read.artikel not in ARTIKELEN:
        return None
    return PolitieAntwoord(
        waarde=read.waarde,
        gegeven_op=mail.received,
        gegeven_door=speaker,
        als_vervanger=speaker != verzoek.asked,
        artikel=read.artikel if known else None,
    )

"""The question to one desk, worded from its casus: for the verzoek, the reminder and a remake."""

from __future__ import annotations

from datetime import date, datetime

from broker.domain.bericht import Kennisgeving, Vraag
from broker.domain.casus import Kenmerk
from broker.domain.melding import Melding
from broker.domain.partner import Loket
from broker.domain.termijn import uiterste_dag
from broker.domain.toegang import Spreker
from broker.domain.uitkomst import bepaal_werkgebied
from broker.service.context import Context
from broker.wire.codes import antwoordcode


def last_day(context: Context, asked_on: datetime) -> date:
    """The last day on which an answer to what was asked then is in time.

    Never from the record's `ends_at`, which goes when the round is complete: a desk could read in
    a later letter whether all the others have answered (PR-13.5).
    """
    return uiterste_dag(asked_on, context.netwerk.termijnen, context.netwerk.kalender)


def question(
    context: Context, melding: Melding, loket: Loket, *, kenmerk: Kenmerk, seed: bytes, until: date
) -> Vraag:
    """The question to that desk: only what it needs (PR-6.4)."""
    return Vraag(
        kenmerk=kenmerk,
        betrokkene=melding.betrokkene,
        doelen=melding.doelen,
        toestemming=melding.toestemming,
        bekend_betekent=loket.bekend_betekent,
        geeft_hulp=loket.geeft_hulp,
        politieloket=context.netwerk.is_wpg(loket),
        uiterlijk=until,
        antwoordcode=antwoordcode(seed, kenmerk=kenmerk, loket=loket.id),
    )


def notice(
    context: Context, melding: Melding, *, kenmerk: Kenmerk, melder: Spreker, until: date
) -> Kennisgeving:
    """What the ketenregisseur hears of a new casus."""
    werkgebied = bepaal_werkgebied(melding.betrokkene, context.netwerk)
    return Kennisgeving(
        kenmerk=kenmerk,
        melding=melding,
        melder=melder.medewerker.naam,
        melder_telefoon=melder.medewerker.telefoon,
        organisatie=context.netwerk.partner_van(melder.loket).naam,
        werkgebied=werkgebied.naam if werkgebied else "",
        uiterlijk=until,
    )

"""What one desk is asked, worded from its casus: the first time, once more, and in a remake."""

from __future__ import annotations

from datetime import date

from broker.domain.bericht import Aangemeld, Verduidelijking, Vraag
from broker.domain.casus import Kenmerk
from broker.domain.melding import Melding
from broker.domain.partner import Loket
from broker.domain.toegang import Spreker
from broker.domain.uitkomst import bepaal_werkgebied
from broker.ports import CasusRecord, VerzoekRecord
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.message_numbers import is_called, wants_article
from broker.wire.codes import antwoordcode


def asked_until(record: CasusRecord) -> date:
    """The last day for an answer as it was when the desks were asked.

    Raises ValueError for a casus whose round never began: a fault in the program.
    """
    if record.until is None:
        raise ValueError("nobody was asked yet: there is no last day")
    return record.until


def last_day(record: CasusRecord, verzoek: VerzoekRecord) -> date:
    """The last day on which an answer of that desk is in time.

    Kept with the casus, so that no other configuration moves what was promised. It is the desk's
    own: never from the record's `ends_at`, which goes when the round is complete, nor from a day
    that closed verzoeken share. A desk could read in a later letter whether all the others have
    answered (PR-13.5). Raises ValueError as `asked_until`.
    """
    return verzoek.urgent_until or asked_until(record)


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


def question_again(context: Context, opened: OpenCasus, loket: Loket) -> Vraag:
    """The same question once it was asked, with the last day that the desk has by now."""
    casus = opened.casus
    return question(
        context,
        casus.melding,
        loket,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        until=last_day(opened.record, opened.verzoek(loket.id)),
    )


def clarification(
    context: Context, opened: OpenCasus, loket: Loket, *, number: int
) -> Verduidelijking:
    """The four choices again; what else it says follows from its number (`message_numbers`)."""
    kenmerk = opened.casus.kenmerk
    return Verduidelijking(
        kenmerk=kenmerk,
        antwoordcode=antwoordcode(opened.seed, kenmerk=kenmerk, loket=loket.id),
        uiterlijk=last_day(opened.record, opened.verzoek(loket.id)),
        politieloket=context.netwerk.is_wpg(loket),
        artikel_ontbreekt=wants_article(number),
        wordt_gebeld=is_called(number),
    )


def reported(context: Context, melding: Melding, *, kenmerk: Kenmerk, melder: Spreker) -> Aangemeld:
    """What the ketenregisseur hears of a new casus."""
    werkgebied = bepaal_werkgebied(melding.betrokkene, context.netwerk)
    return Aangemeld(
        kenmerk=kenmerk,
        melding=melding,
        melder=melder.medewerker.naam,
        melder_telefoon=melder.medewerker.telefoon,
        organisatie=context.netwerk.partner_van(melder.loket).naam,
        werkgebied=werkgebied.naam if werkgebied else "",
    )

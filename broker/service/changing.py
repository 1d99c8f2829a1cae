"""Changes to one verzoek of an open casus, in clear and in its record at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.partner import LoketId
from broker.domain.verzoek import (
    Antwoord,
    VerzoekGebeurtenis,
    kan_verzoek,
    volgende_verzoekstaat,
)
from broker.service.casus_reading import OpenCasus, with_verzoek


def apply_event(opened: OpenCasus, loket: LoketId, event: VerzoekGebeurtenis) -> OpenCasus:
    """The casus after an event of one verzoek. Raises OngeldigeOvergang, LookupError."""
    record = opened.verzoek(loket)
    staat = volgende_verzoekstaat(record.staat, event)
    verzoeken = tuple(
        replace(v, staat=staat) if v.loket == loket else v for v in opened.casus.verzoeken
    )
    return replace(
        opened,
        casus=replace(opened.casus, verzoeken=verzoeken),
        record=with_verzoek(opened.record, replace(record, staat=staat)),
    )


def close_open(opened: OpenCasus, event: VerzoekGebeurtenis) -> OpenCasus:
    """The casus with every verzoek that this event can still reach closed by it."""
    for verzoek in opened.casus.verzoeken:
        if kan_verzoek(verzoek.staat, event):
            opened = apply_event(opened, verzoek.loket, event)
    return opened


def apply_answer(
    opened: OpenCasus, loket: LoketId, antwoord: Antwoord, *, now: datetime
) -> OpenCasus:
    """The casus with an answer, or a corrected one. The record's sealed answer is still to come."""
    opened = apply_event(opened, loket, VerzoekGebeurtenis.BEANTWOORD)
    verzoeken = tuple(
        replace(v, antwoord=antwoord) if v.loket == loket else v for v in opened.casus.verzoeken
    )
    record = opened.verzoek(loket)
    record = replace(
        record,
        answered_on=now,
        answered_by=antwoord.gegeven_door,
        answer_version=record.answer_version + 1,
    )
    return replace(
        opened,
        casus=replace(opened.casus, verzoeken=verzoeken),
        record=with_verzoek(opened.record, record),
    )

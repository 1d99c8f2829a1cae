"""Every event that the broker can log, with the fields that it may have and what it means.

What is not listed here cannot be logged. No event has a field for a name, an address, a postcode,
a value of an answer, a subject or a line of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum


class Level(StrEnum):
    """How much an event asks for attention."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class FieldKind(Enum):
    """What a field may hold; the value of text is the pattern that it must match entirely."""

    COUNT = ""
    CODE = r"[a-z0-9][a-z0-9_.-]{0,47}"
    STATUS = r"[a-z0-9][a-z0-9_.-]{0,47}(?: [245]\.[0-9]{1,3}\.[0-9]{1,3})?"
    ID = r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}"
    TYPE = r"[A-Za-z_][A-Za-z0-9_.]{0,99}"

    def admits(self, value: object) -> bool:
        """Whether a value is of this kind. Text that could be a sentence or an address is none."""
        if self is FieldKind.COUNT:
            return isinstance(value, int) and not isinstance(value, bool)
        return isinstance(value, str) and re.fullmatch(self.value, value, re.ASCII) is not None


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event. `fields` may be given, and nothing besides."""

    name: str
    level: Level
    meaning: str
    fields: Mapping[str, FieldKind] = field(default_factory=dict)


_COUNT, _CODE, _STATUS = FieldKind.COUNT, FieldKind.CODE, FieldKind.STATUS
_ID, _TYPE = FieldKind.ID, FieldKind.TYPE
_INFO, _WARNING, _ERROR = Level.INFO, Level.WARNING, Level.ERROR

_MESSAGE = {"inbound": _COUNT}
_VERZOEK = {"kenmerk": _ID, "loket": _ID}
_SENT = {"id": _ID, "kind": _CODE}

EVENTS: tuple[EventKind, ...] = (
    EventKind(
        "message.taken_in", _INFO, "A message is stored durably.", _MESSAGE | {"channel": _CODE}
    ),
    EventKind(
        "message.refused",
        _INFO,
        "A message was refused: at the door, then nothing is stored, or after it was read.",
        _MESSAGE | {"channel": _CODE, "code": _STATUS, "reason": _CODE},
    ),
    EventKind(
        "message.opened",
        _INFO,
        "A message was decrypted, and signed by a pinned key.",
        _MESSAGE | {"medewerker": _ID},
    ),
    EventKind(
        "message.unopened",
        _INFO,
        "Nothing of a message may be used; `reason` says why.",
        _MESSAGE | {"reason": _CODE},
    ),
    EventKind(
        "message.duplicate",
        _INFO,
        "A message was there already: at the door, or dealt with before.",
        _MESSAGE | {"channel": _CODE},
    ),
    EventKind(
        "message.automatic",
        _INFO,
        "A delivery report or another robot wrote; it is never an answer.",
        _MESSAGE | {"reason": _CODE},
    ),
    EventKind(
        "message.waits",
        _WARNING,
        "A message cannot be dealt with now, and is tried again; `reason` says why.",
        _MESSAGE | {"reason": _CODE},
    ),
    EventKind(
        "message.quarantined",
        _ERROR,
        "A message failed again and again, and waits for a person.",
        _MESSAGE | {"reason": _CODE},
    ),
    EventKind(
        "melding.refused",
        _INFO,
        "A melding was refused; the melder hears why. `code` is that of the first fault.",
        _MESSAGE | {"faults": _COUNT, "code": _CODE},
    ),
    EventKind("antwoord.recorded", _INFO, "An answer counts.", _VERZOEK),
    EventKind(
        "antwoord.unclear",
        _INFO,
        "An answer is asked again; `reason` says why.",
        _VERZOEK | {"reason": _CODE, "number": _COUNT},
    ),
    EventKind("antwoord.late", _INFO, "An answer came after the term.", _VERZOEK),
    EventKind("verzoek.reminded", _INFO, "A desk was reminded.", _VERZOEK),
    EventKind(
        "verzoek.vervanger_asked",
        _INFO,
        "A vervanger got the question too: of who is away, or at the reminder.",
        _VERZOEK,
    ),
    EventKind(
        "verzoek.expired",
        _INFO,
        "The term passed without so many answers.",
        {"kenmerk": _ID, "verzoeken": _COUNT},
    ),
    EventKind("verzoek.undeliverable", _WARNING, "A desk could not be reached.", _VERZOEK),
    EventKind(
        "casus.created",
        _INFO,
        "A casus was made of a melding.",
        {"kenmerk": _ID, "verzoeken": _COUNT},
    ),
    EventKind(
        "casus.alike",
        _INFO,
        "A casus is like so many that run: nobody is asked before the ketenregisseur decides.",
        {"kenmerk": _ID, "count": _COUNT},
    ),
    EventKind(
        "casus.started", _INFO, "The ketenregisseur started a round for it.", {"kenmerk": _ID}
    ),
    EventKind(
        "casus.joined",
        _INFO,
        "The ketenregisseur joined it to another casus, which goes on for both.",
        {"kenmerk": _ID},
    ),
    EventKind(
        "gelijkenis.reminded",
        _WARNING,
        "The ketenregisseur was asked again to decide about such a casus.",
        {"kenmerk": _ID},
    ),
    EventKind(
        "casus.enriched",
        _INFO,
        "Every verzoek of a casus is closed, and its uitkomst waits to be sent.",
        {"kenmerk": _ID},
    ),
    EventKind(
        "verzoek.withdrawn",
        _INFO,
        "A desk that had to answer may not be asked any more: what was asked of it is withdrawn.",
        _VERZOEK,
    ),
    EventKind(
        "besluit.suspended",
        _WARNING,
        "The police suspended their decision: nothing is asked of them or taken from them.",
        {"medewerker": _ID},
    ),
    EventKind(
        "besluit.resumed", _WARNING, "The police let their decision run again.", {"medewerker": _ID}
    ),
    EventKind("casus.withdrawn", _INFO, "A casus was withdrawn.", {"kenmerk": _ID}),
    EventKind(
        "casus.ended_early",
        _INFO,
        "The ketenregisseur ended the round of a casus before its term.",
        {"kenmerk": _ID},
    ),
    EventKind(
        "casus.urgent",
        _INFO,
        "The ketenregisseur made a casus urgent: one werkdag is left to answer.",
        {"kenmerk": _ID},
    ),
    EventKind("delivery.sent", _INFO, "The next server took responsibility.", _SENT),
    EventKind(
        "delivery.deferred",
        _INFO,
        "A delivery is tried again later.",
        _SENT | {"code": _STATUS, "attempts": _COUNT},
    ),
    EventKind(
        "delivery.rejected", _WARNING, "A delivery will never succeed.", _SENT | {"code": _STATUS}
    ),
    EventKind(
        "delivery.withheld",
        _WARNING,
        "A message may not go now: the route is not safe enough, or its reader may not read it.",
        _SENT | {"code": _STATUS},
    ),
    EventKind(
        "alarm.raised",
        _ERROR,
        "A person must look at something.",
        {"code": _CODE, "subject": _ID},
    ),
    EventKind("alarm.cleared", _INFO, "An alarm is over.", {"code": _CODE, "subject": _ID}),
    EventKind(
        "fault",
        _ERROR,
        "Something failed that should not; of the error only the type is told.",
        {"component": _CODE, "error": _TYPE, "inbound": _COUNT, "outbound": _ID, "kenmerk": _ID},
    ),
    EventKind(
        "library",
        _WARNING,
        "A library complained; what it said is left out, where it said so is not.",
        {"logger": _ID, "severity": _CODE, "where": _ID, "error": _TYPE},
    ),
    EventKind("server.started", _INFO, "The broker is ready.", {"port": _COUNT}),
    EventKind(
        "work.taken_over",
        _WARNING,
        "A process died with messages that it had claimed; they are due again.",
        {"count": _COUNT},
    ),
    EventKind("server.stopped", _INFO, "The broker stopped."),
    EventKind(
        "conflict.retried",
        _INFO,
        "Another process was first; the step starts over.",
        {"what": _CODE},
    ),
    EventKind(
        "keys.swept",
        _INFO,
        "Once a day: so many casus keys that belong to no casus were destroyed.",
        {"count": _COUNT},
    ),
)
"""The catalogue, in the order of a message's way through the broker."""


class UnknownEvent(Exception):
    """An event that is not in the catalogue: a fault in the program. Names no value."""


class ForbiddenField(Exception):
    """A field that the event may not have: a fault in the program. Names no value."""


_BY_NAME = {kind.name: kind for kind in EVENTS}


def find_event(event: str, fields: Iterable[str]) -> EventKind:
    """The kind of an event, which may have these fields. Raises UnknownEvent, ForbiddenField."""
    kind = _BY_NAME.get(event)
    if kind is None:
        raise UnknownEvent(event if FieldKind.CODE.admits(event) else "not even a code")
    for name in fields:
        if name not in kind.fields:
            raise ForbiddenField(f"{event} has no field {name}")
    return kind


def catalogue_markdown() -> str:
    """The catalogue as a table for the documentation."""
    lines = ["| event | level | fields | meaning |", "|---|---|---|---|"]
    for kind in EVENTS:
        fields = ", ".join(f"`{name}`" for name in kind.fields)
        lines.append(f"| `{kind.name}` | {kind.level} | {fields} | {kind.meaning} |")
    return "\n".join(lines) + "\n"

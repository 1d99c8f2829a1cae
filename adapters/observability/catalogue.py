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

_MESSAGE = {"inbound": _COUNT, "channel": _CODE}
_CASUS = {"kenmerk": _ID}
_SAID = {"inbound": _COUNT, "kenmerk": _ID, "loket": _ID, "medewerker": _ID}
_SENT = {
    "id": _ID,
    "kind": _CODE,
    "kenmerk": _ID,
    "loket": _ID,
    "medewerker": _ID,
    "attempts": _COUNT,
    "code": _STATUS,
}

EVENTS: tuple[EventKind, ...] = (
    EventKind(
        "message.taken_in", _INFO, "A message is stored durably.", _MESSAGE | {"bytes": _COUNT}
    ),
    EventKind(
        "message.refused",
        _INFO,
        "A message was refused: at the door, then nothing is stored, or after it was read.",
        _MESSAGE | {"code": _STATUS, "reason": _CODE, "bytes": _COUNT},
    ),
    EventKind(
        "smtp-refused",
        _INFO,
        "The SMTP server refused a message; nothing is stored.",
        {"code": _STATUS},
    ),
    EventKind(
        "smtp-fault",
        _ERROR,
        "The SMTP server answered 451 because something of our own failed.",
        {"error": _TYPE},
    ),
    EventKind(
        "message.opened",
        _INFO,
        "A message was decrypted, and signed by a pinned key.",
        _MESSAGE | {"medewerker": _ID, "loket": _ID, "attempts": _COUNT, "kind": _CODE},
    ),
    EventKind(
        "message.unopened",
        _INFO,
        "Nothing of a message may be used; `reason` says why.",
        _MESSAGE | {"reason": _CODE, "attempts": _COUNT},
    ),
    EventKind(
        "message.duplicate", _INFO, "A message was there already.", _MESSAGE | {"reason": _CODE}
    ),
    EventKind(
        "message.automatic",
        _INFO,
        "A delivery report or another robot wrote; it is never an answer.",
        _MESSAGE | {"kind": _CODE, "reason": _CODE, "outbound": _ID},
    ),
    EventKind(
        "message.quarantined",
        _ERROR,
        "A message failed again and again, and waits for a person.",
        _MESSAGE | {"attempts": _COUNT, "reason": _CODE, "error": _TYPE},
    ),
    EventKind(
        "melding.accepted",
        _INFO,
        "A melding may be taken up.",
        _SAID | {"verzoeken": _COUNT},
    ),
    EventKind(
        "melding.refused",
        _INFO,
        "A melding was refused; the melder hears why.",
        _SAID | {"reason": _CODE, "regel": _ID, "faults": _COUNT},
    ),
    EventKind("antwoord.recorded", _INFO, "An answer counts.", _SAID | {"version": _COUNT}),
    EventKind(
        "antwoord.unclear",
        _INFO,
        "An answer is asked again.",
        _SAID | {"reason": _CODE, "number": _COUNT},
    ),
    EventKind("antwoord.refused", _INFO, "An answer cannot count.", _SAID | {"reason": _CODE}),
    EventKind(
        "antwoord.late",
        _INFO,
        "An answer came after the term.",
        _SAID | {"reason": _CODE},
    ),
    EventKind("verzoek.reminded", _INFO, "A desk was reminded.", _CASUS | {"loket": _ID}),
    EventKind(
        "verzoek.expired",
        _INFO,
        "The term passed without an answer.",
        _CASUS | {"loket": _ID, "verzoeken": _COUNT},
    ),
    EventKind(
        "verzoek.undeliverable",
        _WARNING,
        "A desk could not be reached.",
        _CASUS | {"loket": _ID, "reason": _CODE},
    ),
    EventKind(
        "casus.created", _INFO, "A casus was made of a melding.", _CASUS | {"verzoeken": _COUNT}
    ),
    EventKind("casus.enriched", _INFO, "Every verzoek of a casus is closed.", _CASUS),
    EventKind("casus.withdrawn", _INFO, "A casus was withdrawn.", _CASUS | {"reason": _CODE}),
    EventKind(
        "uitkomst.sent",
        _INFO,
        "The uitkomst is on its way to the ketenregisseur.",
        _CASUS | {"outbound": _ID, "medewerker": _ID},
    ),
    EventKind("delivery.sent", _INFO, "The next server took responsibility.", _SENT),
    EventKind("delivery.deferred", _INFO, "A delivery is tried again later.", _SENT),
    EventKind("delivery.rejected", _WARNING, "A delivery will never succeed.", _SENT),
    EventKind(
        "delivery.withheld",
        _WARNING,
        "The route was not safe enough, so nothing was sent.",
        _SENT,
    ),
    EventKind(
        "delivery.held",
        _WARNING,
        "A message waits until something changes, for example a key.",
        _SENT | {"reason": _CODE},
    ),
    EventKind(
        "delivery.withdrawn",
        _INFO,
        "A message is not sent any more.",
        _SENT | {"reason": _CODE},
    ),
    EventKind(
        "key.refused",
        _WARNING,
        "A key could not be used.",
        {"medewerker": _ID, "reason": _CODE, "kenmerk": _ID},
    ),
    EventKind(
        "alarm.raised",
        _ERROR,
        "A person must look at something.",
        {"code": _CODE, "subject": _ID},
    ),
    EventKind("alarm.cleared", _INFO, "An alarm is over.", {"code": _CODE, "subject": _ID}),
    EventKind(
        "worker.started",
        _INFO,
        "A process that holds the keys is there.",
        {"engine": _CODE, "worker": _COUNT},
    ),
    EventKind(
        "worker.failed",
        _ERROR,
        "A process that holds the keys crashed or hung; it is replaced.",
        {"engine": _CODE, "worker": _COUNT, "reason": _CODE, "error": _TYPE},
    ),
    EventKind(
        "fault",
        _ERROR,
        "Something failed that should not; only the type of the error is told.",
        {"component": _CODE, "error": _TYPE, "inbound": _COUNT, "outbound": _ID, "kenmerk": _ID},
    ),
    EventKind(
        "library",
        _WARNING,
        "A library complained; what it said is left out, where it said so is not.",
        {"logger": _ID, "severity": _CODE, "where": _ID, "error": _TYPE},
    ),
    EventKind(
        "server.started",
        _INFO,
        "The broker is ready.",
        {"component": _CODE, "port": _COUNT, "version": _ID, "partners": _COUNT},
    ),
    EventKind(
        "work.taken-over",
        _WARNING,
        "A process died with messages that it had claimed; they are due again.",
        {"count": _COUNT},
    ),
    EventKind("server.stopped", _INFO, "The broker stopped.", {"component": _CODE}),
    EventKind(
        "conflict.retried",
        _INFO,
        "Another process was first; the step starts over.",
        {"what": _CODE, "kenmerk": _ID, "inbound": _COUNT, "attempts": _COUNT},
    ),
    EventKind(
        "keys.swept",
        _INFO,
        "Casus keys that belong to no casus were destroyed.",
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

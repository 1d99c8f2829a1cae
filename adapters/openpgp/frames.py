"""What crosses between the vault and a worker: length-prefixed msgpack, never pickle.

A frame is four bytes of length (big-endian) and one msgpack array whose first item is its kind.
Both sides are ours, so a frame that does not parse is a fault: FrameBroken.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgpack

from adapters.openpgp.engine import Elsewhere
from broker.domain.partner import Vingerafdruk
from broker.ports import (
    Done,
    Field,
    FieldAddress,
    Letter,
    LetterReason,
    Opened,
    OpenReason,
    Unopened,
    Work,
)

MAX_FRAME = 64 * 1024 * 1024
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# What msgpack gives back has no static type; each function below checks the shape by unpacking.
Frame = list[Any]


class FrameBroken(Exception):
    """The other side did not speak the protocol."""


def encode(frame: Frame) -> bytes:
    """The frame with its length before it."""
    body: bytes = msgpack.packb(frame)
    return len(body).to_bytes(4) + body


def length(prefix: bytes) -> int:
    """How many bytes follow the four of the prefix. Raises FrameBroken."""
    size = int.from_bytes(prefix)
    if not 0 < size <= MAX_FRAME:
        raise FrameBroken
    return size


def decode(body: bytes) -> Frame:
    """The frame in a body. Raises FrameBroken."""
    try:
        frame = msgpack.unpackb(body)
    except (ValueError, msgpack.UnpackException):
        raise FrameBroken from None
    if not isinstance(frame, list) or not frame:
        raise FrameBroken
    return frame


def ring_frame(certificates: Mapping[Vingerafdruk, bytes]) -> Frame:
    """The pinned certificates, as the first frame that a worker reads."""
    return ["ring", dict(certificates)]


def open_frame(message: bytes, now: datetime) -> Frame:
    """A message to be opened."""
    return ["open", message, _from_moment(now)]


def read_open(frame: Frame) -> tuple[bytes, datetime]:
    """The message and the moment of `open_frame`."""
    _, message, now = frame
    return message, _to_moment(now)


def verdict_frame(verdict: Opened | Unopened | Elsewhere) -> Frame:
    """What an engine answers to `open_frame`."""
    match verdict:
        case Opened():
            return ["opened", verdict.plaintext, verdict.signer, verdict.seal]
        case Unopened():
            return ["unopened", verdict.reason.value, verdict.seal]
        case Elsewhere():
            return ["elsewhere", verdict.seal]


def read_verdict(frame: Frame) -> Opened | Unopened | Elsewhere:
    """The verdict of `verdict_frame`. Raises FrameBroken."""
    match frame:
        case ["opened", bytes(plaintext), str(signer), bytes(seal)]:
            return Opened(plaintext, Vingerafdruk(signer), seal)
        case ["unopened", str(reason), bytes(seal)]:
            return Unopened(OpenReason(reason), seal)
        case ["elsewhere", bytes(seal)]:
            return Elsewhere(seal)
        case _:
            raise FrameBroken


def work_frame(work: Work) -> Frame:
    """A whole work."""
    return [
        "cross",
        _from_moment(work.now),
        work.casus_key,
        work.new_key,
        [_from_field(field) for field in work.unseal],
        [_from_field(field) for field in work.seal],
        [[letter.recipient, letter.content] for letter in work.letters],
        list(work.index),
    ]


def read_work(frame: Frame) -> Work:
    """The work of `work_frame`."""
    _, now, casus_key, new_key, unseal, seal, letters, index = frame
    return Work(
        now=_to_moment(now),
        casus_key=casus_key,
        new_key=new_key,
        unseal=tuple(_to_field(item) for item in unseal),
        seal=tuple(_to_field(item) for item in seal),
        letters=tuple(Letter(Vingerafdruk(to), content) for to, content in letters),
        index=tuple(index),
    )


def done_frame(done: Done) -> Frame:
    """What came of a work: a letter is bytes, the reason why there is none is text."""
    letters = [x.value if isinstance(x, LetterReason) else x for x in done.letters]
    indexed = [list(versions) for versions in done.indexed]
    return ["done", done.casus_key, list(done.unsealed), list(done.sealed), letters, indexed]


def read_done(frame: Frame) -> Done:
    """The result of `done_frame`. Raises FrameBroken."""
    match frame:
        case ["done", casus_key, list(unsealed), list(sealed), list(letters), list(indexed)]:
            return Done(
                casus_key,
                tuple(unsealed),
                tuple(sealed),
                tuple(LetterReason(x) if isinstance(x, str) else x for x in letters),
                tuple(map(tuple, indexed)),
            )
        case _:
            raise FrameBroken


def unreadable_frame(address: FieldAddress) -> Frame:
    """A field that did not open, by its address alone."""
    return ["unreadable", address.table, address.column, address.row, address.version]


def read_address(frame: Frame) -> FieldAddress:
    """The address of `unreadable_frame`."""
    _, table, column, row, version = frame
    return FieldAddress(table, column, row, version)


def _from_field(field: Field) -> Frame:
    at = field.address
    return [at.table, at.column, at.row, at.version, field.value]


def _to_field(item: Frame) -> Field:
    table, column, row, version, value = item
    return Field(FieldAddress(table, column, row, version), value)


def _from_moment(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _to_moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)

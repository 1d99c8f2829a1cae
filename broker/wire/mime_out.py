"""Outgoing mail in two steps, because sealing happens between: what is inside, and the mail.

The same values give the same bytes: nothing here is random, and nothing reads a clock. A value
that cannot stand in a header raises ValueError: it is a fault of the caller, never a person's.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from enum import StrEnum

MAX_LINE = 998
"""Characters in a line at most, its end not counted (RFC 5322 section 2.1.1)."""
MAX_VALUE = 400
"""Characters in a name or subject at most."""

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,189}", re.ASCII)
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,60}")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]*", re.ASCII)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNPRINTABLE_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ARMOR = re.compile(
    rb"-----BEGIN PGP MESSAGE-----\n(?:[!-~][ -~]{0,900}\n)*\n"
    rb"(?:[A-Za-z0-9+/=]{1,900}\n)+-----END PGP MESSAGE-----"
)


class AutoSubmitted(StrEnum):
    """RFC 3834: sent by a machine of its own accord."""

    GENERATED = "auto-generated"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with the name that people see beside it; the name may be empty."""

    name: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside the text. `media_type` such as application/json; `name` is plain ASCII."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


def make_content(
    *,
    subject: str,
    text: str,
    sender: Mailbox,
    recipient: Mailbox,
    date: datetime,
    message_id: str,
    attachment: Attachment | None = None,
) -> bytes:
    r"""The MIME entity that is signed and encrypted: protected headers, the text, the attachment.

    `text` has its lines as they shall stand (ended by \n, shorter than 78 where it can be).
    The headers inside are those outside, marked protected-headers="v1", which the mail programs
    that know protected headers understand (later written down in RFC 9788). 7-bit throughout, as
    RFC 3156 section 3 asks of signed data; quoted-printable stays readable for a person who uses
    gpg alone. Lines end in CRLF. `date` is aware. Raises ValueError.
    """
    protected = _headers(subject, sender, recipient, date, message_id)
    marked = 'protected-headers="v1"'
    if attachment is None:
        return _join([*protected, *_text_part(text, marked)])
    boundary = _boundary(message_id, "inside")
    return _join(
        [
            *protected,
            f'Content-Type: multipart/mixed; boundary="{boundary}";',
            f" {marked}",
            "",
            f"--{boundary}",
            *_text_part(text, ""),
            f"--{boundary}",
            *_attachment_part(attachment),
            f"--{boundary}--",
            "",
        ]
    )


def make_mail(
    *,
    sender: Mailbox,
    recipient: Mailbox,
    reply_to: Mailbox | None,
    subject: str,
    date: datetime,
    message_id: str,
    encrypted: bytes,
    auto_submitted: AutoSubmitted,
    in_reply_to: str = "",
    references: Sequence[str] = (),
) -> bytes:
    """The whole mail around `encrypted`, one armored OpenPGP message: RFC 3156 section 4.

    `subject` stands in clear, so it names no person and no value. 7-bit, lines end in CRLF.
    `date` is aware. Raises ValueError.
    """
    boundary = _boundary(message_id, "outside")
    armor = encrypted.replace(b"\r\n", b"\n").strip(b"\n")
    if not _ARMOR.fullmatch(armor):
        raise ValueError("encrypted: not one armored OpenPGP message")
    headers = _headers(subject, sender, recipient, date, message_id)
    if reply_to is not None:
        headers.append(f"Reply-To: {_mailbox(reply_to)}")
    if in_reply_to:
        headers.append(f"In-Reply-To: {_checked_message_id(in_reply_to)}")
    if references:
        chain = "\r\n ".join(_checked_message_id(reference) for reference in references)
        headers.append(f"References: {chain}")
    return _join(
        [
            *headers,
            f"Auto-Submitted: {AutoSubmitted(auto_submitted)}",
            "MIME-Version: 1.0",
            'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";',
            f' boundary="{boundary}"',
            "",
            "Dit is een versleuteld bericht (OpenPGP/MIME, RFC 3156).",
            f"--{boundary}",
            "Content-Type: application/pgp-encrypted",
            "Content-Description: PGP/MIME version identification",
            "",
            "Version: 1",
            "",
            f"--{boundary}",
            'Content-Type: application/octet-stream; name="encrypted.asc"',
            "Content-Description: OpenPGP encrypted message",
            'Content-Disposition: inline; filename="encrypted.asc"',
            "",
            *armor.decode("ascii").split("\n"),
            "",
            f"--{boundary}--",
            "",
        ]
    )


def _headers(
    subject: str, sender: Mailbox, recipient: Mailbox, date: datetime, message_id: str
) -> list[str]:
    if date.tzinfo is None:
        raise ValueError("date: naive")
    return [
        f"Date: {format_datetime(date)}",
        f"From: {_mailbox(sender)}",
        f"To: {_mailbox(recipient)}",
        f"Subject: {_unstructured(subject)}",
        f"Message-ID: {_checked_message_id(message_id)}",
    ]


def _checked_value(value: str) -> str:
    if _UNPRINTABLE.search(value) or len(value) > MAX_VALUE:
        raise ValueError("header value: control character, or too long")
    return value


def _unstructured(value: str) -> str:
    # What looks like an encoded word would be decoded by whoever reads it.
    if _checked_value(value).isascii() and "=?" not in value:
        return value
    return Header(value, "utf-8", maxlinelen=66).encode(linesep="\r\n")


def _mailbox(mailbox: Mailbox) -> str:
    name = _checked_value(mailbox.name)
    if not _ADDRESS.fullmatch(mailbox.address):
        raise ValueError("address: not a plain mail address")
    if not name:
        return mailbox.address
    if not name.isascii() or "=?" in name:
        name = _unstructured(name)
    elif not _ATOMS.fullmatch(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{mailbox.address}>"


def _checked_message_id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError("message id: not of the form <local@domain>")
    return message_id


def _boundary(message_id: str, place: str) -> str:
    # '=_' stands in no quoted-printable, base64 or armor, so no content can hold the delimiter.
    digest = hashlib.sha256(f"{place} {_checked_message_id(message_id)}".encode("ascii"))
    return f"=_{digest.hexdigest()[:40]}"


def _text_part(text: str, marked: str) -> list[str]:
    text = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    if _UNPRINTABLE_IN_TEXT.search(text):
        raise ValueError("text: control character")
    lines = text.split("\n")
    encoding = "7bit"
    # Lines that start with '--=_' could end the part; spaces at the end get lost on the way.
    if not text.isascii() or any(
        len(line) > MAX_LINE or line != line.rstrip() or line.startswith("--=_") for line in lines
    ):
        encoding = "quoted-printable"
        lines = binascii.b2a_qp(text.encode("utf-8"), istext=True).decode("ascii").split("\n")
    return [
        f"Content-Type: text/plain; charset=utf-8{'; ' + marked if marked else ''}",
        f"Content-Transfer-Encoding: {encoding}",
        "Content-Disposition: inline",
        "",
        *lines,
    ]


def _attachment_part(attachment: Attachment) -> list[str]:
    if not _FILE_NAME.fullmatch(attachment.name):
        raise ValueError("attachment: name is not plain ASCII")
    if not _MEDIA_TYPE.fullmatch(attachment.media_type):
        raise ValueError("attachment: not a media type")
    return [
        f'Content-Type: {attachment.media_type}; name="{attachment.name}"',
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{attachment.name}"',
        "",
        *base64.encodebytes(attachment.data).decode("ascii").split("\n"),
    ]


def _join(lines: list[str]) -> bytes:
    return "\r\n".join(lines).encode("ascii")

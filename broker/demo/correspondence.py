"""How the people of the demo write and read mail: PGP/MIME by Python's own email library.

They share no code with the broker: what they can read and write, any mail program can.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.utils import format_datetime, make_msgid


@dataclass(frozen=True, slots=True)
class Read:
    """A mail as a person sees it after his mail program opened it."""

    subject: str
    text: str = field(repr=False)
    attachment: bytes = field(repr=False)
    message_id: str


def ciphertext_of(raw: bytes) -> bytes:
    """The encrypted part of a PGP/MIME mail (RFC 3156). Raises ValueError if it is none."""
    mail = message_from_bytes(raw, policy=policy.SMTP)
    if mail.get_content_type() != "multipart/encrypted":
        raise ValueError("no PGP/MIME")
    part = list(mail.iter_parts())[1]
    content = part.get_content()
    return content if isinstance(content, bytes) else content.encode()


def read(raw: bytes, plaintext: bytes) -> Read:
    """The mail, given what its encrypted part held."""
    outer = message_from_bytes(raw, policy=policy.SMTP)
    inner = message_from_bytes(plaintext, policy=policy.SMTP)
    body = inner.get_body(("plain",))
    text = "" if body is None else str(body.get_content())
    attachments = [part.get_content() for part in inner.iter_attachments()]
    attached = attachments[0] if attachments else b""
    return Read(
        subject=str(inner.get("Subject") or outer.get("Subject") or ""),
        text=text.replace("\r\n", "\n"),
        attachment=attached if isinstance(attached, bytes) else str(attached).encode(),
        message_id=str(outer.get("Message-ID") or ""),
    )


def inner_entity(text: str) -> bytes:
    """What is signed: a text in UTF-8, with CRLF."""
    entity = EmailMessage(policy=policy.SMTP)
    entity.set_content(text, charset="utf-8", cte="quoted-printable")
    del entity["MIME-Version"]
    return entity.as_bytes()


def pgp_mime(
    *, sender: str, to: str, subject: str, date: datetime, armored: bytes, reply_to: str = ""
) -> bytes:
    """A PGP/MIME mail around a message that is signed and encrypted already."""
    mail = MIMEMultipart("encrypted", protocol="application/pgp-encrypted", policy=policy.SMTP)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">"))
    if reply_to:
        mail["In-Reply-To"] = reply_to
    mail.attach(_part("application/pgp-encrypted", b"Version: 1\r\n"))
    mail.attach(_part('application/octet-stream; name="encrypted.asc"', armored))
    return mail.as_bytes()


def _part(content_type: str, data: bytes) -> MIMEApplication:
    part = MIMEApplication("", policy=policy.SMTP)
    for name in ("Content-Type", "Content-Transfer-Encoding", "MIME-Version"):
        del part[name]
    part["Content-Type"] = content_type
    part.set_payload(data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").decode("ascii"))
    return part


def quoted(text: str) -> str:
    """The text as a mail program quotes it in a reply."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())

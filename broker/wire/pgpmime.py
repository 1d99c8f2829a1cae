"""The one encrypted OpenPGP message of a mail, found by structure alone; nothing is decrypted.

Four shapes are known: PGP/MIME (RFC 3156 section 4), the same after an Exchange server or Outlook
made attachments of it, the whole of it in one attachment (GpgOL), and inline PGP. The encrypted
message must be all that the mail says: clear text beside it could be taken for what the signer
wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from broker.wire.mime_entity import (
    Entity,
    Unreadable,
    UnreadableReason,
    decode_body,
    read_entity,
)
from broker.wire.mime_header import HeaderFacts, header_facts
from broker.wire.mime_html import html_to_text
from broker.wire.mime_text import clean, decode_text

MAX_HTML = 262_144
"""Bytes of HTML that are looked at, once; what is more counts as text beside the message."""
MAX_BLANK = 65_536
"""Bytes of text that are looked at to see whether they are blank."""

_BEGIN = b"-----BEGIN PGP MESSAGE-----"
_END = b"-----END PGP MESSAGE-----"
_CONTROL = "application/pgp-encrypted"
_FILES = frozenset({_CONTROL, "application/octet-stream", "application/pgp"})
_BINARY_NAMES = (".gpg", ".pgp", ".dat")
_SESSION_KEY_TAGS = frozenset({0x84, 0x85, 0x86, 0xC1})
"""How a binary message begins: a session key packet, in the old format or the new (RFC 9580)."""
_GPGOL_NAMES = frozenset({"gpgol_mime_structure.txt", "gpgol_mime_structure.mime"})
_VERSION = re.compile(rb"\s*Version:[ \t]*1\s*", re.IGNORECASE)
# What programs and gateways add: a signature over the ciphertext says nothing in words, nor a key.
_WORDLESS = frozenset(
    {
        "application/pgp-keys",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
    }
)


@dataclass(frozen=True, slots=True)
class Encrypted:
    """The encrypted message, armored or binary, and what the clear headers around it say.

    `charset` is what the text inside is written in when it does not say so itself: that of the
    surrounding text for inline PGP, else UTF-8.
    """

    message: bytes = field(repr=False)
    inline: bool
    charset: str
    facts: HeaderFacts


def find_encrypted(raw: bytes) -> Encrypted | Unreadable:
    """The one encrypted message that is the whole mail, or why there is none.

    Refusals: GEEN_VERSLEUTELD_DEEL, WINMAIL_DAT (there is none but what Outlook wrapped up),
    MEER_VERSLEUTELDE_DELEN, TEKST_NAAST_VERSLEUTELD, ONLEESBAAR (damaged encoding or armor), and
    those of `read_entity`. Linear; never raises.
    """
    root = read_entity(raw)
    if isinstance(root, Unreadable):
        return root
    survey = _survey(root)
    if not survey.messages:
        missing = UnreadableReason.GEEN_VERSLEUTELD_DEEL
        return Unreadable(UnreadableReason.WINMAIL_DAT if survey.tnef else missing)
    if len(survey.messages) > 1:
        return Unreadable(UnreadableReason.MEER_VERSLEUTELDE_DELEN)
    found = survey.messages[0]
    # Webmail that encrypts in the browser sends the armor as text and as HTML.
    repeated = "".join(found.message.decode("latin-1").split())
    if survey.beside or survey.html not in (None, "", repeated):
        return Unreadable(UnreadableReason.TEKST_NAAST_VERSLEUTELD)
    if not found.whole:
        return Unreadable(UnreadableReason.ONLEESBAAR)
    return Encrypted(
        message=found.message,
        inline=found.inline,
        charset=found.charset,
        facts=header_facts(root.headers),
    )


def is_encrypted(raw: bytes) -> bool:
    """Whether a mail holds an encrypted message at all, fit to decide on while SMTP waits.

    False: nothing in it can ever be opened (not encrypted, or not readable). True says not yet
    that it is acceptable: text may stand beside it, which `find_encrypted` refuses.
    """
    root = read_entity(raw)
    return not isinstance(root, Unreadable) and bool(_survey(root).messages)


@dataclass(frozen=True, slots=True)
class _Message:
    message: bytes = field(repr=False)
    whole: bool
    inline: bool = False
    charset: str = "utf-8"


@dataclass(slots=True)
class _Survey:
    """What stands in a mail: encrypted messages, HTML that may repeat one, and anything else."""

    messages: list[_Message] = field(default_factory=list)
    html: str | None = field(default=None, repr=False)
    beside: bool = False
    tnef: bool = False


def _survey(root: Entity) -> _Survey:
    survey = _Survey()
    for leaf, controlled in _leaves(root):
        _survey_leaf(survey, leaf, controlled=controlled)
    return survey


def _survey_leaf(survey: _Survey, leaf: Entity, *, controlled: bool) -> None:
    if leaf.is_tnef:
        survey.tnef = survey.beside = True
    elif leaf.file_name in _GPGOL_NAMES:
        _survey_structure(survey, leaf)
    elif leaf.media_type in _FILES:
        if not _is_control(leaf):
            _survey_file(survey, leaf, controlled=controlled)
    elif leaf.media_type == "text/plain":
        _survey_text(survey, leaf)
    elif leaf.media_type == "text/html":
        _survey_html(survey, leaf)
    elif leaf.media_type not in _WORDLESS:
        survey.beside = True


def _leaves(entity: Entity) -> Iterator[tuple[Entity, bool]]:
    """Every leaf, and whether the control part of RFC 3156 stands before it among its siblings."""
    if not entity.is_multipart:
        yield entity, False
    controlled = False
    for part in entity.parts:
        if part.is_multipart:
            yield from _leaves(part)
        else:
            yield part, controlled
            controlled = controlled or _is_control(part)


def _is_control(leaf: Entity) -> bool:
    """Whether it is the first part of RFC 3156, whatever a server made of its media type."""
    if leaf.media_type not in _FILES:
        return False
    body = decode_body(leaf)
    return not isinstance(body, Unreadable) and _VERSION.fullmatch(body) is not None


def _survey_file(survey: _Survey, leaf: Entity, *, controlled: bool) -> None:
    """A part that a program would save: the message behind its control part, or by its content."""
    data = decode_body(leaf)
    if isinstance(data, Unreadable):
        if controlled:
            survey.messages.append(_Message(b"", whole=False))
        else:
            survey.beside = True
    elif _BEGIN in data if controlled else data.lstrip().startswith(_BEGIN):
        _survey_armor(survey, data, inline=False, charset="utf-8")
    elif controlled:
        # A packet of OpenPGP starts with a byte of which the highest bit is set.
        survey.messages.append(_Message(data, whole=data[:1] >= b"\x80"))
    elif leaf.file_name.endswith(_BINARY_NAMES) and data[:1] and data[0] in _SESSION_KEY_TAGS:
        survey.messages.append(_Message(data, whole=True))
    else:
        survey.beside = True


def _survey_structure(survey: _Survey, leaf: Entity) -> None:
    """The one attachment in which GpgOL keeps a whole mail, or its ciphertext alone."""
    data = decode_body(leaf)
    if isinstance(data, Unreadable):
        survey.beside = True
        return
    if data.lstrip().startswith(_BEGIN):
        _survey_armor(survey, data, inline=False, charset="utf-8")
        return
    root = read_entity(data)
    if isinstance(root, Unreadable) or root.media_type != "multipart/encrypted":
        survey.beside = True
        return
    for inner, controlled in _leaves(root):
        if inner.file_name in _GPGOL_NAMES:
            survey.beside = True
        else:
            _survey_leaf(survey, inner, controlled=controlled)


def _survey_text(survey: _Survey, leaf: Entity) -> None:
    data = decode_body(leaf)
    if isinstance(data, Unreadable):
        survey.beside = True
    elif _BEGIN in data:
        charset = leaf.parameters.get("charset", "utf-8")
        _survey_armor(survey, data, inline=True, charset=charset)
    elif not _is_blank(data, leaf):
        survey.beside = True


def _survey_armor(survey: _Survey, data: bytes, *, inline: bool, charset: str) -> None:
    data = data.removeprefix(b"\xef\xbb\xbf").strip()
    begin, end = data.find(_BEGIN), data.find(_END)
    for _ in range(min(data.count(_BEGIN), 2) - 1):
        survey.messages.append(_Message(b"", whole=False))
    stop = len(data) if end < 0 else end + len(_END)
    if begin > 0 or stop < len(data):
        survey.beside = True
    survey.messages.append(_Message(data, whole=end > begin, inline=inline, charset=charset))


def _survey_html(survey: _Survey, leaf: Entity) -> None:
    data = decode_body(leaf)
    if isinstance(data, Unreadable) or len(data) > MAX_HTML or survey.html is not None:
        survey.beside = True
        return
    charset = leaf.parameters.get("charset", "utf-8")
    survey.html = "".join(clean(html_to_text(decode_text(data, charset)[0])).split())


def _is_blank(data: bytes, leaf: Entity) -> bool:
    charset = leaf.parameters.get("charset", "utf-8")
    return len(data) <= MAX_BLANK and not clean(decode_text(data, charset)[0]).strip()

"""What a mail is, before anything is done about it: who speaks, and what kind of mail it is.

One judgement for whoever deals with mail and for whoever explains it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from broker.domain.bericht import NietVerwerkt
from broker.domain.deelname import mag_langs
from broker.domain.partner import Vingerafdruk
from broker.domain.toegang import GeenToegang, Spreker
from broker.ports import Inbound, OpenReason, Outbound, OutboundId, Unopened
from broker.service.closing import message_id
from broker.service.context import Context
from broker.service.incoming import Incoming
from broker.service.speaking import came_by, spreker
from broker.wire.automatic import AutomaticReason, automatic_reason, automatic_words
from broker.wire.delivery_report import DeliveryReport
from broker.wire.medewerkerregel import zonder_medewerkerregel
from broker.wire.mime_entity import Headers, Unreadable, UnreadableReason, split_headers
from broker.wire.mime_in import Content, read_content
from broker.wire.mime_sender import SenderReason, sender_fault
from broker.wire.pgpmime import find_encrypted
from broker.wire.post import PostSoort, soort_post
from broker.wire.returned import read_returned


@dataclass(frozen=True, slots=True)
class Returned:
    """It came to a bounce address: whatever it is, it tells of one message of ours."""

    about: OutboundId


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Nothing of it may be used: it holds no one encrypted message, or that does not open."""

    reason: UnreadableReason | OpenReason


@dataclass(frozen=True, slots=True)
class NoAccess:
    """A good signature of a key that may not speak today."""

    reason: GeenToegang
    seal: bytes


@dataclass(frozen=True, slots=True)
class Nameless:
    """A good signature of a desk key, and not one employee of the desk named in it (D-14).

    `mail` has no words, and the shared mailbox of the desk for its speaker: it can be answered.
    """

    mail: Incoming
    reason: GeenToegang


@dataclass(frozen=True, slots=True)
class Machine:
    """A good signature under what a program wrote by itself.

    `mail` says whose program it was, and what it wrote, if that can be read.
    """

    mail: Incoming
    reason: AutomaticReason


@dataclass(frozen=True, slots=True)
class NoText:
    """Somebody who may speak, and nothing that can be used; no words in `mail`.

    `reason` is for the operator, `told` for who wrote it.
    """

    mail: Incoming
    reason: UnreadableReason | SenderReason
    told: NietVerwerkt


@dataclass(frozen=True, slots=True)
class Spoken:
    """Somebody who may speak, what he wrote, and what kind of mail that is."""

    mail: Incoming
    kind: PostSoort


Heard = Returned | NotOpened | NoAccess | Nameless | Machine | NoText | Spoken


async def hear(context: Context, mail: Inbound) -> Heard:
    """Open and read one mail. Changes nothing. Raises VaultFailed."""
    about = context.mailbox.bounced(mail.recipient)
    if about is not None:
        return Returned(about)
    outer = find_encrypted(mail.raw)
    if isinstance(outer, Unreadable):
        return NotOpened(outer.reason)
    opened = await context.vault.open_message(outer.message, now=context.now())
    if isinstance(opened, Unopened):
        return NotOpened(opened.reason)
    inner = read_content(opened.plaintext, charset=outer.charset)
    content = Content("") if isinstance(inner, Unreadable) else inner
    heard = spreker(context.netwerk, opened.signer, content.text, context.today())
    speaker = _desk(context, opened.signer, heard)
    if isinstance(speaker, GeenToegang):
        return NoAccess(speaker, opened.seal)
    wrong_way = mag_langs(context.netwerk, speaker, came_by(mail))
    if wrong_way is not None:
        return NoAccess(wrong_way, opened.seal)
    incoming = Incoming(
        inbound=mail,
        speaker=speaker,
        subject=content.subject or outer.facts.subject,
        text=zonder_medewerkerregel(content.text, speaker.loket),
        seal=opened.seal,
        signed_subject=content.subject,
    )
    automatic = (
        _headers_of_machine(opened.plaintext)
        or written_by_machine(mail)
        or automatic_words(incoming.text)
    )
    if automatic is not None:
        return Machine(incoming, automatic)
    without_words = replace(incoming, subject="", text="", signed_subject="")
    if isinstance(heard, GeenToegang):
        return Nameless(without_words, heard)
    if isinstance(inner, Unreadable):
        return NoText(without_words, inner.reason, NietVerwerkt.NIET_LEESBAAR)
    sender = inner.sender or _sender_fault(mail)
    if sender is not None:
        return NoText(without_words, sender, NietVerwerkt.AFZENDER_ONDUIDELIJK)
    kind = soort_post(incoming.text, incoming.subject, afkorting=context.netwerk.afkorting)
    return Spoken(incoming, kind)


def _desk(
    context: Context, key: Vingerafdruk, heard: Spreker | GeenToegang
) -> Spreker | GeenToegang:
    """Who speaks; where a desk key signed and nobody is named the desk itself, to be answered."""
    loket = context.netwerk.loket_met(key)
    mailbox = None if loket is None else loket.postbus()
    if heard is not GeenToegang.GEEN_MEDEWERKER_GENOEMD or loket is None or mailbox is None:
        return heard
    return Spreker(loket, mailbox)


def _headers_of_machine(plaintext: bytes) -> AutomaticReason | None:
    """Whether the headers inside say so, be what follows them readable or not."""
    inside = split_headers(plaintext)
    if isinstance(inside, Unreadable) or not inside[0].clean:
        return None
    return automatic_reason(inside[0])


def written_by_machine(mail: Inbound) -> AutomaticReason | None:
    """Whether the outside of the mail says that a machine wrote it."""
    outside = _outside(mail)
    return None if outside is None else automatic_reason(outside, envelope_from=mail.envelope_from)


def robot_in_clear(
    context: Context, mail: Inbound, *, about: Outbound | None = None
) -> AutomaticReason | DeliveryReport | None:
    """What robot wrote a mail that holds nothing to open: by its outside, then by its words.

    `about` is what we wrote, when it came back to a bounce address.
    """
    address = "" if about is None else about.address
    identity = "" if about is None else message_id(context, about.id)
    found = read_returned(mail.raw, about=address, message_id=identity)
    return found or written_by_machine(mail)


def _sender_fault(mail: Inbound) -> SenderReason | None:
    outside = _outside(mail)
    return None if outside is None else sender_fault(outside)


def _outside(mail: Inbound) -> Headers | None:
    split = split_headers(mail.raw)
    return None if isinstance(split, Unreadable) else split[0]

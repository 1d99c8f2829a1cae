"""Takes one message in: only for our own addresses, only encrypted, and durable before we say so.

Whoever delivered a message may forget it once it is `Taken`. So nothing is called taken before
the database has committed, and a message that comes twice is taken twice and kept once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from broker.ports import Conflict, InboundId, NewInbound, Store

TOKEN = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
"""What may stand between the plus and the at of a bounce address."""


class AddressKind(StrEnum):
    """What one of our own addresses is for."""

    MAILBOX = "mailbox"
    BOUNCE = "bounce"


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """The addresses for which mail is taken in; no other exists.

    `mailboxes` are where people write (the address in the broker key's own user id). `bounce` is
    the address that gets a token, `broker@…` for `broker+<token>@…`: the envelope sender of what
    we send, to which delivery reports come back. Upper and lower case are alike in all of them,
    but not in the token. Raises ValueError for what is no plain `local@domain`.
    """

    mailboxes: frozenset[str]
    bounce: str

    def __post_init__(self) -> None:
        for address in (*self.mailboxes, self.bounce):
            local, _, domain = address.rpartition("@")
            if not local or not domain or "+" in local or not address.isascii():
                raise ValueError(f"{address!r} is geen eigen adres: verwacht naam@domein, zonder +")
        if not self.mailboxes:
            raise ValueError("er is geen eigen adres om post op te ontvangen")

    def kind(self, address: str) -> AddressKind | None:
        """What this address is for; None if it is not ours."""
        if any(address.lower() == mailbox.lower() for mailbox in self.mailboxes):
            return AddressKind.MAILBOX
        return AddressKind.BOUNCE if self.token(address) is not None else None

    def token(self, address: str) -> str | None:
        """The token of a bounce address, None for every other address."""
        local, _, domain = address.rpartition("@")
        name, plus, token = local.partition("+")
        if not plus or f"{name}@{domain}".lower() != self.bounce.lower():
            return None
        return token if TOKEN.fullmatch(token) else None

    def bounce_address(self, token: str) -> str:
        """The envelope sender with this token. Raises ValueError for a token that cannot be one."""
        if not TOKEN.fullmatch(token):
            raise ValueError("een token bestaat uit 1 tot 64 letters, cijfers, '.', '_' of '-'")
        local, _, domain = self.bounce.rpartition("@")
        return f"{local}+{token}@{domain}"


class Refusal(StrEnum):
    """Why a message is not taken in; nothing of it is kept."""

    ONBEKEND_ADRES = "onbekend-adres"
    NIET_VERSLEUTELD = "niet-versleuteld"


@dataclass(frozen=True, slots=True)
class Taken:
    """The message is stored and committed. `id` is None when the same one was there already."""

    id: InboundId | None


@dataclass(frozen=True, slots=True)
class Refused:
    """The message is not ours, or not encrypted. Nothing was stored."""

    reason: Refusal


async def take_in(
    message: NewInbound,
    *,
    store: Store,
    own: OwnAddresses,
    is_encrypted: Callable[[bytes], bool],
) -> Taken | Refused:
    """Judge the envelope and the outer structure of one message, and store it durably.

    What comes to a mailbox must contain an OpenPGP message; to a bounce address anything may
    come, because delivery reports are never encrypted. Nothing is opened here. Faults of the
    store are raised as they are: then nothing may be called taken.
    """
    match own.kind(message.recipient):
        case None:
            return Refused(Refusal.ONBEKEND_ADRES)
        case AddressKind.MAILBOX if not is_encrypted(message.raw):
            return Refused(Refusal.NIET_VERSLEUTELD)
        case AddressKind.MAILBOX | AddressKind.BOUNCE:
            return Taken(await _keep(message, store))


async def _keep(message: NewInbound, store: Store) -> InboundId | None:
    try:
        return await _add(message, store)
    except Conflict:
        # The same message came by another connection at the same moment: now it shows.
        return await _add(message, store)


async def _add(message: NewInbound, store: Store) -> InboundId | None:
    async with store.begin() as transaction:
        id = await transaction.inbox.add(message)
        await transaction.commit()
    return id

"""Taking one message in: whose it is, whether it is encrypted, and that it is kept once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from broker.ports import Conflict, InboundId, NewInbound
from broker.service.take_in import (
    AddressKind,
    OwnAddresses,
    Refusal,
    Refused,
    Taken,
    take_in,
)
from tests.adapters.smtp.desk import (
    BOUNCE,
    BROKER,
    CLEAR,
    MAIL,
    MOMENT,
    OWN,
    Shelf,
    contains_armor,
    store_of,
)

MESSAGE = NewInbound(
    received=MOMENT,
    channel="smtp",
    envelope_from="s.janssen@woonwenz.example",
    recipient=BROKER,
    message_id="<een@woonwenz.example>",
    raw=MAIL,
)


async def taken_in(message: NewInbound, shelf: Shelf) -> Taken | Refused:
    return await take_in(message, store=store_of(shelf), own=OWN, is_encrypted=contains_armor)


async def test_an_encrypted_message_is_kept_as_it_came() -> None:
    """Taken means committed, every octet and the envelope."""
    shelf = Shelf()
    assert await taken_in(MESSAGE, shelf) == Taken(InboundId(1))
    assert shelf.messages == [MESSAGE]


async def test_a_message_in_clear_is_refused_and_not_kept() -> None:
    """What is not encrypted leaves nothing behind."""
    shelf = Shelf()
    outcome = await taken_in(replace(MESSAGE, raw=CLEAR), shelf)
    assert outcome == Refused(Refusal.NIET_VERSLEUTELD)
    assert shelf.messages == []


async def test_a_bounce_address_takes_what_is_not_encrypted() -> None:
    """Delivery reports are never encrypted, and must not be lost."""
    shelf = Shelf()
    report = replace(MESSAGE, recipient=BOUNCE, envelope_from="", raw=CLEAR)
    assert await taken_in(report, shelf) == Taken(InboundId(1))
    assert shelf.messages == [report]


async def test_an_address_that_is_not_ours_is_refused() -> None:
    """Also when whoever called did not look at the envelope."""
    shelf = Shelf()
    outcome = await taken_in(replace(MESSAGE, recipient="iemand@verrijking.example"), shelf)
    assert outcome == Refused(Refusal.ONBEKEND_ADRES)
    assert shelf.messages == []


async def test_a_message_that_comes_twice_is_taken_twice_and_kept_once() -> None:
    """The sender that missed our 250 sends again, and may forget it then."""
    shelf = Shelf()
    await taken_in(MESSAGE, shelf)
    assert await taken_in(MESSAGE, shelf) == Taken(None)
    assert shelf.messages == [MESSAGE]


async def test_other_bytes_under_the_same_message_id_are_kept_too() -> None:
    """Nobody makes a message disappear by taking its Message-ID first."""
    shelf = Shelf()
    await taken_in(MESSAGE, shelf)
    other = replace(MESSAGE, raw=MAIL + b"x\r\n")
    assert await taken_in(other, shelf) == Taken(InboundId(2))
    assert shelf.messages == [MESSAGE, other]


@pytest.mark.parametrize("place", ["faults", "at_commit"])
async def test_losing_a_race_once_starts_over(place: str) -> None:
    """Two connections can bring one message at one moment: both hear that it is taken."""
    shelf = Shelf()
    getattr(shelf, place).append(Conflict())
    assert await taken_in(MESSAGE, shelf) == Taken(InboundId(1))
    assert shelf.messages == [MESSAGE]


@pytest.mark.parametrize("place", ["faults", "at_commit"])
async def test_a_fault_of_the_store_is_never_called_taken(place: str) -> None:
    """No 250 without a commit: the fault goes on to the edge."""
    shelf = Shelf()
    getattr(shelf, place).append(OSError("disk full"))
    with pytest.raises(OSError, match="disk full"):
        await taken_in(MESSAGE, shelf)
    assert shelf.messages == []


async def test_losing_a_race_twice_is_a_fault() -> None:
    """No loop: who loses twice says 'try again later'."""
    with pytest.raises(Conflict):
        await taken_in(MESSAGE, Shelf(at_commit=[Conflict(), Conflict()]))


@pytest.mark.parametrize(
    ("address", "kind", "token"),
    [
        ("broker@verrijking.example", AddressKind.MAILBOX, None),
        ("Broker@VERRIJKING.example", AddressKind.MAILBOX, None),
        ("melding@verrijking.example", AddressKind.MAILBOX, None),
        ("broker+b.7F3K_x-1@verrijking.EXAMPLE", AddressKind.BOUNCE, "b.7F3K_x-1"),
        ("broker+@verrijking.example", None, None),
        ("broker+a+b@verrijking.example", None, None),
        ("broker+a b@verrijking.example", None, None),
        ("broker+" + "a" * 65 + "@verrijking.example", None, None),
        ("melding+b.1@verrijking.example", None, None),
        ("broker+b.1@elders.example", None, None),
        ("broker@elders.example", None, None),
        ("broker", None, None),
        ("", None, None),
    ],
)
def test_own_addresses_are_these_and_no_others(
    address: str, kind: AddressKind | None, token: str | None
) -> None:
    """A plus and a token belong to the bounce address alone; the domain is case-insensitive."""
    assert OWN.kind(address) is kind
    assert OWN.token(address) == token


def test_a_bounce_address_gives_its_token_back() -> None:
    """What we send carries an address that we recognise when it comes back."""
    address = OWN.bounce_address("b.7f3k")
    assert address == BOUNCE
    assert OWN.token(address) == "b.7f3k"
    with pytest.raises(ValueError, match="token"):
        OWN.bounce_address("geen token")


@pytest.mark.parametrize("address", ["broker", "@x.example", "a+b@x.example", "é@x.example", "a@"])
def test_an_address_that_cannot_be_ours_is_refused_at_the_start(address: str) -> None:
    """A wrong configuration is a sentence, not a surprise later."""
    with pytest.raises(ValueError, match="geen eigen adres"):
        OwnAddresses(mailboxes=frozenset({address}), bounce=BROKER)
    with pytest.raises(ValueError, match="geen eigen adres"):
        OwnAddresses(mailboxes=frozenset({BROKER}), bounce=address)


def test_without_a_mailbox_there_is_no_broker() -> None:
    """A broker that nobody can write to is a fault of the configuration."""
    with pytest.raises(ValueError, match="geen eigen adres om post"):
        OwnAddresses(mailboxes=frozenset(), bounce=BROKER)

"""Raw mail to text, through the real vault: what `hear` does, without a network of people."""

from __future__ import annotations

from datetime import datetime

from pysequoia import SignatureMode, Tsk, sign

from adapters.openpgp.vault import ProcessVault
from broker.domain.partner import Vingerafdruk
from broker.ports import Unopened
from broker.wire.mime_entity import Unreadable, split_headers
from broker.wire.mime_in import Content, read_content
from broker.wire.mime_sender import sender_fault
from broker.wire.pgpmime import find_encrypted
from tests.fixtures.sleutels import Sleutel
from tests.wire.mail_shapes import signed

Read = tuple[Vingerafdruk, Content]


async def read_mail(raw: bytes, kluis: ProcessVault, *, now: datetime) -> Read | str:
    """Who signed it and what he wrote, or the code of the refusal."""
    outer = find_encrypted(raw)
    if isinstance(outer, Unreadable):
        return outer.reason
    opened = await kluis.open_message(outer.message, now=now)
    if isinstance(opened, Unopened):
        return opened.reason
    inner = read_content(opened.plaintext, charset=outer.charset)
    if isinstance(inner, Unreadable):
        return inner.reason
    outside = split_headers(raw)
    assert not isinstance(outside, Unreadable)
    return sender_fault(outside[0]) or inner.sender or (opened.signer, inner)


def in_layers(part: str, *signers: Sleutel) -> bytes:
    """A multipart/signed over that part, its armor holding the signature of each signer."""
    content = part.replace("\n", "\r\n").encode()
    armors = [
        sign(Tsk.from_bytes(s.geheim).signer(), content, mode=SignatureMode.DETACHED).decode()
        for s in signers
    ]
    return signed(part, "".join(armors)).replace("\n", "\r\n").encode()

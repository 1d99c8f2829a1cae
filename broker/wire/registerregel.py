"""The content of one row of the police's register, as it is encrypted to their register key.

Decision under art. 20 Wpg, section 8. The bytes are canonical: the same disclosure gives the same
bytes, so that a commitment to them can be checked for years. They are padded: the length of the
ciphertext must not tell who holds the database what the police said.
"""

from __future__ import annotations

from broker.domain.casus import Kenmerk
from broker.domain.partner import MedewerkerId
from broker.domain.verstrekking import Verstrekking
from broker.wire.canoniek import Velden, lees_json, schrijf_json, schrijf_moment

SCHEMA = "verrijkingsbroker/verstrekking/1"
BLOCK = 2048
"""Bytes to a multiple of which a row is padded."""


def registerregel(verstrekking: Verstrekking) -> bytes:
    """The canonical JSON of a disclosure, padded to BLOCK; `moment` as RFC 3339 in UTC.

    Raises ValueError for a moment without a zone.
    """
    bare = _geschreven(verstrekking, opvulling="")
    return _geschreven(verstrekking, opvulling="." * (-len(bare) % BLOCK))


def _geschreven(verstrekking: Verstrekking, *, opvulling: str) -> bytes:
    return schrijf_json(
        {
            "schema": SCHEMA,
            "netwerk": verstrekking.netwerk,
            "kenmerk": verstrekking.kenmerk,
            "moment": schrijf_moment(verstrekking.moment),
            "reden": verstrekking.reden,
            "doel": verstrekking.doel,
            "omschrijving": verstrekking.omschrijving,
            "inhoud": verstrekking.inhoud,
            "functionaris": verstrekking.functionaris,
            "partij": verstrekking.partij,
            "ontvanger": verstrekking.ontvanger,
            "wijze": verstrekking.wijze,
            "besluit": verstrekking.besluit,
            "opvulling": opvulling,
        }
    )


def lees_registerregel(inhoud: bytes) -> Verstrekking:
    """The disclosure of those bytes. Raises ValueError when they are not canonical, when the schema
    is another, or when a field of section 8 is missing."""
    velden = Velden(lees_json(inhoud), van="registerregel")
    if velden.tekst("schema") != SCHEMA:
        raise ValueError("registerregel: unknown schema")
    verstrekking = Verstrekking(
        netwerk=velden.tekst("netwerk"),
        kenmerk=Kenmerk(velden.tekst("kenmerk")),
        moment=velden.moment("moment"),
        reden=velden.tekst("reden"),
        doel=velden.tekst("doel"),
        omschrijving=velden.tekst("omschrijving"),
        inhoud=velden.tekst("inhoud"),
        functionaris=MedewerkerId(velden.tekst("functionaris")),
        partij=velden.tekst("partij"),
        ontvanger=MedewerkerId(velden.tekst("ontvanger")),
        wijze=velden.tekst("wijze"),
        besluit=velden.tekst("besluit"),
    )
    velden.tekst("opvulling")
    velden.is_op()
    if registerregel(verstrekking) != inhoud:
        raise ValueError("registerregel: wrong opvulling")
    return verstrekking

"""The readers that hostile bytes come to, each with what it may give back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from broker.domain.ingevuld import Ingevuld
from broker.wire.antwoord import GelezenAntwoord, Onduidelijk, lees_antwoord
from broker.wire.automatic import automatic_reason
from broker.wire.delivery_report import DeliveryReport, read_delivery_report
from broker.wire.formulier import lees_formulier
from broker.wire.mime_entity import Headers, Unreadable, split_headers
from broker.wire.mime_in import Content, read_content
from broker.wire.mime_sender import sender_fault
from broker.wire.pgpmime import Encrypted, find_encrypted, is_encrypted
from broker.wire.post import PostSoort, soort_post
from broker.wire.vindplaatsen import vind_codes, vind_kenmerken
from tests.wire.mail_shapes import PGP_MIME_SHAPES
from tests.wire.voorbeelden import LOKETTEN, VANDAAG

VORMEN = tuple(shape for shape in PGP_MIME_SHAPES.values())


class NoFact(AssertionError):
    """A reader gave back what is neither a fact nor a known refusal."""


@dataclass(frozen=True, slots=True)
class Target:
    """One reader: what it does with any bytes, what the fuzzer begins from, and its words."""

    read: Callable[[bytes], None]
    seeds: Iterable[bytes]
    words: tuple[str, ...]


def _is(value: object, *kinds: type) -> None:
    if not isinstance(value, kinds):
        raise NoFact(type(value).__name__)


def read_mime(data: bytes) -> None:
    """Everything that looks at a mail before and after it was opened."""
    _is(is_encrypted(data), bool)
    _is(find_encrypted(data), Encrypted, Unreadable)
    _is(read_content(data), Content, Unreadable)
    _is(read_delivery_report(data), DeliveryReport, type(None))
    ours = {"about": "j.hermans@woonwenz.example", "message_id": "<1@zorgnetwerk.example>"}
    _is(read_delivery_report(data, **ours), DeliveryReport, type(None))
    split = split_headers(data)
    if isinstance(split, Unreadable):
        return
    headers, body = split
    _is(headers, Headers)
    _is(body, bytes)
    automatic_reason(headers, envelope_from="x@y.example")
    sender_fault(headers)


def read_form(data: bytes) -> None:
    """The melding, by the police and by another desk."""
    tekst = data.decode("utf-8", errors="replace")
    for politie in (False, True):
        gelezen = lees_formulier(
            tekst,
            politie=politie,
            loketten=LOKETTEN,
            vandaag=VANDAAG,
            onderwerp=tekst[:100],
        )
        _is(gelezen, Ingevuld)


def read_answer(data: bytes) -> None:
    """The answer, and what is looked for beside it."""
    tekst = data.decode("utf-8", errors="replace")
    _is(lees_antwoord(tekst), GelezenAntwoord, Onduidelijk)
    _is(vind_codes(tekst), tuple)
    _is(vind_kenmerken(tekst, afkorting="ZNW"), tuple)
    _is(soort_post(tekst, tekst[:100], afkorting="ZNW"), PostSoort)


TARGETS: Mapping[str, Target] = {
    "mime": Target(
        read_mime,
        VORMEN,
        (
            *("Content-Type: ", "multipart/mixed", "boundary=", "--b", "base64", "=?utf-8?q?"),
            *("-----BEGIN PGP MESSAGE-----", "format=flowed", "<a href=", "&#", "charset="),
            *("Action: failed", "Status: 5.1.1", "message/delivery-status", "Auto-Submitted: "),
        ),
    ),
    "form": Target(
        read_form,
        (
            (
                b"Naam: Jan de Wit\nAdres: Laan 5\nPostcode: 5921 KD\nWoonplaats: Venlo\n"
                b"Meerderjarig: ja\nDoel: 1, 4\nEigen inzet gedaan: ja\nToestemming: ja\n"
                b"Datum toestemming: 20-11-2026\n"
            ),
            b"Toestemming: nee\nGronden zonder toestemming: a en b\nAfweging vastgelegd op: 2-2-26",
        ),
        ("Naam:", "Doel:", "Toestemming:", "Reden van melding:", "> ", "\n\n", "111222333", "ja"),
    ),
    "answer": Target(
        read_answer,
        (
            b"Goedemiddag, betrokkene is bij ons niet bekend.\nMet vriendelijke groet,\nJan\n",
            b"BEKEND\nHulpverlener: Sanne de Wit\nSoort hulp: bemoeizorg\n\nOp 1 schreef x:\n> ja",
        ),
        ("bekend", "onbekend", "niet ", "niet vast te stellen", "niet verstrekt", "> ", "-- \n"),
    ),
}

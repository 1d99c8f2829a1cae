"""Which rule stands behind each stable code by which a mail is judged."""

from __future__ import annotations

from collections.abc import Mapping

from broker.domain.bericht import NietVerwerkt
from broker.domain.opdracht import Uitslag
from broker.domain.toegang import GeenToegang
from broker.ports import OpenReason
from broker.service.judging_antwoord import ARTIKEL_ONTBREEKT
from broker.wire.antwoord import Onduidelijkheid
from broker.wire.automatic import AutomaticReason
from broker.wire.mime_entity import UnreadableReason
from broker.wire.mime_sender import SenderReason
from broker.wire.opdracht import Onhelder

_RULES: Mapping[str, str] = {
    # What is not one encrypted message, or not whole, says nothing about who sent it.
    **dict.fromkeys(UnreadableReason, "NTA-1"),
    **dict.fromkeys(OpenReason, "C-5"),
    **dict.fromkeys(
        (
            OpenReason.GEEN_OPENPGP,
            OpenReason.NIET_VOOR_ONS,
            OpenReason.BESCHADIGD,
            OpenReason.GEEN_INTEGRITEIT,
            OpenReason.TE_GROOT,
            OpenReason.TE_LANG,
        ),
        "NTA-1",
    ),
    OpenReason.SLEUTEL_VERLOPEN: "PR-13.4",
    OpenReason.SLEUTEL_INGETROKKEN: "PR-13.4",
    **dict.fromkeys(GeenToegang, "PR-13.4"),
    GeenToegang.ONBEKEND: "C-5",
    GeenToegang.PARTNER_NEEMT_NIET_DEEL: "C-16.3",
    GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS: "BS-5",
    GeenToegang.BESLUIT_GELDT_NIET: "BS-9",
    GeenToegang.GEEN_AANGEWEZEN_ONTVANGER: "BS-1",
    GeenToegang.LOKETSLEUTEL_BIJ_POLITIE: "WPG-23",
    GeenToegang.POLITIE_ALLEEN_PER_MAIL: "BS-6",
    **dict.fromkeys(SenderReason, "C-5"),
    **dict.fromkeys(AutomaticReason, "D-4"),
    "geen-bezorgbericht": "D-4",
    **dict.fromkeys(Onduidelijkheid, "D-4"),
    Onduidelijkheid.ANDER_ARTIKEL: "WPG-14.2",
    ARTIKEL_ONTBREEKT: "WPG-14.2",
    # What an order shares with an answer is told by the rule of the answer.
    **dict.fromkeys(Onhelder, "D-6"),
    **dict.fromkeys(Uitslag, "D-6"),
    Uitslag.NIETS_TE_BESLISSEN: "D-3",
    Uitslag.POLITIE_NU_NIET: "BS-9",
    Uitslag.NIET_SAMEN_TE_VOEGEN: "D-3",
    **dict.fromkeys(NietVerwerkt, "D-13"),
    NietVerwerkt.GESLOTEN: "D-5",
    NietVerwerkt.NIET_BEVOEGD: "PR-13.4",
    NietVerwerkt.GEEN_MEDEWERKER: "D-14",
    NietVerwerkt.NIET_LEESBAAR: "NTA-1",
    NietVerwerkt.AFZENDER_ONDUIDELIJK: "C-5",
    "al-verwerkt": "D-13",
    "ingehaald": "D-13",
    "antwoord": "D-4",
    "aanvulling": "D-5",
    "melding": "C-5",
    "concept": "C-5",
    "formulier": "C-5",
    "intrekken": "PR-7.8",
    "afronden": "D-6",
    "spoed": "D-6",
    "starten": "D-3",
    "samenvoegen": "D-3",
}


def rule_of(reason: str) -> str:
    """The id of the rule. Raises KeyError for a code that nobody gave one: a fault of ours."""
    return _RULES[reason]

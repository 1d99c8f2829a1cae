"""Which rule decides, for each stable code by which a mail is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from broker.domain.bericht import NietVerwerkt
from broker.domain.convenant import POLITIE_MELDT_NIET
from broker.domain.opdracht import Uitslag
from broker.domain.toegang import GeenToegang
from broker.ports import OpenReason
from broker.service.bounce import NO_REPORT
from broker.service.incoming import ALREADY, OVERTAKEN
from broker.service.judging_antwoord import ARTIKEL_ONTBREEKT
from broker.wire.antwoord import Onduidelijkheid
from broker.wire.automatic import AutomaticReason
from broker.wire.mime_entity import UnreadableReason
from broker.wire.mime_sender import SenderReason
from broker.wire.opdracht import Onhelder

_TABLE: tuple[tuple[Iterable[str], str], ...] = (
    # What is not one encrypted message, or not whole, says nothing about who sent it.
    (UnreadableReason, "NTA-1"),
    # What is more than is read breaks no rule: nobody can tell what it is.
    (
        (UnreadableReason.TE_DIEP, UnreadableReason.TE_VEEL_DELEN, UnreadableReason.TE_GROTE_KOP),
        "",
    ),
    (OpenReason, "C-5"),
    (
        (
            OpenReason.GEEN_OPENPGP,
            OpenReason.NIET_VOOR_ONS,
            OpenReason.BESCHADIGD,
            OpenReason.GEEN_INTEGRITEIT,
        ),
        "NTA-1",
    ),
    ((OpenReason.TE_GROOT, OpenReason.TE_LANG), ""),
    ((OpenReason.SLEUTEL_VERLOPEN, OpenReason.SLEUTEL_INGETROKKEN), "PR-13.4"),
    (GeenToegang, "PR-13.4"),
    ((GeenToegang.ONBEKEND,), "C-5"),
    ((GeenToegang.PARTNER_NEEMT_NIET_DEEL,), "C-16.3"),
    *(((reason,), rule) for reason, (_, rule) in POLITIE_MELDT_NIET.items()),
    ((GeenToegang.LOKETSLEUTEL_BIJ_POLITIE,), "WPG-23"),
    ((GeenToegang.POLITIE_ALLEEN_PER_MAIL,), "BS-6"),
    ((GeenToegang.GEEN_MEDEWERKER_GENOEMD,), "D-14"),
    (SenderReason, "C-5"),
    (AutomaticReason, "D-4"),
    (Onduidelijkheid, "D-4"),
    ((Onduidelijkheid.ANDER_ARTIKEL, ARTIKEL_ONTBREEKT), "WPG-14.2"),
    (Onhelder, "D-6"),
    (Uitslag, "D-6"),
    ((Uitslag.NIETS_TE_BESLISSEN, Uitslag.NIET_SAMEN_TE_VOEGEN), "D-3"),
    ((Uitslag.POLITIE_NU_NIET,), "BS-9"),
    (NietVerwerkt, "D-13"),
    ((NietVerwerkt.GESLOTEN,), "D-5"),
    ((NietVerwerkt.NIET_BEVOEGD,), "PR-13.4"),
    ((NietVerwerkt.GEEN_MEDEWERKER,), "D-14"),
    ((NietVerwerkt.NIET_LEESBAAR,), ""),
    ((NietVerwerkt.AFZENDER_ONDUIDELIJK,), "C-5"),
    ((ALREADY, OVERTAKEN), "D-13"),
    (("antwoord", NO_REPORT), "D-4"),
    (("aanvulling",), "D-5"),
    (("melding",), "C-5"),
    (("concept", "formulier"), ""),
    (("intrekken",), "PR-7.8"),
    (("afronden", "spoed"), "D-6"),
    (("starten", "samenvoegen"), "D-3"),
)
"""Later entries are the exceptions to earlier ones."""

_RULES: Mapping[tuple[type[str], str], str] = {
    (type(code), code): rule for codes, rule in _TABLE for code in codes
}
"""By kind too: a word like `te-lang` says something else of a mail than of an answer."""


def rule_of(reason: str) -> str:
    """The id of the rule, empty where none decides. Raises KeyError for a code that is not in the
    table: a fault of ours."""
    return _RULES[type(reason), reason]

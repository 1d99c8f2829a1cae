"""The disclaimer that an organisation puts below each mail: it speaks of that mail only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broker.wire.antwoord.functies import GEZEGD_VAN_IEMAND, STELLING
from broker.wire.antwoord.gevaar import REDEN_VAN
from broker.wire.antwoord.naamregel import is_naamregel
from broker.wire.tekst import woorden

_DEZE_MAIL = r"(?:dit|deze) (?:e-?mail(?:\s?bericht)?|mail|bericht)"
BEGIN = re.compile(
    r"^\W{0,3}(?:disclaimer\b"
    rf"|(?:de informatie (?:verzonden )?(?:in|met) |de inhoud van )?{_DEZE_MAIL}\b.{{0,60}}"
    r"\b(?:vertrouwelijke?|bestemd|persoonlijk"
    r"|(?:uitsluitend|alleen|slechts)\s(?:bestemd|voor|bedoeld|gericht|ter))\b"
    rf"|aan {_DEZE_MAIL} kunnen geen rechten|de inhoud van {_DEZE_MAIL}\b"
    r"|het is verboden\b|denk aan het milieu|think before you print"
    r"|please consider the environment|this e-?mail (?:message )?(?:is|and|may))",
    re.IGNORECASE,
)
"""How it begins."""

_ZINSEINDE = re.compile(r"(?<![.!?])[.!?]+(?=\s|$)|[:;](?=\s|$)|\n\n+")
_KENMERKEND = frozenset(
    woorden(
        "vertrouwelijk vertrouwelijke geadresseerde geadresseerden ontvanger ontvangers afzender"
        " verzending virus virussen aansprakelijk aansprakelijkheid bijlage bijlagen openbaarmaking"
        " verspreiding vermenigvuldiging milieu printen printed uitprinten afdrukken recipient"
        " sender confidential intended attachment attachments disclaimer environment liability"
        " verwijderen vernietigen geheimhouding privacyverklaring addressee prohibited unauthorised"
        " unauthorized disclosure distribution notify delete kennisneming onderschept zender"
        " ontleend persoonlijk"
    )
)
_GEWOON = frozenset(
    woorden(
        "bericht berichten email mail mails mailbericht informatie verzonden rechten openbaar print"
        " message messages communication information bestemd beroepsgeheim voorwaarden verboden"
        " toegestaan privacy inhoud content gebruik onrechte vergissing abuis organisatie bekend"
        " maken anderen derden"
    )
)
_MINSTENS_GEWOON = 2
_MAG_TOCH = frozenset(
    woorden(
        "of als indien mits tenzij alleen slechts maar anders anderen andere contact tot vergissing"
        " zonder juist wanneer zal zou zouden zeker not eventueel mogelijk zorg behalve weten"
        " verwacht melding verstrekking verstrekte woord antwoord hoewel gedeeltelijk lees nu komt"
        " persoon personen gebruikt bekend tijdelijk noch denk denken"
    )
)
_VAN_IEMAND = frozenset(woorden("hij hem haar zij ze hun wel kennen klopt he she him"))
_GEEN_DISCLAIMER = (REDEN_VAN.keys() | STELLING | GEZEGD_VAN_IEMAND | _VAN_IEMAND) - _MAG_TOCH
_JAAR = re.compile(r"(?:19|20)[0-9]{2}")


def is_disclaimer(regels: Sequence[str]) -> bool:
    """Whether each sentence speaks of the mail itself, or looks like a line of a signature."""
    return all(
        _spreekt_van_de_mail(zin)
        or all(is_naamregel(regel.strip(), is_eerste=False) for regel in zin.split("\n"))
        for zin in _ZINSEINDE.split("\n".join(regels))
    )


def _spreekt_van_de_mail(zin: str) -> bool:
    """By one word that only disclaimers have, or two that others have too; and by no dangerous one,
    no person and no year."""
    gezegd = frozenset(woorden(zin))
    if not _GEEN_DISCLAIMER.isdisjoint(gezegd) or any(map(_JAAR.fullmatch, gezegd)):
        return False
    return bool(_KENMERKEND & gezegd) or len(_GEWOON & gezegd) >= _MINSTENS_GEWOON

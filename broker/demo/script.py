"""Who says what in the demo: every value that a desk can have occurs, but 'niet bereikt'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from broker.domain.partner import LoketId, MedewerkerId

MELDER = MedewerkerId("j.hermans")

FORM = """\
Naam: Joris Verzonnen
Adres: Voorbeeldstraat 12
Postcode: 5921 AB
Woonplaats: Venlo
Zonder vaste woonplaats: nee
Meerderjarig: ja
Doel: woonoverlast
Reden van melding: Al maanden klachten van buren over geluid in de nacht.
 De huismeester krijgt geen contact.
Eigen inzet gedaan: ja
Toestemming: ja
Datum toestemming: 2026-02-12
Betrokkene geïnformeerd: ja
"""
"""The melding, when the demo is not given another."""

FIRST_MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The story does not begin before this: then the people of the shipped network are active, and the
consent of the form was given."""

GOOD_CONCEPT = "Uw concept is goed."
"""What a melder reads when nothing was started, and nothing was wrong either."""

SHOWN = LoketId("antares")
"""The desk whose verzoek the demo shows."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a desk answers, one mail after the other; with no lines it stays silent."""

    loket: LoketId
    lines: tuple[str, ...]
    gnupg: bool = False


TURNS: tuple[Turn, ...] = (
    Turn(
        LoketId("sociaal-wijkteam-plus"),
        ("Goedemiddag, betrokkene is bij ons bekend.\n\nMet vriendelijke groet,\nhet wijkteam",),
    ),
    Turn(LoketId("politie"), ("ONBEKEND",), gnupg=True),
    Turn(
        LoketId("incluzio"),
        (
            "Die naam zegt me geloof ik wel iets.",
            "BEKEND\n\nHulpverlener: mevrouw A. de Wit\nSoort hulp: maatschappelijk werk",
        ),
    ),
    Turn(LoketId("antares"), ("NIET VAST TE STELLEN",), gnupg=True),
    Turn(LoketId("vincent-van-gogh"), ("niet verstrekt",)),
    Turn(LoketId("schuldhulpverlening"), ()),
)
"""The melder's own desk is not asked, and one stays silent until the term."""

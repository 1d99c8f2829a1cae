"""The uitkomst as JSON, attached to the mail that tells it: the same facts, for a machine.

Schema `verrijkingsbroker/uitkomst/1`, canonical JSON with these keys, all of them always there:

- `schema`: that name; `kenmerk`: the reference of the casus.
- `werkgebied`: `{"id", "naam"}`, or null when the ketenregisseur chooses it.
- `politiegegevens`: whether the document holds police data; `geheimhouding`: then the notice that
  Wpg art. 7 asks for, otherwise an empty string.
- `regels`: one object a desk, in the order of the mail: `loket` and `naam`; `waarde` as a person
  reads it ("bekend", "onbekend", "niet vast te stellen", "niet verstrekt", "geen reactie", "niet
  bereikt", "niet gevraagd"); `datum` (jjjj-mm-dd or null); `contact`, `telefoon` and `hulpverlener`
  (empty when not known); `soort_hulp` (a value of the closed list, or null); `politiegegevens`.
"""

from __future__ import annotations

from broker.domain.casus import Kenmerk
from broker.domain.partner import LoketId, Werkgebied
from broker.domain.uitkomst import PolitieRegel, Uitkomst, UitkomstRegel
from broker.domain.verstrekking import bevat_politiegegevens
from broker.domain.verzoek import SoortHulp, Waarde
from broker.wire.canoniek import Velden, lees_json, schrijf_json
from broker.wire.geheimhouding import GEHEIMHOUDING

SCHEMA = "verrijkingsbroker/uitkomst/1"


def uitkomst_json(uitkomst: Uitkomst) -> bytes:
    """The uitkomst as canonical JSON of the schema above."""
    politie = bevat_politiegegevens(uitkomst)
    werkgebied = uitkomst.werkgebied
    return schrijf_json(
        {
            "schema": SCHEMA,
            "kenmerk": uitkomst.kenmerk,
            "werkgebied": (
                None if werkgebied is None else {"id": werkgebied.id, "naam": werkgebied.naam}
            ),
            "politiegegevens": politie,
            "geheimhouding": GEHEIMHOUDING if politie else "",
            "regels": [_regel(regel) for regel in uitkomst.regels],
        }
    )


def _regel(regel: UitkomstRegel) -> dict[str, object]:
    return {
        "loket": regel.loket,
        "naam": regel.naam,
        "waarde": regel.waarde,
        "datum": None if regel.datum is None else regel.datum.isoformat(),
        "contact": regel.contact,
        "telefoon": regel.telefoon,
        "hulpverlener": regel.hulpverlener,
        "soort_hulp": regel.soort_hulp,
        "politiegegevens": isinstance(regel, PolitieRegel),
    }


def lees_uitkomst_json(inhoud: bytes) -> Uitkomst:
    """The uitkomst of such a document; the postcodes of its werkgebied are not in it. Raises
    ValueError for any other shape."""
    velden = Velden(lees_json(inhoud), van="uitkomst")
    if velden.tekst("schema") != SCHEMA:
        raise ValueError("uitkomst: unknown schema")
    gebied = velden.neem("werkgebied")
    uitkomst = Uitkomst(
        kenmerk=Kenmerk(velden.tekst("kenmerk")),
        werkgebied=None if gebied is None else _lees_werkgebied(gebied),
        regels=tuple(_lees_regel(regel) for regel in velden.lijst("regels")),
    )
    politie = velden.janee("politiegegevens")
    mededeling = velden.tekst("geheimhouding")
    velden.is_op()
    if politie is not bevat_politiegegevens(uitkomst) or bool(mededeling) is not politie:
        raise ValueError("uitkomst: contradicts itself about police data")
    return uitkomst


def _lees_werkgebied(waarde: object) -> Werkgebied:
    velden = Velden(waarde, van="werkgebied")
    werkgebied = Werkgebied(velden.tekst("id"), velden.tekst("naam"), frozenset())
    velden.is_op()
    return werkgebied


def _lees_regel(waarde: object) -> UitkomstRegel:
    velden = Velden(waarde, van="uitkomstregel")
    soort = PolitieRegel if velden.janee("politiegegevens") else UitkomstRegel
    regel = soort(
        loket=LoketId(velden.tekst("loket")),
        naam=velden.tekst("naam"),
        waarde=velden.keuze("waarde", Waarde),
        datum=velden.datum_of_niets("datum"),
        contact=velden.tekst("contact"),
        telefoon=velden.tekst("telefoon"),
        hulpverlener=velden.tekst("hulpverlener"),
        soort_hulp=velden.keuze_of_niets("soort_hulp", SoortHulp),
    )
    velden.is_op()
    return regel

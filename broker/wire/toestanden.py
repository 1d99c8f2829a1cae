"""The state tables as diagrams: Mermaid, made from the very tables that the broker obeys.

docs/toestanden.md is `pagina()`; a test keeps them equal, so the picture cannot lag behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from broker.domain.casus import CASUS_OVERGANGEN
from broker.domain.verzoek import VERZOEK_OVERGANGEN

Staat = TypeVar("Staat", bound=StrEnum)
Gebeurtenis = TypeVar("Gebeurtenis", bound=StrEnum)

PAGINA = """\
# States

Made from the tables in `broker/domain/casus.py` and `broker/domain/verzoek.py`; do not edit it
here. What is not drawn cannot happen: the broker treats it as a fault.

## Casus

A casus is one melding with its verzoeken. It becomes *verrijkt* by itself, once every verzoek is
closed. What happens after that is decided by the ketenregisseur.

A melding is judged as it comes in, and one that is refused becomes no casus. *Ontvangen* lasts no
longer than that, but for a casus that is like one that runs: it stays so until the ketenregisseur
starts a round for it, or joins it to the other, by which it is *afgesloten*. *Geagendeerd*,
*overgedragen*, *afgesloten* by another way, and *gewist* wait for what else he decides and for
forgetting, which are not there yet.

{casus}
## Verzoek

A verzoek is the question to one desk. When the term passes, a verzoek that was delivered ends as
*verlopen* ("geen reactie" in the uitkomst), one that never was as *onbestelbaar* ("niet bereikt").
Until the uitkomst is sent, a desk may correct its answer.

{verzoek}"""


def mermaid(overgangen: Mapping[tuple[Staat, Gebeurtenis], Staat]) -> str:
    """One state diagram in Mermaid, in a fenced block that ends with a newline.

    The states come in the order of their enum. One that nothing leads to is where it begins; one
    that leads nowhere else is where it ends. Raises ValueError for an empty table.
    """
    if not overgangen:
        raise ValueError("a table without transitions has no diagram")
    soort = type(next(iter(overgangen.values())))
    pijlen = [(van, naar, gebeurtenis) for (van, gebeurtenis), naar in overgangen.items()]
    verder = {van for van, naar, _ in pijlen if van is not naar}
    bereikt = {naar for van, naar, _ in pijlen if van is not naar}
    staten = [staat for staat in soort if staat in verder | bereikt]
    regels = [
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{staat}" as {staat.name}' for staat in staten),
        *(f"    [*] --> {staat.name}" for staat in staten if staat not in bereikt),
        *(
            f"    {van.name} --> {naar.name}: {gebeurtenis}"
            for staat in staten
            for van, naar, gebeurtenis in pijlen
            if van is staat
        ),
        *(f"    {staat.name} --> [*]" for staat in staten if staat not in verder),
        "```",
    ]
    return "\n".join(regels) + "\n"


def pagina() -> str:
    """The whole of docs/toestanden.md."""
    return PAGINA.format(casus=mermaid(CASUS_OVERGANGEN), verzoek=mermaid(VERZOEK_OVERGANGEN))

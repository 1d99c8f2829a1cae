"""Who learns what a partner answered: the ketenregisseur, and until he decides nobody else.

Privacyreglement art. 13 lid 5: the systems of the partners are not linked. So nothing that a
partner or the melder receives tells what another partner said.
"""

from __future__ import annotations

from broker.domain.bericht import Bericht
from broker.domain.delen import delen_van
from broker.domain.partner import Medewerker, Rol
from broker.domain.uitkomst import UitkomstRegel
from broker.domain.verzoek import Antwoord


def bevat_antwoord(waarde: object) -> bool:
    """Whether a value holds what a desk answered, by the types of its parts."""
    return any(isinstance(deel, Antwoord | UitkomstRegel) for deel in delen_van(waarde))


def mag_vernemen(bericht: Bericht, ontvanger: Medewerker) -> bool:
    """D-1, PR-13.5: what a desk answered is for the ketenregisseur alone."""
    return Rol.KETENREGISSEUR in ontvanger.rollen or not bevat_antwoord(bericht)

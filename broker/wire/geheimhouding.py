"""The notice that goes with police data (Wpg art. 7; art. 20 decision, section 7)."""

from __future__ import annotations

GEHEIMHOUDING = (
    "Let op: hierin staan politiegegevens. Die zijn geheim (artikel 7 Wpg). Laat ze alleen zien"
    " aan wie ze mag zien. Geef ze niet door, behalve als de wet dat eist of als uw taak in het"
    " zorgnetwerk dat nodig maakt. Gebruik ze nergens anders voor. Vernietig ze als het doel is"
    " bereikt of niet meer te bereiken is."
)
"""WPG-7, BS-7: that its reader is bound to secrecy, and does not pass it on."""

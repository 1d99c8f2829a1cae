"""Ordinary answers that a person would find clear, and that are asked again all the same.

Each with the reason that comes out. It is the honest list of what the reader does not understand,
or will not take: another word than one of the four means something else at each desk, and the
names of desks and persons are not known to it.
"""

from __future__ import annotations

from broker.wire.antwoord import Onduidelijkheid as Reden

ZINNEN: tuple[tuple[Reden, str], ...] = (
    (Reden.GEEN_OORDEEL, "Ja"),
    (Reden.GEEN_OORDEEL, "Nee"),
    (Reden.GEEN_OORDEEL, "Nee hoor."),
    (Reden.TEGENSPRAAK, "Is geen huurder van ons."),
    (Reden.TEGENSPRAAK, "Betrokkene is huurder bij ons."),
    (Reden.TEGENSPRAAK, "Geen cliënt van ons."),
    (Reden.TEGENSPRAAK, "Deze persoon is bij ons in begeleiding."),
    (Reden.TEGENSPRAAK, "Wij hebben geen dossier."),
    (Reden.TEGENSPRAAK, "Bekend, er loopt een traject."),
    (Reden.ONBEKENDE_WOORDEN, "Staat in ons systeem."),
    (Reden.ONBEKENDE_WOORDEN, "Wij kennen deze persoon."),
    (Reden.ONBEKENDE_WOORDEN, "Ik ken deze persoon niet."),
    (Reden.ONBEKENDE_WOORDEN, "De heer Verzonnen is bij ons bekend."),
    (Reden.ONBEKENDE_WOORDEN, "Onbekend bij Woonwenz."),
    (Reden.ONBEKENDE_WOORDEN, "Niet bekend bij de schuldhulpverlening."),
    (Reden.ONBEKENDE_WOORDEN, "Bekend (zie onder)"),
    (Reden.ONBEKENDE_WOORDEN, "Wij hebben deze persoon niet gevonden."),
    (Reden.ONTKENNING, "Geen resultaat in ons systeem."),
    (Reden.ONBEKENDE_WOORDEN, "Al jaren bekend bij ons."),
    (Reden.ONBEKENDE_WOORDEN, "X bekend"),
    (Reden.VERLEDEN_TIJD, "Bekend. Bel me gerust even voor meer informatie."),
    (Reden.ONBEKENDE_WOORDEN, "Onbekend\n\nJan"),
    (Reden.ONBEKENDE_WOORDEN, "nbekend"),
    (Reden.TWIJFEL, "Bekend \U0001f44d"),
    (Reden.TWIJFEL, "[x] BEKEND"),
    (Reden.TWIJFEL, "Ik weet zeker dat hij bekend is."),
    (Reden.ONBEKENDE_WOORDEN, "Er is bij ons niets bekend."),
    (Reden.VOORBEHOUD, "Nog niet bekend bij ons."),
    (Reden.VOORBEHOUD, "Zonder toestemming verstrekken wij niets."),
    (Reden.VERLEDEN_TIJD, "Was bekend, nu niet meer."),
    (Reden.NA_ONDERTEKENING, "Bekend\n\nGroet,\nJan\n\nDit is echt zo afgesproken."),
)

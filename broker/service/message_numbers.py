"""What the number of an outbound message says about the text in it.

A message of one kind to one reader can say one of two things. Which of them is told by its number,
so that it can be made again as it was.
"""

from __future__ import annotations

STATUS_INGETROKKEN = 2
"""The number of this status; the one that tells that the melding was received is the first."""

GELIJKENIS_HERINNERD = 2
"""The number of the question that is asked again, whether two casussen are about one person."""

HERINNERING_SPOED = 2
"""The number of the reminder that a casus became urgent; the ordinary one is the first."""

INTREKKING_AFGEROND = 2
"""The number that tells that the round was ended early; the first tells of a withdrawal."""

INTREKKING_AAN_REGIE = 3
"""The number of the message that tells the ketenregisseur of a melding that was withdrawn."""


def clarification_number(n: int, *, wants_article: bool) -> int:
    """The number of the verduidelijking that a desk gets for the n-th time (1, 2, …)."""
    return 2 * n if wants_article else 2 * n - 1


def wants_article(number: int) -> bool:
    """Whether the verduidelijking with that number asks the police for the article."""
    return number % 2 == 0


def is_called(number: int) -> bool:
    """Whether the verduidelijking with that number tells that the ketenregisseur will call."""
    return number > 2

"""When to kill: after so many steps that could be seen from outside, or after some milliseconds."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

STEPS_OF_A_CASUS = {"reply": 42, "mail": 9, "log": 26}
"""How many of each one casus takes, about: SMTP replies, mails at the desks, lines of the log."""
LONGEST_LIFE = 0.8
"""Seconds after which a broker is killed whatever it did, but for the few that live long."""
LONG_LIFE = 4.0
START = 0.35
"""Seconds that a start takes, about."""


@dataclass(slots=True)
class Moments:
    """Listens to everything that can be seen of the broker, and kills at the moment drawn.

    The steps that are still to come are spread over the kills that are still to come. Of each
    hundred lives `long_lives` last up to LONG_LIFE. With `at_work` a broker is left alone until it
    has taken a step.
    """

    chance: random.Random
    casussen: int
    kills: int
    long_lives: int = 0
    at_work: bool = False
    seen: Counter[str] = field(default_factory=Counter)
    ended_at: Counter[str] = field(default_factory=Counter)
    done: int = 0
    _kill: Callable[[], None] | None = None
    _kind: str = ""
    _left: int = 0
    _last: str = ""
    _struck: asyncio.Event = field(default_factory=asyncio.Event)

    def reply(self, what: str) -> None:
        """The broker answered a client."""
        self._heard("reply", what)

    def mail(self, what: str) -> None:
        """A mail of the broker arrived."""
        self._heard("mail", what)

    def log(self, what: str) -> None:
        """The broker logged an event."""
        self._heard("log", what)

    async def strike(self, kill: Callable[[], None]) -> None:
        """Kill a broker that was just started, once."""
        self._kill, self._struck, self._last = kill, asyncio.Event(), "nothing"
        self._kind = self.chance.choice(("time", *STEPS_OF_A_CASUS))
        if self.at_work:
            self._kind = "log"
            self._left = self.chance.randint(2, 2 + self._share())
            self._later(LONG_LIFE)
        elif self.chance.randrange(100) < self.long_lives:
            self._kind = "time"
            self._later(self.chance.uniform(0, LONG_LIFE))
        elif self._kind == "time":
            self._later(self.chance.uniform(0, 2 * START))
        else:
            self._left = self.chance.randint(1, 2 * self._share())
            self._later(LONGEST_LIFE)
        await self._struck.wait()
        self.done += 1

    def _share(self) -> int:
        """How many steps of the kind that was drawn are left for each kill that is left."""
        left = STEPS_OF_A_CASUS[self._kind] * self.casussen - self.seen[self._kind]
        return max(left // (self.kills - self.done), 1)

    def _heard(self, kind: str, what: str) -> None:
        self.seen[kind] += 1
        self._last = what
        if self._kill is None or kind != self._kind:
            return
        self._left -= 1
        if self._left == 0:
            # At once, or in the middle of what comes next.
            pause = self.chance.choice((0.0, self.chance.uniform(0, 0.02)))
            if pause:
                self._later(pause)
            else:
                self._now(self._struck)

    def _later(self, seconds: float) -> None:
        asyncio.get_running_loop().call_later(seconds, self._now, self._struck)

    def _now(self, meant: asyncio.Event) -> None:
        if self._kill is not None and meant is self._struck:
            self._kill()
            self._kill = None
            self.ended_at[self._last] += 1
            self._struck.set()

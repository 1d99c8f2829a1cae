"""Break the code of each rule in turn: a test of that rule must fail (`make mutants`).

With ids of rules as arguments only theirs. Exit code 1 when a mutant survives.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests.mutants.running import Outcome, run_mutant
from tests.mutants.table import Mutant, read_table
from tests.tracing.traced import ROOT, trace

AT_ONCE = 2


def main(chosen: list[str]) -> int:
    """Run the mutants of the chosen rules, or all, two at a time, and tell what came of each."""
    mutants = [mutant for mutant in read_table() if not chosen or mutant.rule in chosen]
    if unknown := set(chosen) - {mutant.rule for mutant in mutants}:
        print(f"no mutant breaks {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    tests = {id: found.tests for id, found in trace(ROOT).items()}
    began = time.monotonic()

    def attempt(mutant: Mutant) -> Outcome | str:
        try:
            return run_mutant(ROOT, mutant, tests[mutant.rule])
        except (ValueError, RuntimeError, OSError) as fault:
            return f"FAULT     {mutant.rule:<9} {mutant.why}: {fault}"

    killed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for outcome in pool.map(attempt, mutants):
            killed += isinstance(outcome, Outcome) and outcome.killer is not None
            print(outcome if isinstance(outcome, str) else _told(outcome), flush=True)
    seconds = time.monotonic() - began
    print(f"{len(mutants)} mutants, {killed} killed, in {seconds:.0f} seconds")
    return 0 if killed == len(mutants) else 1


def _told(outcome: Outcome) -> str:
    verdict = "SURVIVED" if outcome.killer is None else "killed"
    by = outcome.killer.rpartition("::")[2] if outcome.killer else outcome.said
    mutant = outcome.mutant
    return f"{verdict:<9} {mutant.rule:<8} {outcome.seconds:4.1f} s  {mutant.why} ({by})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

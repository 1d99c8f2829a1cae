"""From the rules to the code that keeps them and the tests that prove them, read from the sources.

`python -m tests.tracing` (`make rules`) writes what `broker rules` tells, and docs/rules.md.
"""

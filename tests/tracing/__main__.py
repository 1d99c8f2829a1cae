"""Trace the rules, and write what follows from it."""

from tests.tracing.traced import ROOT, written

for path, text in written(ROOT).items():
    path.write_text(text, encoding="utf-8")

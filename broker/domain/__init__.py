"""The covenant as pure code: standard library only, no I/O, no clock, no randomness."""

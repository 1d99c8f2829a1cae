"""The demo: the production path, driven with simulated people and a clock that can be moved."""

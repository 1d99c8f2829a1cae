"""The use cases, one a file: load, decide, seal, save. Effects are data."""

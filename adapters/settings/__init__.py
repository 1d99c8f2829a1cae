"""Reads what an operator edits, checks all of it at once, and translates it for the domain."""

"""Fuzzing that follows what it covers: any bytes are a fact or one known refusal, nothing else.

    make soak ARGS="-k fuzz"                     ten minutes for each reader
    python -m tests.fuzz mime --seconds 60       one reader by itself

What a run found interesting goes on from there in the next one when `--corpus DIR` names a folder.
"""

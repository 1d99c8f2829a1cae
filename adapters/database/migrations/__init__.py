"""The migrations: `main` and `keys` are two separate lines, run by one `env.py`."""

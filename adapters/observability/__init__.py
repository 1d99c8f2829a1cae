"""The log: one catalogue of events, in which nothing personal can be said."""

"""The migrations of the database of the casus keys."""

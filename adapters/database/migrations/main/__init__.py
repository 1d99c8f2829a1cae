"""The migrations of the main database."""

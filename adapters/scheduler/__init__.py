"""Wakes the use cases now and then; what is due stands in the database."""

"""The database: the port `Store` on SQLite and on PostgreSQL, and its migrations.

Whoever builds the broker needs three names: `open_store` (store), `prepare` (migrate: makes or
updates both databases) and the errors (errors).
"""

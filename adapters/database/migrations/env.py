"""What Alembic runs: the migrations of one tree, on the connection that `migrate` opened."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite can roll back the making of tables too, once the transaction is begun by us.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

"""What the tables of each of the two databases are collected in."""

from __future__ import annotations

from sqlalchemy import MetaData

# Constraints need names that stay the same on both databases, or no migration could touch them.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

main = MetaData(naming_convention=NAMING)
keys = MetaData(naming_convention=NAMING)

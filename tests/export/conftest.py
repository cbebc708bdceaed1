"""Databases for the tests of this folder."""

from sql_engines import engine, postgres_server

__all__ = ["engine", "postgres_server"]

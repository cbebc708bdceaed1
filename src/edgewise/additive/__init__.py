"""Additive models of tables: curves of columns, values of levels, surfaces of pairs."""

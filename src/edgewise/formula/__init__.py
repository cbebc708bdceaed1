"""Formulas as trees: functions with names, evaluation, constants, simplification, texts, files."""

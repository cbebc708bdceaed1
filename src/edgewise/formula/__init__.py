"""Formulas as trees: functions, evaluation, constants, simplification, printing, parsing, files."""

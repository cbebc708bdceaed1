"""Formulas out of networks: a library of functions, their fit to every edge, and the choice."""

from edgewise.interpret.symbolic.library import LIBRARY, Function, Library
from edgewise.interpret.symbolic.network import SymbolicKAN
from edgewise.interpret.symbolic.regress import regress
from edgewise.interpret.symbolic.report import EdgeReport, Report
from edgewise.interpret.symbolic.suggestions import Suggestion, suggest

__all__ = [
    "LIBRARY",
    "EdgeReport",
    "Function",
    "Library",
    "Report",
    "Suggestion",
    "SymbolicKAN",
    "regress",
    "suggest",
]

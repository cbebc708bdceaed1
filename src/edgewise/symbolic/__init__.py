"""Formulas out of networks: a library of functions, their fit to every edge, and the choice."""

from edgewise.symbolic.library import LIBRARY, Function, Library
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.regress import regress
from edgewise.symbolic.report import EdgeReport, Report
from edgewise.symbolic.suggestions import Suggestion, suggest

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

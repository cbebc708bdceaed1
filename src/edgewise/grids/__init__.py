"""Grids that meet the data, finer grids, and the map from one basis to another.

Everything here is pure: it returns a new model and leaves the given one alone. Every call
measures what it changed: `report` tells, and a :class:`ChangeWarning` says so above a tolerance.
"""

from edgewise.grids.changes import ChangeWarning, Report, report
from edgewise.grids.convert import Conversion, convert
from edgewise.grids.coverage import Coverage, LayerCoverage, coverage
from edgewise.grids.update import adapt, extend, fit_range, refine

__all__ = [
    "ChangeWarning",
    "Conversion",
    "Coverage",
    "LayerCoverage",
    "Report",
    "adapt",
    "convert",
    "coverage",
    "extend",
    "fit_range",
    "refine",
    "report",
]


def __dir__() -> list[str]:
    return __all__

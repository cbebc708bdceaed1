"""Grids that meet the data, finer grids, and the map from one basis to another.

Everything here is pure: it returns a new model and leaves the given one alone. Every call
measures what it changed: `report` tells, and a :class:`ChangeWarning` says so above a tolerance.
"""

import warnings
from typing import Any

from edgewise.grids.changes import ChangeReport, ChangeWarning, report
from edgewise.grids.convert import Conversion, convert
from edgewise.grids.coverage import Coverage, LayerCoverage, coverage
from edgewise.grids.update import adapt, extend, fit_range, refine

__all__ = [
    "ChangeReport",
    "ChangeWarning",
    "Conversion",
    "Coverage",
    "LayerCoverage",
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


def __getattr__(name: str) -> Any:
    if name == "Report":
        text = "edgewise.grids.Report is edgewise.grids.ChangeReport now"
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return ChangeReport
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Grids that meet the data, finer grids, and the map from one basis to another.

Everything here is pure: it returns a new model and leaves the given one alone.
"""

from edgewise.grids.convert import Conversion, convert
from edgewise.grids.coverage import Coverage, LayerCoverage, coverage
from edgewise.grids.update import adapt, extend, fit_range, refine

__all__ = [
    "Conversion",
    "Coverage",
    "LayerCoverage",
    "adapt",
    "convert",
    "coverage",
    "extend",
    "fit_range",
    "refine",
]

"""Estimators of scikit-learn's kind: a table as it is, without settings, and readable.

All fit an additive model of curves, levels and surfaces of pairs (:mod:`edgewise.additive`) by
penalised least squares. Unseen rows choose its size and its link, restricted likelihood its
smoothness. ``to_kan()`` gives it as an :class:`~edgewise.KAN`: one layer of B-splines whose knots
follow the data, with product nodes for the pairs.
"""

from edgewise.sklearn import exploring  # noqa: F401  registers itself
from edgewise.sklearn.classifier import KANClassifier
from edgewise.sklearn.further import merge, subtract, without_rows
from edgewise.sklearn.regressor import KANRegressor
from edgewise.sklearn.survival import KANSurvival

__all__ = ["KANClassifier", "KANRegressor", "KANSurvival", "merge", "subtract", "without_rows"]


def __dir__() -> list[str]:
    return __all__

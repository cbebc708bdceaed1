"""Models of one table of growing size, as cross-validation compares them."""

from edgewise.additive.discontinuities import add_discontinuities
from edgewise.additive.interactions import add_pairs, add_triples
from edgewise.additive.settings import Settings
from edgewise.additive.stages import fit_curves, fit_lines, make_problem


def fit_additive(columns, y, weight, loss, settings=None):
    """Lines, curves of every column, then with more and more interactions."""
    problem = make_problem(columns, y, weight, loss, settings or Settings())
    yield fit_lines(problem).model
    curves = fit_curves(problem)
    stage = add_discontinuities(problem, curves) or curves
    while stage is not None:
        yield stage.model
        stage = add_pairs(problem, stage) or add_triples(problem, stage)

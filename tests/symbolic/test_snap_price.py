"""What a simple number costs in fit, and what it may cost."""

import math
import sys

import pytest
from test_snap import edge, layer_of, noise_like, nudged, rows, share

from edgewise.formula.affine import number_of
from edgewise.formula.constants import find_near
from edgewise.symbolic.build import with_constants
from edgewise.symbolic.edges import ConstantIndex
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.snap import REWARD, _gain, snap

(TWO,) = (c for c in find_near(2.0, 1e-9) if c.value == 2)


@pytest.mark.parametrize("ratio", [1.0, 1.05, 2.0])
@pytest.mark.parametrize("count", [50, 300])
def test_the_gain_is_its_formula(ratio, count):
    wanted = 0.5 * math.log2(count) + REWARD - TWO.bits - 0.5 * count * math.log2(ratio)
    assert _gain(TWO, ratio * 1e-4, 1e-4, count) == pytest.approx(wanted)
    assert _gain(TWO, math.inf, 1e-4, count) == -math.inf


def test_a_number_is_snapped_where_that_is_cheap_and_nowhere_else():
    """The same curve, a little further from 2 each time; the price is computed by itself."""
    outcomes = set()
    for off in (0.0, 0.01, 0.02, 0.03, 0.04, 0.05):
        truth = SymbolicKAN([layer_of(1, [0.3], [edge(0, 0, "sin", 2 + off, 0.41, 2.73)])])
        x = rows()
        y = truth(x).detach()
        y = y + noise_like(y, 0.02)
        free = nudged(truth).refine(x, y, 20)
        (index,) = (
            i
            for k, layer in enumerate(free.stack())
            for i in layer.symbolic.movable_indices(k)
            if i == ConstantIndex(0, 0, 1)
        )
        fixed = with_constants(free, {index: number_of(TWO)}).refine(x, y, 20)
        price = len(x) / 2 * math.log2(share(fixed, x, y) / share(free, x, y))
        saved = 0.5 * math.log2(len(x)) + REWARD - TWO.bits
        if abs(price - saved) < 0.5:
            continue  # a coin's throw: other constants were snapped before
        found = snap(nudged(truth), x, y).stack()[0].symbolic.edges()[0].parts.a.value
        assert (found == 2) == (price < saved), off
        outcomes.add(found == 2)
    assert outcomes == {True, False}


@pytest.mark.parametrize(("ratio", "taken"), [(1.0, True), (1.5, False)])
def test_what_the_refit_says_decides_and_not_the_forecast(ratio, taken, monkeypatch):
    """The forecast finds the number cheap; the refit misses by so much more."""
    truth = SymbolicKAN([layer_of(1, [0.3], [edge(0, 0, "sin", 2.0, 0.41, 2.73)])])
    x = rows()
    y = truth(x).detach()
    y = y + noise_like(y, 0.02)
    module = sys.modules["edgewise.symbolic.snap"]
    refit, left = module._refit, []

    def worse(*args):
        model, fvu = refit(*args)
        left.append(fvu if not left else ratio * left[0])
        return model, left[-1]

    monkeypatch.setattr(module, "_refit", worse)
    found = snap(nudged(truth), x, y).stack()[0].symbolic.edges()[0].parts.a.value
    assert len(left) > 1  # numbers were tried
    assert (found == 2) == taken

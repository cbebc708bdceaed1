"""What a simple number may cost in fit; the rule itself is tested in formula/test_snapping.py."""

import math

from test_snap import edge, layer_of, noise_like, nudged, rows, share

from edgewise.formula.affine import number_of
from edgewise.formula.constants import find_near
from edgewise.formula.snapping import LOSS
from edgewise.symbolic.build import with_constants
from edgewise.symbolic.edges import ConstantIndex
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.snap import snap

(TWO,) = (c for c in find_near(2.0, 1e-9) if c.value == 2)


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
        if abs(price - LOSS) < 0.5:
            continue  # a coin's throw: other constants were snapped before
        found = snap(nudged(truth), x, y).stack()[0].symbolic.edges()[0].parts.a.value
        assert (found == 2) == (price < LOSS), off
        outcomes.add(found == 2)
    assert outcomes == {True, False}

"""The page's polynomials stay as near to their functions as they say, and go on beyond."""

import numpy as np
import pytest
import torch

from edgewise.bases import registry
from edgewise.certify.features import changes, expand
from edgewise.certify.taylor_models import ORDER
from edgewise.explorer.polynomials import MOST_NUMBERS, TOLERANCE, surround, tabulate_functions

OWN = [kind for kind in registry().values() if kind.__module__.startswith("edgewise.")]


def evaluate(made, z):
    """As frontend/src/polynomials.ts does."""
    cell = np.searchsorted(made.ends, z, side="right").clip(1, len(made.ends) - 1) - 1
    a, b = made.ends[cell], made.ends[cell + 1]
    s = (z - (a + b) / 2) / ((b - a) / 2)
    return np.einsum("rk,rkf->rf", s[:, None] ** np.arange(ORDER + 1), made.coef[cell])


@pytest.mark.parametrize("tails", [False, True])
@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.name)
def test_every_basis_to_the_bound(kind, tails):
    basis = kind(linear_tails=tails)
    grid = basis.init_grid(1, dtype=torch.float64)
    row = [t.numpy() for t in grid]
    low, high = surround(basis.domain(grid))
    points, _ = changes(basis, row)
    lines = tails or not basis.affine
    made = tabulate_functions(lambda u: expand(basis, u, row), low, high, points, lines)
    assert made.bound <= TOLERANCE
    z = np.random.default_rng(0).uniform(low, high, 2000)
    if tails or basis.affine:
        z = np.append(z, [low - 50, high + 50])
    right = basis.evaluate(torch.from_numpy(z)[:, None], grid)[:, 0].numpy()
    size = np.maximum(np.abs(right).max(1, keepdims=True), 1)
    assert (np.abs(evaluate(made, z) - right) / size).max() <= 2 * TOLERANCE


def test_a_function_that_turns_too_often():
    """It is refused before more numbers are computed than would be kept."""
    most = 0

    def fast(u):
        nonlocal most
        most = max(most, len(u.range.lo) * len(u.parts))
        return torch.sin(u * 1e6)[..., None]

    with pytest.raises(ValueError, match="turn too often between -1 and 1"):
        tabulate_functions(fast, -1.0, 1.0)
    assert most <= MOST_NUMBERS


def test_a_change_that_nobody_states():
    def kink(u):
        return torch.where(u > 0.3, u, 2 * u)[..., None]

    with pytest.raises(ValueError, match="add the point"):
        tabulate_functions(kink, -1.0, 1.0)
    made = tabulate_functions(kink, -1.0, 1.0, [0.3])
    np.testing.assert_allclose(evaluate(made, np.array([-0.5, 0.5]))[:, 0], [-1.0, 0.5])

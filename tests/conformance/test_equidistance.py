"""One rule says which grids are equidistant: Python's, and the kernels decide by it."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.bases.points import OF_A_STEP, ROUNDINGS, equidistant
from edgewise.engines import native

pytestmark = pytest.mark.skipif(
    native.unavailable() is not None, reason="there are no kernels to ask"
)
OP = torch.ops.edgewise.kan_linear
DTYPES = st.sampled_from([torch.float32, torch.float64])


def slack(points):
    """How far a point may be from its place, by the rule's own words."""
    eps, ends = torch.finfo(points.dtype).eps, points[[0, -1]].double()
    step = float(ends[1] - ends[0]) / (len(points) - 1)
    return min(ROUNDINGS * eps * float(ends.abs().max()), OF_A_STEP[points.dtype] * step)


@settings(max_examples=400, deadline=None)
@given(
    dtype=DTYPES,
    count=st.integers(1, 200),
    first=st.floats(-1e3, 1e3),
    length=st.one_of(st.floats(1e-6, 1e3), st.sampled_from([0.0, -1.0])),
    moved=st.floats(-3, 3),
    at=st.integers(0, 10**6),
    rows=st.integers(1, 3),
)
def test_kernels_and_python_answer_the_same(dtype, count, first, length, moved, at, rows):
    points = torch.linspace(0, 1, count, dtype=torch.float64) * length + first
    points = points.to(dtype).repeat(rows, 1)
    if count > 1:
        points[at % rows, at % count] += moved * abs(slack(points[0]))
    assert torch.ops.edgewise.native_equidistant(points) == equidistant(points)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_points_that_are_no_numbers_are_not_equidistant(bad):
    for at in (0, 2, 4):
        points = torch.linspace(-1, 1, 5).repeat(2, 1)
        points[1, at] = bad
        assert not equidistant(points)
        assert not torch.ops.edgewise.native_equidistant(points)


def outputs(basis, grid):
    """What a layer on that grid answers."""
    g = torch.Generator().manual_seed(0)
    x = torch.rand(200, 1, generator=g, dtype=torch.float64) * 2 - 1
    coef = torch.randn(1, basis.num_basis, 3, generator=g, dtype=torch.float64)
    return OP(x, None, coef, None, None, grid, basis.name, None, None, [])


@pytest.mark.parametrize("basis", [ew.BSpline(6, 3), ew.Gaussian(8), ew.RSWAF(8)], ids=str)
def test_the_kernels_that_compute_a_layer_decide_by_the_rule(basis):
    """Formulas for equidistant points read the first and the last one only."""
    points, *widths = basis.init_grid(1, dtype=torch.float64)
    even = outputs(basis, [points, *widths])
    for share in (0.5, 3.0):
        moved = points.clone()
        moved[3] += share * slack(points)
        same = torch.equal(outputs(basis, [moved, *widths]), even)
        assert same == equidistant(moved) == (share < 1)


def test_the_tolerance_of_the_kernels_is_the_one_that_python_hands_over():
    points = torch.linspace(-1, 1, 8, dtype=torch.float64)
    points[3] += 3 * slack(points)
    hand_over = torch.ops.edgewise.native_set_tolerance
    try:
        hand_over(4 * ROUNDINGS, *(4 * share for share in OF_A_STEP.values()))
        assert torch.ops.edgewise.native_equidistant(points[None])
    finally:
        hand_over(ROUNDINGS, *OF_A_STEP.values())
    assert not torch.ops.edgewise.native_equidistant(points[None])

"""What several threads share is added up whole, whatever their number."""

import pytest
import torch
from test_native import BASES, call, run

import edgewise as ew
from edgewise.engines import reference

# Threads share the inputs; or, where these are few and the rows many, the rows; or, where rows are
# few and the inputs many, the inputs of the forward pass.
SHAPES = {"inputs": (130, 200, 20), "rows": (700, 5, 30), "few rows": (20, 400, 30)}


@pytest.fixture(params=[2, 3, 4, 7])
def threads(request):
    before = torch.get_num_threads()
    torch.set_num_threads(request.param)
    yield request.param
    torch.set_num_threads(before)


def exact(basis, args, dy):
    *tensors, grid = args
    wide = [t.double() for t in tensors]
    wide_grid = [t.double() for t in grid]
    has_grid = "centers" in basis.grid_names
    needs = [True] * 5 + [has_grid] * len(grid)
    y = reference.kan_linear(*wide, wide_grid, basis, "silu")
    grads = reference.kan_linear_backward(
        dy.double(), *wide, wide_grid, basis, "silu", None, (), needs
    )
    return [y, *grads[: 5 + has_grid * len(grid)]]


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "basis", [BASES[0], ew.RSWAF(4), ew.BSpline(7, 3), ew.Chebyshev(5)], ids=str
)
def test_nothing_is_dropped_and_nothing_added_twice(basis, shape):
    args, dy = call(basis, *SHAPES[shape], torch.float64)
    for ours, true in zip(run(basis, args, dy), exact(basis, args, dy), strict=True):
        # Block by block: one of many that is missing hides in the norm of the whole.
        error = (ours - true).abs().amax()
        assert error <= 1e-11 * true.abs().amax()


@pytest.mark.parametrize("kind", ["gaussian", "rswaf", "bspline"])
@pytest.mark.parametrize("off", [1e-9, 1e-6])
def test_points_that_are_nearly_equidistant_are_not_taken_for_it_in_float64(kind, off):
    basis = {
        "gaussian": ew.Gaussian(9),
        "rswaf": ew.RSWAF(9),
        "bspline": ew.BSpline(6, 3, uniform=False),
    }[kind]
    (x, z, coef, base_weight, bias, grid), dy = call(basis, 50, 3, 4, torch.float64)
    points = grid[0].clone()
    points[..., 4] += off
    args = (x, z, coef, base_weight, bias, [points, *grid[1:]])
    for ours, true in zip(run(basis, args, dy), exact(basis, args, dy), strict=True):
        assert (ours - true).norm() <= 1e-12 * true.norm()


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("uniform", [True, False])
@pytest.mark.parametrize("degree", range(1, 6))
def test_values_exactly_on_knots_and_on_the_ends(degree, uniform, dtype):
    """Cells are closed on the left and open on the right; beyond the last knot nothing lives."""
    basis = ew.BSpline(4, degree, -1.0, 1.0, uniform=uniform)  # a step of 0.5, exact in floats
    (knots,) = basis.init_grid(1, dtype=dtype)
    at = knots.reshape(-1)
    x = torch.cat([at, torch.nextafter(at, at + 1), torch.nextafter(at, at - 1)])[:, None]
    coef = torch.randn(1, basis.num_basis, 3, generator=torch.Generator().manual_seed(0)).to(dtype)
    args = (x, None, coef, None, None, [knots], basis.name, None, None, [])
    ours = torch.ops.edgewise.kan_linear(*args)
    true = reference.kan_linear(
        x.double(), None, coef.double(), None, None, [knots.double()], basis, None
    )
    bound = 1e-12 if dtype == torch.float64 else 2e-5
    assert (ours - true).abs().max() <= bound
    (last,) = (x == at[-1]).nonzero(as_tuple=True)[:1]
    assert not ours[last].any()
    phi = basis.evaluate(torch.tensor([[-1.0], [1.0]], dtype=dtype), (knots,))
    torch.testing.assert_close(phi.sum(-1), torch.ones(2, 1, dtype=dtype))  # both ends count


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
def test_waves_of_arguments_of_any_size(dtype):
    """Where a polynomial after a reduction would lose all digits, another way is taken."""
    size = torch.logspace(-3, 15, 181, dtype=torch.float64).to(dtype)
    x = torch.cat([size, -size])[:, None]
    coef = torch.eye(4, dtype=dtype)[None]
    ours = torch.ops.edgewise.kan_linear(x, None, coef, None, None, [], "fourier", None, None, [])
    k = torch.tensor([1.0, 2.0], dtype=torch.float64)
    true = torch.cat([torch.cos(k * x.double()), torch.sin(k * x.double())], 1)
    assert (ours.double() - true).abs().max() <= (1e-6 if dtype == torch.float32 else 1e-12)

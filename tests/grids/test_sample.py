"""Quantiles that stand for all rows, and basis functions by the best engine."""

import pytest
import torch
from grid_models import model_of, points

import edgewise as ew
from edgewise.bases.base import registry
from edgewise.grids.project import Target, project
from edgewise.grids.sample import MOST_NODES, condense, evaluate
from edgewise.grids.targets import even_points


def normal(rows, columns=3, seed=3):
    return torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed)).double()


@pytest.mark.parametrize("rows", [1, 2, 7, 1000])
def test_few_rows_are_kept_as_they_are(rows):
    z = normal(rows)
    sample = condense(z, functions=0)
    assert torch.equal(sample.z, z.sort(0).values)
    torch.testing.assert_close(sample.weight, torch.full((rows,), 1 / rows).double())
    q = torch.linspace(0, 1, 9).double()
    torch.testing.assert_close(sample.quantiles(9), torch.quantile(z, q, 0).t())


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_many_rows_become_quantiles_and_their_ends(dtype):
    z = normal(50_000, 70).to(dtype)
    sample = condense(z, functions=0)
    assert MOST_NODES / 2 < len(sample.z) <= MOST_NODES
    assert float(sample.weight.sum()) == pytest.approx(1)
    assert torch.equal(sample.low, z.amin(0).double())
    assert torch.equal(sample.high, z.amax(0).double())
    slack = 2e-3 if dtype != torch.bfloat16 else 1e-2  # which has steps of 0.8 %
    q = torch.linspace(0, 1, 21).double()
    exact = torch.quantile(z.double(), q, 0).t()
    torch.testing.assert_close(sample.quantiles(21), exact, atol=slack, rtol=slack)
    for power in (1, 2, 4):  # moments, in which tails weigh much
        torch.testing.assert_close(
            sample.weight @ sample.z**power, z.double().pow(power).mean(0), atol=0.02, rtol=0.02
        )


def test_large_bases_get_more_nodes():
    assert 4000 < len(condense(normal(50_000, 1), 1000).z) <= 8000


@pytest.mark.parametrize("side", [-1, 1])
def test_an_outlier_weighs_as_much_as_one_row(side):
    z = torch.cat([normal(100_000, 1), torch.full((1, 1), side * 1e3).double()])
    sample = condense(z, functions=0)
    assert side * float(sample.high if side > 0 else sample.low) == 1e3
    assert float(sample.weight[-1 if side > 0 else 0]) == pytest.approx(1 / len(z))


def test_coefficients_are_those_of_all_rows():
    layer, z = model_of(ew.BSpline(6), widths=(3, 2)).layers[0], normal(20_000) / 4
    lo, hi = torch.tensor(-0.8).double(), torch.tensor(0.8).double()
    basis, grid = layer.basis.placed(even_points(lo, hi, 7), layer.grid)
    fast = project(layer, Target(basis, grid), condense(z, functions=0))
    exact = project(layer, Target(basis, grid), condense(z, len(z)))
    scale = exact.coef.abs().max()
    assert float((fast.coef - exact.coef).abs().max() / scale) < 0.01
    torch.testing.assert_close(fast.error, exact.error, rtol=0.02, atol=0)


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("basis", [cls() for cls in registry().values()], ids=str)
def test_functions_by_the_best_engine_are_the_functions(basis, own):
    z = points(50) * 1.5
    grid = basis.init_grid(3, dtype=torch.float64)
    if own and (at := basis.points(grid)) is not None:
        rows = at.expand(3, -1) * torch.tensor([[1.0], [1.1], [0.8]]).double() ** 2
        basis, grid = basis.placed(rows + 0.01 * rows**3, grid)
    wanted = basis.evaluate(z, grid).transpose(0, 1)
    torch.testing.assert_close(evaluate(basis, z, grid), wanted, atol=1e-12, rtol=1e-12)

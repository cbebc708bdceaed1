"""Least squares against numpy, and where there is no unique answer."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.grids.solve import BandedLeastSquares, LeastSquares


def solved(a, t, blocks=1):
    problem = LeastSquares(a.shape[0], a.shape[2], t.shape[2], a.device)
    for part_a, part_t in zip(a.chunk(blocks, 1), t.chunk(blocks, 1), strict=True):
        problem.add(part_a, part_t)
    return problem.solve()


def test_the_numbers_of_numpy_whatever_the_blocks():
    torch.manual_seed(0)
    a, t = torch.randn(3, 40, 7).double(), torch.randn(3, 40, 2).double()
    for blocks in (1, 2, 8):
        ours = solved(a, t, blocks)
        for k in range(3):
            theirs = np.linalg.lstsq(a[k].numpy(), t[k].numpy(), rcond=None)[0]
            np.testing.assert_allclose(ours[k].numpy(), theirs, atol=1e-12)


def test_as_accurate_as_the_matrix_allows_where_the_normal_equations_fail():
    # Columns that agree in all but 1e-6: AᵀA has the condition number 1e12.
    torch.manual_seed(1)
    u = torch.randn(1, 50, 1).double()
    a = torch.cat([u, u + 1e-6 * torch.randn(1, 50, 1).double()], 2)
    wanted = torch.tensor([[[2.0], [-1.0]]]).double()
    found = solved(a, a @ wanted)
    assert (found - wanted).abs().max() < 1e-8


@settings(deadline=None, max_examples=60)
@given(
    rows=st.integers(0, 12),
    columns=st.integers(1, 8),
    kind=st.sampled_from(["random", "repeated", "zero", "one column", "huge", "tiny"]),
    seed=st.integers(0, 99),
)
def test_finite_and_as_close_as_any_solution(rows, columns, kind, seed):
    g = torch.Generator().manual_seed(seed)
    a = torch.randn(2, rows, columns, generator=g, dtype=torch.float64)
    t = torch.randn(2, rows, 3, generator=g, dtype=torch.float64)
    if kind == "repeated" and rows:
        a, t = a[:, :1].expand_as(a).clone(), t[:, :1].expand_as(t).clone()
    if kind == "zero":
        a = a * 0
    if kind == "one column":
        a[..., 1:] = 0
    if kind == "huge":
        a = a * 1e100
    if kind == "tiny":
        a = a * 1e-100
    ours = solved(a, t)
    assert ours.isfinite().all()
    for k in range(2):
        theirs = np.linalg.lstsq(a[k].numpy(), t[k].numpy(), rcond=1e-13)[0]
        missed = (a[k] @ ours[k] - t[k]).norm()
        best = np.linalg.norm(a[k].numpy() @ theirs - t[k].numpy())
        assert missed <= best + 1e-9


@pytest.mark.parametrize("value", [torch.inf, torch.nan, 1e200])
def test_values_that_no_solution_fits_are_refused(value):
    problem = LeastSquares(1, 2, 1, torch.device("cpu"))
    rows = torch.tensor([[[1.0, 2.0], [3.0, value], [value, 0.5]]], dtype=torch.float64)
    problem.add(rows, torch.ones(1, 3, 1, dtype=torch.float64))
    if value == 1e200:  # within the range, after all
        assert problem.solve().isfinite().all()
    else:
        with pytest.raises(ValueError, match="expected curves of finite values"):
            problem.solve()


def banded(columns, width=4, rows_each=3, targets=2, seed=0):
    """Rows that see ``width`` neighbours each, in blocks: the solver, and the dense matrix."""
    g = torch.Generator().manual_seed(seed)
    solver = BandedLeastSquares(columns, targets, torch.zeros(0, dtype=torch.float64))
    blocks, answers = [], []
    for first in range(columns - width + 1):
        a = torch.randn(rows_each, width, generator=g, dtype=torch.float64)
        t = torch.randn(rows_each, targets, generator=g, dtype=torch.float64)
        solver.add(first, a, t)
        blocks.append(torch.nn.functional.pad(a, (first, columns - first - width)))
        answers.append(t)
    return solver, torch.cat(blocks), torch.cat(answers)


def test_a_banded_problem_has_the_dense_ones_solution():
    solver, a, t = banded(40)
    torch.testing.assert_close(solver.solve(), solved(a[None], t[None])[0], atol=1e-11, rtol=1e-11)


def test_what_no_row_of_a_banded_problem_tells_is_zero():
    g = torch.Generator().manual_seed(1)
    solver = BandedLeastSquares(9, 1, torch.zeros(0, dtype=torch.float64))
    u, t = torch.randn(6, 1, generator=g).double(), torch.randn(6, 1, generator=g).double()
    solver.add(1, torch.cat([u, u, 0 * u], 1), t)  # two columns alike, and one of zeros
    solver.add(6, u, t)
    found = solver.solve()[:, 0]
    best = float((u * t).sum() / u.square().sum())
    wanted = torch.tensor([0, best, 0, 0, 0, 0, best, 0, 0], dtype=torch.float64)
    torch.testing.assert_close(found, wanted, atol=1e-14, rtol=1e-12)


def test_a_banded_problem_keeps_numbers_by_its_columns_and_not_by_their_square():
    def kept(columns):
        solver, *_ = banded(columns)
        solver.solve()
        return sum(r.numel() + t.numel() for _, r, t in solver.blocks)

    assert kept(400) < 2.1 * kept(200)


@pytest.mark.parametrize("value", [torch.inf, torch.nan])
def test_a_banded_problem_refuses_what_is_not_finite(value):
    solver, *_ = banded(8)
    solver.add(5, torch.tensor([[1.0, value]], dtype=torch.float64), torch.ones(1, 2).double())
    with pytest.raises(ValueError, match="expected curves of finite values"):
        solver.solve()

"""Values that jump where two sides meet: residuals are uneven there, the solution isn't."""

import math
from dataclasses import replace

import pytest
import torch

import edgewise as ew
from edgewise.equations import SolutionWarning, dirichlet
from edgewise.equations.arguments import read_problem
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.least_squares import EquationFit
from edgewise.equations.piece_fits import solve_piece
from edgewise.equations.residual_sizes import measure_distance
from edgewise.equations.space import Rows

SQUARE = {"x": (0.0, 1.0), "y": (0.0, 1.0)}
LEFT, RIGHT = {0: 0.0, 1: 1.0}, {0: 1.0, 1: 1.0}


def laplace(u, x, y):
    return u.dxx + u.dyy


def navier_stokes(u, v, p, x, y):
    return (
        u * u.dx + v * u.dy + p.dx - 0.01 * (u.dxx + u.dyy),
        u * v.dx + v * v.dy + p.dy - 0.01 * (v.dxx + v.dyy),
        u.dx + v.dy,
    )


def heat_from_above():
    lid = dirichlet("y", 1.0, side="high")
    return [lid, dirichlet("y", 0.0, side="low"), dirichlet("x", 0.0)]


def heated(x, y):
    """The series of Laplace's equation with u = 1 on the upper side and 0 on the others."""
    n = math.pi * torch.arange(1, 2001, 2, dtype=torch.float64)[:, None]
    rise = (torch.exp(n * (y - 1)) - torch.exp(-n * (y + 1))) / (1 - torch.exp(-2 * n))
    return (4 / n * torch.sin(n * x) * rise).sum(0)


def test_a_plate_whose_upper_side_is_hot():
    with pytest.warns(SolutionWarning, match="contradict"):
        s = ew.solve(laplace, SQUARE, heat_from_above(), tolerance=1e-2)
    x, y = torch.rand(2, 4000, generator=torch.Generator().manual_seed(3)).double()
    away = torch.minimum((x - 0).hypot(1 - y), (1 - x).hypot(1 - y)).clamp(max=1)
    true = heated(x, y)
    error = float((away * (s(x, y).reshape(-1) - true)).norm() / (away * true).norm())
    assert error < 1e-2
    assert error / 3 < s.error < 3 * error


def make_problem(conditions, residual, count):
    problem = read_problem(residual, SQUARE, conditions, {}, {})
    problem = replace(problem, jumps=(LEFT, RIGHT))
    curves = [Curves.over(0.0, 1.0, count) for _ in range(2)]
    return problem, curves


def test_residuals_are_divided_by_the_size_of_their_derivatives():
    """u_xx alone has one term in each derivative, so that all rows have one size."""
    problem, curves = make_problem([dirichlet("x", 0.0)], lambda u, x, y: u.dxx + 0 * y, 9)
    fit = EquationFit(problem, curves, problem.spaces(curves, None))
    (part,), _ = fit.linearise(torch.zeros(len(fit), dtype=torch.float64))
    sizes = part.matrix().norm(dim=1)
    assert sizes.max() < (1 + 1e-9) * sizes.min()


def test_points_count_by_their_distance_from_a_jump():
    problem, _ = make_problem([dirichlet("x", 0.0)], laplace, 9)
    rows = Rows.listed(torch.tensor([[0.0, 1.0], [0.3, 0.6], [1.0, 0.9], [0.5, 0.0]]).double())
    expected = torch.tensor([0.0, 0.5, 0.1, 1.0]).double()
    torch.testing.assert_close(measure_distance(problem, rows), expected, atol=1e-7, rtol=0)


def test_a_cavity_whose_lid_moves():
    """Re = 100, beside the table of Ghia, Ghia and Shin (1982)."""
    conditions = [
        dirichlet("y", 1.0, side="high", field="u"),
        dirichlet("y", 0.0, side="low", field="u"),
        dirichlet("x", 0.0, field="u"),
        *(dirichlet(name, 0.0, field="v") for name in "xy"),
    ]
    piece = None
    for count in (8, 12, 18):
        problem, curves = make_problem(conditions, navier_stokes, count)
        piece = solve_piece(problem, curves, piece, None, 1e-4, lambda: False).piece
    at = {"u": [(0.5, 0.4531, -0.21090), (0.5, 0.7344, 0.00332), (0.5, 0.9531, 0.68717)],
          "v": [(0.2344, 0.5, 0.17527), (0.8047, 0.5, -0.24533)]}  # fmt: skip
    for name, told in at.items():
        x, y, value = torch.tensor(told, dtype=torch.float64).unbind(1)
        found = piece.evaluate(name, Rows.listed(torch.stack([x, y], 1)), (0, 0))
        torch.testing.assert_close(found, value, atol=0.01, rtol=0)


def test_a_narrow_source_beside_jumps_is_resolved():
    """Laplace's equation is linear: the solution is that of the jumps plus that of the source."""

    def poisson(u, x, y):
        return laplace(u, x, y) + 3e3 * torch.exp(-((x - 0.31) ** 2 + (y - 0.43) ** 2) / 2e-4)

    with pytest.warns(SolutionWarning, match="contradict"):
        s = ew.solve(poisson, SQUARE, heat_from_above(), tolerance=0.05)
    x, y = torch.rand(2, 500, generator=torch.Generator().manual_seed(3)).double()
    k = math.pi * torch.arange(1, 151, dtype=torch.float64)
    waves = [  # of the source in x and in y, and sines
        (torch.exp(-(k**2) * 5e-5) * torch.sin(k * centre), torch.sin(k * at[:, None]))
        for centre, at in ((0.31, x), (0.43, y))
    ]
    (along, sines), (across, others) = waves
    heights = 4 * 3e3 * math.pi * 2e-4 * torch.outer(along, across) / (k[:, None] ** 2 + k**2)
    true = ((sines @ heights) * others).sum(1) + heated(x, y)
    assert float((s(x, y).reshape(-1) - true).norm()) < 0.1 * float(true.norm())

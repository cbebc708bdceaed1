"""Steps of large problems, found without their matrix, beside those of the matrix."""

import pytest
import torch

import edgewise as ew
from edgewise.equations import splitting
from edgewise.equations.arguments import read_problem
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.least_squares import EquationFit
from edgewise.equations.lsqr import lsqr
from edgewise.equations.splitting import solve_nearly, split

F64 = torch.float64


def reaction(u, v, x, t):
    return (
        u.dt - (1 + x**2) * u.dxx - u * v + t,
        v.dt - 0.1 * v.dxx + u.dx + torch.exp(-t) * v**2,
    )


def wave(u, x, t):
    return u.dtt + 0.3 * u.dt - (2 + x) * u.dxx + u**3


def elliptic(u, x, y):
    return (1 + x * y / 3) * u.dxx + u.dyy + 0.2 * u.dxdy - u


def flux(u, x, y):
    return u.dxx + (1 + x / 4) * u.dyy - 0.1 * u


EQUATIONS = {
    "flux": (flux, "y", [ew.equations.neumann("y", 1.0)]),  # constants have no slope
    "reaction": (reaction, "t", [*ew.equations.initial({"u": 1.0, "v": lambda x: x})]),
    "wave": (wave, "t", [*ew.equations.initial(lambda x: x, 0.0)]),
    "elliptic": (elliptic, "y", [ew.equations.dirichlet("y", 1.0)]),
}


def make_fit(name):
    residual, last, conditions = EQUATIONS[name]
    domain = {"x": (-1.0, 1.0), last: (0.0, 0.2 if last == "t" else 1.0)}
    problem = read_problem(
        residual, domain, [*conditions, ew.equations.dirichlet("x", 1.0)], {}, {}
    )
    curves = [Curves.over(-1, 1, 12), Curves.over(*problem.bounds[1], 8)]
    fit = EquationFit(problem, curves, problem.spaces(curves, None))
    generator = torch.Generator().manual_seed(0)
    return fit, 0.1 * torch.randn(len(fit), generator=generator, dtype=F64)


@pytest.mark.parametrize("name", EQUATIONS)
def test_operators_are_the_matrix_and_its_transpose(name):
    fit, free = make_fit(name)
    (operator,), values = fit.linearise(free)
    matrix = operator.matrix()
    columns = torch.stack([operator.apply(unit) for unit in torch.eye(len(fit)).double()], 1)
    assert torch.allclose(columns, matrix, rtol=0, atol=1e-12 * float(matrix.abs().max()))
    step = 1e-6 * torch.randn(len(fit), generator=torch.Generator().manual_seed(1), dtype=F64)
    change = (fit.residuals(free + step) - fit.residuals(free - step)) / 2
    assert torch.allclose(matrix @ step, change, rtol=0, atol=1e-6 * float(change.abs().max()))
    made = operator.transposed(values)
    assert torch.allclose(made, matrix.t() @ values, rtol=0, atol=1e-12 * float(made.abs().max()))
    inverse = split([operator], 1)
    assert float(inverse.apply(values) @ free) == pytest.approx(
        float(inverse.transposed(free) @ values), rel=1e-9
    )


@pytest.mark.parametrize("name", EQUATIONS)
def test_steps_are_those_of_least_squares(name):
    fit, free = make_fit(name)
    (operator,), values = fit.linearise(free)
    matrix = operator.matrix()
    step = solve_nearly([operator], 1, -values[:, None], 1e-9).solution[:, 0]
    exact = torch.linalg.lstsq(matrix, -values[:, None]).solution[:, 0]
    assert float((step - exact).norm() / exact.norm()) < 1e-6


def test_linear_equations_are_known_as_such():
    assert make_fit("elliptic")[0].is_linear
    assert not make_fit("wave")[0].is_linear
    assert not make_fit("reaction")[0].is_linear


def test_few_steps_do_where_coefficients_are_constant():
    problem = read_problem(
        lambda u, x, y: u.dxx + u.dyy - 3 * u + x, {"x": (0, 1), "y": (0, 1)},
        [ew.equations.dirichlet("x", 0.0), ew.equations.dirichlet("y", 0.0)], {}, {},
    )  # fmt: skip
    curves = [Curves.over(0, 1, 20)] * 2
    fit = EquationFit(problem, curves, problem.spaces(curves, None))
    (operator,), values = fit.linearise(torch.zeros(len(fit), dtype=F64))
    inverse = split([operator], 1)
    found = lsqr(
        lambda z: operator.apply(inverse.apply(z)),
        lambda c: inverse.transposed(operator.transposed(c)),
        values, goal=1e-6, steps=15,
    )  # fmt: skip
    assert found.gradient < 1e-6


def cube(u, v, x, y, t):
    return (
        u.dt - u.dxx - 0.5 * u.dyy - (1 + x * y / 9) * u - v.dx,
        v.dt - v.dyy - 2 * v.dxx + v.dxdy + t * u,
    )


CUBES = {
    "waves": [ew.equations.periodic("x"), ew.equations.periodic("y")],
    "walls": [ew.equations.dirichlet("x", 0.0), ew.equations.dirichlet("y", 1.0)],
    "both": [ew.equations.neumann("x", 0.0), ew.equations.periodic("y")],
}


@pytest.mark.parametrize("name", CUBES)
def test_blocks_are_taken_apart_along_a_second_coordinate(name, monkeypatch):
    monkeypatch.setattr(splitting, "MOST_BLOCK", 30)
    start = ew.equations.initial({"u": lambda x, y: torch.cos(2 * torch.pi * x), "v": 0.0})
    problem = read_problem(
        cube, {"x": (0, 1), "y": (0, 1), "t": (0, 0.1)}, [*start, *CUBES[name]], {}, {}
    )
    curves = [
        Curves.over(*ends, count, problem.repeats(a))
        for a, (ends, count) in enumerate(zip(problem.bounds, (7, 9, 5), strict=True))
    ]
    fit = EquationFit(problem, curves, problem.spaces(curves, None))
    parts, values = fit.linearise(torch.zeros(len(fit), dtype=F64))
    inverse = split(parts, 2)
    assert len(inverse._axes) == 2
    generator = torch.Generator().manual_seed(0)
    free = torch.randn(len(fit), generator=generator, dtype=F64)
    assert float(inverse.apply(values) @ free) == pytest.approx(
        float(inverse.transposed(free) @ values), rel=1e-9
    )
    found = solve_nearly(parts, 2, -values[:, None], 1e-10)
    exact = torch.linalg.lstsq(parts[0].matrix(), -values[:, None]).solution
    assert found.gradient < 1e-10
    assert float((found.solution - exact).norm() / exact.norm()) < 1e-6


def test_shapes_are_taken_apart_along_the_time():
    shape = ew.equations.box(x=(-1, 1), y=(-1, 1), t=(0, 0.2)) - ew.equations.disc(
        x=0, y=0, radius=0.3
    )
    problem = read_problem(
        lambda u, x, y, t: u.dt - u.dxx - (1 + x * x / 4) * u.dyy - t * u, shape,
        [*ew.equations.initial(lambda x, y: x + y), ew.equations.dirichlet(("x", "y"), 1.0)],
        {}, {},
    )  # fmt: skip
    curves = [Curves.over(*ends, n) for ends, n in zip(problem.bounds, (8, 9, 5), strict=True)]
    fit = EquationFit(problem, curves, problem.spaces(curves, None))
    parts, values = fit.linearise(torch.zeros(len(fit), dtype=F64))
    matrix = torch.cat([part.matrix() for part in parts])
    rows = torch.randn(len(values), generator=torch.Generator().manual_seed(0), dtype=F64)
    place = 0
    for part in parts:
        own = part.matrix()
        made = part.transposed(rows[place : place + len(own)])
        assert torch.allclose(made, own.t() @ rows[place : place + len(own)], atol=1e-12)
        place += len(own)
    found = solve_nearly(parts, fit.axis, -values[:, None], 1e-9)
    assert found.gradient < 1e-9
    left = values + matrix @ found.solution[:, 0]
    exact = values + matrix @ torch.linalg.lstsq(matrix, -values[:, None]).solution[:, 0]
    assert float(left.norm()) == pytest.approx(float(exact.norm()), rel=1e-9)


def test_fields_with_other_curves_are_not_split():
    def flow(u, p, x, y):
        return u.dxx + u.dyy - p.dx, p.dxx + p.dyy

    ends = ew.equations.dirichlet("y", 0.0, field="u")
    problem = read_problem(flow, {"x": (0, 1), "y": (0, 1)}, [ends], {}, {})
    curves = [Curves.over(0, 1, 6)] * 2
    fit = EquationFit(problem, curves, problem.spaces(curves, None))
    (operator,), _ = fit.linearise(torch.zeros(len(fit), dtype=F64))
    assert split([operator], 1) is None

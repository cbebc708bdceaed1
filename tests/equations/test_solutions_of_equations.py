"""Equations with known solutions: errors as asked for, errors as said, conditions held."""

from __future__ import annotations

import math
import warnings

import pytest
import torch

import edgewise as ew
from edgewise.equations import SolutionWarning, dirichlet, initial, neumann, periodic, robin
from edgewise.equations.chebyshev_curves import Constrained, Curves

PI = math.pi
F64 = torch.float64


def grid(*intervals, count=31):
    return torch.meshgrid(
        *(torch.linspace(*each, count, dtype=F64) for each in intervals), indexing="ij"
    )


def missed(solution, truth, *intervals):
    """The relative error of a solution's first field."""
    points = grid(*intervals)
    found = solution._view(solution.fields[0])(*points)
    wanted = truth(*points)
    return float((found - wanted).norm() / wanted.norm())


def wave(k, x):
    return torch.sin(k * PI * x)


def test_helmholtz_is_one_least_squares_problem():
    square = {"x": (-1, 1), "y": (-1, 1)}
    s = ew.solve(
        lambda u, x, y: u.dxx + u.dyy + u + (17 * PI**2 - 1) * wave(1, x) * wave(4, y),
        square, [dirichlet("x", 0.0), dirichlet("y", 0.0)], tolerance=1e-8,
    )  # fmt: skip
    assert missed(s, lambda x, y: wave(1, x) * wave(4, y), (-1, 1), (-1, 1)) < 1e-8
    assert s.error < 1e-8
    assert all(step.newton <= 1 for step in s.history)
    y = torch.linspace(-1, 1, 50, dtype=F64)
    assert s(torch.ones(()), y).abs().max() < 1e-13
    assert s(y, -torch.ones(())).abs().max() < 1e-13


def test_a_nonlinear_equation_with_four_kinds_of_border():
    def truth(x, y):
        return torch.exp(torch.sin(2 * x + y)) + x * y**2

    def residual(u, x, y):
        a, b = torch.sin(2 * x + y), torch.cos(2 * x + y)
        bent = 5 * torch.exp(a) * (b * b - a) + 2 * x
        return u.dxx + u.dyy - u**3 + u - (bent - truth(x, y) ** 3 + truth(x, y))

    def slope_x(x, y):
        return 2 * torch.exp(torch.sin(2 * x + y)) * torch.cos(2 * x + y) + y**2

    conditions = [
        dirichlet("x", lambda y: truth(-torch.ones_like(y), y), side="low"),
        robin("x", 1.0, 0.5, lambda y: (truth(y * 0 + 1, y) + 0.5 * slope_x(y * 0 + 1, y)),
              side="high"),
        dirichlet("y", lambda x: truth(x, 0 * x), side="low"),
        neumann("y", lambda x: torch.exp(torch.sin(2 * x + 2)) * torch.cos(2 * x + 2) + 4 * x,
                side="high"),
    ]  # fmt: skip
    s = ew.solve(residual, {"x": (-1, 1), "y": (0, 2)}, conditions, tolerance=1e-7)
    true = missed(s, truth, (-1, 1), (0, 2))
    assert true < 1e-7
    assert s.error / 3 < true < 3 * s.error
    x = torch.linspace(-1, 1, 9, dtype=F64)
    assert (s.u.dy(x, 2.0) - s.u(x, 2.0) * 0 - conditions[3].value(x)).abs().max() < 1e-5


def test_heat_and_waves_march_in_windows():
    strip = {"x": (0, 1), "t": (0, 0.5)}
    s = ew.solve(
        lambda u, x, t: u.dt - u.dxx, strip,
        [initial(lambda x: wave(1, x)), dirichlet("x", 0.0)], tolerance=1e-8,
    )  # fmt: skip
    true = missed(s, lambda x, t: wave(1, x) * torch.exp(-(PI**2) * t), (0, 1), (0, 0.5))
    assert true < 1e-8
    assert s.windows[0][0] == 0
    assert s.windows[-1][1] == 0.5
    assert [a[1] for a in s.windows[:-1]] == [b[0] for b in s.windows[1:]]
    s = ew.solve(
        lambda u, x, t: u.dtt - u.dxx, strip,
        [initial(lambda x: wave(2, x), 0.0), dirichlet("x", 0.0)], tolerance=1e-7,
    )  # fmt: skip
    assert missed(s, lambda x, t: wave(2, x) * torch.cos(2 * PI * t), (0, 1), (0, 0.5)) < 1e-7


def test_a_second_march_begins_like_the_first(monkeypatch):
    """The windows and curves that the first one has found aren't looked for again."""
    monkeypatch.setattr("edgewise.equations.windows.FIRST_LOCAL", {2: 100.0})
    s = ew.solve(
        lambda u, x, t: u.dt - 0.1 * u.dxx - u + u**3, {"x": (0, 1), "t": (0, 4)},
        [initial(lambda x: wave(1, x)), dirichlet("x", 0.0)], tolerance=1e-6,
    )  # fmt: skip
    assert s.error < 1e-6
    starts = [step for step in s.history if step.interval[0] == 0]
    first = next(k for k, step in enumerate(starts) if step.taken)
    assert starts[first].interval != (0, 4) == starts[0].interval
    assert starts[first + 1].interval == starts[first].interval


def test_burgers_in_ten_lines():
    def burgers(u, x, t, nu):
        return u.dt + u * u.dx - nu * u.dxx

    def truth(x, t, nu=0.1):  # Cole and Hopf
        eta = torch.linspace(-9, 9, 2001, dtype=F64)
        y = PI * (x[..., None] - eta * torch.sqrt(4 * nu * t[..., None]))
        f = torch.exp(-torch.cos(y) / (2 * PI * nu) - eta**2)
        return -(f * torch.sin(y)).sum(-1) / f.sum(-1)

    s = ew.solve(
        burgers, {"x": (-1, 1), "t": (0, 0.5)},
        [initial(lambda x: -wave(1, x)), dirichlet("x", 0.0)], constants={"nu": 0.1},
    )  # fmt: skip
    assert missed(s, truth, (-1, 1), (0, 0.5)) < 1e-6
    assert s.conditions == {
        "initial value": "by construction",
        "dirichlet at the ends of x": "by construction",
    }


def test_a_layer_gets_a_coordinate_of_its_own():
    width = 3e-3
    s = ew.solve(
        lambda u, x: width * u.dxx + u.dx - 1, {"x": (0, 1)}, [dirichlet("x", 0.0)], tolerance=1e-7
    )
    x = torch.linspace(0, 1, 400, dtype=F64) ** 4
    truth = x + torch.expm1(-x / width) / (1 - math.exp(-1 / width))
    assert (s(x) - truth).abs().max() < 1e-6
    assert not s.pieces[0].curves[0].stretch.is_line


def test_periodic_waves_of_two_fields():
    s = ew.solve(  # i ψ_t = -ψ_xx
        lambda u, v, x, t: (u.dt + v.dxx, v.dt - u.dxx), {"x": (0, 2), "t": (0, 0.2)},
        [initial({"u": lambda x: torch.cos(PI * x), "v": lambda x: torch.sin(PI * x)}),
         periodic("x")], tolerance=1e-6,
    )  # fmt: skip
    x, t = grid((0, 2), (0, 0.2))
    u, v = s(x, t)
    assert (u - torch.cos(PI * x - PI**2 * t)).abs().max() < 1e-5
    assert (v - torch.sin(PI * x - PI**2 * t)).abs().max() < 1e-5
    ends = torch.linspace(0, 0.2, 7, dtype=F64)
    assert (s.u.dx(0.0, ends) - s.u.dx(2.0, ends)).abs().max() < 1e-11


def test_ordinary_equations():
    s = ew.solve(
        lambda a, b, t: (a.dt - b, b.dt + a), {"t": (0, 6)}, [initial({"a": 0.0, "b": 1.0})],
        tolerance=1e-9,
    )  # fmt: skip
    t = torch.linspace(0, 6, 50, dtype=F64)
    assert (s.a(t) - torch.sin(t)).abs().max() < 1e-8
    assert (s.a.dtt(t) + torch.sin(t)).abs().max() < 1e-6


def test_a_constant_in_a_range_is_one_more_coordinate():
    s = ew.solve(
        lambda u, t, k: u.dt + k * u, {"t": (0, 1)}, [initial(1.0)], constants={"k": (0.5, 2.0)},
        tolerance=1e-8,
    )  # fmt: skip
    assert missed(s, lambda t, k: torch.exp(-k * t), (0, 1), (0.5, 2.0)) < 1e-8
    assert abs(s(t=1.0, k=0.7).item() - math.exp(-0.7)) < 1e-8


def test_an_unknown_constant_is_found_from_data():
    generator = torch.Generator().manual_seed(1)
    t = torch.rand(200, 1, generator=generator, dtype=F64)
    noise = 0.01 * torch.randn(200, generator=generator, dtype=F64)
    s = ew.solve(
        lambda u, t, k: u.dt + k * u, {"t": (0, 1)}, [initial(1.0)], unknowns={"k": 0.5},
        data=(t, torch.exp(-1.7 * t[:, 0]) + noise),
    )  # fmt: skip
    error = s.standard_errors["k"]
    assert 1e-4 < error < 1e-2
    assert abs(s.unknowns["k"] - 1.7) < 4 * error
    # Of the best fit by hand, u = e^(-kt), the slope of the squares vanishes.
    k = s.unknowns["k"]
    u = torch.exp(-k * t[:, 0])
    misfit = u - torch.exp(-1.7 * t[:, 0]) - noise
    sensitivity = -t[:, 0] * u
    assert abs(float((misfit @ sensitivity) / sensitivity.square().sum())) < 0.02 * error
    assert error == pytest.approx(float(misfit.std() / sensitivity.norm()), rel=0.05)


def test_corners_that_disagree_are_told_and_not_forced():
    k = 2 * torch.arange(200, dtype=F64) + 1

    def truth(x, t):
        decay = torch.exp(-((k * PI) ** 2) * t[..., None])
        return (4 / PI / k * torch.sin(k * PI * x[..., None]) * decay).sum(-1)

    with pytest.warns(SolutionWarning, match=r"disagree by 1 at x = 0, t = 0"):
        s = ew.solve(
            lambda u, x, t: u.dt - u.dxx, {"x": (0, 1), "t": (0, 0.1)},
            [initial(1.0), dirichlet("x", 0.0)], tolerance=2e-2,
        )  # fmt: skip
    assert missed(s, truth, (0, 1), (0.02, 0.1)) < 2e-2
    assert s(torch.tensor(0.0), 0.0).abs() < 1e-12


def test_a_detail_between_the_first_points_is_not_missed():
    def truth(x):
        return torch.exp(-(((x - 0.3) / 0.04) ** 2))

    def residual(u, x):
        z = (x - 0.3) / 0.04
        return u.dxx - truth(x) * (4 * z * z - 2) / 0.04**2

    s = ew.solve(residual, {"x": (-1, 1)}, [dirichlet("x", 0.0)], tolerance=1e-6)
    assert missed(s, truth, (-1, 1)) < 1e-6


def test_a_front_of_the_source_alone_gets_a_coordinate_too():
    width, centre = 2e-3, 0.37

    def height(x):  # log cosh, whose second derivative is the source
        return x.abs() + torch.log1p(torch.exp(-2 * x.abs())) - math.log(2)

    def residual(u, x):
        return u.dxx - 1 / (width * torch.cosh((x - centre) / width)) ** 2

    s = ew.solve(residual, {"x": (0, 1)}, [dirichlet("x", 0.0)], tolerance=1e-6)
    x = torch.rand(1000, generator=torch.Generator().manual_seed(0), dtype=F64)
    low, high = (height(torch.tensor((end - centre) / width, dtype=F64)) for end in (0, 1))
    truth = height((x - centre) / width) - low - (high - low) * x
    error = float((s(x) - truth).norm() / truth.norm())
    assert error < 1e-6
    assert error / 3 < s.error < 3 * error


def test_nothing_global_changes():
    state, threads = torch.random.get_rng_state(), torch.get_num_threads()
    kind, grad = torch.get_default_dtype(), torch.is_grad_enabled()
    one, two = (
        ew.solve(lambda u, x: u.dxx - u + x, {"x": (0, 1)}, [dirichlet("x", 0.0)]) for _ in range(2)
    )
    assert torch.equal(torch.random.get_rng_state(), state)
    assert torch.get_num_threads() == threads
    assert torch.get_default_dtype() == kind
    assert torch.is_grad_enabled() == grad
    assert one(0.3) == two(0.3)
    assert one.error == two.error


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"residual": lambda x: x}, "at least one field"),
        ({"residual": lambda u, x: u.dz}, "expected a derivative by x, such as dx or dxx, got dz"),
        (
            {"residual": lambda u, x: 1.0},
            "equation 1 without any: use u or a derivative, such as u",
        ),
        ({"residual": lambda u, v, x: u.dxx - 1}, "field in some equation, got v in none"),
        ({"residual": lambda *u: u}, r"named arguments, got \*u"),
        ({"constants": {"k": 1.0}}, "constants that the residual takes, u, x, got k"),
        ({"domain": {"x": (1, 0)}}, r"x in an interval \(low, high\), got \(1, 0\)"),
        ({"domain": {"x": (0, math.inf)}}, r"interval \(low, high\), got \(0, inf\)"),
        ({"domain": {"x": "ab"}}, "x to be two numbers, got 'ab'"),
        ({"domain": None}, r"domain such as .* got None"),
        ({"residual": "u.dx"}, "residual as a function, .* got 'u.dx'"),
        ({"residual": lambda u, x: None}, "residual that returns tensors, got None"),
        ({"residual": lambda u, x: torch.zeros(3)}, r"points' shape \(5,\), got \(3,\)"),
        (
            {"constants": {"k": math.nan}, "residual": lambda u, x, k: u.dx - k},
            "k as one finite number, got nan",
        ),
        ({"conditions": [dirichlet("x", math.nan)]}, "finite number, got nan"),
        ({"domain": {}}, r"domain such as .* got \{\}"),
        ({"conditions": dirichlet("x", 0.0)}, "a list of conditions, got dirichlet"),
        ({"residual": lambda u, x: u.dxx - math.nan}, "NaN at all points"),
        ({"conditions": [dirichlet("y", 0.0)]}, "coordinates of the domain, x, got .* on 'y'"),
        ({"conditions": [dirichlet("x", 0.0, field="v")]}, "residual's fields, u, got 'v'"),
        ({"conditions": [dirichlet("x", 0.0)] * 2}, "repeat or contradict each other"),
        ({"unknowns": {"k": 1.0}, "residual": lambda u, x, k: u.dx - k}, "data to find k"),
        ({"model": "forest"}, "model among"),
    ],
)
def test_wrong_arguments(change, message):
    given = {
        "residual": lambda u, x: u.dxx - 1,
        "domain": {"x": (0, 1)},
        "conditions": [dirichlet("x", 0.0)],
        **change,
    }
    with pytest.raises((ValueError, TypeError, AttributeError), match=message):
        ew.solve(**given)


def test_points_outside_and_missing_ones():
    s = ew.solve(lambda u, x: u.dxx - 1, {"x": (0, 1)}, [dirichlet("x", 0.0)])
    with pytest.raises(ValueError, match=r"x within \[0, 1\], got \[2, 2\]"):
        s(2.0)
    with pytest.raises(ValueError, match="expected points x"):
        s()
    with pytest.raises(AttributeError, match="derivatives are dx"):
        _ = s.u.slope
    assert s(torch.zeros(3, 2)).shape == (3, 2)


@pytest.mark.parametrize(
    ("residual", "domain", "conditions", "missing"),
    [
        (lambda u, x: u.dxx - 1, {"x": (0, 1)}, [], "u has 0 of 2 along x"),
        (lambda u, x: u.dxx - 1, {"x": (0, 1)}, [dirichlet("x", 0.0, side="low")], "u has 1 of 2"),
        (
            lambda u, v, t: (u.dt - v, v.dt + u), {"t": (0, 1)}, initial({"u": 1.0}),
            "v has 0 of 1 along t",
        ),
        (
            lambda u, x, t: u.dt - u.dxx, {"x": (0, 1), "t": (0, 0.1)}, [dirichlet("x", 0.0)],
            "u has 0 of 1 along t",
        ),
    ],
)  # fmt: skip
def test_missing_conditions_are_named(residual, domain, conditions, missing):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        ew.solve(residual, domain, conditions, seconds=0.2)
    assert missing in str(said[0].message)


def test_waves_of_a_coordinate():
    """Their derivatives by x, the way from values to coefficients, and to polynomials."""
    curves = Curves.over(-1.0, 1.5, 8, repeats=True)
    x = torch.linspace(-1.0, 1.5, 7, dtype=F64)
    at = 2 * PI * (x + 1) / 2.5
    assert curves.count == 9
    table = curves.table(x, 3)
    assert torch.allclose(table[0][:, 3], torch.cos(2 * at))
    assert torch.allclose(table[3][:, 4], -((4 * PI / 2.5) ** 3) * torch.cos(2 * at))
    there = curves.transform @ curves.table(curves.nodes(), 0)[0]
    assert torch.allclose(there, torch.eye(9, dtype=F64), atol=1e-12)
    finer = curves.resized(201)
    many = finer.polynomials
    back = many.transform @ finer.table(many.nodes(), 0)[0]
    assert float((many.table(x, 0)[0] @ back - finer.table(x, 0)[0]).abs().max()) < 1e-11


def test_a_soliton_crosses_the_end_of_its_period():
    """u = 3c / cosh²(√c (x - c t) / 2), which e^(-√c 10) cuts off, on waves and as a network."""
    speed = 4.0

    def at(x, t):
        moved = torch.remainder(x - speed * t + 10, 20) - 10
        return 3 * speed / torch.cosh(speed**0.5 / 2 * moved) ** 2

    s = ew.solve(
        lambda u, x, t: u.dt + u * u.dx + u.dxxx, {"x": (-10, 10), "t": (0, 0.2)},
        [initial(lambda x: at(x, torch.full_like(x, 2.4))), periodic("x")],
        tolerance=1e-5, seconds=30,
    )  # fmt: skip
    assert s.pieces[0].curves[0].repeats
    found = missed(s, lambda x, t: at(x, t + 2.4), (-10, 10), (0, 0.2))
    assert found <= 1e-5
    assert found / 3 <= s.error <= 3 * found
    x, (low, high) = torch.linspace(-10, 10, 50, dtype=F64), s.windows[0]
    t = torch.full_like(x, (low + high) / 2)
    made = s.models[0](torch.stack([x, t], 1))[:, 0]
    assert torch.allclose(made, s(x, t), atol=1e-9)


def test_what_meets_itself_in_a_kink_stays_on_polynomials():
    kinked = [initial(lambda x: x**2), periodic("x")]
    with pytest.warns(SolutionWarning, match="conditions contradict each other"):
        s = ew.solve(
            lambda u, x, t: u.dt - u.dxx, {"x": (-1, 1), "t": (0, 0.01)}, kinked,
            tolerance=1e-2, seconds=20,
        )  # fmt: skip
    assert not s.pieces[0].curves[0].repeats
    assert s.error <= 1e-2


def test_a_field_beside_a_constant_of_1e26_takes_part():
    carriers = ew.solve(
        lambda n, x: 1e-3 * n.dxx - n / 1e-6 + 1e26, {"x": (0, 1e-4)}, [dirichlet("x", 0.0)]
    )
    depth = (1e-3 * 1e-6) ** 0.5
    exact = 1e20 * (1 - 1 / math.cosh(0.5e-4 / depth))
    assert float(carriers(0.5e-4)) == pytest.approx(exact, rel=1e-8)


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
def test_conditions_of_any_scale_are_independent_or_not(scale):
    """T_k(±1) = (±1)^k; a condition that is another one's multiple is refused."""
    curves = Curves.over(0.0, 1.0, 6)
    first, last = torch.ones(6, dtype=torch.float64), (-1.0) ** torch.arange(6.0).double()
    made = Constrained.make(curves, [first, scale * last])
    assert made.free.shape == (6, 4)
    assert float((torch.stack([first, last]) @ made.free).abs().max()) < 1e-12
    with pytest.raises(ValueError, match="independent conditions"):
        Constrained.make(curves, [first, scale * first])

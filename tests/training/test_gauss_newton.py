"""Gauss-Newton on residuals of jets: rows of J against autograd, known solutions, constants."""

import math

import pytest
import torch
from torch import nn

import edgewise as ew
from edgewise.training import damped, gauss_newton, residuals
from edgewise.training.linearisation import Prepared
from edgewise.training.residuals import _StackedResiduals

F64 = torch.float64


def grid(*ends, count=40):
    return torch.linspace(*ends, count, dtype=F64)[:, None]


def chebyshev(widths, degree=10, seed=0):
    basis = ew.Chebyshev(degree)
    return ew.KAN(widths, basis=basis, norm=None, base="identity", seed=seed, dtype=F64)


def burgers(u, x, nu):
    value = u.value[:, 0]
    return (
        u.derivative(0, 1)[:, 0] + value * u.derivative(1, 0)[:, 0] - nu * u.derivative(2, 0)[:, 0]
    )


MODELS = {
    "KAN": lambda: ew.KAN([2, 3, 1], basis=ew.BSpline(3, 5), seed=0, dtype=F64),
    "LayerNorm": lambda: ew.KAN([2, 3, 1], basis=ew.Gaussian(4), norm="layer", seed=0, dtype=F64),
    "scaled": lambda: ew.KAN([2, 3, 1], coef_scale=True, seed=0, dtype=F64),
    "products": lambda: ew.KAN([2, (1, 2), 1], basis=ew.Chebyshev(3), seed=0, dtype=F64),
    "MLP": lambda: ew.MLP([2, 5, 1], "tanh", dtype=F64),
}


@pytest.mark.parametrize("name", MODELS)
def test_the_jacobian_is_that_of_autograd(name):
    torch.manual_seed(0)
    model = MODELS[name]().eval()
    x = torch.rand(6, 2, dtype=F64)
    problem = _StackedResiduals.read([model], burgers, [(2, 0), (0, 1)], {"nu": 0.3}, None)
    jacobian, values = problem.rows(0, x)
    nu = torch.tensor(0.3, dtype=F64, requires_grad=True)
    expected = burgers(ew.jets(model, x, [(2, 0), (0, 1)]), x, nu) / len(x) ** 0.5
    torch.testing.assert_close(values, expected.detach())
    wanted = [*problem.linearisation.params, nu]
    for row, value in zip(jacobian, expected, strict=True):
        slopes = torch.autograd.grad(value, wanted, retain_graph=True, materialize_grads=True)
        flat = torch.cat([s.flatten() for s in slopes[:-1]])[problem.linearisation.moving]
        torch.testing.assert_close(row, torch.cat([flat, slopes[-1][None]]), rtol=1e-9, atol=1e-11)


def test_two_networks_solve_a_system():
    """u' = v, v' = -u with u(0) = 0 and v(0) = 1: sine and cosine."""
    models = [chebyshev([1, 1], 12), chebyshev([1, 1], 12, seed=1)]
    inside = grid(-1, 1)
    start = torch.zeros(1, 1, dtype=F64)

    def system(u, v, x):
        return torch.cat([u.derivative(1) - v.value, v.derivative(1) + u.value], 1)

    def begin(u, v, x):
        return torch.cat([u.value, v.value - 1], 1)

    report = gauss_newton(models, [system, begin], [inside, start], orders=1, steps=20)
    assert report.losses[-1] < 1e-8
    at = grid(-1, 1, count=7)
    torch.testing.assert_close(models[0](at), at.sin(), rtol=0, atol=1e-8)
    torch.testing.assert_close(models[1](at), at.cos(), rtol=0, atol=1e-8)


@pytest.mark.parametrize("noise", [0.0, 0.02])
def test_an_unknown_constant_is_found_with_its_error(noise):
    """u' = -k u from points of e^(-1.7 x), and the standard error that noise deserves."""
    generator = torch.Generator().manual_seed(3)
    x = grid(0, 1)
    y = (-1.7 * x).exp()[:, 0] + noise * torch.randn(40, dtype=F64, generator=generator)
    report = gauss_newton(
        chebyshev([1, 1], 8),
        [
            lambda u, x, k: u.derivative(1)[:, 0] + k * u.value[:, 0],
            lambda u, x, k: u.value[:, 0] - y,
        ],
        [x, x],
        orders=1,
        unknowns={"k": 0.5},
        weights=[10.0, 1.0],
        steps=60,
    )
    off, error = abs(report.unknowns["k"] - 1.7), report.errors["k"]
    assert off < (3 * error if noise else 1e-6)
    # What least squares of the curve itself would say: σ / √(Σ (∂u/∂(k, u(0)))²), both fitted.
    slopes = torch.stack([-x[:, 0] * (-1.7 * x[:, 0]).exp(), (-1.7 * x[:, 0]).exp()], 1)
    expected = noise * float(torch.linalg.inv(slopes.t() @ slopes)[0, 0]) ** 0.5
    assert error == pytest.approx(expected, rel=0.4) if noise else error < 1e-6
    assert "k = 1.7" in repr(report) or noise


class Hard(nn.Module):
    """(1 - x²) N(x): zero at both ends, whatever the network."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return (1 - x * x) * self.inner(x)


def poisson(u, x):
    return u.derivative(2)[:, 0] + math.pi**2 * torch.sin(math.pi * x[:, 0])


@torch.no_grad()
def miss(model, at):
    """The greatest error of a solution of Poisson's equation."""
    return float((model(at) - torch.sin(math.pi * at)).abs().max())


def test_points_are_drawn_anew_and_the_solution_holds_between_them():
    model, steps = Hard(chebyshev([1, 4, 1], 8)), []
    generator = torch.Generator().manual_seed(0)

    def draw(step):
        steps.append(step)
        return 2 * torch.rand(100, 1, dtype=F64, generator=generator) - 1

    gauss_newton(model, poisson, draw, steps=40, redraw=10)
    assert steps == [0, 10, 20, 30]
    at = grid(-1, 1, count=101)
    assert miss(model, at) < 1e-6


@pytest.mark.parametrize("most", [60, 40])  # of rows, of which there are 50
def test_more_parameters_than_can_be_factorised(monkeypatch, most):
    model = Hard(chebyshev([1, 6, 1], 9))
    assert sum(p.numel() for p in model.parameters()) > 60
    monkeypatch.setattr(damped, "MOST_DENSE", most)
    monkeypatch.setattr(damped, "SAMPLE", 20)
    report = gauss_newton(model, poisson, grid(-1, 1, count=50), steps=40)
    assert report.losses[-1] < 1e-4
    at = grid(-1, 1, count=101)
    assert miss(model, at) < 1e-4


@pytest.mark.parametrize("way", ["columns", "few rows", "rows", "gradients"])
@pytest.mark.parametrize("constants", [0, 1])
def test_steps_solve_the_damped_equations(monkeypatch, way, constants):
    monkeypatch.setattr(damped, "PANEL", 7)
    monkeypatch.setattr(damped, "SAMPLE", 25)
    monkeypatch.setattr(damped, "ENOUGH", 1e-12)
    most = {"columns": 100, "few rows": 100, "rows": 39, "gradients": 29}[way]
    monkeypatch.setattr(damped, "MOST_DENSE", most)
    monkeypatch.setattr(damped, "FEW_ROWS", 0.0 if way == "columns" else 0.75)
    rows, columns = (30, 40 + constants)
    generator = torch.Generator().manual_seed(0)
    jacobian = torch.randn(columns, rows, dtype=F64, generator=generator).t()
    values = torch.randn(rows, dtype=F64, generator=generator)
    factorise = damped.prepare(jacobian, 40)
    matrix = jacobian.t() @ jacobian
    damping = torch.zeros(columns, dtype=F64)
    damping[:40] = matrix.diagonal()[:40].mean()
    solves = {size: factorise(size) for size in (1.0, 1e-2)}
    for size, solve in solves.items():  # the matrix is the same for every damping
        expected = torch.linalg.solve(matrix + (size * damping).diag(), -jacobian.t() @ values)
        torch.testing.assert_close(solve(values), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("rows", "size"), [(30, 30), (31, 40)])
def test_the_smaller_of_the_two_products_is_factorised(monkeypatch, rows, size):
    sizes, factorise = [], torch.linalg.cholesky_ex
    monkeypatch.setattr(
        torch.linalg, "cholesky_ex", lambda matrix: sizes.append(len(matrix)) or factorise(matrix)
    )
    damped.prepare(torch.randn(rows, 40, dtype=F64), 40)(1.0)
    assert sizes == [size]


def miss_a_root_by(distance, bent):
    """The distance from the root of a map of the plane after one undamped step from beside it."""
    root = torch.tensor([0.4, -0.7], dtype=F64)

    def residuals(p):
        a, b = (p - root).unbind()
        return torch.stack([torch.exp(a + b) - 1 + a * b, 2 * torch.sin(a) - b + a**2 - b**3])

    at = root + distance * torch.tensor([0.6, 0.8], dtype=F64)
    values, jacobian = residuals(at), torch.func.jacrev(residuals)(at)
    solve = damped.prepare(jacobian, 2)(0.0)
    step = solve(values)
    near = residuals(at + damped.DISTANCE * step)
    bend = damped.find_bend(step, jacobian, values, near, solve) if bent else 0 * step
    return float((at + step + bend - root).norm())


@pytest.mark.parametrize(("bent", "order"), [(False, 2), (True, 3)])
def test_a_bent_step_is_of_third_order(bent, order):
    far, near = (miss_a_root_by(distance, bent) for distance in (1e-2, 1e-3))
    assert far / near == pytest.approx(10**order, rel=0.2)


def test_a_bend_that_is_as_long_as_its_step_is_left_out():
    jacobian, values = torch.eye(2, dtype=F64), torch.tensor([1.0, 0.0], dtype=F64)
    solve = damped.prepare(jacobian, 2)(0.0)
    step = solve(values)
    bends = [
        damped.find_bend(step, jacobian, values, values * (1 - damped.DISTANCE) + far, solve)
        for far in (torch.tensor([0.0, 1e-3]), torch.tensor([0.0, 1e-1]))
    ]
    assert float(bends[0].norm()) == pytest.approx(0.1)
    assert bends[1] is None


def test_bent_steps_reach_smaller_errors(monkeypatch):
    def miss_after(steps, seed):
        generator = torch.Generator().manual_seed(seed)
        model = Hard(chebyshev([1, 4, 1], 8, seed=seed))

        def draw(_):
            return 2 * torch.rand(100, 1, dtype=F64, generator=generator) - 1

        gauss_newton(model, poisson, draw, steps=steps)
        return float(miss(model, grid(-1, 1, count=101)))

    bent = [miss_after(80, seed) for seed in (0, 1)]
    monkeypatch.setattr(damped, "MOST_BEND", 0.0)
    straight = [miss_after(80, seed) for seed in (0, 1)]
    assert math.prod(bent) < 0.05 * math.prod(straight)


def test_half_of_a_product_is_the_lower_one(monkeypatch):
    monkeypatch.setattr(damped, "PANEL", 4)
    jacobian = torch.randn(9, 10, dtype=F64)
    lower = damped.lower_products(jacobian).tril()
    torch.testing.assert_close(lower, (jacobian.t() @ jacobian).tril())


def test_a_network_that_follows_its_inputs_is_settled_by_the_first_points():
    model = ew.KAN([1, 3, 1], seed=0, dtype=F64)
    x = grid(100, 200)
    y = torch.sin(x[:, 0] / 20)
    gauss_newton(model, lambda u, x: u.value[:, 0] - y, x, orders=0, steps=30)
    assert ew.evaluate(model, x, y[:, None])["loss"] < 1e-4


def test_it_stops_at_a_tolerance_and_when_the_time_is_over():
    x = grid(-1, 1)
    report = gauss_newton(Hard(chebyshev([1, 1])), poisson, x, steps=50, tolerance=1e-3)
    assert report.steps < 50
    assert report.losses[-1] <= 1e-3
    assert gauss_newton(Hard(chebyshev([1, 1])), poisson, x, steps=50, seconds=0.0).steps == 0


@pytest.mark.parametrize("redrawn", [False, True])
def test_no_seconds_are_no_steps_by_a_coarse_clock_either(redrawn, monkeypatch):
    monkeypatch.setattr("edgewise.training.residuals.time.process_time", lambda: 7.0)
    x = grid(-1, 1)
    points = (lambda step: x) if redrawn else x
    assert gauss_newton(Hard(chebyshev([1, 1])), poisson, points, steps=9, seconds=0.0).steps == 0


@pytest.mark.parametrize("last", [1, 2, 9, 18])
@pytest.mark.parametrize("redrawn", [False, True])
def test_ctrl_c_keeps_the_parameters_of_the_last_step(redrawn, last):
    model, x, calls = Hard(chebyshev([1, 3, 1])), grid(-1, 1), [0]

    def residual(u, x):
        calls[0] += 1
        if calls[0] == last:
            raise KeyboardInterrupt
        return poisson(u, x)

    points = (lambda step: x) if redrawn else x
    report = gauss_newton(model, residual, points, steps=9, redraw=2)
    assert report.interrupted
    assert "interrupted" in repr(report)
    assert report.steps == len(report.losses) < 9
    left = poisson(ew.jets(model, x, 2), x).square().mean().sqrt().item()
    assert not report.losses or left == pytest.approx(report.losses[-1])
    assert not gauss_newton(model, poisson, x, steps=1).interrupted


def nothing(u, x):
    return u.value[:, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda m, x: gauss_newton(nn.Tanh(), nothing, x), "trainable KAN layers"),
        (lambda m, x: gauss_newton(m, [nothing, nothing], x), "each of 2 residuals"),
        (lambda m, x: gauss_newton(m, nothing, x[:, 0]), "points .rows, coordinates."),
        (lambda m, x: gauss_newton(m, nothing, x, weights=[1, 2]), "1 weights"),
        (lambda m, x: gauss_newton(m, lambda u, x: u.value[0], x), "residual of shape"),
        (lambda m, x: gauss_newton(m, lambda u, x: u.value[:, 0] / 0, x), "finite residuals"),
    ],
)
def test_errors_say_what_was_expected(call, message):
    model = chebyshev([1, 1], 3)
    before = [p.clone() for p in model.parameters()]
    with pytest.raises(ValueError, match=message):
        call(model, grid(-1, 1, count=5))
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


class Halved(Prepared):
    """A network of half of its inputs, which are halved once for each drawing of points."""

    def __init__(self, network):
        super().__init__()
        self.network, self.halvings = network, 0

    def forward(self, x):
        return self.prepare(x)()

    def prepare(self, x):
        self.halvings += 1
        half = x * 0.5
        return lambda: self.network(half)


def test_what_depends_on_the_points_alone_is_computed_once_for_each_drawing():
    found = []
    for anew in (True, False):
        model, kept = Halved(chebyshev([1, 3, 1], degree=4)), torch.zeros(40, 1, dtype=F64)

        def draw(step, kept=kept, anew=anew):
            fresh = torch.sin(torch.arange(40, dtype=F64)[:, None] + step)
            return fresh if anew else kept.copy_(fresh)

        def residual(u, x):
            return u.value - torch.exp(3 * x)

        report = gauss_newton(model, residual, draw, orders=0, steps=9, redraw=3)
        found.append(report.losses)
        assert model.halvings == 3
    assert found[0] == found[1]  # the same tensor may hold other points
    assert len(found[0]) == 9


def test_maps_that_follow_the_inputs_settle_on_the_first_points_alone(monkeypatch):
    settled = []
    monkeypatch.setattr(residuals, "settle_in_training", lambda *given: settled.append(given))
    model = chebyshev([1, 1], 4)
    drawn = [grid(-1, 1) + k for k in range(9)]
    gauss_newton(
        model, [lambda u, x: u.value[:, 0] - x[:, 0] ** 3], lambda k: [drawn[min(k, 8)]],
        orders=0, steps=3, redraw=1,
    )  # fmt: skip
    ((found, points),) = settled
    assert found is model
    assert torch.equal(points, drawn[0])

"""Reference solutions: each obeys its equation, or a second method agrees with it."""

import math

import numpy as np
import pytest
import torch

from benchmarks.equations import cavity, closed, marching, ordinary
from benchmarks.equations.cases import CASES
from benchmarks.equations.chebyshev import differentiate, interpolate
from benchmarks.equations.references import NAMES, STORED, read_reference
from benchmarks.processes.spectral import Torus, solve


class Differentiable(torch.Tensor):
    """A field by autograd, with the names of derivatives that `ew.solve` has."""

    @staticmethod
    def make(value, coordinates):
        made = value.as_subclass(Differentiable)
        made.coordinates = coordinates
        return made

    def __getattr__(self, name):
        if not name.startswith("d") or "coordinates" not in self.__dict__:
            raise AttributeError(name)
        value = self.as_subclass(torch.Tensor)
        for letter in name.replace("d", ""):
            (value,) = torch.autograd.grad(value.sum(), self.coordinates[letter], create_graph=True)
        return value


def leave(name, formula, fields, coordinates, points):
    """The residual of a problem for a formula, relative to the size of its fields."""
    case = CASES[name]
    given = {c: points[:, k].clone().requires_grad_() for k, c in enumerate(coordinates)}
    made = formula(*given.values())
    made = made if isinstance(made, tuple) else (made,)
    values = {f: Differentiable.make(value, given) for f, value in zip(fields, made, strict=True)}
    left = case.residual(**values, **given, **case.constants)
    left = left if isinstance(left, tuple) else (left,)
    return max(float(r.detach().as_subclass(torch.Tensor).abs().max()) for r in left)


def draw(low, high, count=200):
    low, high = (torch.tensor(end, dtype=torch.float64) for end in (low, high))
    generator = torch.Generator().manual_seed(3)
    return low + (high - low) * torch.rand(count, len(low), generator=generator).double()


FORMULAS = {
    "poisson": (closed.waves, "u", "xy", ((-1, -1), (1, 1)), 1e-11),
    "helmholtz": (lambda x, y: closed.waves(x, y, 1, 4), "u", "xy", ((-1, -1), (1, 1)), 1e-10),
    "burgers": (closed.burgers, "u", "xt", ((-1, 0.01), (1, 1)), 1e-8),
    "schroedinger": (closed.breather, "uv", "xt", ((-5, 0), (5, 1.5)), 1e-11),
    "plate": (closed.plate_displacements, "uv", "xy", ((0.5, 0.5), (2, 2)), 1e-13),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_leaves_no_residual(name):
    formula, fields, coordinates, (low, high), bound = FORMULAS[name]
    points = draw(low, high)
    assert leave(name, formula, fields, coordinates, points) < bound

    def wrong(*at):
        made = formula(*at)
        made = made if isinstance(made, tuple) else (made,)
        return tuple(1.001 * value + 1e-3 * at[0] ** 2 * at[1] for value in made)

    assert leave(name, wrong, fields, coordinates, points) > 100 * bound


def test_burgers_begins_as_a_sine_and_agrees_with_waves_and_with_twice_the_nodes():
    x = torch.linspace(-1, 1, 41, dtype=torch.float64)
    start = closed.burgers(x, torch.zeros_like(x))
    assert torch.allclose(start, -torch.sin(math.pi * x), atol=1e-14)
    points = draw((-1, 0), (1, 1), 100)
    finer = closed.burgers(*points.unbind(1), nodes=2 * closed.NODES)
    assert torch.allclose(closed.burgers(*points.unbind(1)), finer, atol=1e-14)
    times = np.linspace(0, 0.5, 2)
    waves = marching.burgers_in_waves(times, 0.05, 256, 2e-3)[1]
    at = torch.from_numpy(-1 + 2 * np.arange(256) / 256)
    exact = closed.burgers(at, torch.full_like(at, 0.5), 0.05).numpy()
    assert np.abs(waves - exact).max() < 1e-9


def test_the_breather_begins_as_a_hyperbolic_secant_and_agrees_with_waves():
    torus = Torus((40.0,), (512,))
    x = torus.axes[0] - 20
    start = np.stack([2 / np.cosh(x), np.zeros_like(x)])

    def rest(modes):
        u, v = torus.to_values(modes)
        size = u**2 + v**2
        spread = [torus.derivative(m, 0, 2) / 2 for m in modes]
        return torus.to_fourier(np.stack([-size * v - spread[1], size * u + spread[0]]))

    made = solve(torus, np.zeros((2, 512)), rest, start, np.array([0.0, 0.05]), 1e-4)
    for frame, t in zip(made, (0.0, 0.05), strict=True):
        u, v = closed.breather(torch.from_numpy(x), torch.tensor(t, dtype=torch.float64))
        assert np.abs(frame - np.stack([u, v])).max() < 1e-8


def test_the_plate_has_no_stress_on_its_hole_and_one_far_away():
    angle = torch.linspace(0, 2 * math.pi, 50, dtype=torch.float64)
    for radius, spread in ((closed.RADIUS, 1e-14), (1e4, 1e-7)):
        x, y = radius * angle.cos(), radius * angle.sin()
        xx, yy, xy = closed.plate_stresses(x, y)
        normal, load = (angle.cos(), angle.sin()), float(radius > 1)
        assert (xx * normal[0] + xy * normal[1] - load * normal[0]).abs().max() < spread
        assert (xy * normal[0] + yy * normal[1]).abs().max() < spread


def test_stresses_of_the_plate_are_those_of_its_displacements():
    at = draw((0.5, 0.5), (2, 2), 50)
    given = {"x": at[:, 0].requires_grad_(), "y": at[:, 1].clone().requires_grad_()}
    u, v = (Differentiable.make(f, given) for f in closed.plate_displacements(*given.values()))
    nu, modulus = closed.POISSON_RATIO, closed.YOUNG
    xx = modulus / (1 - nu**2) * (u.dx + nu * v.dy)
    xy = modulus / (2 * (1 + nu)) * (u.dy + v.dx)
    stresses = closed.plate_stresses(*given.values())
    assert torch.allclose(xx, stresses[0], atol=1e-12)
    assert torch.allclose(xy, stresses[2], atol=1e-12)


def test_the_mode_of_the_l_shape_has_the_published_eigenvalue_and_vanishes_on_the_border():
    shape = closed.LShape()
    assert shape.eigenvalue == pytest.approx(9.6397238440219, abs=1e-10)
    s, one = torch.linspace(-1, 1, 101, dtype=torch.float64), torch.ones(101).double()
    border = [(s, one), (one, (s + 1) / 2), (-one, s), ((s - 1) / 2, -one)]
    assert max(float(shape(x, y).abs().max()) for x, y in border) < 1e-10
    # -Δφ = λφ by differences of sixth order around a point.
    h, weights = 0.02, torch.tensor([2, -27, 270, -490, 270, -27, 2]).double() / 180
    steps = h * torch.arange(-3, 4).double()
    x, y = torch.tensor(-0.4).double(), torch.tensor(0.3).double()
    along_x = shape(x + steps, y.expand(7)) @ weights
    along_y = shape(x.expand(7), y + steps) @ weights
    found = -(along_x + along_y) / h**2
    assert float(found) == pytest.approx(
        shape.eigenvalue * float(shape(x[None], y[None])), rel=1e-7
    )


def test_chebyshev_points_differentiate_and_interpolate_polynomials():
    nodes, slope = differentiate(8)
    assert np.allclose(slope @ nodes**5, 5 * nodes**4, atol=1e-12)
    x = np.array([-1.0, -0.3, 0.0, 0.77])
    assert np.allclose(interpolate(nodes, x) @ nodes**7, x**7, atol=1e-13)


def test_allen_cahn_agrees_with_a_finer_one_and_with_waves():
    x, times = np.linspace(-1, 1, 33)[:-1], np.array([0.0, 0.1])
    periodic = marching.allen_cahn(x, times, marching.STANDARD, False, 192, 1e-11)[1]
    waves = marching.allen_cahn_in_waves(times, marching.STANDARD, 1600, 2e-3)[1, ::50]
    assert np.abs(periodic - waves).max() < 1e-9
    fixed = [
        marching.allen_cahn(x, times, marching.SHARP, True, degree, 1e-11)[1]
        for degree in (96, 144)
    ]
    assert np.abs(fixed[0] - fixed[1]).max() < 1e-9


def frame(name, count, fields=1):
    """The stored values at the second time, and all times."""
    reference = read_reference(name)
    times = reference.points[:, -1].unique().numpy()
    values = reference.values.reshape(*[count] * (reference.points.shape[1] - 1), -1, fields)
    return values.select(-2, 1).numpy(), times


def test_what_is_stored_is_what_is_computed():
    x = np.linspace(-1, 1, 201)
    for name, diffusivity, fixed in (
        ("allen-cahn", marching.SHARP, True), ("allen-cahn-standard", marching.STANDARD, False)
    ):  # fmt: skip
        stored, times = frame(name, 201)
        made = marching.allen_cahn(x, times[:2], diffusivity, fixed, 200, 1e-10)[1]
        assert np.abs(stored[:, 0] - made).max() < 1e-8
    stored, times = frame("korteweg-de-vries", 256)
    made = marching.korteweg_de_vries(times[:2], 256, 2e-4)[1]
    assert np.abs(stored[:, 0] - made).max() < 1e-8
    stored, times = frame("kuramoto-sivashinsky", 128)
    made = marching.kuramoto_sivashinsky(times[:2], 128, 5e-5)[1]
    assert np.abs(stored[:, 0] - made).max() < 1e-8
    stored, times = frame("gray-scott", 32, 2)
    made = marching.gray_scott(times[:2], 96, 0.5)[1, :, ::3, ::3]
    assert np.abs(stored - made.transpose(1, 2, 0)).max() < 1e-7


@pytest.mark.parametrize("name", NAMES)
def test_references_have_finite_values_at_points_of_their_domain(name):
    reference = read_reference(name)
    assert len(reference.points) == len(reference.values)
    assert reference.distance(reference.values) == 0 or name.startswith("cavity")
    domain = CASES[name].domain if name not in ("plate", "heat") else None
    if domain is not None:
        low, high = torch.tensor(list(domain().values()), dtype=torch.float64).unbind(1)
        assert ((low <= reference.points) & (reference.points <= high)).all()
    known = reference.values.isfinite()
    assert known.all() or (name.startswith("cavity") and (known.sum(1) == 1).all())


def test_the_cavity_is_near_the_published_table():
    for reynolds in cavity.U:
        u, v = cavity.centre_lines(*cavity.solve_cavity(reynolds, 28))
        printed = cavity.MISPRINT.get(reynolds) != cavity.X
        assert np.abs(u - cavity.U[reynolds]).max() < 6e-3
        assert np.abs(v - cavity.V[reynolds])[printed].max() < 1.1e-2
        stored = read_reference(f"cavity-{reynolds}").values.numpy()
        assert np.abs(u - stored[: len(u), 0]).max() < 3e-3
        assert np.abs(v - stored[len(u) :, 1]).max() < 3e-3


def test_lorenz_by_series_agrees_with_steps_and_with_a_longer_series():
    times = np.linspace(0, 10, 21)
    made = ordinary.lorenz(times)
    assert np.abs(made - ordinary.lorenz_by_steps(times)).max() < 1e-9
    assert np.abs(made - ordinary.lorenz(times, 30, 0.01)).max() < 1e-10


def test_van_der_pol_agrees_with_lienard_through_the_jump():
    reference = read_reference("van-der-pol")
    times = reference.points[:, 0].numpy()
    other = ordinary.van_der_pol_by_lienard(times[::4], 1e-9)
    assert np.abs(other - reference.values[::4, 0].numpy()).max() < 1e-6
    assert reference.values.min() < -1.9  # it has jumped


def test_every_case_has_its_reference():
    assert set(CASES) == set(NAMES)
    assert set(STORED) < set(NAMES)

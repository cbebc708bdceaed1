"""Equations of fields: terms and factors found again in solutions of known equations."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.processes import cases
from benchmarks.processes.spectral import Torus, solve
from edgewise.formula.parse import parse_formula
from edgewise.ode import PdeDiscovery, discover_pde
from edgewise.ode.field_fit import Model, Sides, probability_of
from edgewise.ode.field_reading import read_fields
from edgewise.ode.field_terms import CandidateTerm, Integrals, Symbols, list_terms, unbiased_power
from edgewise.ode.pde import _split
from edgewise.ode.pde_result import _derivative_in_latex
from edgewise.ode.scattered import put_on_grid
from edgewise.ode.windows import Axis, FieldWindows

Array = NDArray[np.float64]


@cache
def burgers() -> cases.Case:
    return cases.burgers(1)


def find(case: cases.Case, **options: Any) -> PdeDiscovery:
    inputs = case.inputs or None
    return discover_pde(
        case.t, case.fields, case.space, inputs=inputs, **{**case.options, **options}
    )


def assert_equations(found: PdeDiscovery, truth: cases.Truth, accuracy: float) -> None:
    for one, (name, factors) in zip(found.equations, truth.items(), strict=True):
        assert one.left == f"{name}_t"
        left = dict(factors)
        for term, value in zip(one.terms, one.values, strict=True):
            # A Laplacian stands for its parts.
            for part in [term] if term in left else term.split(" + "):
                assert value == pytest.approx(left.pop(part), rel=accuracy), term
        assert not left


@pytest.mark.parametrize(
    "case", [burgers, cases.kdv, cases.kuramoto_sivashinsky, cases.heat_with_source]
)
def test_equations_on_a_line_are_found_in_noise(case: Any) -> None:
    clean = case() if case is burgers else case(1)
    found = find(clean.noisy(0.01, 1))
    assert found.found, found.reason
    assert_equations(found, clean.truth, 0.01)
    deviations = [(0.01 * v.std()) for v in clean.fields.values()]
    np.testing.assert_allclose(found.noise, deviations, rtol=0.1)


def test_a_reaction_in_the_plane_is_found() -> None:
    clean = cases.spirals(2)
    # A piece of the plane, whose sides aren't periodic.
    fields = {name: v[:40, :40, :40] for name, v in clean.noisy(0.002, 0).fields.items()}
    space = {name: axis[:40] for name, axis in clean.space.items()}
    found = discover_pde(clean.t[:40], fields, space, derivatives=2)
    assert_equations(found, clean.truth, 0.02)
    assert "u_xx + u_yy" in found.equations[0].terms


def test_an_unknown_source_is_found_as_a_curve() -> None:
    clean = cases.heat_with_source(3)
    found = find(clean.noisy(0.01, 0))
    source = found.equations[0].source
    assert source is not None
    # The difference of two moments gives it, too.
    u, t, torus = clean.fields["u"], clean.t, Torus((2 * np.pi,), (128,))
    bend = torus.derivative(torus.to_fourier(u), 0, 2)
    slope = np.gradient(u, t, axis=0, edge_order=2)
    true = (slope - clean.truth["u"]["u_xx"] * bend)[50]
    place = np.searchsorted(clean.space["x"], source.at)
    assert len(place) > 100
    assert np.abs(source.values - true[place]).max() < 0.1 * np.ptp(true)
    assert len(found.figure().axes) == 2


def test_waves_need_the_second_derivative_in_time() -> None:
    t, x = np.linspace(0, 6, 90), np.linspace(0, 2 * np.pi, 80)
    u = np.zeros((90, 80))
    for k in (1, 2, 3):
        # Damped by 0.2 u_t: u_tt = 1.5² u_xx - 0.2 u_t
        speed = np.sqrt((1.5 * k) ** 2 - 0.01)
        u += np.outer(np.exp(-0.1 * t) * np.cos(speed * t + k), np.sin(k * x + k * k) / k)
    found = discover_pde(t, u, x, order=2, degree=2)
    (one,) = found.equations
    assert found.found, found.reason
    assert one.left == "u_tt"
    made = dict(zip(one.terms, one.values, strict=True))
    assert made == pytest.approx({"u_xx": 2.25, "u_t": -0.2}, rel=0.01)


def test_terms_of_ones_own_and_known_fields() -> None:
    """u_t = 0.3 u_xx - a u + sin(u), a(t, x) known."""
    torus = Torus((2 * np.pi,), (64,))
    t, x = np.linspace(0, 3, 91), torus.axes[0]
    a = 1 + 0.5 * np.cos(x) + 0.4 * np.sin(2 * x) + 0.3 * np.cos(3 * x)

    def rest(modes: Any) -> Any:
        u = torus.to_values(modes)
        return torus.to_fourier(-a * u + np.sin(u))

    start = 3 * torus.smooth_field(np.random.default_rng(0), 3)
    u = solve(torus, (0.3 * torus.laplacian)[None], rest, start[None], t, 0.01)[:, 0]
    known = {"a": np.broadcast_to(a, u.shape) + 0.0}
    found = discover_pde(t, {"u": u}, {"x": x}, inputs=known, terms=["sin(u)"])
    made = dict(zip(found.equations[0].terms, found.equations[0].values, strict=True))
    assert made == pytest.approx({"u_xx": 0.3, "u*a": -1, "sin(u)": 1}, rel=0.01)
    # Without it something else comes near, but leaves more than noise explains.
    u = u + 1e-3 * u.std() * np.random.default_rng(1).standard_normal(u.shape)
    assert not discover_pde(t, {"u": u}, {"x": x}, inputs=known, degree=1).found


def test_noise_and_a_field_without_an_equation_are_no_law() -> None:
    generator = np.random.default_rng(2)
    t, x = np.linspace(0, 1, 80), np.linspace(0, 1, 80)
    assert not discover_pde(t, generator.normal(size=(80, 80)), x).found
    # Smooth in time and space, but moved by nothing that it consists of.
    torus = Torus((1.0, 1.0), (80, 80))
    assert not discover_pde(t, torus.smooth_field(generator, 8), x).found


def test_scattered_points_are_put_on_a_grid() -> None:
    generator = np.random.default_rng(3)
    t, x = generator.uniform(0, 1, 4000), generator.uniform(0, 2 * np.pi, 4000)
    u = sum(np.exp(-0.4 * k * k * t) * np.sin(k * x + k) for k in (1, 2, 3))
    found = discover_pde(t, u, x)
    assert found.equations[0].terms == ["u_xx"]
    assert found.equations[0].values[0] == pytest.approx(0.4, rel=0.02)
    with pytest.raises(ValueError, match="at least 485 scattered points"):
        discover_pde(t[:100], u[:100], x[:100])


def scattered_waves(points: int, noise: float, seed: int) -> tuple[Any, Any, Any]:
    """Points of three waves that move and fade, u_t = 0.5 u_xx - 1.2 u_x."""
    generator = np.random.default_rng(seed)
    t, x = generator.uniform(0, 1, points), generator.uniform(0, 2 * np.pi, points)
    u = sum(np.exp(-0.5 * k * k * t) * np.sin(k * (x - 1.2 * t) + k) for k in (1, 2, 3))
    return t, x, u + noise * generator.standard_normal(points)


def test_a_law_of_noisy_scattered_points_is_claimed_with_its_errors() -> None:
    t, x, u = scattered_waves(1500, 0.02, 0)
    found = discover_pde(t, u, x)
    assert found.found
    assert found.noise == pytest.approx([0.02], rel=0.1)
    (one,) = found.equations
    true = {"u_x": -1.2, "u_xx": 0.5}
    assert set(one.terms) == set(true)
    for term, value, error in zip(one.terms, one.values, one.errors, strict=True):
        assert abs(value - true[term]) < 3 * error < 0.2 * abs(value)


def waves_in_the_plane(t: Array, x: Array, y: Array) -> Array:
    """A solution of u_t = 0.4 (u_xx + u_yy) - 0.5 u_x: five waves, the shortest of length 2π/3."""
    waves = [
        (1, 1, 1.0, 0.3),
        (2, 1, 0.7, 1.0),
        (1, 2, 0.6, 2.0),
        (0, 1, 0.5, 1.0),
        (3, 0, 0.3, 0.5),
    ]
    return sum(
        size * np.exp(-0.4 * (k * k + m * m) * t) * np.cos(k * (x - 0.5 * t) + m * y + phase)
        for k, m, size, phase in waves
    )


def test_no_law_describes_the_bias_of_smoothing() -> None:
    """Few points blur the waves, which a fourth derivative and others then describe very well.

    "u_t = 0.48 u_xx + 0.42 u_yy - 0.50 u_x - 0.08 u_xy + 0.009 u_xxxx" was called a law.
    """
    generator = np.random.default_rng(0)
    t, x, y = generator.uniform(0, [1, 2 * np.pi, 2 * np.pi], (8000, 3)).T
    u = waves_in_the_plane(t, x, y)
    found = discover_pde(t, {"u": u}, {"x": x, "y": y})
    if found.found:
        assert set(found.equations[0].terms) == {"u_x", "u_xx + u_yy"}
    else:
        assert "less finely" in found.reason
    noisy = u + 0.01 * u.std() * generator.standard_normal(8000)
    (one,) = discover_pde(t, {"u": noisy}, {"x": x, "y": y}).equations
    assert one.verdict.kind == "law", one.verdict.reason
    made = dict(zip(one.terms, one.values, strict=True))
    assert made == pytest.approx({"u_x": -0.5, "u_xx + u_yy": 0.4}, rel=0.01)


def test_a_lower_derivative_is_given_where_a_higher_one_is_the_same_function() -> None:
    """For sines of y with the wave number 1, u_xyy is -u_x; it was called a law in noise."""
    t, x, y = np.linspace(0, 1, 45), np.linspace(0, 2 * np.pi, 40), np.linspace(0, 2 * np.pi, 36)
    at, ax, ay = np.meshgrid(t, x, y, indexing="ij")
    u = np.exp(-0.8 * at) * np.sin(ax - 0.5 * at) * np.cos(ay)
    u += 0.7 * np.exp(-2 * at) * np.cos(2 * (ax - 0.5 * at) + ay)
    u += 0.5 * np.exp(-0.4 * at) * np.sin(ay + 1)
    for seed in range(4):
        noise = 0.01 * u.std() * np.random.default_rng(seed).standard_normal(u.shape)
        (one,) = discover_pde(t, {"u": u + noise}, {"x": x, "y": y}).equations
        assert one.verdict.kind != "law" or set(one.terms) == {"u_x", "u_xx + u_yy"}


@pytest.mark.parametrize("noise", [0.01, 0.05])
def test_powers_of_a_resting_field_are_no_part_of_its_source(noise: float) -> None:
    """u is nearly a bump at rest, which the source 2 e^(-(x-3)²)'' upholds.

    With too few splines for the source, u and u² stood in for the rest of it.
    """
    t, x = np.linspace(0, 1, 63), np.linspace(0, 2 * np.pi, 64)
    u = sum(np.exp(-0.5 * k**2 * t)[:, None] * np.sin(k * x + k) for k in (1, 2, 3))
    u = u + 2 * np.exp(-((x - 3) ** 2))
    for seed in range(2):
        noisy = u + noise * u.std() * np.random.default_rng(seed).standard_normal(u.shape)
        (one,) = discover_pde(t, {"u": noisy}, {"x": x}, source="x").equations
        assert one.verdict.kind == "law", one.verdict.reason
        assert one.terms == ["u_xx"]
        assert abs(one.values[0] - 0.5) < 3 * one.errors[0] < 0.1
        assert one.share < 1.2 * one.expected


def test_random_times_and_places_of_a_grid_are_no_obstacle() -> None:
    generator = np.random.default_rng(0)
    t, x = np.sort(generator.uniform(0, 1, 60)), np.sort(generator.uniform(0, 2 * np.pi, 80))
    u = sum(
        np.exp(-0.5 * k**2 * t)[:, None] * np.sin(k * (x - 1.2 * t[:, None]) + k) for k in (1, 2, 3)
    )
    u = u + 0.01 * u.std() * generator.standard_normal(u.shape)
    (one,) = discover_pde(t, {"u": u}, {"x": x}).equations
    assert one.verdict.kind == "law", one.verdict.reason
    made = dict(zip(one.terms, one.values, strict=True))
    assert made == pytest.approx({"u_x": -1.2, "u_xx": 0.5}, rel=0.02)


def test_noise_of_scattered_points_on_the_grid_is_as_large_and_smooth_as_it_is_drawn() -> None:
    """Two sets of values at the same points differ on the grid by √2 times its noise."""
    t, x, u = scattered_waves(900, 0.0, 1)
    generator = np.random.default_rng(2)
    noisy = [u + 0.1 * generator.standard_normal(900) for _ in range(2)]
    _, (one, other), (noise, _) = put_on_grid([t, x], noisy, coarser=1.0)
    assert noise.measured == pytest.approx(0.1, rel=0.1)
    assert noise.size < 0.1
    drawn = noise.draw(generator)
    for apart in (one - other, drawn * np.sqrt(2)):
        assert apart.std() == pytest.approx(np.sqrt(2) * noise.size, rel=0.3)
        steps = np.diff(apart, axis=0)
        assert steps.std() < apart.std() / 2  # neighbours share it


def test_factors_have_honest_errors() -> None:
    """Factors of many noisy copies scatter as their standard errors say."""
    clean = burgers()
    pulls = []
    for seed in range(6):
        (one,) = find(clean.noisy(0.05, seed)).equations
        made = dict(zip(one.terms, zip(one.values, one.errors, strict=True), strict=True))
        truth = clean.truth["u"]
        assert made.keys() == truth.keys()
        pulls += [(made[k][0] - truth[k]) / made[k][1] for k in truth]
    assert 0.6 < np.sqrt(np.mean(np.square(pulls))) < 1.6


@pytest.mark.parametrize("noise", [0.01, 0.05])
def test_a_column_of_noise_is_no_term(noise: float) -> None:
    """u_xxxx of few sines is mostly noise, by which it improves u_xx in least squares.

    Its factor would be the one that lets it cancel the most of the noise of u_xx.
    """
    x = np.linspace(0, 3, 110)
    for seed in range(6):
        random = np.random.default_rng(seed)
        factor = random.uniform(0.05, 1)
        rates = factor * (np.arange(1, 4) * np.pi / 3) ** 2
        t = np.linspace(0, random.uniform(0.2, 1.2) / rates[0], 85)
        decays = np.exp(-rates * t[:, None]) * random.uniform(0.3, 1, 3)
        u = decays @ np.sin(np.outer(np.arange(1, 4) * np.pi / 3, x))
        found = discover_pde(t, u + noise * u.std() * random.normal(size=u.shape), x)
        (one,) = found.equations
        assert one.terms == ["u_xx"], (seed, str(one))
        assert abs(one.values[0] - factor) < 4 * one.errors[0]
        assert one.errors[0] < 0.2 * noise * factor


def test_windows_integrate_by_parts() -> None:
    t, x = np.linspace(0, 2, 60), np.linspace(0, 3, 80)
    u = np.outer(np.exp(-t), np.sin(2 * x))
    data = read_fields(t, u, x, None)
    windows = FieldWindows([Axis.of(t, 0.5, 0.3), Axis.of(x, 0.7, 0.3)])
    # ∂⁴u/∂x⁴ = 16 u, ∂u/∂t = -u
    whole = windows.integrate(u, (0, 0))
    np.testing.assert_allclose(windows.integrate(u, (0, 4)), 16 * whole, atol=1e-3)
    np.testing.assert_allclose(windows.integrate(u, (1, 0)), -whole, atol=1e-6)
    symbols = Symbols.of(data, 2)
    integrals = Integrals(data, symbols, windows, data)
    # By parts and of smoothed fields a term has the same integrals.
    term = next(
        one
        for one in list_terms(data, symbols, 0, 3, 2, 1)
        if one.tree.key == parse_formula("u**2*u_x", symbols.names)[0].key
    )
    assert term.parts
    direct = integrals.of(CandidateTerm(term.tree))
    np.testing.assert_allclose(integrals.of(term), direct, atol=1e-4 * np.abs(direct).max())


def test_powers_of_noisy_values_are_free_of_bias() -> None:
    noise = 0.5 * np.random.default_rng(5).standard_normal(400_000)
    for p in (1, 2, 3, 4):
        assert np.mean(unbiased_power(1.3 + noise, p, 0.5)) == pytest.approx(1.3**p, abs=0.02)


def test_derivatives_are_subscripts_in_latex() -> None:
    written = {"u_t": "u_{t}", "rho_xy": r"\rho_{xy}", "v1_x": "{v_{1}}_{x}", "x": "x"}
    assert {name: _derivative_in_latex(name) for name in written} == written


def test_a_larger_set_of_terms_is_no_rival() -> None:
    columns = np.random.default_rng(6).standard_normal((50, 3))
    rows = Sides(columns, columns[:, 0], np.empty((50, 0)), 50.0)
    best, larger, other = Model((0,), -9.0), Model((0, 1), -8.5), Model((2,), -8.0)
    assert probability_of(best, [best, larger, other], rows) == (pytest.approx(2 / 3), other)


def test_results_are_written_down() -> None:
    found = find(burgers())
    assert str(found).startswith("exact:\n  u_t = ")
    assert "±" in str(found)
    assert found.latex()[0].startswith("u_{t} = ")
    assert "u_{xx}" in found.latex()[0]
    table = found.terms_table()
    assert list(table.term) == ["u*u_x", "u_xx"]
    assert (table.error > 0).all()
    assert {str(s) for s in found.expressions[0].free_symbols} == {"u", "u_x", "u_xx"}


LINE = np.linspace(0, 1, 30)


@pytest.mark.parametrize(
    ("fields", "space", "more", "message"),
    [
        (np.ones((30, 29)), LINE, {}, r"u with shape \(30, 30\)"),
        (np.ones((30, 30)), LINE, {}, "u to vary"),
        (np.full((30, 30), np.nan), LINE, {}, "finite"),
        (np.eye(30), LINE[::-1], {}, "increasing"),
        (np.eye(30), LINE[:5], {}, "at least 20 increasing"),
        ({"u_x": np.eye(30)}, LINE, {}, "letters and digits"),
        ({"x": np.eye(30)}, LINE, {}, "different names"),
        ({}, LINE, {}, "got none"),
        (np.eye(30), LINE, {"order": 3}, "at most 2"),
        (np.eye(30), LINE, {"source": "z"}, "source among t, x"),
        (np.eye(30), LINE, {"terms": ["w"]}, "'w'"),
        (np.eye(30), LINE, {"degree": 10**6}, "at most 500 products of 1 fields, got 1e\\+06"),
        ({f"u{k}": np.eye(30) for k in range(40)}, LINE, {"degree": 2}, "got 861 of degree 2"),
        (np.ma.masked_less(np.eye(30), 0.5), LINE, {}, "870 NaN or infinite values of 900"),
        (1e60 * np.eye(30), LINE, {}, r"u to range over 1e-40 to 1e\+40, got values from 0"),
        (5e-324 * np.eye(30), LINE, {}, "u to range over"),
        (np.eye(30), 1e150 * LINE, {}, "x to range over"),
        (np.eye(30) + 1e3 * (np.arange(900) == 10).reshape(30, 30), LINE, {}, r"1000 at \[0, 10\]"),
        (np.ones((30, 30, 30)), {"x": LINE, "xx": LINE}, {}, "u to vary"),
        (np.eye(30)[:, :, None] + LINE, {"x": LINE, "xx": LINE}, {}, "got u_xx for two of them"),
    ],
)
def test_refusals_say_what_was_expected(
    fields: Any, space: Any, more: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        discover_pde(LINE, fields, space, **more)


@pytest.mark.parametrize("size", [1e-39, 1e39])
@pytest.mark.parametrize("degree", [3, 9])
def test_fields_of_any_size_obey_the_same_equation(size: float, degree: int) -> None:
    """Columns such as u⁹, whose squares overflow or vanish, are no candidates."""
    t, x = np.linspace(0, 1, 30), np.linspace(0, 2 * np.pi, 40)
    modes = [np.exp(-0.5 * k**2 * t)[:, None] * np.sin(k * x + k) for k in (1, 2, 3)]
    with np.errstate(over="ignore", invalid="ignore"):
        found = discover_pde(t, {"u": size * sum(modes)}, {"x": x}, degree=degree).equations[0]
    assert found.terms == ["u_xx"]
    assert found.values == pytest.approx(0.5, rel=1e-4)
    assert np.isfinite(found.errors).all()


@pytest.mark.parametrize("count", [42, 60, 61, 100, 151])
def test_the_last_times_are_held_out_wherever_they_lie(count: int) -> None:
    draw = np.random.default_rng(count)
    for _ in range(50):
        first, length = draw.uniform(-5, 5), draw.uniform(0.1, 20)
        points = np.linspace(first, first + length, count)
        times = Axis.of(points, draw.uniform(0.01, 1) * length, 0.2)
        early, late = _split(FieldWindows([times]), False)
        assert early.sum() >= 2
        assert late.any()
        ends, begins = times.centres[early] + times.half, times.centres[late] - times.half
        assert ends.max() <= begins.min() + 1e-6


def test_each_unknown_field_is_differentiated_alone_and_known_ones_are_not() -> None:
    t, x = np.linspace(0, 2, 30), np.linspace(0, 3, 40)
    u = np.outer(np.exp(-t), np.sin(2 * x))
    data = read_fields(t, {"u": u, "v": u**2}, x, {"w": u + 1})
    symbols = Symbols.of(data, 2)
    for target in (0, 1):
        keys = {one.tree.key for one in list_terms(data, symbols, target, 2, 2, 1)}
        alone = {name: parse_formula(name, symbols.names)[0].key in keys
                 for name in ("u_x", "u_xx", "v_x", "v_xx", "w_x")}  # fmt: skip
        assert alone == {"u_x": True, "u_xx": True, "v_x": True, "v_xx": True, "w_x": False}


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_terms_from_smoothed_fields_are_no_better_description_than_a_noisy_one(seed: int) -> None:
    """T·T_xx and T²·T_xx have less noise than T_xx, of which they are a polynomial here."""
    t, x = np.arange(60.0), np.arange(50.0)
    modes = ((1, 30.0), (2, 15.0), (3, 8.0))
    rates = [4.3 * (k * np.pi / 49) ** 2 for k, _ in modes]
    waves = [a * np.sin(k * np.pi * x / 49) for k, a in modes]
    heat = 20 + sum(np.exp(-r * t)[:, None] * w for r, w in zip(rates, waves, strict=True))
    noise = 0.3 * np.random.default_rng(seed).normal(size=heat.shape)
    (found,) = discover_pde(t, {"T": heat + noise}, {"x": x}).equations
    assert (found.verdict.kind, found.terms) == ("law", ["T_xx"])
    assert abs(found.values[0] - 4.3) < 2 * found.errors[0]


def test_times_far_from_0_are_even_up_to_their_rounding() -> None:
    t, x = np.linspace(0, 1, 60), np.linspace(0, 2 * np.pi, 80)
    fall = [np.exp(-0.5 * k**2 * t)[:, None] * np.sin(k * x + k) for k in (1, 2, 3)]
    found = discover_pde(t + 1e9, {"u": sum(fall)}, {"x": x})
    assert found.equations[0].values == pytest.approx([0.5], rel=3e-6)

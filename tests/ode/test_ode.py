"""Equations of motion: constants, integration, verdicts and refusals, on known systems."""

from __future__ import annotations

from functools import cache, partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import systems
from matplotlib.figure import Figure
from numpy.typing import NDArray
from systems import factors_of, move, noisy, sparse_search

from edgewise.formula.expression import Input, add, exact, free, multiply, power
from edgewise.formula.verdict import Verdict
from edgewise.ode import OdeDiscovery, discover_ode
from edgewise.ode.check import Agreement
from edgewise.ode.interpolation import Interpolant, differentiate, quadrature
from edgewise.ode.result import _draw_state
from edgewise.ode.slopes import estimate_slopes
from edgewise.ode.smoothing import smooth
from edgewise.ode.system import System, integrate
from edgewise.ode.trajectories import Trajectory
from edgewise.ode.verdict import judge_system, terms_of_form
from edgewise.ode.weak import WeakForm

Array = NDArray[np.float64]

find = partial(discover_ode, budget=20.0, progress=False)


@pytest.fixture(autouse=True)
def _quick_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Right-hand sides by a regression on monomials: here it is what comes before and after."""
    monkeypatch.setattr("edgewise.ode.driver.discover", sparse_search)


def constants(found: OdeDiscovery) -> dict[str, float]:
    return factors_of(found.state_names, found)


def assert_constants(found: OdeDiscovery, expected: dict[str, float], accuracy: float) -> None:
    got = constants(found)
    assert got.keys() == expected.keys()
    for term, value in expected.items():
        assert got[term] == pytest.approx(value, rel=accuracy), term


def test_reasons_say_of_which_equation_they_are() -> None:
    agreement = Agreement(np.array([0.9, 0.8]), np.array([0.3, 0.3]), False)
    reasons = {"dx/dt": "too wild", "dv/dt": "another one fits"}

    def reason(names: Any) -> str:
        verdicts = {n: Verdict("approximation", reasons[n]) for n in names}
        equations: Any = [
            SimpleNamespace(output_name=n, verdict=v, found=False) for n, v in verdicts.items()
        ]
        return judge_system(equations, agreement, np.zeros(len(equations)), False).reason

    assert reason(["dx/dt"]) == "too wild"
    assert reason(reasons) == "dx/dt: too wild; dv/dt: another one fits"
    reasons["dv/dt"] = "too wild"
    assert reason(reasons) == "dx/dt and dv/dt: too wild"


DUFFING = {"x: v": 1.0, "v: v": -0.2, "v: x": 1.1, "v: x**3": -0.9}


def oscillator(level: float, steps: int = 400) -> tuple[list[Array], list[Array]]:
    t = np.linspace(0, 20, steps)
    starts = ([1.8, 0.0], [0.3, 0.5])
    states = [noisy(move(systems.duffing, t, s), level, k) for k, s in enumerate(starts)]
    return [t, t], states


@cache
def found_oscillator(level: float) -> OdeDiscovery:
    return find(*oscillator(level), state_names=["x", "v"])


@pytest.mark.parametrize(("level", "accuracy"), [(0.0, 1e-8), (0.02, 0.02)])
def test_the_constants_of_an_oscillator_are_recovered(level: float, accuracy: float) -> None:
    found = found_oscillator(level)
    assert_constants(found, DUFFING, accuracy)
    assert found.trajectory_error < max(1e-7, 1.5 * level)
    held = [c for c in found.checks if c.held_out]
    assert len(held) == 2
    assert all(c.horizon == c.duration for c in held)
    assert (found.noise > 0).all() == (level > 0)
    if level:
        true = level * np.sqrt(np.mean([x.var(0) for x in oscillator(0.0)[1]], axis=0))
        np.testing.assert_allclose(found.noise, true, rtol=0.15)


def test_chaos_is_followed_and_its_constants_found() -> None:
    t = np.linspace(0, 10, 2000)
    found = find(t, move(systems.lorenz, t, [-8, 7, 27]), state_names=["x", "y", "z"])
    expected = {"x: x": -10.0, "x: y": 10.0, "y: x": 28.0, "y: x*z": -1.0, "y: y": -1.0}
    assert_constants(found, {**expected, "z: x*y": 1.0, "z: z": -8 / 3}, 1e-7)
    assert found.found
    assert found.horizon == pytest.approx(2.0, abs=0.01)


def test_a_noisy_epidemic_from_several_outbreaks() -> None:
    t = np.linspace(0, 25, 150)
    starts = [(0.99, 0.01), (0.8, 0.05), (0.6, 0.02)]
    states = [noisy(move(systems.epidemic, t, s), 0.01, k) for k, s in enumerate(starts)]
    found = find([t] * 3, states, state_names=["s", "i"])
    assert_constants(found, {"s: i*s": -1.4, "i: i*s": 1.4, "i: i": -0.35}, 0.02)


@pytest.mark.parametrize("level", [0.0, 0.01])
def test_a_pendulum_under_control(level: float) -> None:
    t = np.linspace(0, 40, 900)
    states = noisy(move(systems.pendulum, t, [0.5, 0.0]), level)
    found = find(t, states, inputs=systems.drive(t), state_names=["a", "w"], input_names=["torque"])
    expected = {"a: w": 1.0, "w: w": -0.3, "w: sin(a)": -4.2, "w: torque": 0.8}
    assert_constants(found, expected, 0.02 if level else 1e-7)
    # From another initial state, at other times, with another control.
    later = np.sort(np.random.default_rng(0).uniform(0, 10, 50))

    def other(t: Any) -> Any:
        return np.cos(2 * t)

    def truth(t: float, x: Array) -> list[float]:
        return [x[1], -0.3 * x[1] - 4.2 * np.sin(x[0]) + 0.8 * other(t)]

    made = found.simulate(later, [-1.0, 0.4], other)
    miss = np.abs(made - move(truth, later, [-1.0, 0.4])).max()
    assert miss < (0.05 if level else 1e-6)


def test_uneven_steps_and_tanks_fed_by_a_pump() -> None:
    t = np.linspace(0, 30, 400)
    t[1:-1] += np.random.default_rng(1).uniform(-0.3, 0.3, 398) * t[1]
    states = [move(systems.tanks, t, s) for s in ([1.0, 0.3], [3.0, 2.0])]
    u = systems.inflow(t)
    found = find([t, t], states, inputs=[u, u], degrees=2)
    expected = {"x0: u0": 0.5, "x0: sqrt(x0)": -0.4, "x1: sqrt(x0)": 0.4, "x1: sqrt(x1)": -0.6}
    assert_constants(found, expected, 1e-6)
    assert found.found


def test_a_reaction_judged_on_a_trajectory_of_ones_own() -> None:
    t = np.linspace(0, 15, 600)
    states = move(systems.brusselator, t, [1.0, 1.0])
    test = (t, move(systems.brusselator, t, [2.5, 2.0]))
    found = find(t, states, state_names=["a", "b"], test=test)
    expected = {"a: 1": 1.0, "a: a": -3.7, "a: a**2*b": 1.0, "b: a": 2.7, "b: a**2*b": -1.0}
    assert_constants(found, expected, 1e-6)
    held = [c for c in found.checks if c.held_out]
    assert [c.data.steps for c in held] == [600]
    assert held[0].error < 1e-5


def test_trajectories_decide_what_is_claimed() -> None:
    t, states = oscillator(0.0)
    # The search may doubt every formula of slopes, which carry the errors of interpolation.
    shy = find(t, states, claim=2.0)
    assert shy.verdict.kind == "exact"
    assert all(d.verdict.kind == "exact" for d in shy.equations)
    # With noise nothing is exact.
    t, states = oscillator(0.01, 200)
    assert find(t, states, claim=2.0).verdict.kind == "law"
    # A search that claims too much: without cubes nothing integrates.
    bold = find(t, states, claim=-9.0, degrees=1)
    assert not bold.found
    assert "noise explains" in bold.reason


def test_a_line_is_a_law_of_motion() -> None:
    """x1' = -x0 was found as a plain linear model; what counts is that it integrates."""
    t = np.linspace(0, 12, 200)
    states = np.stack([np.cos(t), np.sin(t)], 1)
    for level, kind in ((0.0, "exact"), (0.02, "law")):
        found = find(t, noisy(states, level))
        assert found.verdict.kind == kind, found.reason
        assert_constants(found, {"x0: x1": -1.0, "x1: x0": 1.0}, 0.02)


def test_numbers_are_shown_with_their_errors() -> None:
    found = found_oscillator(0.02)
    table = found.constants_table()
    fitted = table[table.equation == "dv/dt"]
    assert len(fitted) == 3
    for value, error in zip(fitted.value, fitted.error, strict=True):
        truth = min((-0.2, 1.1, -0.9), key=lambda c: abs(c - value))
        assert 0 < error < 0.01
        assert abs(value - truth) < 5 * error
    assert all(f"± {error:.1g}" in str(found) for error in fitted.error)


@pytest.mark.parametrize("kind", ["map", "noise"])
def test_steps_without_slopes_are_no_law_of_motion(kind: str) -> None:
    generator = np.random.default_rng(4)
    x = generator.normal(size=200)
    if kind == "map":
        x[0] = 0.3
        for k in range(199):
            x[k + 1] = np.clip(3.7 * x[k] * (1 - x[k]) + 0.01 * x[k + 1], 0.0, 1.0)
    found = find(np.arange(200.0), x)
    assert not found.found
    assert "smooth curve misses" in found.reason


def test_a_form_that_the_data_hardly_tell_from_another_is_less_probable() -> None:
    # So near to zero sin x is x, for the noise.
    t = np.linspace(0, 8, 300)
    states = 0.2 * np.exp(-0.5 * t)[:, None]
    found = find(t, noisy(states, 0.02))
    # What tells them is the prior alone.
    assert found.verdict.probability is not None
    assert 0.9 < found.verdict.probability < 0.9999
    # Without noise they are told apart.
    assert find(t, states).verdict.probability == pytest.approx(1, abs=1e-9)


def test_too_few_data_to_hold_any_out_are_no_law() -> None:
    t = np.linspace(0, 6, 30)
    found = find(t, move(systems.epidemic, t, [0.9, 0.1]))
    assert not found.found
    assert "too few data" in found.reason
    assert [c.held_out for c in found.checks] == [False]


def test_the_same_seed_gives_the_same_answer() -> None:
    again = find(*oscillator(0.02), state_names=["x", "v"])
    assert str(again.trees) == str(found_oscillator(0.02).trees)


def test_forms_are_the_same_however_they_are_written() -> None:
    x, y = Input(0), Input(1)
    together = multiply(x, add(multiply(free(1.4), y), free(-0.35)))
    apart = add(multiply(free(2.0), x, y), multiply(exact(-1, 3), x))
    assert terms_of_form(together) == terms_of_form(apart)
    square = add(power(x, 2), multiply(free(3.0), x, y), power(y, 2))
    assert terms_of_form(power(add(x, y), 2)) == terms_of_form(square)
    assert terms_of_form(power(x, 2)) != terms_of_form(power(x, 3))
    assert terms_of_form(apart) != terms_of_form(add(apart, free(1.0)))


def test_a_simulation_that_diverges_ends_in_nan() -> None:
    # dx/dt = x² from 1 reaches infinity at t = 1.
    system = System([power(Input(0), 2)])
    t = np.linspace(0, 2, 21)
    made = integrate(system, t, np.array([1.0]), lambda at: np.empty((len(at), 0)))
    np.testing.assert_allclose(made[:10, 0], 1 / (1 - t[:10]), rtol=1e-7)
    assert np.isnan(made[11:]).all()


def test_a_stiff_system_does_not_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgewise.ode.system.MOST_STEPS", 500)
    system = System([multiply(free(-1e9), Input(0))])
    t = np.array([0.0, 1e3])
    made = integrate(system, t, np.array([1.0]), lambda at: np.empty((len(at), 0)))
    assert np.isnan(made[1]).all()


def test_slopes_through_neighbours_are_accurate_on_uneven_steps() -> None:
    t = np.sort(np.random.default_rng(2).uniform(0, 6, 200))
    slopes, error, edge = differentiate(t, np.sin(2 * t)[:, None])
    inner = slice(edge, -edge)
    true = 2 * np.cos(2 * t)[:, None]
    assert np.abs(slopes - true)[inner].max() < 1e-7
    assert np.mean((np.abs(slopes - true) <= error + 1e-13)[inner]) > 0.5


@pytest.mark.parametrize("step", [0.25, 0.5, 1.0])
def test_slopes_and_inputs_between_steps_dont_depend_on_the_unit_of_time(step: float) -> None:
    """Distances of exactly 1 between times are like all others."""
    k = np.arange(40.0)
    values = np.sin(0.3 * k)[:, None]
    at = k[:-1] + 0.5
    expected = Interpolant(k * 0.3, values)(at * 0.3)
    np.testing.assert_allclose(Interpolant(k * step, values)(at * step), expected, atol=1e-13)
    assert np.abs(expected[:, 0] - np.sin(0.3 * at)).max() < 1e-4
    slopes, _, edge = differentiate(k * step, values)
    inner = slice(edge, -edge)
    np.testing.assert_allclose(slopes[inner, 0] * step, 0.3 * np.cos(0.3 * k)[inner], atol=1e-10)


def test_quadrature_and_interpolation() -> None:
    t = np.sort(np.random.default_rng(3).uniform(0, 1, 40))
    exact_value = (t[-1] ** 4 - t[0] ** 4) / 4
    assert quadrature(t) @ t**3 == pytest.approx(exact_value, rel=1e-12)
    values = np.stack([np.sin(3 * t), (t > 0.5).astype(float)], 1)
    at = np.linspace(t[0], t[-1], 500)
    made = Interpolant(t, values)(at)
    assert np.abs(made[:, 0] - np.sin(3 * at)).max() < 1e-5
    # A switch doesn't overshoot.
    assert made[:, 1].min() > -0.05
    assert made[:, 1].max() < 1.05


def test_smoothing_beats_the_noise_over_pieces() -> None:
    t = np.linspace(0, 40, 1300)
    true = np.stack([np.sin(t), np.cos(0.3 * t)], 1)
    made, noise, _ = smooth(
        [t], [true + 0.05 * np.random.default_rng(4).standard_normal((1300, 2))]
    )
    np.testing.assert_allclose(noise, 0.05, rtol=0.1)
    assert np.sqrt(np.mean((made[0].values - true) ** 2)) < 0.015
    slopes = np.stack([np.cos(t), -0.3 * np.sin(0.3 * t)], 1)
    miss = np.abs(made[0].slopes - slopes)
    assert np.sqrt(np.mean(miss**2)) < 0.05
    assert np.mean(miss < 2 * made[0].errors) > 0.9


def test_the_weak_form_fits_numbers_without_slopes() -> None:
    t = np.linspace(0, 10, 1000)
    states = np.exp(-0.5 * t)[:, None] * 3
    data = Trajectory(t, noisy(states, 0.02), np.empty((1000, 0)))
    weak = WeakForm.of([data], [states], 2.0)
    assert weak is not None
    tree, _ = weak.refit(multiply(free(-2.0), Input(0)), 0)
    assert tree.numbers()[0].value == pytest.approx(-0.5, rel=0.02)
    # Not linear in its numbers: dx/dt = -a·x^p.
    tree, _ = weak.refit(multiply(free(-0.6), power(Input(0), free(1.3))), 0)
    assert [n.value for n in tree.numbers()] == pytest.approx([-0.5, 1.0], abs=0.03)
    # An exact number stays.
    tree, _ = weak.refit(add(multiply(exact(-1), Input(0)), free(0.0)), 0)
    assert tree.numbers()[0].value == -1


GOOD = np.linspace(0, 1, 20)


@pytest.mark.parametrize(
    ("t", "states", "more", "message"),
    [
        (GOOD[:9], GOOD[:9], {}, "at least 10 steps, got 9"),
        (GOOD[::-1], GOOD, {}, "increasing times"),
        (GOOD.reshape(4, 5), GOOD, {}, r"shape \(steps,\), got \(4, 5\)"),
        (GOOD, GOOD[:-1], {}, r"states expected shape \(20, columns\)"),
        (GOOD, GOOD * 1j, {}, "states expected real numbers, got torch.complex"),
        (GOOD, np.where(GOOD > 0.5, np.nan, GOOD), {}, "states expected finite numbers"),
        (GOOD, np.array(["a"] * 20), {}, "states expected numbers"),
        (GOOD, GOOD, {"inputs": GOOD[:5]}, r"inputs expected shape \(20, columns\)"),
        ([GOOD, GOOD], [GOOD], {}, "expected 2 arrays of states"),
        ([GOOD, GOOD], [GOOD, np.stack([GOOD, GOOD], 1)], {}, "1 states and 0 inputs"),
        (GOOD, GOOD, {"state_names": ["a", "b"]}, "1 different names of states"),
        (GOOD, np.stack([GOOD, GOOD], 1), {"state_names": ["a", "a"]}, "different names"),
        (GOOD, GOOD, {"smoothing": "much"}, "smoothing among"),
        (GOOD, GOOD, {"test": GOOD}, r"\(t, states\)"),
        (GOOD, GOOD, {"test": (GOOD, np.stack([GOOD, GOOD], 1))}, "test trajectories of 1"),
    ],
)
def test_refusals_say_what_was_expected(t: Any, states: Any, more: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        find(t, states, **more)


def test_a_simulation_checks_what_it_is_given_and_a_figure_is_drawn() -> None:
    t = np.linspace(0, 10, 100)
    u = np.sin(t)

    def pushed(t: float, x: Array) -> list[float]:
        return [-0.5 * x[0] + np.sin(t)]

    found = find(t, move(pushed, t, [1.0]), inputs=u)
    assert_constants(found, {"x0: x0": -0.5, "x0: u0": 1.0}, 1e-4)
    np.testing.assert_allclose(found.simulate(t, [2.0], u), move(pushed, t, [2.0]), atol=1e-4)
    for arguments, message in [
        ((t, [1.0, 2.0], u), "initial state"),
        ((t, [1.0]), "got none"),
        ((t, [1.0], u[:5]), r"shape \(100, 1\)"),
        ((t[::-1], [1.0], u), "increasing"),
    ]:
        with pytest.raises(ValueError, match=message):
            found.simulate(*arguments)
    assert "dx0/dt = " in str(found)
    figure = found.figure()
    assert len(figure.axes) == 1
    (legend,) = figure.legends
    assert [t.get_text() for t in legend.get_texts()] == ["data", "simulated from the first state"]


def test_a_simulation_that_leaves_the_data_does_not_flatten_the_figure() -> None:
    """The axes are those of the data, of all states, with some room."""
    t = np.linspace(0, 1, 20)
    rising, falling = (t, np.sin(t), 1e9 * t), (t, 5 - 2 * t, -1e9 * t)
    for traces, ends in [
        ([rising], (-0.3 * np.sin(1), 1.3 * np.sin(1))),
        ([rising, falling], (-0.3 * np.sin(1), 5.6)),
    ]:
        axes = Figure().subplots()
        _draw_state("x", "", traces).draw(axes)
        assert axes.get_ylim() == pytest.approx(ends)


@pytest.mark.parametrize("size", [1e300, 1e-300, 1e-310])
@pytest.mark.parametrize("what", ["times", "states"])
def test_times_and_states_whose_slopes_overflow_are_refused(what: str, size: float) -> None:
    t, states = np.linspace(0, 4, 41), np.exp(-0.7 * np.linspace(0, 4, 41))[:, None]
    given = (size * t, states) if what == "times" else (t, size * states)
    with pytest.raises(ValueError, match=f"{what} whose largest is between 1e-50 and"):
        discover_ode(*given, progress=False)


@pytest.mark.parametrize("budget", [len, "5", 0, np.nan, np.inf])
def test_a_budget_that_is_none(budget: Any) -> None:
    with pytest.raises(ValueError, match="discover_ode expected a finite budget above 0 seconds"):
        discover_ode(np.arange(20.0), np.arange(20.0), budget=budget, progress=False)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"seed": "a"}, "discover_ode expected seed to be an integer ≥ 0, got 'a'"),
        ({"seed": np.inf}, "discover_ode expected seed to be an integer ≥ 0, got inf"),
        ({"n_jobs": 0.5}, "discover_ode expected n_jobs to be a number of processes, got 0.5"),
        ({"progress": "no"}, "discover_ode expected progress to be True or False, got 'no'"),
        ({"state_names": 3}, "discover_ode expected names of states in a list, got 3"),
        ({"state_names": "a"}, "discover_ode expected names of states in a list, got 'a'"),
        (
            {"order": 2, "input_names": ["x0_dot"]},
            r"different names, got \['x0', 'x0_dot', 'x0_dot'",
        ),
    ],
)
def test_settings_are_checked_before_anything_is_computed(settings: Any, message: str) -> None:
    t = np.arange(20.0)
    with pytest.raises(ValueError, match=message):
        discover_ode(t, np.sin(t), inputs=np.cos(t), **settings)


def test_a_state_of_rounding_errors_has_no_window() -> None:
    """It turns at each step, so that a window of the weak form holds no time."""
    t = np.linspace(0, 10, 200)
    states = np.stack([np.sin(t), 1e6 + 1e-3 * np.cos(t), 5 + 1e-12 * t], 1)
    assert len(find(t, states).equations) == 3


@pytest.mark.parametrize("digits", [1, 2])
def test_rounded_states_are_noisy_although_most_neighbours_lie_on_a_parabola(digits: int) -> None:
    t = np.linspace(0, 60, 120)[:96]
    states = np.round(21 + 60 * np.exp(-0.05 * t), digits)[:, None]
    one = Trajectory(t, states, np.empty((96, 0)))
    _, slopes = estimate_slopes([one], "auto", order=1)
    assert slopes.smoothed
    assert 0.5 < slopes.noise[0] / (10.0**-digits / np.sqrt(12)) < 1.5


def test_states_that_are_exact_on_few_digits_are_not_noisy() -> None:
    t = np.arange(60.0)
    _, slopes = estimate_slopes(
        [Trajectory(t, (t**2 / 2)[:, None], np.empty((60, 0)))], "auto", order=1
    )
    assert not slopes.smoothed


@pytest.mark.parametrize("gap", [1e-2, 1e-4, 1e-6])
def test_noise_is_seen_where_two_steps_are_close(gap: float) -> None:
    """Slopes between close steps are huge: they must not count as the slopes' spread."""
    t = np.linspace(0, 10, 120)
    t[61] = t[60] + gap
    states = np.stack([np.cos(t), np.sin(t)], 1)
    for level in (0.0, 0.02):
        noise = level * np.random.default_rng(0).normal(size=states.shape)
        one = Trajectory(t, states + noise, np.empty((120, 0)))
        assert estimate_slopes([one], "auto", order=1)[1].smoothed == (level > 0)

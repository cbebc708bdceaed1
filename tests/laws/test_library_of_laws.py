"""Every law of the library: its text, its starts, its numbers."""

from __future__ import annotations

import math
from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from scipy import special

import edgewise as ew
from edgewise.laws.assignment import promote
from edgewise.laws.library import LAWS
from edgewise.laws.naming import families
from edgewise.laws.noise import Normal
from edgewise.laws.solve import FitProblem, solve
from edgewise.laws.start import guess_law, spread_out
from edgewise.laws.suggest import Screen

PYTHON = {
    **{n: getattr(np, n) for n in ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh")},
    **{n: getattr(np, n) for n in ("tanh", "arcsin", "arccos", "arctan", "abs", "sinc")},
    "erf": special.erf,
    "sinc": lambda u: np.sinc(u / np.pi),
    "jinc": lambda u: 2 * special.j1(u) / u,
    "pi": math.pi,
    "e": math.e,
}


def rows_of(law, count, rng):
    """Rows within the ranges of a law's example: even in the first input, random in others."""
    first, *others = law.ranges.values()
    columns = [np.linspace(*first, count), *(rng.uniform(*r, count) for r in others)]
    return np.stack(columns, 1)


@pytest.mark.parametrize("field", ew.laws.fields())
def test_the_formula_is_what_its_text_says(field):
    for name in ew.laws.names(field):
        check_the_formula_is_what_its_text_says(name)


def check_the_formula_is_what_its_text_says(name):
    law = LAWS[name]
    rng = np.random.default_rng(0)
    x = rows_of(law, 30, rng)
    scope = {**PYTHON, **law.numbers, **dict(zip(law.inputs, x.T, strict=True))}
    expected = eval(law.text, {"__builtins__": {}}, scope)
    with np.errstate(all="ignore"):
        found = law(x, **law.numbers) if len(law.inputs) > 1 else law(x[:, 0], **law.numbers)
    assert np.isfinite(found).all()
    assert np.allclose(found, expected, rtol=1e-10, atol=1e-12 * np.abs(expected).max())
    assert np.ptp(found) > 0


@pytest.mark.parametrize("field", ew.laws.fields())
def test_slopes_are_those_of_differences(field):
    for name in ew.laws.names(field):
        check_slopes_are_those_of_differences(name)


def check_slopes_are_those_of_differences(name):
    law = LAWS[name]
    x = rows_of(law, 12, np.random.default_rng(1))
    theta = np.array(list(law.numbers.values()))
    _, slopes, _ = law.curve.derivatives(x, theta)
    for k, value in enumerate(theta):
        step = 1e-6 * abs(value) or 1e-6
        up, down = theta.copy(), theta.copy()
        up[k], down[k] = value + step, value - step
        expected = (law.curve.values(x, up) - law.curve.values(x, down)) / (2 * step)
        size = np.abs(expected).max() + 1e-9 * np.abs(law.curve.values(x, theta)).max() / step
        assert np.allclose(slopes[:, k], expected, rtol=1e-4, atol=1e-5 * size)


@pytest.mark.parametrize("field", ew.laws.fields())
def test_the_parameters_are_determined(field):
    """No parameter makes up for another one: columns of relative slopes are independent."""
    for name in ew.laws.names(field):
        law = LAWS[name]
        theta = np.array(list(law.numbers.values()))
        x = rows_of(law, 200, np.random.default_rng(0))
        slopes = law.curve.derivatives(x, theta)[1]
        singular = np.linalg.svd(slopes / np.linalg.norm(slopes, axis=0), compute_uv=False)
        assert singular[-1] > 1e-7, name


@pytest.mark.parametrize("field", ew.laws.fields())
def test_a_fit_of_exact_rows_leaves_nothing(field):
    """Of one law each: that starts lead to the numbers, the next test says of all."""
    law = LAWS[ew.laws.names(field)[0]]
    x = rows_of(law, 60, np.random.default_rng(3))
    y = law.curve.values(x, np.array(list(law.numbers.values())))
    fitted = ew.fit_law(law, x, y)
    assert fitted.converged
    assert fitted.deviation <= 1e-6 * np.ptp(y)


@pytest.mark.parametrize("name", LAWS)
def test_a_fit_finds_the_numbers_again(name):
    law = LAWS[name]
    rng = np.random.default_rng(3)
    x = rows_of(law, 60, rng)
    y = law.curve.values(x, np.array(list(law.numbers.values())))
    noise = 0.01 * np.abs(y).mean()
    noisy = ew.fit_law(law, x, y + noise * rng.normal(size=60), sigma=noise)
    assert noisy.p > 1e-3
    for parameter, value in law.numbers.items():
        error = noisy.errors[parameter]
        assert abs(noisy.estimates[parameter] - value) <= 5 * error + 1e-9 * abs(value)


@pytest.mark.parametrize("field", ew.laws.fields())
def test_an_entry_is_complete(field):
    for name in ew.laws.names(field):
        check_an_entry_is_complete(name)


def check_an_entry_is_complete(name):
    law = LAWS[name]
    assert name == law.name
    assert name.isidentifier()
    assert law.field in ew.laws.fields()
    assert law.title
    assert law.source
    assert len({*law.inputs, *law.numbers, law.output}) == len(law.inputs) + len(law.numbers) + 1
    assert all(p.meaning for p in law.parameters)
    for parameter in law.parameters:
        assert parameter.lower <= law.numbers[parameter.name] <= parameter.upper
    assert law.title.split()[0] in repr(law)
    assert "<table>" in law._repr_html_()
    if law.grows_from:
        smaller = LAWS[law.grows_from]
        count = len(smaller.parameters)
        assert [p.name for p in law.parameters[:count]] == [p.name for p in smaller.parameters]


def relative_slopes(law, count=30):
    """Rows near a law's example, its numbers changed a little, and ∂log|f|/∂θ."""
    rng = np.random.default_rng(4)
    x = rows_of(law, count, rng)
    theta = np.array(list(law.numbers.values())) * rng.uniform(0.95, 1, len(law.numbers))
    x = x[law.curve.values(x, theta) != 0]
    y, slopes, _ = law.curve.derivatives(x, theta)
    return x, theta, slopes / y[:, None]


def is_constant(column):
    return np.ptp(column) <= 1e-8 * np.abs(column).max()


def test_products_of_powers_are_those_that_say_so():
    """Of an exponent, ∂log f/∂θ is the logarithm of an input; of a factor it is constant."""
    found = set()
    for law in LAWS.values():
        x, _, slopes = relative_slopes(law)
        if not (x > 0).all():
            continue
        logs = [any(np.allclose(s, column, rtol=1e-9) for column in np.log(x).T) for s in slopes.T]
        if any(logs) and all(a or is_constant(s) for a, s in zip(logs, slopes.T, strict=True)):
            found.add(law.name)
    assert found == {law.name for law in LAWS.values() if law.by_logs}


def test_parameters_that_can_be_exchanged_are_sorted():
    """The curve with two numbers exchanged is the same, once factors and terms are fitted anew."""
    for law in LAWS.values():
        x, theta, slopes = relative_slopes(law)
        y = law.curve.values(x, theta)
        steps = np.diag(0.1 * theta)  # a term's slope stays when its own number changes
        further = [law.curve.derivatives(x, theta + step)[1] / y[:, None] for step in steps]
        linear = [
            is_constant(slopes[:, k]) or np.allclose(far[:, k], slopes[:, k], rtol=1e-9)
            for k, far in enumerate(further)
        ]
        found = set()
        for pair in combinations(np.flatnonzero(np.logical_not(linear)), 2):
            other = theta.copy()
            other[list(pair)] = theta[list(pair[::-1])]
            if (other < law.lower).any() or (other > law.upper).any():
                continue
            columns = law.curve.derivatives(x, other)[1][:, linear]
            if not (np.isfinite(columns).all() and columns.size):
                continue
            left = y - columns @ np.linalg.lstsq(columns, y)[0]
            if np.linalg.norm(left) <= 1e-8 * np.linalg.norm(y):
                found |= {law.parameters[k].name for k in pair}
        assert found == set(law.order), law.name


def test_groups_that_are_alike_can_be_exchanged():
    for law in LAWS.values():
        x, theta, _ = relative_slopes(law)
        numbers = dict(zip(law.numbers, theta, strict=True))
        for one, other in pairwise(law.alike):
            turned = numbers | {
                a: numbers[b] for a, b in zip(one + other, other + one, strict=True)
            }
            values = law.curve.values(x, np.array(list(turned.values())))
            assert np.allclose(values, law.curve.values(x, theta), rtol=1e-9), law.name


def takes_the_values_of(law, other, enough=math.inf):
    """Whether a law is another one on some order of its inputs, at numbers near its example's.

    Args:
        enough: the part of the variance that the first guess may leave.
    """
    rng = np.random.default_rng(5)
    x = rows_of(other, 12, rng)
    numbers = np.array(list(other.numbers.values())) * rng.uniform(0.9, 1.1, len(other.numbers))
    y = other.curve.values(x, np.clip(numbers, other.lower, other.upper))
    sigma = np.full(len(y), y.std())
    for order in permutations(range(x.shape[1])):
        rows = FitProblem(law.curve, Normal(sigma), x[:, order], y, law.lower, law.upper)
        near = guess_law(law, rows)
        if not len(near.missed) or near.missed[0] * np.square(y).mean() > enough * y.var():
            continue
        for start in spread_out(near, 3).theta:
            if any(
                solve(rows, start, most=60, projected=first).cost < 1e-12 * len(y)
                for first in (True, False)
            ):
                return True
    return False


@pytest.mark.parametrize("name", [n for n, law in LAWS.items() if law.same_as])
def test_a_law_that_is_another_one_has_its_values(name):
    root = LAWS[LAWS[name].same_as]
    assert not root.same_as
    assert len(root.parameters) == len(LAWS[name].parameters)
    assert takes_the_values_of(root, LAWS[name])


def test_laws_that_are_the_same_functions_say_so():
    """Of one number; those of more numbers were compared once, which takes a minute."""
    roots = [w for w in LAWS.values() if not w.same_as and len(w.parameters) == 1]
    kinds = {w.name: families(w.curve.tree, frozenset(range(len(w.inputs)))) for w in roots}
    alike = [
        (law.name, other.name)
        for law in roots
        for other in roots
        if law is not other
        and len(law.inputs) == len(other.inputs)
        and len(law.parameters) == len(other.parameters)
        and kinds[law.name] == kinds[other.name]
        and takes_the_values_of(law, other, enough=0.05)
    ]
    assert not alike


def test_names_fields_and_what_is_found_by_them():
    assert set(ew.laws.names()) == set(LAWS)
    for field in ew.laws.fields():
        assert ew.laws.names(field)
    assert "michaelis_menten" in ew.laws.find("monod")
    with pytest.raises(ValueError, match="field"):
        ew.laws.names("alchemy")
    with pytest.raises(ValueError, match="michaelis_menten"):
        ew.laws.get("michaelis-menten")


def test_a_law_is_called_with_all_its_parameters():
    law = ew.laws.get("michaelis_menten")
    with pytest.raises(ValueError, match="give Km"):
        law(1.0, Vmax=2.0)
    with pytest.raises(ValueError, match="isn't one"):
        law(1.0, Vmax=2.0, Km=1.0, n=3)
    with pytest.raises(ValueError, match="1 inputs"):
        law(1.0, 2.0, Vmax=2.0, Km=1.0)


def test_a_law_is_drawn():
    axes = ew.laws.get("gompertz").plot(K=3.0).axes[0]
    assert axes.get_title(loc="left") == "Gompertz growth"
    assert axes.lines[0].get_ydata()[-1] == pytest.approx(3, rel=0.05)


def test_a_screen_reaches_the_noise_of_each_law():
    # Of factors and rates of which one makes up for the other, too, as in a exp(-b/x).
    missed = []
    for law in LAWS.values():
        if len(law.parameters) > 3 or len(law.inputs) > 1 or law.same_as or law.name == "beat":
            continue
        rng = np.random.default_rng(1)
        x = rows_of(law, 80, rng)
        curve = law.curve.values(x, np.array(list(law.numbers.values())))
        y = curve + 0.01 * curve.std() * rng.normal(size=len(x))
        screen = Screen.of(x, y, None, lambda count: None)
        columns = tuple(range(x.shape[1]))
        starts = spread_out(screen.guess(law, columns), 2).theta
        made = screen.descend(law, columns, starts)
        if not made.fvu <= 1.05 * np.mean(np.square(y - curve)) / np.var(y):
            missed.append((law.name, made.fvu))
    assert not missed


def test_parameters_that_become_inputs_are_exchanged_no_more():
    for law in LAWS.values():
        exchanged = [law.order, *law.alike]
        for p in law.parameters if any(exchanged) else ():
            moved = promote(law.name, (p.name,))
            assert [q.name for q in moved.parameters] == [n for n in law.numbers if n != p.name]
            assert moved.order == (law.order if p.name not in law.order else ())
            assert moved.alike == (() if any(p.name in group for group in law.alike) else law.alike)
            x = rows_of(law, 5, np.random.default_rng(0))
            value = law.numbers[p.name]
            others = {n: v for n, v in law.numbers.items() if n != p.name}
            found = moved(np.column_stack([x, np.full(5, value)]), **others)
            np.testing.assert_allclose(found, law(x, **law.numbers).ravel(), rtol=1e-12)


def test_every_law_has_a_field():
    assert all(law.field for law in LAWS.values())

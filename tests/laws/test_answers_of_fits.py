"""What fits tell, and how laws are found and named, function by function."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

import edgewise as ew
from edgewise.formula.expression import Input, add, apply, exact, free, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.laws.assignment import name_inputs
from edgewise.laws.curve import Curve
from edgewise.laws.errors import read_errors
from edgewise.laws.fitted import _write_interval
from edgewise.laws.library import LAWS, get
from edgewise.laws.naming import (
    _begin_as,
    _choose,
    _is_told,
    _list_aliases,
    _noise,
    _rename,
    divides_by_sum,
    families,
    name_formula,
)
from edgewise.laws.noise import Normal
from edgewise.laws.read import column_names, get_column, read_inputs, read_vector
from edgewise.laws.solve import FitProblem
from edgewise.laws.start import (
    _by_logs,
    _strongest_waves,
    guess_any,
    guess_law,
)
from edgewise.laws.suggest import (
    FRAMED,
    FRAMES,
    Screen,
    SuggestedLaw,
    _is_sum,
    _suggest_sums,
    every_law,
    fit_choices,
    framed,
    suggest_laws,
)

X, Y = Input(0), Input(1)
G = np.random.default_rng(0)
T = np.linspace(0.5, 5, 12)
NOISE = 0.1 * np.random.default_rng(1).normal(size=12)
LINE = 1.5 * T + 0.7 + NOISE
A = np.column_stack([T, np.ones(12)])


def rows_for(law, x, y):
    x = np.reshape(x, (len(y), -1))
    return FitProblem(law.curve, Normal(np.ones(1)), x, y, law.lower, law.upper)


def screen_of(x, y, weight=None):
    return Screen.of(np.reshape(x, (len(y), -1)), y, weight, lambda _: None)


# ---- a line, as in textbooks ------------------------------------------------------------------


@pytest.mark.parametrize("sigma", [None, 0.2])
def test_a_line_has_the_errors_of_linear_regression(sigma):
    fitted = ew.fit_formula("a*t + b", {"t": T, "y": LINE}, target="y", sigma=sigma)
    c, (rss,) = np.linalg.lstsq(A, LINE, rcond=None)[:2]
    s2 = rss / 10 if sigma is None else sigma**2
    cov = s2 * np.linalg.inv(A.T @ A)
    np.testing.assert_allclose(list(fitted.estimates.values()), c, rtol=1e-7)
    np.testing.assert_allclose(fitted.covariance, cov, rtol=1e-6)
    np.testing.assert_allclose(list(fitted.errors.values()), np.sqrt(np.diag(cov)), rtol=1e-6)
    assert fitted.correlation[0, 1] == pytest.approx(cov[0, 1] / math.sqrt(cov[0, 0] * cov[1, 1]))
    assert fitted.freedom == 10
    np.testing.assert_allclose(fitted.residuals, LINE - A @ c, atol=1e-7)
    unit = 1 if sigma is None else sigma
    assert fitted.deviation == pytest.approx(math.sqrt(rss / 10) / unit, rel=1e-6)
    limit = stats.t.ppf(0.975, 10) if sigma is None else stats.norm.ppf(0.975)
    low, high = fitted.intervals()["a"]
    assert (low, high) == pytest.approx(
        (c[0] - limit * cov[0, 0] ** 0.5, c[0] + limit * cov[0, 0] ** 0.5), rel=1e-4
    )
    at = np.array([[0.0], [9.0]])
    rows = np.array([[0.0, 1], [9, 1]])
    variance = np.einsum("ri,ij,rj->r", rows, cov, rows)
    for new in (False, True):
        low, high = fitted.band(at, 0.95, new=new)
        half = limit * np.sqrt(variance + new * s2)
        np.testing.assert_allclose(high - rows @ c, half, rtol=1e-5)
        np.testing.assert_allclose(rows @ c - low, half, rtol=1e-5)
    np.testing.assert_allclose(fitted.predict(at), rows @ c, rtol=1e-6)
    if sigma is None:
        assert fitted.chi2 is fitted.p is None
        assert not fitted.is_refuted
        assert fitted._predicted_rows().sigma is None
    else:
        assert fitted.chi2 == pytest.approx(rss / sigma**2, rel=1e-6)
        assert fitted.p == pytest.approx(stats.chi2.sf(rss / sigma**2, 10), rel=1e-5)
        np.testing.assert_allclose(fitted._predicted_rows().sigma, sigma)
    told = fitted._predicted_rows()
    np.testing.assert_allclose(told.observed, LINE)
    np.testing.assert_allclose(told.predicted, A @ c, rtol=1e-6)


def test_what_the_rows_do_not_tell_has_infinite_errors():
    fitted = ew.fit_formula("a*b*t + c", {"t": T, "y": LINE}, target="y")
    errors = fitted.errors
    assert errors["a"] == errors["b"] == math.inf
    assert 0 < errors["c"] < 1
    assert np.isinf(fitted.covariance[0]).all()
    assert np.isinf(fitted.covariance[:, 1]).all()
    assert fitted._step("a") == pytest.approx(0.1 * abs(fitted.estimates["a"]))
    assert fitted._step("c") == errors["c"]
    with pytest.raises(ValueError, match="a parameter"):
        fitted._place("d")


def test_a_fit_tells_its_degrees_of_freedom_chi2_and_limits():
    fitted = ew.fit_formula("a*t + b", {"t": T, "y": LINE}, target="y", sigma=0.1)
    (told,) = fitted._sentences()
    assert told.startswith("residual standard deviation")
    assert "with 10 degrees of freedom; reduced χ²" in told
    page = fitted._repr_html_()
    low, high = fitted.intervals()["a"]
    assert _write_interval(low, high) in page
    assert _write_interval(1.0, 2.5) == "1 to 2.5"
    exact_fit = ew.fit_formula("a*t", {"t": T, "y": 2 * T}, target="y")
    assert exact_fit.brief() == str(exact_fit)
    side = np.zeros(12)
    side[[2, 5]] = 1
    limited = ew.fit_formula("a*t + b", {"t": T, "y": LINE}, target="y", sigma=0.1, censored=side)
    assert limited.freedom == 8
    assert "y is a limit in 2 of 12 rows" in limited._sentences()[0]
    assert limited.chi2 is None
    left = limited.residuals[side == 0]
    assert limited.deviation == pytest.approx(math.sqrt(left @ left / 8) / 0.1, rel=1e-6)
    assert len(limited._predicted_rows().observed) == 10


# ---- data -------------------------------------------------------------------------------------


def test_inputs_are_columns_or_one_row_of_one_input():
    np.testing.assert_allclose(read_inputs("o", [[1, 2, 3]], ["t"]), [[1], [2], [3]])
    np.testing.assert_allclose(read_inputs("o", [[1, 2, 3]], ["a", "b", "c"]), [[1, 2, 3]])
    np.testing.assert_allclose(read_inputs("o", {"b": [1, 2], "a": [3, 4]}, ["a", "b"]),
                               [[3, 1], [4, 2]])  # fmt: skip
    for x, names in (([[1, 2, 3]], ["a", "b"]), ([[1, 2], [3, 4]], ["t"])):
        with pytest.raises(ValueError, match="a column for each of"):
            read_inputs("o", x, names)
    with pytest.raises(ValueError, match="columns of one length"):
        read_inputs("o", {"a": [1, 2], "b": [1]}, ["a", "b"])
    with pytest.raises(ValueError, match="a column 'c', got a, b"):
        read_inputs("o", {"a": [1, 2], "b": [1, 2]}, ["c"])
    np.testing.assert_allclose(read_vector("o", [[1], [2]]), [1, 2])
    np.testing.assert_allclose(read_vector("o", [[1, 2]]), [1, 2])
    with pytest.raises(ValueError, match="o"):
        read_vector("o", [[1, 2], [3, 4]])
    assert column_names({1: [2], "b": [3]}) == ["1", "b"]
    assert get_column({1: [2], "b": [3]}, "1") == [2]
    assert column_names([1, 2]) == []


def test_errors_of_one_or_several_outputs():
    given = {"rows": 3, "names": ["t"], "table": None, "outputs": 2}

    def read(sigma):
        return [e.sigma.tolist() for e in read_errors("o", sigma, None, **given)]

    assert read(np.arange(1.0, 7).reshape(3, 2)) == [[1, 3, 5], [2, 4, 6]]
    assert read([1, 2, 3]) == [[1, 2, 3], [1, 2, 3]]
    assert read([[1], [2], [3]]) == [[1, 2, 3], [1, 2, 3]]
    assert read(2.0) == [[2, 2, 2], [2, 2, 2]]
    for bad in ([1, 2], [[1, 2, 3]], [1, 2, 0], [1, 2, math.inf]):
        with pytest.raises(ValueError, match="sigma"):
            read(bad)


# ---- starts -----------------------------------------------------------------------------------


def test_products_of_powers_are_fitted_by_logarithms():
    x = G.uniform(0.5, 3, (20, 2))
    law = next(law for law in LAWS.values() if law.by_logs and len(law.inputs) == 2)
    y = 2.5 * x[:, 0] ** 1.5 * x[:, 1] ** -0.7
    rows = rows_for(law, x, y)
    np.testing.assert_allclose(_by_logs(rows), [[2.5, 1.5, -0.7]])
    found = guess_law(law, rows)
    assert len(found.theta) == 1
    assert found.missed[0] < 1e-20
    assert len(guess_law(law, rows_for(law, x, -y)).theta) > 1


def test_random_starts_keep_what_is_given_and_lie_within_bounds():
    curve = Curve.read("a*exp(-k*t) + c*t**p", ["t"], ["a", "k", "c", "p"])
    low, high = np.array([-9.0, 0, -9, -2]), np.array([9.0, np.inf, 9, 2])
    rows = FitProblem(curve, Normal(np.ones(1)), T[:, None], 2 * np.exp(-T), low, high)
    found = guess_any(rows, {"k": 1.3})
    assert (found.theta[:, 1] == 1.3).all()
    assert (found.theta >= low).all()
    assert (found.theta <= high).all()
    assert (np.diff(found.missed) >= 0).all()
    assert len(np.unique(found.theta[:, 3])) > 1000
    held = guess_any(rows, {"a": 0.5, "k": 1.0})
    assert (held.theta[:, 0] == 0.5).all()
    free_k = guess_any(rows, {})
    assert (free_k.theta[:, 1] >= 0).all()
    assert free_k.missed[0] < 0.05
    fields = rows.y @ rows.y
    best = free_k.theta[0]
    assert free_k.missed[0] == pytest.approx(
        np.sum((curve.values(T[:, None], best) - rows.y) ** 2) / fields
    )


def test_waves_are_those_that_explain_more_than_their_neighbours():
    t = np.linspace(0, 10, 80)
    law = next(law for law in LAWS.values() if sum(bool(p.waves) for p in law.parameters) > 1)
    parameter = next(p for p in law.parameters if p.waves)
    y = 3 * np.sin(4 * t) + 1.5 * np.cos(9 * t)
    waves = np.linspace(0.5, 20, 196)
    found = _strongest_waves(list(waves), parameter, law, rows_for(law, t, y))
    assert found[0] == pytest.approx(4, abs=0.15)
    assert any(abs(w - 9) < 0.15 for w in found[:3])
    gaps = np.abs(np.subtract.outer(found, found)) + 99 * np.eye(len(found))
    assert gaps.min() > np.pi / 20


# ---- suggestions ------------------------------------------------------------------------------


def test_the_unexplained_fraction_of_a_guess_is_that_of_the_variance():
    law = get("line")
    weight = G.uniform(0.5, 2, 12)
    screen = screen_of(T, LINE, weight)
    found = screen.guess(law, (0,))
    w = weight / weight.sum()
    root = np.sqrt(w)
    c = np.linalg.lstsq(A * root[:, None], LINE * root, rcond=None)[0]
    wanted = w @ (LINE - A @ c) ** 2 / (w @ (LINE - w @ LINE) ** 2)
    assert found.missed[0] == pytest.approx(wanted, rel=1e-6)
    made = screen.descend(law, (0,), found.theta[:1])
    assert made.fvu == pytest.approx(wanted, rel=1e-6)
    assert made.columns == (0,)
    bits = 6 * math.log2(wanted) + math.log2(12)
    assert made.length(12) == pytest.approx(bits, rel=1e-6)
    assert replace(made, fvu=0.0).length(12) == pytest.approx(6 * math.log2(1e-30) + math.log2(12))


def test_laws_cost_work_by_their_grids_and_descents():
    spent = []
    screen = Screen.of(T[:, None], LINE, None, spent.append)
    law = get("line")
    screen.guess(law, (0,))
    screen.descend(law, (0,), np.ones((3, 2)), most=7)
    assert spent == [10, 21]


def test_choices_are_fitted_until_time_is_over():
    y = 2.0 * np.exp(-0.8 * T) + 1e-3 * NOISE
    screen = screen_of(T, y)
    choices = [(LAWS[n], (0,)) for n in ("line", "exponential", "sine_offset")]
    found = fit_choices(screen, choices, lambda: False)
    best = min(found, key=lambda m: m.fvu)
    assert best.law.name == "exponential"
    assert best.fvu < 1e-6
    assert {m.law.name for m in fit_choices(screen, choices, lambda: False, hopeless=1e-3)} <= {
        "exponential", "sine_offset",
    }  # fmt: skip
    assert fit_choices(screen, choices, lambda: True) == []
    few = screen_of(T[:2], y[:2])
    assert fit_choices(few, choices[:1], lambda: False) == []


def test_suggestions_are_the_shortest_descriptions_first():
    y = 2.0 * np.exp(-0.8 * T) + 1e-3 * NOISE
    screen = screen_of(T, y)
    found = list(suggest_laws(screen, {"line", "exponential", "parabola"}, lambda: False, told=()))
    assert found[0].law.name == "exponential"
    lengths = [m.length(12) for m in found]
    assert lengths == sorted(lengths)
    assert {m.law.name for m in found} <= {"line", "exponential", "parabola"}
    assert list(suggest_laws(screen, set(), lambda: False, told=())) == []


def test_peaks_are_added_while_they_help():
    t = np.linspace(0, 10, 60)

    def peak(at, height):
        return height * np.exp(-((t - at) ** 2) / 2 / 0.5**2)

    noise = 0.01 * np.random.default_rng(4).normal(size=60)
    sums = [law for law in LAWS.values() if _is_sum(law)]
    assert all(law.name.split("_")[0] in ("one", "two", "three") for law in sums)
    first = next(law for law in sums if not law.grows_from and "gauss" in law.name)
    names = [m.law.name for m in
             _suggest_sums(screen_of(t, 1 + peak(3, 2.0) + peak(7, 1.0) + noise), {first.name},
                           lambda: False)]  # fmt: skip
    assert names[:2] == [first.name, first.name.replace("one", "two")]
    assert len(names) == 2
    assert _suggest_sums(screen_of(t, noise), set(), lambda: False) == []
    assert _suggest_sums(screen_of(t, noise), {first.name}, lambda: True) == []


def test_every_law_and_its_frames():
    assert len(every_law()) == len(LAWS) + len(FRAMED) * len(FRAMES)
    law = framed("exponential", "plus")
    assert [p.name for p in law.parameters][-1] == "slope"
    assert list(law.inputs)[-1] == "other"


# ---- names ------------------------------------------------------------------------------------


def tree_of(text):
    return parse_formula(text)[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("exp(x0) + tanh(x0)", {"exp"}),
        ("sin(x0)*cos(x0)", {"sin"}),
        ("2**x0", {"exp"}),
        ("x0**2 + 1/x0", set()),
        ("log(x0)", {"log"}),
        ("arcsin(x0)", {"arcsin"}),
    ],
)
def test_families_of_functions(text, found):
    assert families(tree_of(text), frozenset({0})) == found
    assert families(tree_of(text), frozenset({1})) == set()


@pytest.mark.parametrize(
    ("tree", "found"),
    [
        (add(X, multiply(X, X)), False),
        (power(add(X, exact(1)), -1), True),
        (power(add(X, exact(1)), exact(1, 2)), True),
        (power(add(X, exact(1)), 2), False),
        (power(X, -1), False),
        (power(add(X, exact(1)), free(1.3)), None),
        (apply(LIBRARY["exp"], X), True),
        (power(add(Y, exact(1)), -1), False),
    ],
)
def test_sums_below_a_line_or_a_root(tree, found):
    assert divides_by_sum(tree, frozenset({0})) is found


def test_the_noise_of_weights_and_variances():
    noise = _noise(np.array([1.0, 4.0, 0.0]), 9.0, 3)
    np.testing.assert_allclose(noise.sigma, [3, 1.5, 3e6])
    assert noise.is_known
    plain = _noise(None, None, 3)
    np.testing.assert_allclose(plain.sigma, 1)
    assert not plain.is_known


def suggestion(name, columns=(0,), fvu=1e-14):
    return SuggestedLaw(LAWS[name], columns, np.ones(len(LAWS[name].parameters)), fvu)


def test_of_equal_laws_the_names_tell_one():
    line, decay = suggestion("line"), suggestion("exponential")
    (own,) = decay.law.inputs
    assert own not in line.law.inputs
    assert _choose([line, decay], [own], "") is decay
    assert _choose([line, decay], ["q"], "").law.field in ("lines and ratios", "exponentials")
    shorter = suggestion("michaelis_menten")
    longer = suggestion("hill")
    assert _choose([longer, shorter], ["q"], "") is shorter


def test_laws_are_written_in_the_names_of_columns():
    law = get("michaelis_menten")
    assert name_inputs(law, ["c"])[1] == "Vmax*c/(Km + c)"
    curve, text = name_inputs(law, ["S [mM]"])
    assert (curve.inputs, text) == (("S [mM]",), "Vmax*S_mM/(Km + S_mM)")


@pytest.mark.parametrize(
    ("column", "parameters"),
    [
        ("x", ("Vmax", "Km")),
        ("Km", ("Vmax", "Km1")),
        ("K m", ("Vmax", "Km")),
        (" Km", ("Vmax", "Km1")),
    ],
)
def test_parameters_have_other_names_than_columns(column, parameters):
    curve, text = name_inputs(get("michaelis_menten"), [column])
    assert curve.parameters == parameters
    assert len({*curve.inputs, *curve.parameters}) == 3
    assert text.count(parameters[1]) == 1


def test_products_of_powers_have_a_common_name():
    law = next(law for law in LAWS.values() if law.by_logs and len(law.inputs) == 2
               and law.field not in ("lines and ratios", "powers", "exponentials"))  # fmt: skip
    made = SuggestedLaw(law, (0, 1), np.ones(3), 0.0)
    assert _rename(made, ["q", "zz"]).law.title in ("product of powers", law.title)
    assert _rename(made, list(law.inputs)).law.title == law.title
    line = suggestion("line")
    assert _rename(line, ["q"]) is line


def test_aliases_are_told_by_names_only():
    alias = next(law for law in LAWS.values() if law.same_as and len(law.inputs) == 1)
    name = next(iter(alias.inputs))
    told = list(_list_aliases([name], alias.output))
    assert (alias, (0,)) in told
    assert all(law.same_as for law, _ in told)
    assert list(_list_aliases(["q", "r"], alias.output)) == []
    assert not _is_told(alias, [name], "")
    assert not _is_told(alias, [name], "y")
    assert list(_list_aliases([name], "")) == []


def test_formulas_without_a_law_have_no_name():
    x = T[:, None]
    for text in ("2", "sin(x0) + exp(x0)*x0**3 + log(x0)*tanh(x0)"):
        tree = tree_of(text)
        y = 2 + 0 * T if text == "2" else LINE
        assert name_formula(tree, x, y) is None
    line = name_formula(tree_of("1.5*x0 + 0.7"), x, LINE, names=["a"])
    assert line is not None
    assert line.inputs == ("a",)
    assert line.freedom == 10
    constant = np.column_stack([T, np.ones(12)])
    assert name_formula(add(multiply(free(1.5), X), multiply(free(0.7), Y)), constant, LINE) is None


def test_a_law_with_a_factor_that_the_formula_lacks_is_not_its_name():
    """2 S I/(S + 1.5) is double Monod kinetics only with infinite constants."""
    x = np.random.default_rng(5).uniform(0.5, 3, (60, 2))
    names = {}
    for text in ("2*x0*x1/(x0 + 1.5)", "2*x0*x1/((x0 + 1.5)*(x1 + 0.7))"):
        tree, _ = parse_formula(text)
        names[text] = name_formula(tree, x, Program(tree).values(x), names=["S", "I"])
    without, with_both = names.values()
    assert without is None
    assert with_both.title == "double Monod kinetics"


def test_a_formula_that_began_as_a_law_keeps_its_name_if_it_fits_as_well():
    law = get("michaelis_menten")
    y = 3.5 * T / (0.8 + T) + 0.1 * NOISE
    fitted = ew.fit_formula("a*t/(b + t)", {"t": T, "y": y}, target="y")
    values = y - fitted.residuals
    screen = screen_of(T, values)
    made = _begin_as(law, screen, T[:, None], y, None, values)
    assert made is not None
    np.testing.assert_allclose(sorted(made.theta), sorted(fitted.estimates.values()), rtol=1e-4)
    left = fitted.residuals @ fitted.residuals
    better = values + 0.5 * fitted.residuals
    assert left > 0
    assert _begin_as(law, screen, T[:, None], y, None, better) is None

"""Links, alternating fits, groups, their networks and their expansion, against the formulas."""

import dataclasses
import itertools
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.bases import RSWAF, BSpline, Chebyshev, Gaussian
from edgewise.discovery import links, symbolize
from edgewise.discovery.expand import expanded
from edgewise.discovery.groups import OPERATIONS, Group, possible, with_groups
from edgewise.discovery.links import LINKS
from edgewise.discovery.search import NEAR
from edgewise.discovery.separable import (
    Problem,
    SeparableFit,
    Structure,
    basis_rows,
    share_of,
    started,
    swept,
)
from edgewise.symbolic import LIBRARY
from edgewise.symbolic.criterion import formula_bits
from edgewise.symbolic.network import Edge, SymbolicEdges, SymbolicKAN, SymbolicLayer

F64 = torch.float64
BY_NAME = {link.function: link for link in LINKS}
TIMES, OVER, MINUS, PLUS = OPERATIONS


def rows(count=400, columns=2, low=-1.0, high=1.0, seed=0):
    g = torch.Generator().manual_seed(seed)
    return low + (high - low) * torch.rand(count, columns, generator=g, dtype=F64)


def problem(x, y, basis=None, link=LINKS[0], train=None):
    """As the search makes it: errors of T(y) weigh what they do to y."""
    target = link.inverse(y)
    _, slope = link.outer(LIBRARY).value_and_slope(target)
    phi = basis_rows(basis or BSpline(grid=7), x)
    return Problem(phi, target, slope.abs() / slope.abs().mean(), train or round(0.8 * len(x)))


def fit(at, structure, sweeps=60, starts=3):
    g = torch.Generator().manual_seed(0)
    found = [swept(at, started(at, structure, g), sweeps) for _ in range(starts)]
    return min(found, key=lambda f: f.share)


# ---- links ------------------------------------------------------------------------------------


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.function)
def test_links_are_monotone_and_inverse(link):
    low, high = max(link.low, -5.0), min(link.high, 5.0)
    y = torch.linspace(low, high, 402, dtype=F64)[1:-1]
    assert link.fits(y)
    s = link.inverse(y)
    value, slope = link.outer(LIBRARY).value_and_slope(s)
    torch.testing.assert_close(value, y, rtol=1e-10, atol=1e-10)
    steps = s.diff()
    assert (steps > 0).all() or (steps < 0).all()
    assert (slope.sign() == steps[0].sign()).all()  # f rises where T does
    for end in (link.low, link.high):
        assert not math.isfinite(end) or not link.fits(torch.tensor([0.5, end], dtype=F64))


def test_usable_links_are_those_that_y_and_the_library_permit():
    def names(y, library=LIBRARY):
        return [link.function for link in links.usable(torch.tensor(y, dtype=F64), library)]

    assert names([-2.0, 2.0]) == ["x", "log"]
    assert names([-0.5, 0.5]) == ["x", "tanh", "arcsin", "log"]
    assert set(names([0.1, 3.0])) == set(BY_NAME) - {"tanh", "arcsin"}
    assert set(names([0.1, 0.9])) == set(BY_NAME)
    assert names([0.1, 50.0], LIBRARY.only("x", "exp")) == ["x", "exp"]


# ---- alternating fits -------------------------------------------------------------------------


def test_a_basis_is_spread_over_the_range_of_each_input():
    x = torch.stack([rows(200, 1)[:, 0] * 50 + 7, rows(200, 1, seed=1)[:, 0] * 1e-6], 1)
    phi = basis_rows(BSpline(grid=4), x)
    assert phi.shape == (2, 200, 7)
    torch.testing.assert_close(phi.sum(-1), torch.ones(2, 200, dtype=F64))
    for i in range(2):  # splines of degree 3 have all cubics among them
        z = (x[:, i] - x[:, i].mean()) / x[:, i].std()
        cubic = (z**3 - 2 * z + 1)[:, None]
        left = phi[i] @ torch.linalg.lstsq(phi[i], cubic, driver="gelsd").solution - cubic
        assert left.abs().max() < 1e-10
    assert basis_rows(Gaussian(num=5), torch.ones(30, 1, dtype=F64)).isfinite().all()


SUMS = {
    "sum": (Structure(0, True), lambda x: torch.sin(2 * x[:, 0]) + x[:, 1].exp() - x[:, 2] ** 3),
    "product": (Structure(1, False), lambda x: (2 + x[:, 0]) * x[:, 1].cos() / (3 + x[:, 2])),
    "sum and product": (
        Structure(1, True),
        lambda x: x[:, 0].exp() * (2 + torch.sin(x[:, 1])) + x[:, 2] ** 2 - x[:, 0],
    ),
    "two products": (
        Structure(2, False),
        lambda x: (1 + x[:, 0] ** 2) * x[:, 1].exp() + x[:, 2] * (x[:, 0] - 2),
    ),
    "three products": (
        Structure(3, False),
        lambda x: x[:, 0] * x[:, 1] + x[:, 1] * x[:, 2] + x[:, 2] * x[:, 0],
    ),
}


@pytest.mark.parametrize("name", SUMS)
def test_sums_of_products_of_curves_are_recovered(name):
    structure, f = SUMS[name]
    x = rows(500, 3)
    at = problem(x, f(x))
    found = fit(at, structure)
    assert found.share <= 1e-6
    assert found.structure == structure
    torch.testing.assert_close(found.predict(at.phi), f(x), rtol=0, atol=1e-2)


@pytest.mark.parametrize("basis", [Gaussian(num=10), RSWAF(num=10, inv_denominator=2.0)])
@pytest.mark.parametrize("name", ["sum", "product", "sum and product"])
def test_radial_functions_recover_them_as_far_as_the_search_asks(name, basis):
    structure, f = SUMS[name]
    x = rows(500, 3)
    assert fit(problem(x, f(x), basis), structure).share <= NEAR


@pytest.mark.parametrize("name", [n for n in BY_NAME if n != "x"])
def test_the_outer_function_is_the_one_under_which_the_fit_is_good(name):
    x = rows(500, 2, 0.4, 1.6, seed=3)
    s = 0.2 * torch.sin(3 * x[:, 0]) + 0.08 * x[:, 1] ** 2 + 0.4
    y = LIBRARY[name].torch(s)
    assert BY_NAME[name].fits(y)
    shares = {
        link.function: fit(problem(x, y, link=link), Structure(0, True), 12, 1).share
        for link in links.usable(y, LIBRARY)
    }
    assert shares[name] < 1e-7
    assert min(shares, key=shares.__getitem__) == name
    assert min(v for k, v in shares.items() if k != name) > 10 * shares[name]


def test_a_sum_of_curves_is_the_weighted_least_squares_solution():
    x, basis = rows(300, 2), Chebyshev(3)
    y = torch.sin(4 * x[:, 0]) * x[:, 1] + x[:, 1]
    at = problem(x, y.exp(), basis, BY_NAME["exp"], train=240)
    found = fit(at, Structure(0, True), 3, 1)
    w = at.weight[:240, None]
    a = torch.cat([*at.phi[:, :240], torch.ones(240, 1, dtype=F64)], 1)
    want = torch.linalg.lstsq(a * w, at.target[:240, None] * w, driver="gelsd").solution
    full = torch.cat([*at.phi, torch.ones(300, 1, dtype=F64)], 1)
    torch.testing.assert_close(found.predict(at.phi), (full @ want)[:, 0], rtol=1e-6, atol=1e-6)


def test_predictions_and_shares_are_what_their_formulas_say():
    x = rows(50, 2)
    at = problem(x, x[:, 0] + x[:, 1] + 3, link=BY_NAME["sqrt"], train=30)
    g = torch.Generator().manual_seed(1)
    size = at.phi.shape[2]
    found = SeparableFit(
        torch.randn(2, 2, size, generator=g, dtype=F64),
        torch.tensor([[True, False], [True, True]]),
        torch.randn(2, size, generator=g, dtype=F64),
        torch.tensor([False, True]),
        0.25,
    )

    def curve(coefficients, i, n):
        return float(coefficients @ at.phi[i, n])

    want = [
        0.25
        + curve(found.factors[0, 0], 0, n)
        + curve(found.factors[1, 0], 0, n) * curve(found.factors[1, 1], 1, n)
        + curve(found.additive[1], 1, n)
        for n in range(50)
    ]
    torch.testing.assert_close(found.predict(at.phi), torch.tensor(want, dtype=F64))
    w, t = at.weight[30:].tolist(), at.target[30:].tolist()
    mean = sum(b * a * a for a, b in zip(w, t, strict=True)) / sum(a * a for a in w)
    missed = sum((a * (p - b)) ** 2 for a, b, p in zip(w, t, want[30:], strict=True))
    total = sum((a * (b - mean)) ** 2 for a, b in zip(w, t, strict=True))
    assert share_of(at, found, slice(30, None)) == pytest.approx(missed / total, rel=1e-12)


@given(st.integers(0, 50), st.booleans(), st.integers(1, 3))
@settings(max_examples=10, deadline=None)
def test_no_sweep_makes_the_fit_worse(seed, additive, products):
    x = rows(150, 3, seed=seed)
    at = problem(x, torch.sin(x.sum(1) * 2) + x[:, 0] * x[:, 1], BSpline(grid=3), train=150)
    now = started(at, Structure(products, additive), torch.Generator().manual_seed(seed))
    shares = []
    for _ in range(6):
        now = swept(at, now, 1)
        shares.append(now.share)
    assert all(b <= a * (1 + 1e-6) for a, b in itertools.pairwise(shares))


def test_held_out_rows_change_no_fit():
    x = rows(200)
    y = torch.exp(x[:, 0]) * (2 + x[:, 1])
    other = y.clone()
    other[160:] = 100.0
    a, b = (fit(problem(x, t, train=160), Structure(1, True), 10, 1) for t in (y, other))
    assert torch.equal(a.factors, b.factors)
    assert torch.equal(a.additive, b.additive)
    assert a.share < 1e-6 < b.share


def test_factors_that_are_off_stay_1():
    x = rows(300, 3)
    at = problem(x, (2 + x[:, 0]) * (3 - x[:, 1]))
    start = started(at, Structure(1, False), torch.Generator())
    active = torch.tensor([[True, True, False]])
    found = swept(at, dataclasses.replace(start, active=active), 60)
    assert torch.equal(found.values(at.phi)[0, 2], torch.ones(300, dtype=F64))
    assert found.share < 1e-10


# ---- groups -----------------------------------------------------------------------------------


def test_groups_are_what_they_say():
    x = rows(40, 3, 0.5, 2)
    a, b, c = x.unbind(1)
    chosen = [Group(TIMES, 0, 1), Group(OVER, 2, 0), Group(MINUS, 1, 2), Group(PLUS, 3, 4)]
    want = torch.stack([a, b, c, a * b, c / a, b - c, a * b + c / a], 1)
    assert torch.equal(with_groups(x, chosen), want)


def test_groups_are_not_offered_where_they_are_undefined():
    x = rows(200, 3, 0.5, 2)
    x[:, 1] -= 1.25  # through 0
    x[0, 1] = 1e-5

    def found(x, used=()):
        return {(g.operation.name, g.i, g.j) for g in possible(x, list(used))}

    pairs = {(0, 1), (0, 2), (1, 2)}
    sums = {(op, *pair) for op in "*-+" for pair in pairs}
    # One direction of a ratio is enough, and only that without 0 below is there.
    assert found(x) == sums | {("/", 1, 0), ("/", 1, 2), ("/", 0, 2)}
    used = [Group(TIMES, 0, 2), Group(OVER, 1, 0)]
    assert found(x, used) == found(x) - {("*", 0, 2), ("/", 1, 0)}
    x[0, 0] = 0.0
    assert ("/", 1, 0) not in found(x)
    assert ("/", 0, 2) in found(x)
    assert ("*", 0, 1) not in found(torch.full((9, 2), 1e200, dtype=F64))


@given(st.integers(0, 30))
@settings(max_examples=10, deadline=None)
def test_every_offered_group_is_finite_and_new(seed):
    x = rows(60, 3, -1.0 if seed % 2 else 0.1, 1, seed=seed)
    offered = possible(x, [])
    assert len(set(offered)) == len(offered)
    for group in offered:
        column = group.column(x)
        assert column.isfinite().all()
        assert all(not torch.equal(column, x[:, i]) for i in range(3))


# ---- networks of named curves -----------------------------------------------------------------


def test_pruning_drops_constant_factors_and_empty_curves():
    x = rows(500, 4)
    at = problem(x, (2 + x[:, 0]) * torch.exp(x[:, 1]))
    left = symbolize.pruned(at, fit(at, Structure(1, False)))
    assert left.share < 1e-8
    assert left.active.tolist() == [[True, True, False, False]]
    assert not left.added.any()
    at = problem(x, torch.sin(x[:, 0]) + x[:, 2] ** 2)
    left = symbolize.pruned(at, fit(at, Structure(0, True)))
    assert left.added.tolist() == [True, False, True, False]
    assert left.share < 1e-8


def test_a_product_of_one_factor_is_a_curve_of_the_sum():
    x = rows(500, 3)
    at = problem(x, torch.exp(x[:, 1]))
    left = symbolize.pruned(at, fit(at, Structure(1, False)))
    assert len(left.factors) == 0
    assert left.added.tolist() == [False, True, False]
    torch.testing.assert_close(left.predict(at.phi), torch.exp(x[:, 1]), rtol=0, atol=1e-4)


CASES = {
    "sum": ([], "x", Structure(0, True), lambda x: torch.sin(2 * x[:, 0]) + x[:, 1] ** 2),
    "product": ([], "x", Structure(1, False), lambda x: torch.exp(x[:, 0]) * x[:, 1] ** 2),
    "link": ([], "sqrt", Structure(0, True), lambda x: x.square().sum(1).sqrt()),
    "link of a product": ([], "tanh", Structure(1, False), lambda x: torch.tanh(x.prod(1) / 3)),
    "times": ([Group(TIMES, 0, 1)], "x", None, lambda x: (x[:, 0] * x[:, 1]).exp()),
    "ratio": ([Group(OVER, 0, 1)], "x", None, lambda x: (x[:, 0] / x[:, 1]).exp()),
    "difference": ([Group(MINUS, 0, 1)], "1/x", None, lambda x: 1 / (2 + (x[:, 0] - x[:, 1]) ** 2)),
    "a group of a group": (
        [Group(PLUS, 0, 1), Group(TIMES, 2, 0)],
        "x",
        None,
        lambda x: torch.exp((x[:, 0] + x[:, 1]) * x[:, 0] / 4),
    ),
}


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("name", CASES)
def test_the_network_of_the_curves_computes_the_function(name, sign):
    made, link, structure, f = CASES[name]
    x = rows(500, 2, 0.5, 2, seed=5)
    y, wide = f(x), with_groups(x, made)
    at = problem(wide, y, BSpline(grid=14), BY_NAME[link])
    if structure is None:  # a curve of the last group alone
        left = fit(at, Structure(0, True), 1, 1)
        last = torch.arange(len(at.phi)) == len(at.phi) - 1
        left = swept(at, dataclasses.replace(left, added=last), 1)
    else:
        left = symbolize.pruned(at, fit(at, structure, 40, 1))
    assert left.share < 1e-6
    model, options = symbolize.symbolized(
        x, at, left, BY_NAME[link], LIBRARY, made, reach=16.0, sign=sign
    )
    with torch.no_grad():
        h = x
        for layer in model.stack()[: len(made)]:
            h = layer(h)
        missed = (model(x)[:, 0] - sign * y).square().mean()
        refined = model.refine(x, sign * y[:, None])(x)[:, 0]
    torch.testing.assert_close(h, wide, rtol=1e-14, atol=1e-14)
    assert missed < 1e-4 * y.var()
    assert (refined - sign * y).square().mean() < 1e-12 * y.var()
    ends = model.stack()[len(made)].symbolic.ends
    assert set(options) == {(len(made), *end) for end in ends}
    for candidates in options.values():
        bits = [c.bits for c in candidates]
        assert bits == sorted(bits)


# ---- expansion --------------------------------------------------------------------------------


def products(constants, functions=("x", "x", "sin", "x^2")):
    """(f(u) + d)(g(v) + e) + (h(u) + p)(k(v) + q) + r, with six constants."""
    d, e, p, q, r, c = constants
    edges = [
        Edge(0, 0, LIBRARY[functions[0]], 1.0, 0.0, 1.0, d),
        Edge(1, 0, LIBRARY[functions[1]], 1.0, 0.0, c, e),
        Edge(0, 1, LIBRARY[functions[2]], 1.0, 0.0, 1.0, p),
        Edge(1, 1, LIBRARY[functions[3]], 1.0, 0.0, 1.0, q),
    ]
    below = SymbolicEdges(2, torch.zeros(2, dtype=F64), edges, [0, 1])
    both = [Edge(n, 0, LIBRARY["x"], 1.0, 0.0, 1.0) for n in range(2)]
    above = SymbolicEdges(2, torch.full((1,), r, dtype=F64), both)
    return SymbolicKAN([SymbolicLayer(below), SymbolicLayer(above)])


@given(st.lists(st.sampled_from([0.0, 0.5, -2.0, 1.0, 3.0]), min_size=5, max_size=5))
@settings(max_examples=15, deadline=None)
def test_expanding_leaves_the_function_the_same(constants):
    model, x = products([*constants, 2.0]), rows(200)
    y = model(x).detach()
    new = expanded(model, x, y)
    with torch.no_grad():
        torch.testing.assert_close(new(x), y, rtol=0, atol=1e-10)
    assert formula_bits(new, 1.0, 200) <= formula_bits(model, 1.0, 200)


def test_constants_that_wander_between_products_cancel():
    """(u + 2)(v + 3) - (u + 2)(v + 3) + u v, written as two products, is u v alone."""
    model, x = products([2.0, 3.0, 2.0, 3.0, 0.0, 2.0], ("x", "x", "x", "x")), rows(200)
    layer = model.stack()[1].symbolic
    layer.affine.data[1, 2] = -1.0  # 2 v + 3 times u + 2, less v + 3 times u + 2: u v + 2 v
    new = expanded(model, x, (x[:, 0] * x[:, 1] + 2 * x[:, 1])[:, None])
    assert formula_bits(new, 1.0, 200) < formula_bits(model, 1.0, 200)
    with torch.no_grad():
        want = (x[:, 0] * x[:, 1] + 2 * x[:, 1])[:, None]
        torch.testing.assert_close(new(x), want, rtol=0, atol=1e-10)
    assert sorted(e.i for e in new.stack()[0].symbolic.edges()) in ([0, 1], [0, 1, 1])


def test_what_has_no_products_or_too_many_terms_stays():
    x = rows(100, 7)
    line = SymbolicEdges(7, torch.zeros(1, dtype=F64), [Edge(0, 0, LIBRARY["x"], 1.0, 0.0, 1.0)])
    plain = SymbolicKAN([SymbolicLayer(line)])
    assert expanded(plain, x, plain(x).detach()) is plain
    edges = [Edge(i, 0, LIBRARY["x"], 1.0, 0.0, 1.0, 2.0) for i in range(7)]
    below = SymbolicEdges(7, torch.zeros(1, dtype=F64), edges, [0])
    above = SymbolicEdges(1, torch.zeros(1, dtype=F64), [Edge(0, 0, LIBRARY["x"], 1.0, 0.0, 1.0)])
    big = SymbolicKAN([SymbolicLayer(below), SymbolicLayer(above)])
    assert expanded(big, x, big(x).detach()) is big

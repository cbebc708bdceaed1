"""Constants that become simple numbers where the data permits, and only there."""

import copy
import math

import numpy as np
import pytest
import sympy
import torch

from edgewise.formula.constants import UNITS, Constant, find_near, read_constant
from edgewise.formula.expression import ONE, ZERO
from edgewise.formula.printing import to_text
from edgewise.formula.simplify import simplify_tree
from edgewise.symbolic import LIBRARY, SymbolicKAN
from edgewise.symbolic.criterion import network_bits
from edgewise.symbolic.edges import Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.node_scales import choose_scales
from edgewise.symbolic.snap import snap

F64 = torch.float64


def edge(i, o, name, a=1.0, b=0.0, c=1.0, d=ZERO, **more):
    return Edge(i, o, LIBRARY[name], a, b, c, d, **more)


def layer_of(in_features, bias, edges, products=()):
    bias = torch.tensor(bias, dtype=F64)
    return SymbolicLayer(SymbolicEdges(in_features, bias, edges, products))


def rows(columns=1, count=300, seed=0):
    g = torch.Generator().manual_seed(seed)
    return torch.rand(count, columns, generator=g, dtype=F64) * 1.5 + 0.5


def nudged(model, size=1e-4, seed=0):
    """The same network with constants a little off."""
    new, g = copy.deepcopy(model), torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for p in new.parameters():
            p.mul_(1 + size * torch.randn(p.shape, generator=g, dtype=F64))
    return new


def share(model, x, y):
    with torch.no_grad():
        return float((model(x) - y).square().mean() / (y - y.mean(0)).square().mean())


def noise_like(y, size, seed=7):
    g = torch.Generator().manual_seed(seed)
    return size * y.std() * torch.randn(y.shape, generator=g, dtype=F64)


# ---- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("fraction", [(1, 1), (-3, 4), (17, 10), (0, 1), (-1000, 1)])
def test_constants_are_what_they_say(unit, fraction):
    constant = Constant(*fraction, unit)
    assert float(constant.sympy()) == pytest.approx(constant.value, rel=1e-15)
    assert read_constant(str(constant)) == constant


@pytest.mark.parametrize(
    "text", ["1/2*tau", "1/0*1", "0.5", "", "1/2", "__import__('os')/1*1", "a/1*pi", "1/-2*1"]
)
def test_text_that_is_no_constant(text):
    with pytest.raises(ValueError):  # noqa: PT011
        read_constant(text)


def test_near_finds_all_that_is_near_and_nothing_else():
    for value, expected in (
        (0.5, Constant(1, 2)),
        (math.pi, Constant(1, 1, "pi")),
        (-2 * math.pi, Constant(-2, 1, "pi")),
        (math.e, Constant(1, 1, "e")),
        (math.sqrt(2) / 2, Constant(1, 2, "sqrt(2)")),
        (17.0, Constant(17)),
        (-0.3, Constant(-3, 10)),
        (1 / (4 * math.pi**2), Constant(1, 4, "1/pi^2")),
    ):
        assert find_near(value + 1e-7, 1e-6)[0] == expected
        assert find_near(value, 0.0) == [] or expected in find_near(value, 1e-15)
    for value in np.random.default_rng(0).uniform(-9, 9, 50):
        found = find_near(value, 0.01)
        assert all(abs(c.value - value) <= 0.01 for c in found)
        assert [c.bits for c in found] == sorted(c.bits for c in found)
        assert len({(c.numerator, c.denominator, c.unit) for c in found}) == len(found)
    assert find_near(0.0, 1e-9) == [Constant(0)]
    assert find_near(1e6, 1.0) == []


def test_bits_rise_with_what_must_be_written():
    bits = [Constant(*c).bits for c in ((0,), (1,), (3,), (3, 4), (3, 4, "pi"), (3, 4, "e"))]
    assert bits == sorted(bits)
    assert bits[0] == 0


# ---- one way to write it ------------------------------------------------------------------------


def random_network(seed, products):
    """Any functions, at arguments inside their domains for positive inputs."""
    g = np.random.default_rng(seed)
    free = [n for n, f in LIBRARY.items() if f.free and n not in ("0", "sign", "abs", "x", "exp")]
    layers = []
    for k, (n, m) in enumerate(((2, 3), (3, 2), (2, 1))):
        edges = []
        for i in range(n):
            for o in range(m):
                if k == 0 and g.random() < 0.6:
                    a, b = g.uniform(0.5, 2), g.uniform(0.1, 1)
                    edges.append(edge(i, o, str(g.choice(free)), a, b, *g.uniform(-0.1, 0.1, 2)))
                else:
                    name = str(g.choice(["sin", "x", "exp", "x^2", "tanh", "abs", "gaussian"]))
                    edges.append(edge(i, o, name, *g.uniform(-2, 2, 4)))
        chosen = [o for o in range(m) if g.random() < 0.5] if products else []
        layers.append(layer_of(n, g.uniform(-1, 1, m), edges, chosen))
    return SymbolicKAN(layers)


def count_free(model):
    return sum(int(layer.symbolic.movable_unknowns().sum()) for layer in model.stack())


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("products", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_plain_scales_leave_the_values(seed, products, inside):
    model, x = random_network(seed, products), rows(2)
    with torch.no_grad():
        before = copy.deepcopy(model)
        new = choose_scales(model, inside)
        size = model(x).abs().amax()
        torch.testing.assert_close(new(x), model(x), rtol=1e-8, atol=float(1e-9 * (1 + size)))
        assert torch.equal(before(x), model(x))
    again = choose_scales(new, inside)
    for a, b in zip(new.parameters(), again.parameters(), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-7, atol=1e-7)
    assert count_free(new) < count_free(model)


@pytest.mark.parametrize("outer", ["exp", "sin", "x^2", "x"])
@pytest.mark.parametrize("a", [0.0, 2.0])
@pytest.mark.parametrize("c", [0.0, 3.0])
def test_plain_scales_of_edges_that_came_to_nothing(outer, a, c):
    inner = [edge(0, 0, "log", 1, 0, c), edge(1, 0, "x^2", 1, 0, c)]
    layers = [layer_of(2, [1.0], inner), layer_of(1, [0.5], [edge(0, 0, outer, a, 0.3, 1)])]
    model, x = SymbolicKAN(layers), rows(2)
    with torch.no_grad():
        torch.testing.assert_close(choose_scales(model)(x), model(x), rtol=1e-9, atol=1e-9)


def test_plain_scales_by_hand():
    """3 log(2x) + 5 (2x - 1)² through 0.5 exp(4 h + 1): a's are 1, signs and shifts settled."""
    first = [edge(0, 0, "log", 2, 0, 3), edge(0, 0, "x^2", -2, 1, 5)]
    model = SymbolicKAN(
        [layer_of(1, [7.0], first), layer_of(1, [0.0], [edge(0, 0, "exp", 0.01, 1, 0.5)])]
    )
    new = choose_scales(model)
    log, square = (e.parts for e in new.stack()[0].symbolic.edges())
    (last,) = (e.parts for e in new.stack()[1].symbolic.edges())
    assert (log.a, square.a, last.a, last.b) == (ONE, ONE, ONE, ZERO)
    assert all(n.exact is not None for n in (log.a, square.a, last.a, last.b))
    assert square.b.value == pytest.approx(-0.5)
    assert (log.c.value, square.c.value) == pytest.approx((0.03, 0.2))
    x = rows()
    torch.testing.assert_close(new(x), model(x))


@pytest.mark.parametrize(
    ("outer", "c", "d", "text"),
    [
        ("sqrt", 2**0.5, 0.0, "sqrt(2*x0**2 + 3*x1)"),
        ("sqrt", 3 / 1.5**0.5, 0.0, "3*sqrt(2*x0**2/3 + x1)"),
        ("log", 1.0, math.log(2), "log(2*x0**2 + 3*x1)"),
        ("log", -2.0, -2 * math.log(2), "-2*log(2*x0**2 + 3*x1)"),
    ],
)
def test_numbers_around_a_power_or_logarithm_go_into_it_where_they_are_simpler(outer, c, d, text):
    first = [edge(0, 0, "x^2", 1, 0, 1), edge(1, 0, "x", 1, 0, 1.5)]
    model = SymbolicKAN([layer_of(2, [0.0], first), layer_of(1, [d], [edge(0, 0, outer, 1, 0, c)])])
    x = rows(2).abs() + 0.1
    found = snap(model, x, model(x).detach())
    assert to_text(simplify_tree(found.trees()[0]), ["x0", "x1"]) == text


def test_fixed_edges_stay_as_they_are():
    first = [edge(0, 0, "x", 1, 0, -1, frozen=True), edge(0, 1, "x^2", -3, 1, 2)]
    second = [edge(0, 0, "sin", 2, 9, 1), edge(1, 0, "exp", 1, 1, 1)]
    model, x = SymbolicKAN([layer_of(1, [0.0, 1.0], first), layer_of(2, [0.0], second)]), rows()
    new = choose_scales(model)
    assert new.stack()[0].symbolic.edges()[0] == first[0]
    torch.testing.assert_close(new(x), model(x))


# ---- snapping -----------------------------------------------------------------------------------

SIMPLE = {
    "a half": (edge(0, 0, "sin", 0.5, 1.0, 3.0), -2.0),
    "pi": (edge(0, 0, "sin", math.pi, 0.0, 1.0), 0.5),
    "2 pi": (edge(0, 0, "tanh", 1.0, -1.0, 2 * math.pi), 0.0),
    "e": (edge(0, 0, "arctan", 2.0, 0.0, math.e), 1.0),
    "root 2": (edge(0, 0, "sin", math.sqrt(2), 0.0, math.sqrt(3) / 2), 0.0),
    "a fraction": (edge(0, 0, "gaussian", 0.75, -0.4, 7.0), 0.3),
    "exp": (edge(0, 0, "exp", -2.0, 0.0, 5.0), -1 / 3),
    "log": (edge(0, 0, "log", 1.0, 2.0, 4.0), 10.0),
    "a pole": (edge(0, 0, "1/x", 1.0, 1.0, 2.0), 0.0),
}


@pytest.mark.parametrize("kind", SIMPLE)
@pytest.mark.parametrize("noise", [0.0, 1e-4])
def test_simple_constants_are_found(kind, noise):
    e, bias = SIMPLE[kind]
    truth, x = SymbolicKAN([layer_of(1, [bias], [e])]), rows()
    y = truth(x).detach()
    y = y + noise_like(y, noise)
    found = snap(nudged(truth, 1e-4 if not noise else 1e-3), x, y)
    assert found.is_symbolic
    formula = found.formula()
    assert not formula.atoms(sympy.Float), formula
    fresh = rows(seed=5)
    torch.testing.assert_close(found(fresh), truth(fresh), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_constants_that_are_not_simple_stay(seed):
    """Exact data: whatever is snapped, nothing of the fit is given away."""
    a, b, c, d = np.random.default_rng(seed).uniform(0.4, 3, 4)
    truth, x = SymbolicKAN([layer_of(1, [d], [edge(0, 0, "sin", a, b - 1.5, c)])]), rows()
    y = truth(x).detach()
    found = snap(nudged(truth), x, y)
    assert share(found, x, y) < 1e-20
    assert not found.exact_constants()


@pytest.mark.parametrize("off", [5e-4, 1e-6])
def test_near_a_simple_number_is_not_on_it(off):
    """The data knows a to far better than that."""
    truth, x = SymbolicKAN([layer_of(1, [0.0], [edge(0, 0, "sin", 0.5 + off, 0.2, 3)])]), rows()
    y = truth(x).detach()
    found = snap(nudged(truth, 1e-5), x, y)
    assert found.stack()[0].symbolic.edges()[0].parts.a.value == pytest.approx(0.5 + off, abs=1e-9)
    assert share(found, x, y) < 1e-20


def test_noise_makes_simple_what_it_hides():
    truth, x = SymbolicKAN([layer_of(1, [0.0], [edge(0, 0, "sin", 2.0003, 0.0, 3)])]), rows()
    y = truth(x).detach()
    noisy = y + noise_like(y, 0.05)
    found = snap(nudged(truth), x, noisy)
    assert found.stack()[0].symbolic.edges()[0].parts.a.value == 2
    refitted = nudged(truth).refine(x, noisy)
    assert network_bits(found, share(found, x, noisy), 300) < network_bits(
        refitted, share(refitted, x, noisy), 300
    )
    assert share(found, x, noisy) < 1.1 * share(refitted, x, noisy)


def test_it_is_worth_its_cost_in_bits():
    """N/2 log₂ of the ratio of what is left, against what the number saves."""
    for seed in range(4):
        a, b, c, d = np.random.default_rng(seed + 50).uniform(0.4, 3, 4)
        truth, x = SymbolicKAN([layer_of(1, [d], [edge(0, 0, "sin", a, b - 1.5, c)])]), rows()
        y = truth(x).detach()
        y = y + noise_like(y, 1e-3, seed)
        free = choose_scales(truth).refine(x, y)
        found = snap(truth, x, y)
        count = len(found.exact_constants())
        worse = 150 * math.log2(share(found, x, y) / share(free, x, y))
        assert worse <= count * (0.5 * math.log2(300) + 3)


def test_products_and_two_layers():
    factors = [edge(0, 0, "sin", math.pi, 0, 1, 2), edge(1, 0, "x^2", 1, 0.5, 1, 1)]
    last = [edge(0, 0, "exp", 0.25, 0, 3)]
    truth = SymbolicKAN([layer_of(2, [0.0], factors, [0]), layer_of(1, [-1.0], last)])
    x = rows(2)
    y = truth(x).detach()
    found = snap(nudged(truth, 1e-5), x, y)
    assert not found.formula().atoms(sympy.Float)
    torch.testing.assert_close(found(rows(2, seed=3)), truth(rows(2, seed=3)))


def test_nothing_given_is_changed_and_no_time_is_no_snapping():
    e, bias = SIMPLE["pi"]
    truth, x = SymbolicKAN([layer_of(1, [bias], [e])]), rows()
    y = truth(x).detach()
    start = nudged(truth)
    before, state = copy.deepcopy(start.state_dict()), torch.get_rng_state()
    snap(start, x, y)
    assert all(torch.equal(v, before[k]) for k, v in start.state_dict().items())
    assert start.exact_constants() == {}
    assert torch.equal(torch.get_rng_state(), state)
    late = snap(start, x, y, seconds=0)
    assert not late.exact_constants()
    assert share(late, x, y) <= share(start, x, y)

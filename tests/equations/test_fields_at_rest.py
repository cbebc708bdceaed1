"""Fields that begin at 0 and are driven by their borders or sources: t f(x/√t) at the beginning."""

from __future__ import annotations

import math

import pytest
import torch

import edgewise as ew
from edgewise.equations import SolutionWarning, dirichlet, initial, neumann, robin

PI = math.pi
LONG = {"x": (0, 10), "t": (0, 1)}


def heat(u, x, t):
    return u.dt - u.dxx


def repeated_erfc(order, z):
    """The iterated integrals of the complementary error function, i⁰erfc = erfc.

    M. Abramowitz, I. Stegun, *Handbook of Mathematical Functions*, 7.2.
    """
    before, own = 2 / math.sqrt(PI) * torch.exp(-(z**2)), torch.erfc(z)
    for n in range(1, order + 1):
        before, own = own, (before / 2 - z * own) / n
    return own


def from_rest(order):
    """A solution on x > 0 from 0, with u(0, t) proportional to t^(order/2)."""
    return lambda x, t: (4 * t) ** (order / 2) * repeated_erfc(order, x / (2 * torch.sqrt(t)))


def at_border(order):
    """Its value at x = 0 and, for order + 1, its slope there with the other sign."""
    return lambda t: (4 * t) ** (order / 2) / (2.0**order * math.gamma(order / 2 + 1))


def both_ends(x, t):
    """u = sin t at both ends of [0, 1], from 0."""
    k = torch.arange(1, 4000, 2, dtype=torch.float64) * PI
    fall, late = k**2, t[:, None]
    grown = (fall * torch.cos(late) + torch.sin(late) - fall * torch.exp(-fall * late)) / (
        fall**2 + 1
    )
    return torch.sin(t) - (4 / k * grown * torch.sin(k * x[:, None])).sum(1)


def compare(s, truth):
    generator = torch.Generator().manual_seed(0)
    x, t = (
        low + (high - low) * torch.rand(500, generator=generator, dtype=torch.float64)
        for low, high in s.problem.bounds
    )
    return float((s(x, t) - truth(x, t)).norm() / truth(x, t).norm())


ENDS = dirichlet("x", 0.0, side="high")
CASES = {
    "both ends": (heat, {"x": (0, 1), "t": (0, 1)}, [dirichlet("x", torch.sin)], both_ends),
    "value": (heat, LONG, [dirichlet("x", at_border(2), side="low"), ENDS], from_rest(2)),
    "slope": (heat, LONG, [neumann("x", at_border(2), side="low"), ENDS], from_rest(3)),
    "value and slope": (
        heat, LONG,
        [robin("x", 2.0, 1.0, lambda t: 2 * at_border(3)(t) + at_border(2)(t), side="low"), ENDS],
        from_rest(3),
    ),
    "source": (
        lambda u, x, t: heat(u, x, t) - 2 * t - 1,
        LONG,
        [
            dirichlet("x", lambda t: t**2, side="low"),
            dirichlet("x", lambda t: t**2 + t, side="high"),
        ],
        lambda x, t: t**2 + t - from_rest(2)(x, t),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_windows_are_found(case):
    equation, domain, conditions, truth = CASES[case]
    tolerance = 1e-6 if case == "both ends" else 1e-3
    s = ew.solve(equation, domain, [initial(0.0), *conditions], tolerance=tolerance)
    assert compare(s, truth) <= s.error <= tolerance
    assert len(s.windows) < 20


def test_a_slow_field_beside_one_at_rest_is_solved():
    """v begins at 0 and is driven by u."""

    def decay(x, t):
        return torch.exp(-t) * torch.sin(x)

    s = ew.solve(
        lambda u, v, x, t: (u.dt - u.dxx, v.dt - v.dxx - u),
        {"x": (0, PI), "t": (0, 2)},
        [initial({"u": torch.sin, "v": 0.0}), dirichlet("x", 0.0)],
    )  # fmt: skip
    generator = torch.Generator().manual_seed(0)
    x, t = (2 * torch.rand(500, generator=generator, dtype=torch.float64) for _ in range(2))
    assert float((s.v(x, t) - t * decay(x, t)).abs().max()) < 1e-6


def test_a_sudden_change_at_an_end_is_solved_to_few_digits():
    with pytest.warns(SolutionWarning, match="contradict"):
        s = ew.solve(
            heat, {"x": (0, 10), "t": (0, 1)},
            [initial(0.0), neumann("x", at_border(0), side="low"), ENDS], tolerance=1e-2,
        )  # fmt: skip
    assert compare(s, from_rest(1)) <= 1e-2


def test_a_plate_whose_edge_suddenly_becomes_hot():
    """u = sin πx on one edge from t = 0 on; the series in y is that of u_t = u_yy - π² u."""

    def edge(x, t):
        return torch.sin(PI * x) + 0 * t

    with pytest.warns(SolutionWarning, match="contradict"):
        s = ew.solve(
            lambda u, x, y, t: u.dt - u.dxx - u.dyy,
            {"x": (0, 1), "y": (0, 1), "t": (0, 0.1)},
            [
                dirichlet("y", edge, side="high"), dirichlet("y", 0.0, side="low"),
                dirichlet("x", 0.0), initial(0.0),
            ],
            tolerance=0.3,
        )  # fmt: skip
    x, y, t = torch.rand(3, 2000, generator=torch.Generator().manual_seed(1)).double()
    k = PI * torch.arange(1, 1001, dtype=torch.float64)[:, None]
    fades = torch.exp(-(k**2 + PI**2) * 0.1 * t)
    along_y = (2 * k * torch.cos(k) / (k**2 + PI**2) * torch.sin(k * y) * fades).sum(0)
    true = torch.sin(PI * x) * (torch.sinh(PI * y) / math.sinh(PI) + along_y)
    found = s(x, y, 0.1 * t).reshape(-1)
    assert float((found - true).norm()) < 3e-2 * float(true.norm())
    assert s.error < 3e-2

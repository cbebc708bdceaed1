"""Narrow peaks of sources, coefficients and given values, between the points of a first fit."""

from __future__ import annotations

import math

import pytest
import torch

import edgewise as ew
from edgewise.equations import dirichlet, initial
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.unresolved import find_places, is_missed, surround

PI = math.pi
F64 = torch.float64
CENTRE, WIDTH = 0.3137, 2e-3


def peak(x, centre=CENTRE, width=WIDTH):
    return torch.exp(-(((x - centre) / width) ** 2))


def peak_waves(k, centre=CENTRE, width=WIDTH):
    """The parts of a peak in sin kπx on [0, 1]."""
    return (
        2 * width * PI**0.5 * torch.exp(-((k * PI * width) ** 2) / 4) * torch.sin(k * PI * centre)
    )


def total(x, centre=CENTRE, width=WIDTH):
    """The integral of a peak from far below."""
    return width * PI**0.5 / 2 * (1 + torch.erf((x - centre) / width))


def compare(solution, truth, *intervals):
    generator = torch.Generator().manual_seed(0)
    points = [
        low + (high - low) * torch.rand(500, generator=generator, dtype=F64)
        for low, high in intervals
    ]
    wanted = truth(*points)
    true = float((solution(*points) - wanted).norm() / wanted.norm())
    assert true <= solution.tolerance
    assert true / 10 <= max(solution.error, 1e-3 * solution.tolerance)
    return true


@pytest.mark.parametrize("tolerance", [1e-4, 1e-2])
def test_a_narrow_source_is_seen(tolerance):
    """With few digits it is left out, and the error says so."""
    k = torch.arange(1, 3000, dtype=F64)

    def truth(x, t):
        fall = 0.1 * (k * PI) ** 2
        moved = 3 * peak_waves(k) / fall * (1 - torch.exp(-fall * t[:, None]))
        start = 10 * torch.sin(2 * PI * x) * torch.exp(-0.4 * PI**2 * t)
        return start + (moved * torch.sin(k * PI * x[:, None])).sum(1)

    s = ew.solve(
        lambda u, x, t: u.dt - 0.1 * u.dxx - 3 * peak(x), {"x": (0, 1), "t": (0, 0.5)},
        [initial(lambda x: 10 * torch.sin(2 * PI * x)), dirichlet("x", 0.0)],
        tolerance=tolerance, seconds=120,
    )  # fmt: skip
    compare(s, truth, (0, 1), (0, 0.5))


def test_a_narrow_peak_of_the_beginning_is_seen():
    k = torch.arange(1, 3000, dtype=F64)

    def truth(x, t):
        fall = torch.exp(-0.1 * (k * PI) ** 2 * t[:, None])
        start = torch.sin(2 * PI * x) * torch.exp(-0.4 * PI**2 * t)
        return start + (peak_waves(k) * fall * torch.sin(k * PI * x[:, None])).sum(1)

    s = ew.solve(
        lambda u, x, t: u.dt - 0.1 * u.dxx, {"x": (0, 1), "t": (0, 0.5)},
        [initial(lambda x: torch.sin(2 * PI * x) + peak(x)), dirichlet("x", 0.0)],
        tolerance=1e-4, seconds=120,
    )  # fmt: skip
    compare(s, truth, (0, 1), (0, 0.5))


def test_a_pulse_at_the_border_is_seen():
    """u = v(t - x) of a peak v, at times when none of it has left."""
    width, centre = 0.02, 0.3

    def truth(x, t):
        return torch.sin(2 * PI * (x - t)) + peak(t - x, centre, width)

    s = ew.solve(
        lambda u, x, t: u.dt + u.dx, {"x": (0, 0.1), "t": (0, 1)},
        [
            initial(lambda x: torch.sin(2 * PI * x)),
            dirichlet("x", lambda t: peak(t, centre, width) - torch.sin(2 * PI * t), side="low"),
        ],
        tolerance=1e-4,
    )  # fmt: skip
    compare(s, truth, (0, 0.1), (0, 1))


def test_a_pulse_of_time_is_seen():
    s = ew.solve(
        lambda u, t: u.dt - 1 - 1000 * peak(t), {"t": (0, 1)}, [initial(0.0)], tolerance=1e-6
    )
    compare(s, lambda t: t + 1000 * total(t), (0, 1))


def test_a_narrow_coefficient_is_seen():
    """(u'/a)' = -1 where a has a peak."""
    width = 5e-3

    def a(x):
        return 1 + 50 * peak(x, width=width)

    def residual(u, x):
        slope = -2 * (x - CENTRE) / width**2 * 50 * peak(x, width=width)
        return u.dxx * a(x) - u.dx * slope + a(x) ** 2

    def whole(x):  # ∫ a
        return x + 50 * total(x, width=width)

    def moment(x):  # ∫ x a
        bent = CENTRE * total(x, width=width) - width**2 / 2 * peak(x, width=width)
        return x * x / 2 + 50 * bent

    one = torch.ones((), dtype=F64)
    s = ew.solve(residual, {"x": (0, 1)}, [dirichlet("x", 0.0)], tolerance=1e-3)
    compare(s, lambda x: moment(one) / whole(one) * whole(x) - moment(x), (0, 1))


def test_a_narrow_peak_on_the_border_is_seen():
    k, width = torch.arange(1, 1000, dtype=F64), 5e-3

    def fall(k, y):  # sinh kπ(1 - y) / sinh kπ
        return (torch.exp(-k * PI * y) - torch.exp(-k * PI * (2 - y))) / (
            1 - torch.exp(-2 * k * PI)
        )

    def truth(x, y):
        waves = peak_waves(k, width=width) * fall(k, y[:, None]) * torch.sin(k * PI * x[:, None])
        return torch.sin(PI * x) * fall(torch.ones((), dtype=F64), y) + waves.sum(1)

    s = ew.solve(
        lambda u, x, y: u.dxx + u.dyy, {"x": (0, 1), "y": (0, 1)},
        [
            dirichlet("x", 0.0), dirichlet("y", 0.0, side="high"),
            dirichlet("y", lambda x: torch.sin(PI * x) + peak(x, width=width), side="low"),
        ],
        tolerance=1e-3,
    )  # fmt: skip
    compare(s, truth, (0, 1), (0, 1))


@pytest.mark.parametrize("axes", [1, 2])
def test_worst_places_are_found_and_improved(axes):
    generator = torch.Generator().manual_seed(0)
    points = torch.rand(4000, axes, generator=generator, dtype=F64)
    centres = torch.tensor([[0.3137, 0.6], [0.8, 0.2]], dtype=F64)[:, :axes]

    def size(x):
        apart = ((x[:, None] - centres) / 0.01).square().sum(2)
        return (torch.exp(-apart) * torch.tensor([2.0, 1.0])).sum(1)

    found = find_places(size, points, [(0.0, 1.0)] * axes)
    assert len(found) == 2
    assert torch.allclose(found, centres, atol=1e-4)


def test_places_are_few_large_and_inside():
    points = torch.linspace(0, 1, 4001, dtype=F64)[:, None]
    centres = torch.linspace(0.05, 0.95, 10, dtype=F64)

    def peaks(heights):
        return lambda x: (torch.exp(-(((x - centres) / 0.01) ** 2)) * heights).sum(1)

    def find(heights):
        found = find_places(peaks(heights), points + 1e-5, [(0.0, 1.0)])[:, 0]
        assert ((found[:, None] - centres).abs().amin(1) < 1e-4).all()
        return found

    falling = 0.9 ** torch.arange(10, dtype=F64)
    assert torch.allclose(find(falling), centres[:6], atol=1e-4)  # no more than six
    falling[3:] *= 0.09
    assert torch.allclose(find(falling), centres[:3], atol=1e-4)  # none below a tenth
    assert float(find_places(lambda x: x[:, 0], points, [(0.0, 0.9)]).max()) == 0.9
    # Beside values that aren't defined.
    rising = find_places(lambda x: torch.where(x > 0.9, torch.nan, x)[:, 0], points, [(0.0, 1.0)])
    assert 0.9 - 1e-4 < float(rising[0]) <= 0.9


@pytest.mark.parametrize("repeats", [False, True])
def test_curves_miss_what_is_narrower_than_their_points(repeats):
    curves = Curves.over(0, 1, 31, repeats)
    place = torch.tensor([CENTRE], dtype=F64)
    assert is_missed(lambda x: peak(x)[:, None], curves, place)
    assert not is_missed(lambda x: torch.sin(2 * PI * x)[:, None], curves, place)
    # Elsewhere, or below a tenth of the function, it doesn't count.
    assert not is_missed(lambda x: peak(x)[:, None], curves, place + 0.3)
    for height, missed in ((0.09, False), (0.13, True)):
        both = lambda x, h=height: (torch.sin(2 * PI * x) + h * peak(x))[:, None]  # noqa: E731
        assert is_missed(both, curves, place) == missed
    x = surround(curves, place)
    apart = x - place
    for side in (apart[apart > 0], -apart[apart < 0]):
        assert 1e-6 <= float(side.min()) < 2e-6
    assert float(apart.abs().min()) == 0
    weights = curves.weigh(x)
    assert float(weights.sum()) == pytest.approx(1.0)
    # The mean over the angle of what has no constant part is nearly 0.
    table = curves.table(x, 0)[0]
    assert (weights @ table[:, 1:6]).abs().max() < 0.02

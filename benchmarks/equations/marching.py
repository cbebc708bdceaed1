"""Solutions of equations with time: spectral in space, of high order in time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from benchmarks.equations.chebyshev import differentiate, interpolate
from benchmarks.processes.spectral import Complex, Torus, solve

Array = NDArray[np.float64]
PULL = 5.0
"""Of Allen's and Cahn's reaction."""
SHARP, STANDARD = 1e-3, 1e-4
"""Its diffusivities: that of the fixed ends, and that of the periodic problem."""
GRAY_SCOTT = {"du": 2e-4, "dv": 1e-4, "feed": 0.04, "kill": 0.06}
NARROW = 4.0
"""Of the spot that Gray's and Scott's fields begin with."""


def _react(u: Array) -> Array:
    return PULL * (u - u**3)


def allen_cahn(
    x: Array, times: Array, diffusivity: float, fixed: bool, degree: int, tolerance: float
) -> Array:
    """u_t = d u_xx + 5 (u - u³), u(x, 0) = x² cos πx on [-1, 1]: collocation, then Radau IIA.

    The solution is even, so half of the interval is enough: slope 0 at x = 0; at x = 1 the value
    -1 (`fixed`) or slope 0, which is what a periodic solution has there.

    Shape:
        x: (n,), times: (m,) → (m, n)
    """
    nodes, slope = differentiate(degree)
    nodes, slope = (nodes + 1) / 2, 2 * slope  # from 1 down to 0
    inner, ends = slice(1, -1), np.array([0, degree])
    second = diffusivity * (slope @ slope)[inner]
    # The values at the ends are what the conditions make of the inner ones: a line.
    if fixed:
        at_zero = -slope[-1, inner] / slope[-1, -1]
        lift = np.stack([np.zeros(degree - 1), at_zero])
        shift = np.array([-1.0, slope[-1, 0] / slope[-1, -1]])
    else:
        lift = -np.linalg.solve(slope[np.ix_(ends, ends)], slope[ends, inner])
        shift = np.zeros(2)
    linear = second[:, inner] + second[:, ends] @ lift
    constant = second[:, ends] @ shift

    def rate(_: float, u: Array) -> Array:
        return np.asarray(linear @ u + constant + _react(u))

    def jacobian(_: float, u: Array) -> Array:
        return np.asarray(linear + np.diag(PULL * (1 - 3 * u**2)))

    first = nodes**2 * np.cos(np.pi * nodes)
    done = solve_ivp(
        rate, (0.0, times[-1]), first[inner], "Radau", times, jac=jacobian,
        rtol=tolerance, atol=tolerance,
    )  # fmt: skip
    whole = np.empty((len(times), degree + 1))
    whole[:, inner] = done.y.T
    whole[:, ends] = done.y.T @ lift.T + shift
    whole[times == 0] = first
    return whole @ interpolate(nodes, np.abs(x)).T


def allen_cahn_in_waves(times: Array, diffusivity: float, modes: int, step: float) -> Array:
    """The periodic problem in Fourier's waves, at x = -1 + 2j / modes: (m, modes).

    The initial value has a kink at x = ±1, so its coefficients are integrals and not sums over
    the grid.
    """
    torus = Torus((2.0,), (modes,))
    k = torus.wave_numbers[0]

    def integral(n: Array) -> Array:
        """∫ x² cos(nπx) dx over [-1, 1], of whole n."""
        safe = np.where(n == 0, 1.0, n)
        return np.where(n == 0, 2 / 3, 4 * np.cos(np.pi * n) / (np.pi * safe) ** 2)

    n = np.round(k / np.pi)
    # x² cos πx = ½ x² (e^{iπx} + e^{-iπx}); the factor moves x = -1 to the grid's beginning.
    coefficients = 0.25 * (integral(n - 1) + integral(n + 1)) * np.cos(np.pi * n)
    start = torus.to_values(coefficients * modes)

    def rest(fields: Complex) -> Complex:
        return torus.to_fourier(_react(torus.to_values(fields)))

    return solve(torus, (diffusivity * torus.laplacian)[None], rest, start[None], times, step)[:, 0]


def _circle(
    start: Callable[[Array], Array], low: float, length: float, linear: dict[int, float],
    times: Array, modes: int, step: float, advection: float,
) -> Array:  # fmt: skip
    """u_t + a u u_x = Σ c_n ∂ⁿu/∂xⁿ at x = low + length j / modes: (m, modes)."""
    torus = Torus((length,), (modes,))
    k = torus.wave_numbers[0]
    symbol = np.asarray(sum(c * (1j * k) ** n for n, c in linear.items()))

    def rest(fields: Complex) -> Complex:
        return np.asarray(-0.5j * advection * k * torus.to_fourier(torus.to_values(fields) ** 2))

    first = start(low + torus.axes[0])
    return solve(torus, symbol[None], rest, first[None], times, step)[:, 0]


def burgers_in_waves(times: Array, viscosity: float, modes: int, step: float) -> Array:
    """u_t + u u_x = ν u_xx, u(x, 0) = -sin πx: odd, so that it is periodic, too."""
    return _circle(lambda x: -np.sin(np.pi * x), -1.0, 2.0, {2: viscosity}, times, modes, step, 1.0)


def korteweg_de_vries(times: Array, modes: int = 512, step: float = 2e-5) -> Array:
    """u_t + u u_x + 0.022² u_xxx = 0, u(x, 0) = cos πx, period 2: (m, modes).

    N. J. Zabusky and M. D. Kruskal, Phys. Rev. Lett. 15 (1965).
    """
    return _circle(
        lambda x: np.cos(np.pi * x), -1.0, 2.0, {3: -(0.022**2)}, times, modes, step, 1.0
    )


def kuramoto_sivashinsky(times: Array, modes: int = 256, step: float = 2e-5) -> Array:
    """u_t + (100/16) u u_x + (100/16²) u_xx + (100/16⁴) u_xxxx = 0, period 2π: (m, modes).

    u(x, 0) = cos x (1 + sin x), as in S. Wang, S. Sankaran and P. Perdikaris, "Respecting
    causality is all you need for training physics-informed neural networks", 2022.
    """
    return _circle(
        lambda x: np.cos(x) * (1 + np.sin(x)), 0.0, 2 * np.pi,
        {2: -100 / 16**2, 4: -100 / 16**4}, times, modes, step, 100 / 16,
    )  # fmt: skip


def gray_scott(times: Array, modes: int = 160, step: float = 0.25) -> Array:
    """u_t = a Δu - u v² + F (1 - u), v_t = b Δv + u v² - (F + k) v on the unit torus.

    They begin as 1 - s/2 and s/4 with a spot s = exp(4 (cos 2πx + cos 2πy - 2)).

    Shape:
        (m, 2, modes, modes), at x, y = j / modes
    """
    torus = Torus((1.0, 1.0), (modes, modes))
    x, y = torus.mesh
    spot = np.exp(NARROW * (np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y) - 2))
    c = GRAY_SCOTT
    symbol = np.stack([
        c["du"] * torus.laplacian - c["feed"], c["dv"] * torus.laplacian - c["feed"] - c["kill"]
    ])  # fmt: skip

    def rest(fields: Complex) -> Complex:
        u, v = torus.to_values(fields)
        burnt = u * v**2
        return torus.to_fourier(np.stack([c["feed"] - burnt, burnt]))

    return solve(torus, symbol, rest, np.stack([1 - spot / 2, spot / 4]), times, step)

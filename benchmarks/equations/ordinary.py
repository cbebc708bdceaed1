"""Solutions of ordinary equations: Taylor's series, and an implicit method for stiff ones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

Array = NDArray[np.float64]
LORENZ = {"sigma": 10.0, "rho": 28.0, "beta": 8 / 3}
FIRST = (1.0, 1.0, 1.0)
"""Where Lorenz' trajectory begins."""
STIFFNESS = 1000.0
"""μ of van der Pol's oscillator."""


def lorenz(times: Array, order: int = 24, step: float = 0.02) -> Array:
    """x' = σ (y - x), y' = x (ρ - z) - y, z' = x y - β z, by series in each step: (m, 3).

    The coefficients of the series follow from one another by the equations themselves.
    """
    state, made, now = np.array(FIRST), [], 0.0
    for time in times:
        pieces = int(np.ceil((time - now) / step - 1e-9))
        for _ in range(pieces):
            state = _series(state, order) @ ((time - now) / pieces) ** np.arange(order + 1)
        made.append(state)
        now = time
    return np.array(made)


def _series(state: Array, order: int) -> Array:
    """Taylor's coefficients at a state: (3, order + 1)."""
    c = np.zeros((3, order + 1))
    c[:, 0] = state
    for n in range(order):
        x, y, z = c[:, : n + 1]
        xz, xy = x @ z[::-1], x @ y[::-1]
        rate = (
            LORENZ["sigma"] * (y[n] - x[n]),
            LORENZ["rho"] * x[n] - xz - y[n],
            xy - LORENZ["beta"] * z[n],
        )
        c[:, n + 1] = np.array(rate) / (n + 1)
    return c


def lorenz_by_steps(times: Array) -> Array:
    """The same by a Runge-Kutta method of eighth order."""

    def rate(_: float, state: Array) -> list[float]:
        x, y, z = state
        return [
            LORENZ["sigma"] * (y - x), x * (LORENZ["rho"] - z) - y, x * y - LORENZ["beta"] * z
        ]  # fmt: skip

    done = solve_ivp(rate, (0.0, times[-1]), FIRST, "DOP853", times, rtol=2.5e-14, atol=1e-14)
    return np.asarray(done.y.T)


def van_der_pol(times: Array, tolerance: float = 1e-12) -> Array:
    """x'' = μ (1 - x²) x' - x, x(0) = 2, x'(0) = 0 with μ = 1,000: (m, 2), x and x'."""

    def rate(_: float, state: Array) -> list[float]:
        x, v = state
        return [v, STIFFNESS * (1 - x**2) * v - x]

    def jacobian(_: float, state: Array) -> list[list[float]]:
        x, v = state
        return [[0.0, 1.0], [-2 * STIFFNESS * x * v - 1, STIFFNESS * (1 - x**2)]]

    return _integrate(rate, jacobian, (2.0, 0.0), times, tolerance)


def van_der_pol_by_lienard(times: Array, tolerance: float = 1e-12) -> Array:
    """The same by Liénard's variables, x' = μ (x - x³/3 - y), y' = x / μ: (m,), x alone."""

    def rate(_: float, state: Array) -> list[float]:
        x, y = state
        return [STIFFNESS * (x - x**3 / 3 - y), x / STIFFNESS]

    def jacobian(_: float, state: Array) -> list[list[float]]:
        return [[STIFFNESS * (1 - state[0] ** 2), -STIFFNESS], [1 / STIFFNESS, 0.0]]

    return _integrate(rate, jacobian, (2.0, 2.0 - 8 / 3), times, tolerance)[:, 0]


def _integrate(
    rate: Callable[[float, Array], list[float]],
    jacobian: Callable[[float, Array], list[list[float]]],
    first: tuple[float, ...],
    times: Array,
    tolerance: float,
) -> Array:
    """By Radau IIA, for stiff equations."""
    done = solve_ivp(
        rate, (0.0, times[-1]), first, "Radau", times, jac=jacobian,
        rtol=tolerance, atol=tolerance * 1e-2,
    )  # fmt: skip
    return np.asarray(done.y.T)

"""Calls that take the longer ways of the library, on small tables; their numbers are kept."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import torch

import edgewise as ew
from edgewise.equations import box, curve, dirichlet, disc, initial, neumann, periodic, robin
from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival

PI = math.pi
F64 = torch.float64


def _table(rows, columns, seed=0):
    """Columns from -2 to 2, as good as drawn, and noise of size 1."""
    random = np.random.default_rng(seed)
    return random.uniform(-2, 2, (rows, columns)), random.normal(size=rows)


def _discover(make, noise=0.0, rows=60, columns=2, low=None, **settings):
    x, e = _table(rows, columns)
    x = x if low is None else low + np.abs(x)
    y = make(*x.T)
    how = {"evaluations": 250, "budget": 0.4, "progress": False, "seed": 0, **settings}
    return ew.discover(x, y + noise * y.std() * e, **how)


def _name_classes():
    x, _ = _table(60, 2)
    y = np.where(x[:, 0] ** 2 + x[:, 1] > 0.5, 1, -1)
    return ew.discover(x, y, evaluations=200, budget=0.3, progress=False, seed=0)


def _find_motion(noise):
    t = np.linspace(0, 6, 90)
    states = np.stack([np.exp(-0.2 * t) * np.cos(2 * t), np.exp(-0.2 * t) * np.sin(2 * t)], 1)
    states = states + noise * np.random.default_rng(0).normal(size=states.shape)
    return ew.discover_ode(t, states, evaluations=80, budget=0.2, progress=False, seed=0)


def _find_field():
    t, x = np.linspace(0, 1, 40), np.linspace(0, 2 * PI, 60)
    u = sum(np.exp(-0.1 * k * k * t[:, None]) * np.sin(k * x + k) / k for k in (1, 2, 3))
    u = u + 1e-4 * np.random.default_rng(0).normal(size=u.shape)
    return ew.ode.discover_pde(t, {"u": u}, {"x": x}, derivatives=2, degree=2)


def _fit(formula, names, y, noise=0.02, **how):
    random = np.random.default_rng(0)
    table = {name: np.linspace(0.3, 3, 40) if not k else random.uniform(0.5, 2, 40)
             for k, name in enumerate(names)}  # fmt: skip
    exact = y(*table.values())
    table["y"] = exact + noise * exact.std() * random.normal(size=40)
    return ew.fit_formula(formula, table, target="y", **how)


def _read_law():
    x = np.linspace(0.2, 8, 40)
    y = 3 * x**2 / (4 + x**2) + 0.03 * np.random.default_rng(0).normal(size=40)
    fit = ew.fit_law("hill", x, y, sigma=0.03)
    return fit, fit.intervals(), fit.band(x[:5])


def _solve(residual, domain, conditions, **how):
    return ew.solve(residual, domain, conditions, **{"seconds": 20.0, "tolerance": 1e-4, **how})


def _burgers(u, x, t):
    return u.dt + u * u.dx - 0.1 * u.dxx


def _cooled():
    t = np.linspace(0.05, 1, 25)
    return t[:, None], 1 + np.exp(-1.7 * t) + 0.01 * np.sin(50 * t)


def _mixed(rows=80):
    """A table of numbers, levels, whole numbers and what is missing, with noise."""
    x, e = _table(rows, 2)
    level = np.array(list("abc"))[np.arange(rows) * 7 % 3]
    table = pd.DataFrame({"u": x[:, 0], "v": x[:, 1], "kind": level, "count": np.arange(rows) % 5})
    table.loc[::11, "v"] = np.nan
    y = np.sin(2 * x[:, 0]) + (level == "a") + 0.3 * x[:, 0] * (np.arange(rows) % 5) + 0.1 * e
    return table.assign(kind=table["kind"].astype("category")), y


def _estimate(kind=KANRegressor, target=lambda y: y, **settings):
    table, y = _mixed()
    model = kind(**{"cv": 2, "random_state": 0, **settings}).fit(table, target(y))
    fresh, _ = _mixed(24)
    return model, model.predict(fresh), model.explain_global(), model.explain_local(fresh[:3])


def _live():
    table, y = _mixed()
    lives = np.stack([np.arange(80) % 4 > 0, np.exp(0.5 * y) * (1 + np.arange(80) % 9)], 1)
    model = KANSurvival(cv=2, random_state=0).fit(table, lives)
    return model, model.predict(table[:9]), model.explain_global(), model.score(table, lives)


def _train(**how):
    x = torch.linspace(-1, 1, 60, dtype=F64).reshape(30, 2).sin()
    y = (3 * x[:, :1]).sin() * x[:, 1:]
    model = ew.KAN([2, 3, 1], dtype=F64, seed=0)
    history = ew.fit(model, x, y, steps=4, progress=False, seed=0, **how)
    return model, history, ew.explain.attribute(model, x)


CALLS = {
    "a product and a ratio": lambda: _discover(lambda a, b: 2 * a * b / (1 + b), low=0.3),
    "a wave that fades, with noise": lambda: _discover(
        lambda a, b: np.sin(3 * a) * np.exp(-b), noise=0.05
    ),
    "a power of a sum": lambda: _discover(lambda a, b: (a + 2 * b) ** 1.5, low=0.5),
    "noise alone": lambda: _discover(lambda a, b: 1 + 0 * a + 1e-9 * b, noise=1e9),
    "weights, errors and limits": lambda: _discover(
        lambda a, b: a / b,
        noise=0.05,
        low=0.5,
        sample_weight=np.linspace(1, 2, 60),
        limits={"slopes": {"x0": "increasing"}},
    ),
    "two classes": _name_classes,
    "groups": lambda: _discover(
        lambda a, b: np.repeat([1.0, 2.0, 4.0], 20) * a + b**2,
        noise=0.01,
        group=np.repeat(list("pqr"), 20),
    ),
    "motion with noise": lambda: _find_motion(0.01),
    "a field": _find_field,
    "a sum of exponentials": lambda: _fit(
        "a*exp(-b*t) + c*exp(-d*t)", "t", lambda t: 2 * np.exp(-t) + np.exp(-5 * t)
    ),
    "a damped wave": lambda: _fit(
        "a*exp(-b*t)*sin(w*t + p)", "t", lambda t: 2 * np.exp(-0.3 * t) * np.sin(7 * t + 1)
    ),
    "a surface with bounds": lambda: _fit(
        "a*t**b/(c + u)", "tu", lambda t, u: t**0.5 / (2 + u), bounds={"b": (0, 0.4)}
    ),
    "a law with errors": _read_law,
    "a box": lambda: _solve(
        lambda u, x, y: u.dxx + u.dyy + 0.1 * u * u - torch.sin(PI * x) * y,
        {"x": (0, 1), "y": (0, 2)},
        [
            dirichlet("x", 0.0),
            neumann("y", 0.0, side="low"),
            robin("y", 1.0, 0.5, 0.0, side="high"),
        ],
        tolerance=3e-3,
    ),
    "a corner": lambda: _solve(
        lambda u, x, y: u.dxx + u.dyy + 1,
        box(x=(-1, 1), y=(-1, 1)) - box(x=(0, 1), y=(-1, 0)),
        [dirichlet(("x", "y"), 0.0)],
        tolerance=3e-3,
    ),
    "a hole": lambda: _solve(
        lambda u, x, y: u.dxx + u.dyy,
        box(x=(-1, 1), y=(-1, 1)) - disc(x=0, y=0, radius=0.4),
        [dirichlet(("x", "y"), lambda x, y: x * y)],
        tolerance=3e-3,
    ),
    "Burgers": lambda: _solve(
        _burgers,
        {"x": (-1, 1), "t": (0, 0.1)},
        [initial(lambda x: -torch.sin(PI * x)), dirichlet("x", 0.0)],
        tolerance=3e-3,
    ),
    "a wave on a ring": lambda: _solve(
        lambda u, x, t: u.dtt - u.dxx,
        {"x": (0, 1), "t": (0, 0.7)},
        [initial(lambda x: torch.sin(2 * PI * x), 0.0), periodic("x")],
    ),
    "two stiff equations": lambda: _solve(
        lambda u, v, t: (u.dt + 50 * (u - v), v.dt + u),
        {"t": (0, 3)},
        [initial({"u": 2.0, "v": 1.0})],
    ),
    "a range of constants": lambda: _solve(
        lambda u, t, k: u.dt + k * u,
        {"t": (0, 1)},
        [initial(1.0)],
        constants={"k": (1, 3)},
    ),
    "two unknown constants": lambda: _solve(
        lambda u, t, k, s: u.dt + k * (u - s),
        {"t": (0, 1)},
        [initial(2.0)],
        unknowns={"k": 1.0, "s": 0.5},
        data=_cooled(),
    ),
    "an unknown curve": lambda: _solve(
        lambda u, t, k: u.dt + k * (u - 1),
        {"t": (0, 1)},
        [initial(2.0)],
        unknowns={"k": curve("t", guess=1.0, most=5)},
        data=_cooled(),
    ),
    "a table": _estimate,
    "a table of counts": lambda: _estimate(
        target=lambda y: np.round(np.exp(y)), loss="poisson", interactions="pairs"
    ),
    "quantiles": lambda: _estimate(loss="quantile", quantile=[0.2, 0.8], interactions="pairs"),
    "shapes": lambda: _estimate(
        monotonic_cst={"u": 1}, convexity_cst={"v": 1}, cyclic={"count": (0, 5)}
    ),
    "two targets": lambda: _estimate(
        target=lambda y: np.stack([y, y**2], 1), interactions="triples"
    ),
    "classes": lambda: _estimate(KANClassifier, lambda y: np.digitize(y, [0, 1])),
    "lives": _live,
    "training": _train,
    "training in batches": lambda: _train(batch_size=8, optimizer="adam", lr=0.01),
    "training by Gauss-Newton": lambda: _train(optimizer="gauss-newton"),
    "training of moving grids": lambda: _train(grid_update_every=4),
}
"""Each without arguments; what it returns is looked at with all that it says of itself."""

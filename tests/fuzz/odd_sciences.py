"""More entrances, as in odd_calls.py: laws, equations, and what a discovery is told beforehand."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import torch
from odd_layers import _table

import edgewise as ew
from edgewise.equations import box, curve, dirichlet, disc, holds, initial, neumann, periodic, robin
from edgewise.sklearn import KANRegressor, KANSurvival


def _path(name):
    return Path(tempfile.mkdtemp()) / name


def _x():
    return np.linspace(0.2, 3.0, 24)


def _y():
    return 2.0 * _x() / (0.5 + _x()) + 0.01 * np.cos(40 * _x())


def _columns():
    return {"t": _x(), "y": _y(), "s": np.full(24, 0.01)}


@cache
def _fitted():
    return ew.fit_law("michaelis_menten", _x(), _y())


def _of(make, method):
    return lambda **arguments: getattr(make(), method)(**arguments)


_LAW = {
    "law": "michaelis_menten", "sigma": None, "x_sigma": None, "censored": None, "start": None,
    "bounds": None,
}  # fmt: skip


def _decay(u, t, k):
    return u.dt + k * u


def _solve(**more):
    """A decay, solved with what is odd."""
    arguments = {
        "domain": {"t": (0.0, 1.0)}, "conditions": [initial(1.0)], "constants": {"k": 1.5},
        "seconds": 1.0, **more,
    }  # fmt: skip
    return ew.solve(_decay, **arguments)


def _flat(u, x):
    return u.dxx - u


def _between(make):
    """An equation on an interval, with a condition that was made of odd arguments."""
    return lambda **arguments: ew.solve(_flat, {"x": (0, 1)}, [make(**arguments)], seconds=1.0)


def _begun(**arguments):
    return ew.solve(_decay, {"t": (0, 1)}, [initial(**arguments)], constants={"k": 1}, seconds=1.0)


def _measured():
    t = np.linspace(0.05, 1, 20)[:, None]
    return t, np.exp(-1.7 * t[:, 0]) + 0.001 * np.sin(50 * t[:, 0])


def _infer(data, unknowns):
    return _solve(constants={}, unknowns=unknowns, data=data)


def _infer_curve(**arguments):
    return _infer(_measured(), {"k": curve(**arguments)})


@cache
def _solved():
    return _solve()


@cache
def _solved_curve():
    return _infer_curve(coordinate="t", guess=1.0, most=4)


def _use_shape(make):
    """A shape of odd arguments, with what it is asked."""

    def call(**arguments):
        shape = make(**arguments)
        points = {n: torch.zeros(2, dtype=torch.float64) for n in shape.coordinates}
        for each in (shape, shape - disc(x=0, y=0, radius=0.1), shape & shape, shape | shape):
            each.contains(points | {"x": torch.zeros(2), "y": torch.zeros(2)})
            each.bounds  # noqa: B018

    return call


@cache
def _grouped():
    x = np.tile(np.linspace(1, 2, 12), 3)[:, None]
    k = np.repeat([1.0, 2.0, 5.0], 12)
    return ew.discover(
        x, k * x[:, 0] + 1, group=list("aaaaaaaaaaaabbbbbbbbbbbbcccccccccccc"), budget=0.3,
        library=["x"], progress=False,
    )  # fmt: skip


@cache
def _rivals():
    x = np.linspace(1, 2, 24)[:, None]
    y = np.sin(3 * x[:, 0]) + 0.1 * np.cos(50 * x[:, 0])
    return ew.discover(x, y, budget=0.3, progress=False)


def _known(**arguments):
    return lambda: {
        "x": np.stack([_x(), _x()[::-1]], 1), "y": _y(), "budget": 0.1, "evaluations": 30,
        "library": ["x", "sin"], "progress": False, "seed": 0, **arguments,
    }  # fmt: skip


def _lives():
    time = np.linspace(0.5, 9.0, 60)
    return {
        "X": np.stack([np.sin(np.arange(60.0)), np.arange(60.0) % 7], 1),
        "y": np.stack([np.arange(60) % 3 > 0, time], 1),
        "sample_weight": None, "entry": None,
    }  # fmt: skip


@cache
def _survival():
    given = _lives()
    return KANSurvival(cv=2, random_state=0).fit(given["X"], given["y"])


def _fit_lives(**given):
    return KANSurvival(cv=2, random_state=0).fit(**given)


def _later():
    return {k: v for k, v in _lives().items() if k in ("X", "y")}


def _counts():
    random = np.random.default_rng(0)
    x = np.stack([np.linspace(-1, 1, 60), random.normal(size=60)], 1)
    return {"X": x, "y": random.poisson(np.exp(x[:, 0]))}


def _fit_counts(X, y, offset=None, exposure=None, **settings):
    model = KANRegressor(**{"loss": "poisson", "cv": 2, "random_state": 0, **settings})
    return model.fit(X, y, offset=offset, exposure=exposure).predict(X[:2])


@cache
def _exposed():
    given = _counts()
    years = np.linspace(0.5, 2, 60)
    model = KANRegressor(loss="poisson", cv=2, random_state=0)
    return model.fit(given["X"], given["y"], exposure=years)


@cache
def _grown():
    x = _table()
    return KANRegressor(cv=2, random_state=0).partial_fit(x, x[:, 0])


@cache
def _plain():
    x = np.linspace(-1, 1, 80).reshape(40, 2)
    return KANRegressor(cv=2, random_state=0).fit(x, x[:, 0])


def _log(**more):
    return {
        "edgewise_table_edits": 1, "columns": ["x0", "x1"], "outputs": ["y"],
        "edits": [{"feature": ["x0"], "action": "flatten", "by": "Ada", "on": "2026-11-28"}],
        **more,
    }  # fmt: skip


SCIENCES = {
    "fit_law": (ew.fit_law, lambda: {"x": _x(), "y": _y(), **_LAW}),
    "fit_law with errors": (
        ew.fit_law, lambda: {"x": _x(), "y": _y(), **_LAW, "sigma": 0.01, "x_sigma": 0.01},
    ),
    "fit_law with limits": (
        ew.fit_law,
        lambda: {"x": _x(), "y": _y(), **_LAW, "censored": np.arange(24) < 3},
    ),
    "fit_law of counts": (
        ew.fit_law, lambda: {"x": _x(), "y": np.round(9 * _y()), **_LAW, "sigma": "counts"},
    ),
    "fit_law, relative": (
        ew.fit_law,
        lambda: {
            "x": _x(), "y": _y(), **_LAW, "sigma": "relative", "start": {"Km": 1.0},
            "bounds": {"Km": (0, 9), "Vmax": (None, 10)},
        },
    ),
    "fit_formula": (
        ew.fit_formula,
        lambda: {
            "formula": "y = a*t/(b + t)", "table": _columns(), "target": None, "sigma": "s",
            "x_sigma": {"t": 0.01}, "censored": None, "start": {"a": 2.0, "b": 0.5},
            "bounds": {"b": (0, 9)},
        },
    ),
    "fit_formula with limits": (
        ew.fit_formula,
        lambda: {
            "formula": "a*t/(b + t)", "table": _columns(), "target": "y", "sigma": None,
            "censored": np.sign(np.arange(24) - 3).clip(-1, 0), "start": None,
        },
    ),
    "predict of a law": (_of(_fitted, "predict"), lambda: {"x": _x()}),
    "band": (_of(_fitted, "band"), lambda: {"x": _x(), "level": 0.9, "new": True}),
    "intervals": (_of(_fitted, "intervals"), lambda: {"level": 0.9}),
    "profile": (_of(_fitted, "profile"), lambda: {"name": "Km", "points": 5, "reach": 2.0}),
    "latex of a law": (_of(_fitted, "latex"), lambda: {"digits": 3}),
    "a law": (
        lambda x, Vmax, Km: ew.laws.get("michaelis_menten")(x, Vmax=Vmax, Km=Km),
        lambda: {"x": _x(), "Vmax": 1.0, "Km": 2.0},
    ),
    "a law's picture": (
        lambda **numbers: ew.laws.get("michaelis_menten").plot(**numbers),
        lambda: {"Vmax": 1.0, "Km": 2.0},
    ),
    "laws.get": (ew.laws.get, lambda: {"name": "gompertz"}),
    "laws.find": (lambda text: ew.laws.find(text), lambda: {"text": "isotherm"}),
    "discover, a form": (
        ew.discover, _known(form="a*x0 + b/x1", limits=None, start=None, sample_weight=None),
    ),
    "discover, a start": (ew.discover, _known(start=["sin(x0)*x1", "x0/(x1 + 2)"], limits=None)),
    "discover, limits": (
        ew.discover, _known(limits={"slopes": {"x0": "increasing"}}, start=None),
    ),
    "discover, errors": (
        ew.discover, _known(sigma=0.01, x_sigma=None, sample_weight=None, output_name="y"),
    ),
    "discover, groups": (
        ew.discover,
        _known(group=np.repeat(list("abc"), 8), sample_weight=None, input_names=["p", "q"]),
    ),
    "Limits": (
        lambda **limits: ew.discover(**_known(limits=ew.discovery.Limits(**limits))()),
        lambda: {
            "exponents": (-3, 3), "exponent_step": 1, "slopes": {"x0": "increasing"},
            "sign": "positive", "at": [{"x0": 0, "y": 0}], "beyond": 0.5,
        },
    ),
    "a point of limits": (
        lambda **point: ew.discover(**_known(limits={"at": [point]})()),
        lambda: {"x0": 0, "x1": np.inf, "y": "finite"},
    ),
    "predict of groups": (
        _of(_grouped, "predict"), lambda: {"x": np.ones((2, 1)), "group": ["a", "b"]},
    ),
    "formula_of": (_of(_grouped, "formula_of"), lambda: {"label": "a"}),
    "save of a discovery": (_of(_rivals, "save"), lambda: {"path": _path("page.html")}),
    "save of groups": (_of(_grouped, "save"), lambda: {"path": _path("page.html")}),
    "card of a discovery": (_of(_rivals, "card"), lambda: {"path": _path("card.png")}),
    "solve": (
        _solve,
        lambda: {
            "domain": {"t": (0, 1)}, "conditions": [initial(1.0)], "constants": {"k": 1.5},
            "model": "auto", "windows": None, "points": None, "weight": 1.0, "tolerance": 1e-4,
            "seed": 0, "unknowns": None, "data": None,
        },
    ),
    "solve by a network": (
        _solve,
        lambda: {
            "model": "mlp", "windows": 1, "points": None, "weight": 100.0, "tolerance": 1e-2,
            "seconds": 0.2, "seed": 0,
        },
    ),
    "solve with data": (_infer, lambda: {"data": _measured(), "unknowns": {"k": 1.0}}),
    "solve with points": (
        lambda x, y: _infer((x, y), {"k": 1.0}),
        lambda: {"x": _measured()[0], "y": _measured()[1]},
    ),
    "solve, an interval": (
        lambda low, high: _solve(domain={"t": (low, high)}), lambda: {"low": 0, "high": 1},
    ),
    "solve, a constant": (lambda k: _solve(constants={"k": k}), lambda: {"k": (1, 2)}),
    "solve, a curve": (_infer_curve, lambda: {"coordinate": "t", "guess": 1.0, "most": 4}),
    "dirichlet": (
        _between(dirichlet), lambda: {"where": "x", "value": 1.0, "side": "both", "field": "u"},
    ),
    "neumann": (
        _between(neumann), lambda: {"where": "x", "value": 1.0, "side": "both", "field": None},
    ),
    "robin": (
        _between(robin),
        lambda: {"where": "x", "a": 1.0, "b": 0.5, "value": 1.0, "side": "both", "field": None},
    ),
    "periodic": (_between(periodic), lambda: {"where": "x", "field": None}),
    "initial": (_begun, lambda: {"value": 1.0, "velocity": None, "coordinate": "t"}),
    "holds": (
        _between(lambda on: holds(lambda u, nx: u.dx * nx + u - 1, on)), lambda: {"on": "x"},
    ),
    "a solution": (lambda t: _solved()(t), lambda: {"t": _x() / 3}),
    "a slope": (lambda t: _solved().u.dt(t), lambda: {"t": _x() / 3}),
    "save of a solution": (_of(_solved, "save"), lambda: {"path": _path("page.html")}),
    "card of a solution": (_of(_solved, "card"), lambda: {"path": _path("card.png")}),
    "an inferred curve": (
        lambda x: (_solved_curve().unknowns["k"](x), _solved_curve().unknowns["k"].error(x)),
        lambda: {"x": _x() / 3},
    ),
    "box": (_use_shape(box), lambda: {"x": (0, 1), "y": (-1, 1)}),
    "disc": (_use_shape(disc), lambda: {"x": 0.0, "y": 1, "radius": 0.5}),
    "polygon": (
        _use_shape(ew.equations.polygon),
        lambda: {"names": "xy", "corners": [(0, 0), (2, 0), (0, 1)]},
    ),
    "region": (
        _use_shape(lambda **ends: ew.equations.region(lambda x, y: 1 - x * x - y * y, **ends)),
        lambda: {"x": (-1, 1), "y": (-1, 1)},
    ),
    "cut out": (
        lambda other: box(x=(0, 1), y=(0, 1)) - other,
        lambda: {"other": disc(x=0, y=0, radius=1)},
    ),
    "KANSurvival": (_fit_lives, _lives),
    "KANSurvival's settings": (
        lambda **settings: KANSurvival(**settings).fit(**_later()),
        lambda: {
            "cv": 2, "random_state": 0, "monotonic_cst": None, "cyclic": None,
            "interaction_cst": "no_interactions", "exclude": (),
        },
    ),
    **{
        method: (
            _of(_survival, method),
            lambda method=method: {
                "X": _lives()["X"],
                "times": [1.0, 2.0],
                **({"coverage": 0.9} if "band" in method else {"return_array": True}),
            },
        )
        for method in (
            "predict_survival_function", "predict_cumulative_hazard_function",
            "predict_survival_band",
        )
    },
    "score of lives": (_of(_survival, "score"), _lives),
    "brier_score": (
        _of(_survival, "brier_score"), lambda: {**_later(), "times": [1.0], "sample_weight": None},
    ),
    "integrated_brier_score": (
        _of(_survival, "integrated_brier_score"), lambda: {**_later(), "times": [1.0, 3.0]},
    ),
    "calibration": (
        _of(_survival, "calibration"), lambda: {**_later(), "time": 3.0, "groups": 3},
    ),
    "fit of counts": (
        _fit_counts,
        lambda: {
            **_counts(), "loss": "poisson", "offset": None, "exposure": np.ones(60),
            "quantile": 0.5, "groups": None, "slopes": (), "cyclic": None,
        },
    ),
    "predict with exposure": (
        _of(_exposed, "predict"), lambda: {"X": _counts()["X"], "exposure": np.ones(60)},
    ),
    "quantiles": (
        lambda quantile, y: KANRegressor(
            loss="quantile", quantile=quantile, cv=2, random_state=0
        ).fit(_counts()["X"], y),
        lambda: {"quantile": [0.1, 0.9], "y": _counts()["y"]},
    ),
    "merge": (ew.sklearn.merge, lambda: {"estimators": [_grown(), _grown()]}),
    "subtract": (
        ew.sklearn.subtract,
        lambda: {"whole": ew.sklearn.merge([_grown(), _grown()]), "part": _grown()},
    ),
    "without_rows": (ew.sklearn.without_rows, lambda: {"estimator": _grown()}),
    "replay": (
        _of(_plain, "replay"), lambda: {"log": _log(), "X": None, "y": None, "sample_weight": None},
    ),
    "a log of edits": (
        lambda **log: _plain().replay({**_log(), **log}),
        lambda: {"columns": ["x0", "x1"], "outputs": ["y"], "edits": _log()["edits"]},
    ),
    "an edit of a log": (
        lambda **edit: _plain().replay(_log(edits=[edit])),
        lambda: {
            "feature": ["x0"], "action": "clip", "options": {"low": -1, "high": 1}, "by": "",
        },
    ),
    "undo": (
        lambda count: _plain().edit("x0", "flatten").undo(count), lambda: {"count": 1},
    ),
    "explain_global": (
        _of(_plain, "explain_global"),
        lambda: {"coverage": 0.9, "X": None, "y": None, "folds": 2},
    ),
    "a page of effects": (
        lambda **more: _plain().explain_global().html(**more), lambda: {"scores": {"R²": ".9"}},
    ),
    "figures of effects": (
        lambda feature: _plain().explain_global().figure(feature), lambda: {"feature": "x0"},
    ),
    "frames of effects": (
        lambda feature: _plain().explain_global().frame(feature), lambda: {"feature": "x0"},
    ),
    "a waterfall": (
        lambda row: _plain().explain_local(np.ones((2, 2))).figure(row=row), lambda: {"row": 0},
    ),
    "expand": (_of(_plain, "expand"), lambda: {"X": _table()}),
    "encode": (_of(_plain, "encode"), lambda: {"X": _table()}),
    "to_python with intervals": (
        _of(_plain, "to_python"),
        lambda: {"contributions": True, "coverage": 0.9},
    ),
    "discover_ode of steps": (
        ew.discover_ode,
        lambda: {
            "t": np.arange(30.0), "states": 0.5 ** np.arange(30.0)[:, None] + 1, "time": "steps",
            "order": 1, "n_jobs": 1, "budget": 0.3, "evaluations": 5, "progress": False,
            "library": ["x"], "seed": 0,
        },
    ),
}  # fmt: skip

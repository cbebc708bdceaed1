"""More entrances, as in odd_calls.py: exports, estimators that explain, and discoveries."""

from __future__ import annotations

import copy
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import torch
from odd_calls import _data, _model, _train
from odd_layers import _generator, _table
from torch import nn

import edgewise as ew
from edgewise import export
from edgewise.sklearn import KANRegressor


def _path(name):
    return Path(tempfile.mkdtemp()) / name


@cache
def _tables():
    return export.tabulate(_model(None), (-1, 1), cells=2, rows=10)


@cache
def _fitted_once():
    x = torch.linspace(-1, 1, 80).reshape(40, 2).numpy()
    return KANRegressor(cv=2, random_state=0).fit(x, x[:, 0])


@cache
def _graph():
    return export.to_onnx(_fitted_once())


def _fitted():
    return copy.deepcopy(_fitted_once())


def _ask(make, method):
    """A method of what was fitted, with settings that may be odd."""
    return lambda **arguments: getattr(make(), method)(**arguments)


def _versions():
    versions = ew.surgery.Versions(tempfile.mkdtemp())
    versions.add(_model(None), "new")
    return versions


def _line():
    return np.linspace(0.0, 1.0, 24)


def _wave():
    t = torch.linspace(0, 3, 40, dtype=torch.float64)
    return {"t": t, "states": torch.stack([t.sin(), t.cos()], 1)}


def _wide():
    return torch.linspace(-1, 1, 80, dtype=torch.float64).sin().reshape(40, 2).numpy()


def _symbolic():
    return ew.surgery.from_formula("sin(x0) + 2*x1**2")


def _memory_file():
    x = torch.linspace(-1, 1, 24).reshape(12, 2)
    how = {"steps": 1, "progress": False, "seed": _generator()}
    history = ew.fit(_model(None), x, x[:, :1], continual=ew.continual.Frozen(), **how)
    history.memory.save(path := _path("memory"))
    return path


ROOMS = {
    "tabulate": (
        export.tabulate,
        lambda: {
            "model": _model(None), "domain": (-1, 1), "degree": 2, "dtype": "float32",
            "tolerance": None, "cells": 2, "rows": 10,
        },
    ),
    "tables": (lambda x: _tables()(x), lambda: {"x": _table()}),
    "certify": (
        ew.certify,
        lambda: {
            "model": _model(None), "domain": (-1, 1), "other": None, "boxes": 2, "starts": 1,
        },
    ),
    "certify two": (
        ew.certify,
        lambda: {
            "model": _model(None), "domain": [(-1, 1), (0, 1)], "other": _model(None), "boxes": 1,
            "starts": 1,
        },
    ),
    "to_c": (
        export.to_c,
        lambda: {
            "model": _tables(), "path": _path("a.c"), "name": "model", "contributions": False,
        },
    ),
    "to_javascript": (
        export.to_javascript,
        lambda: {
            "model": _tables(), "path": _path("a.js"), "name": "model", "contributions": False,
        },
    ),
    "to_python": (
        export.to_python,
        lambda: {
            "model": _tables(), "path": _path("a.py"), "name": "model", "contributions": False,
        },
    ),
    "to_sql": (
        export.to_sql,
        lambda: {
            "model": _tables(), "path": _path("a.sql"), "table": "data", "keep": ("id",),
            "materialized": True, "contributions": False,
        },
    ),
    "feed_onnx": (
        export.feed_onnx,
        lambda: {
            "graph": _graph(), "estimator": _fitted(), "table": _table(),
        },
    ),
    "edit": (
        _ask(_fitted, "edit"),
        lambda: {
            "feature": "x0", "action": "clip", "X": None, "y": None, "sample_weight": None,
            "low": -1.0, "high": 1.0,
        },
    ),
    "edit, replace": (
        _ask(_fitted, "edit"),
        lambda: {
            "feature": "x0", "action": "replace", "at": [-1.0, 0.0, 1.0], "values": [0.0, 1, 0],
        },
    ),
    "edit, monotonise": (
        _ask(_fitted, "edit"),
        lambda: {"feature": "x0", "action": "monotonise", "sign": 1, "output": None},
    ),
    "explain_local": (_ask(_fitted, "explain_local"), lambda: {"X": _table()}),
    "estimator's SQL": (
        _ask(_fitted, "to_sql"),
        lambda: {
            "table": "data", "keep": ("id",), "materialized": True, "contributions": False,
        },
    ),
    "estimator's formula": (_ask(_fitted, "formula"), lambda: {"digits": 3}),
    "discover with units": (
        ew.discover,
        lambda: {
            "x": _wide(), "y": _wide()[:, 0] / 2, "units": {"x0": "m", "x1": "s"},
            "output_unit": "m/s", "budget": 0.05,
            "input_names": None, "output_name": "y", "sample_weight": None, "seed": 0,
            "library": ["x", "sin"], "evaluations": 5, "progress": False, "robust": False,
            "bases": None, "reach": 4.0,
        },
    ),
    "discover_ode": (
        ew.discover_ode,
        lambda: {
            **_wave(), "inputs": None, "state_names": None, "input_names": None, "test": None,
            "budget": 0.3, "library": ["x"], "seed": 0, "smoothing": "none", "progress": False,
            "evaluations": 5,
        },
    ),
    "discover_pde": (
        ew.ode.discover_pde,
        lambda: {
            "t": _line(), "fields": np.sin(3 * np.add.outer(_line(), _line())), "space": _line(),
            "inputs": None, "order": 1, "degree": 1, "derivatives": 1, "terms": ["sin(u)"],
            "source": None, "seed": 0,
        },
    ),
    "Memory.load": (ew.continual.Memory.load, lambda: {"path": _memory_file()}),
    "Memory.save": (
        lambda path: ew.continual.Memory("Frozen").save(path), lambda: {"path": _path("memory")},
    ),
    "levenberg_marquardt": (
        lambda model, x, y, **more: ew.training.levenberg_marquardt(model, (x, y), **more),
        lambda: {**_train(), "steps": 2, "damping": 1e-3, "tolerance": 1e-9},
    ),
    "create_dataset": (
        ew.datasets.create_dataset,
        lambda: {
            "f": lambda x: x[:, :1] * x[:, 1:], "in_features": 2, "num_train": 5, "num_test": 5,
            "ranges": (-1, 1), "noise": 0.1, "normalize_x": True, "normalize_y": True, "seed": 0,
            "dtype": torch.float32, "device": None,
        },
    ),
    "formula": (_ask(_symbolic, "formula"), lambda: {"output": 0, "simplify": True}),
    "latex": (_ask(_symbolic, "latex"), lambda: {"output": 0, "digits": 3}),
    "numpy": (lambda x: _symbolic().numpy()(x), lambda: {"x": _table()}),
    "refine a formula": (
        _ask(_symbolic, "refine"),
        lambda: {
            "x": _data()["x"].double(), "y": _train()["y"].double(), "steps": 2,
        },
    ),
    "is_defined": (_ask(_symbolic, "is_defined"), lambda: {"x": _data()["x"].double()}),
    "sub-network": (
        lambda index: _symbolic()[index], lambda: {"index": 0},
    ),
    "edge_curves": (
        _ask(_symbolic, "edge_curves"), lambda: {"x": _data()["x"].double(), "points": 8},
    ),
    "set_inputs": (
        _ask(lambda: _model(None), "set_inputs"), lambda: {"inputs": [0, 3], "in_features": 4},
    ),
    "forward of a convolution": (
        lambda x: ew.nn.KANConv1d(2, 2, 2, padding=1, seed=_generator())(x),
        lambda: {"x": torch.linspace(-1, 1, 24).reshape(3, 2, 4)},
    ),
    "forward of a block": (
        lambda x: ew.nn.KANTransformerBlock(2, 1, seed=_generator())(x),
        lambda: {"x": torch.linspace(-1, 1, 24).reshape(3, 4, 2)},
    ),
    "forward of attention": (
        lambda q, k, v, bias: ew.presets.KANAttention(2, 2, 2, 2, 1, seed=_generator())(
            q, k, v, bias
        ),
        lambda: {
            "q": torch.ones(3, 4, 2), "k": torch.ones(3, 5, 2), "v": torch.ones(3, 5, 2),
            "bias": torch.zeros(3, 4, 5),
        },
    ),
    "forward of rationals": (
        lambda x: ew.nn.RationalLinear(2, 2, groups=1, seed=_generator())(x),
        lambda: {"x": torch.linspace(-1, 1, 24).reshape(12, 2)},
    ),
    "forward of an edited network": (
        lambda x: ew.explorer.apply_edits(
            _model(None),
            {
                "edgewise_edits": 1, "widths": [2, 3, 1],
                "edits": [{"do": "clip", "edge": [0, 0, 0], "low": -1, "high": 1}],
            },
        )(x),
        lambda: {"x": _data()["x"]},
    ),
    "an edit": (
        lambda entry: ew.explorer.apply_edits(
            _model(None), {"edgewise_edits": 1, "widths": [2, 3, 1], "edits": [entry]}
        )(_data()["x"]),
        lambda: {"entry": {"do": "remove", "edges": [[0, 0, 0]], "constants": [0.5]}},
    ),
    "a point of a bend": (
        lambda **edit: ew.explorer.apply_edits(
            _model(None),
            {
                "edgewise_edits": 1, "widths": [2, 3, 1],
                "edits": [{"do": "bend", "edge": [0, 0, 0], **edit}],
            },
        )(_data()["x"]),
        lambda: {"edge": [0, 0, 0], "x": [-1, 0, 1], "y": [0, 1, 0]},
    ),
    "a fix": (
        lambda **edit: ew.explorer.apply_edits(
            _model(None),
            {
                "edgewise_edits": 1, "widths": [2, 3, 1],
                "edits": [{"do": "fix", "edge": [0, 0, 0], **edit}],
            },
        )(_data()["x"]),
        lambda: {"edge": [0, 0, 0], "function": "sin", "a": 1, "b": 0, "c": 1, "d": 0},
    ),
    "connection_cost": (ew.surgery.connection_cost, _data),
    "Versions.apply": (
        lambda edit, name, arguments: _versions().apply(edit, *arguments, name=name),
        lambda: {"edit": ew.surgery.expand_width, "name": None, "arguments": (1, 1)},
    ),
    "Versions.checkout": (
        lambda name: _versions().checkout(name), lambda: {"name": "new"},
    ),
    "Versions.load": (lambda name: _versions().load(name), lambda: {"name": "new"}),
    "freeze a node": (ew.surgery.freeze, lambda: {"model": _model(None), "layer": 0, "j": 1}),
    "from_formula's text": (
        lambda formula, ranges: ew.surgery.from_formula(formula, ranges),
        lambda: {"formula": "x0*x1 + 1", "ranges": [(-1, 1), (0, 1)]},
    ),
    "extract a layer": (
        ew.explain.extract,
        lambda: {
            "model": nn.Sequential(ew.nn.KANConv1d(2, 2, 2), nn.Flatten()),
            "x": torch.ones(2, 2, 4), "name": "0.layers.0", "most": 8,
        },
    ),
}  # fmt: skip

"""More entrances, as in odd_calls.py: layers, parts of larger models, and data that come again."""

from __future__ import annotations

import numpy as np
import torch
from odd_calls import _TABLE, _data, _fit, _layer, _model, _preset, _train
from torch import nn

import edgewise as ew
from edgewise.sklearn import KANClassifier, KANRegressor


def _generator():
    return torch.Generator().manual_seed(0)


def _apply(kind, *shape):
    """Make a layer and run it on ordinary numbers, forward and backward."""

    def call(**settings):
        layer = kind(**settings)
        tensors = list(layer.parameters())
        x = torch.linspace(-1, 1, int(np.prod(shape))).reshape(shape)
        if tensors[0].device.type == "cpu":
            layer(x.to(tensors[0].dtype)).sum().backward()
        return layer

    return call


def _convolution(dimensions):
    return lambda: {
        "in_channels": 2, "out_channels": 4, "kernel_size": 2, "stride": 1, "padding": 1,
        "dilation": 1, "groups": 2, "padding_mode": "zeros", "memory": 10**6,
        **_layer()(),
    }  # fmt: skip


def _linear_model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))


def _with_memory(kind, **settings):
    """A run that goes on with the memory of another, and its settings."""

    def call(memory_too=True, /, **arguments):
        x = torch.linspace(-1, 1, 24).reshape(12, 2)
        y, model = torch.linspace(0, 1, 12)[:, None], _model(None)
        how = {"steps": 1, "progress": False, "seed": _generator()}
        first = ew.fit(model, x, y, continual=kind(**settings), **how)
        if memory_too:
            arguments = {"memory": first.memory, **arguments}
        ew.fit(model, x / 2, y, continual=kind(**arguments), **how)

    return call


def _fit_part(kind):
    def fit(x, y, sample_weight=None, **arguments):
        model = kind(**arguments)
        for _ in range(2):
            model.partial_fit(x, y, sample_weight)
        return model.predict(x)

    return fit


def _fit_batches(kind):
    def fit(batches, **arguments):
        return kind(**arguments).fit(batches)

    return fit


def _say(kind, method):
    """What a fitted estimator says of odd rows, or with odd settings."""

    def call(x, **arguments):
        table = torch.linspace(-1, 1, 80).reshape(40, 2).numpy()
        y = np.arange(40) % 3
        return getattr(kind(cv=2, random_state=0).fit(table, y), method)(x, **arguments)

    return call


def _table():
    return torch.linspace(-1, 1, 24).reshape(12, 2).numpy()


def _settings(**more):
    return {k: v for k, v in _TABLE.items() if k != "sample_weight"} | more


MORE = {
    **{
        f"KANConv{n}d": (_apply(getattr(ew.nn, f"KANConv{n}d"), 2, 2, *[3] * n), _convolution(n))
        for n in (1, 2, 3)
    },
    "Rational": (
        _apply(ew.nn.Rational, 5, 4),
        lambda: {
            "features": 4, "groups": 2, "degrees": (3, 2), "start": "silu", "device": None,
            "dtype": None,
        },
    ),
    "RationalLinear": (
        _apply(ew.nn.RationalLinear, 5, 4),
        lambda: {
            "in_features": 4, "out_features": 3, "groups": 2, "degrees": (3, 2), "start": "gelu",
            "bias": True, "seed": _generator(), "device": None, "dtype": None,
        },
    ),
    "KANFeedForward": (
        _apply(ew.nn.KANFeedForward, 5, 4),
        lambda: {
            "in_features": 4, "hidden_features": 2, "out_features": 3, "dropout": 0.0,
            **_layer()(),
        },
    ),
    "KANTransformerBlock": (
        _apply(ew.nn.KANTransformerBlock, 2, 5, 4),
        lambda: {
            "features": 4, "num_heads": 2, "feed_forward": None, "causal": True, "dropout": 0.0,
            "recompute": True, "hidden_features": 2, "seed": _generator(), "device": None,
            "dtype": None,
        },
    ),
    "FasterKANvolver": (
        _apply(ew.presets.FasterKANvolver, 2, 1, 16, 16),
        _preset(
            layers_hidden=[4, 2], grid_min=-1.2, grid_max=0.2, num_grids=3, view=(1, 16, 16),
        ),
    ),
    "KAN.for_data": (
        lambda widths, x, y, **settings: ew.KAN.for_data(widths, x, y, **settings),
        lambda: {
            "widths": [2, 3, 1], "x": _data()["x"], "y": _train()["y"], "basis": None,
            "seed": _generator(), "dtype": None,
        },
    ),
    "KAN.from_layers": (
        lambda layers, post: ew.KAN.from_layers(layers, post),
        lambda: {"layers": [ew.KANLinear(2, 3), ew.KANLinear(3, 1)], "post": None},
    ),
    "replace_linear": (
        ew.replace_linear,
        lambda: {
            "model": _linear_model(), "where": None, "basis": None, "norm": None,
            "coef_scale": False, "engine": None,
        },
    ),
    "extract": (
        ew.explain.extract,
        lambda: {
            "model": nn.Sequential(nn.Identity(), _model(None)), "x": _data()["x"], "name": "1",
            "most": 8,
        },
    ),
    "Frozen": (_with_memory(ew.continual.Frozen), lambda: {"reach": 0.001, "owned": True}),
    "Frozen, its memory": (
        lambda memory, reach: _with_memory(ew.continual.Frozen)(False, memory=memory, reach=reach),
        lambda: {"memory": None, "reach": 0.001},
    ),
    "Anchored": (
        _with_memory(ew.continual.Anchored, strength=1.0), lambda: {"strength": 10.0, "decay": 0.5},
    ),
    "Anchored, its memory": (
        lambda memory, strength: _with_memory(ew.continual.Anchored, strength=1.0)(
            False, memory=memory, strength=strength
        ),
        lambda: {"memory": None, "strength": 1.0},
    ),
    "Moments": (_with_memory(ew.continual.Moments), lambda: {"ridge": 0.1}),
    "Moments, its memory": (
        lambda memory, ridge: _with_memory(ew.continual.Moments)(False, memory=memory, ridge=ridge),
        lambda: {"memory": None, "ridge": None},
    ),
    "fit, continual": (
        _fit,
        lambda: {
            **_train(), "steps": 1, "continual": ew.continual.Frozen(), "progress": False,
            "loss": None,
            "sample_weight": None, "seed": _generator(),
        },
    ),
    "partial_fit": (
        _fit_part(KANRegressor),
        lambda: {"x": _table(), "y": np.arange(12.0), "bounds": None, **_TABLE},
    ),
    "fit of batches": (
        _fit_batches(KANRegressor),
        lambda: {"batches": [(_table(), np.arange(12.0))] * 2, **_settings(bounds=None)},
    ),
    "fit of batches, classes": (
        _fit_batches(KANClassifier),
        lambda: {"batches": [(_table(), np.arange(12) % 3)] * 2, **_settings(class_weight=None)},
    ),
    "predict": (_say(KANRegressor, "predict"), lambda: {"x": _table()}),
    "predict_interval": (
        _say(KANRegressor, "predict_interval"), lambda: {"x": _table(), "coverage": 0.9},
    ),
    "predict_proba": (_say(KANClassifier, "predict_proba"), lambda: {"x": _table()}),
    "predict_set": (
        _say(KANClassifier, "predict_set"), lambda: {"x": _table(), "coverage": 0.9},
    ),
}  # fmt: skip

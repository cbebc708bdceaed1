"""The public entrances with arguments that work, and values that nobody should pass there."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import torch

import edgewise as ew
from edgewise import grids, symbolic
from edgewise.sklearn import KANClassifier, KANRegressor

NAN, INF = float("nan"), float("inf")
SCALARS = (
    None, True, False, 0, 1, 2, -1, 10**30, -(10**30), 0.0, 0.5, -0.5, 1e300, NAN, INF, -INF, 1j,
    np.int64(2), np.float32(0.5), np.float64(NAN), np.bool_(True), torch.tensor(2),
    torch.tensor(0.5), "", "x", "silu", "2", b"x", object(), object, len, max, Ellipsis,
)  # fmt: skip
COLLECTIONS = (
    (), [], {}, set(), [0], [1, 2], [2, 3, 1], (0, 0, 0), (0, 1, 0), (-1, 0, 0), (9, 9, 9),
    (True, False, True), (0, 0), (0.5, 0, 0), ("a", "b", "c"), ["a"], ["a", "a"], ["a", "b"],
    [1, "a"], ["a", "b", 3], [None], [None, None], [[]], [[1.0, 2.0]], {"x": 1}, {"layers.0": None},
    range(3), (2, -1), (2, 0, 1), [2.0, 1.0], [NAN, 1], (-1, NAN), (1, -1), (0, 10**30), "ab",
)  # fmt: skip


def list_arrays():
    """Tables of shapes, types and values that are odd; new ones each time."""
    x = torch.linspace(-1, 1, 24).reshape(12, 2)
    return [
        x, x[:, :1], x[:, 0], x[:0], x[:1], x[:, :0], x[0, 0], x[None], x.T, x.double(), x.half(),
        x.bfloat16(), x.long(), x > 0, x.to(torch.complex64), x.to("meta"), x.to_sparse(),
        torch.quantize_per_tensor(x, 0.1, 0, torch.qint8), x.to(torch.uint8), x * NAN, x * INF,
        x * 1e38, x[::2], x.flip(0), torch.zeros(12, 2), torch.full((12, 2), 2), x.numpy(),
        x.numpy().astype(object), x.numpy().astype(str), x.numpy().astype("datetime64[s]"),
        x.numpy()[::-1], x.numpy().astype(np.float16), np.array([]), np.array(3.0),
        np.ma.masked_array(x.numpy(), x.numpy() > 0), x.tolist(), [x, x], (x, x), (x, x, x),
        {"x": x, "y": x}, {"x": x}, [{"x": x, "y": x}], [(x, x[:, :1])], [()], [[]], [[1], [1, 2]],
        torch.nn.Parameter(x.clone()), x.clone().requires_grad_() * 2,
    ]  # fmt: skip


def list_models():
    """What may stand where a model is expected."""
    narrow = ew.KAN([2, 1], seed=torch.Generator().manual_seed(0))
    masked = ew.KAN([2, 2, 1], seed=torch.Generator().manual_seed(0))
    masked.layers[0].mask = torch.zeros(2, 2)
    return [
        narrow, narrow.layers[0], ew.MLP([2, 1]), torch.nn.Linear(2, 1), torch.nn.Identity(),
        torch.nn.Sequential(), torch.nn.Sequential(narrow, torch.nn.Tanh()), ew.KAN, masked,
        ew.KAN([3, 1]), ew.KAN([2, 2, 2, 2]), ew.KAN([2, 1], dtype=torch.float64),
        ew.KAN([2, 1], device="meta"), ew.FastKAN([2, 1]), ew.presets.KANAttention(2, 2, 2, 2, 1),
        ew.presets.FasterKAN([2, 1], train_grid=True), torch.nn.DataParallel(narrow),
    ]  # fmt: skip


def list_settings():
    """Objects of ours and of torch that may stand in a wrong place."""
    return [
        ew.BSpline(3), ew.Gaussian(2), ew.Fourier(1), ew.BSpline, [ew.BSpline(3)] * 2,
        torch.float16, torch.int64, torch.float64, torch.device("meta"), "meta", "cuda:99", "cpu:7",
        torch.Generator(), torch.optim.Adam, torch.optim.LBFGS, torch.nn.MSELoss(),
        "adamw", "lbfgs", "mse", "r2", "tanh", "layer", "gaussian", "backward", "float64",
        "/nowhere/at/all", "/", "a\0b", "x" * 300, Path("/"), lambda *a, **k: None,
        lambda *a, **k: 0.5, lambda *a, **k: "x", {"x0": ew.BSpline(3)}, {"layers.0": 3},
        {"layers.0": ew.Gaussian(4)}, ["sin"], ["no such"], ["sin", 3], ew.symbolic.LIBRARY,
    ]  # fmt: skip


def _model(x, **_):
    return ew.KAN([2, 3, 1], seed=torch.Generator().manual_seed(1))


_EDGE = {"edge": (0, 1, 2)}


def _fixed():
    return ew.surgery.fix_edge(_model(None), **_EDGE, function="sin")


def _saved(model=None):
    path = Path(tempfile.mkdtemp()) / "model.safetensors"
    ew.save(_model(None), path)
    return path


def _foreign():
    path = Path(tempfile.mkdtemp()) / "model.pt"
    torch.save(ew.saving.to_foreign(ew.FastKAN([2, 1]), "fast-kan"), path)
    return path


def _pykan():
    path = Path(tempfile.mkdtemp()) / "model"
    ew.saving.save_foreign(ew.KAN([2, (1, 1), 1], basis=ew.BSpline()), path, "pykan")
    return Path(f"{path}_state")


def _data():
    x = torch.linspace(-1, 1, 24).reshape(12, 2)
    return {"model": _model(None), "x": x}


def _train():
    return {**_data(), "y": torch.linspace(0, 1, 12)[:, None]}


def _preset(**arguments):
    return lambda: {
        "layers_hidden": [2, 3, 1], "seed": torch.Generator().manual_seed(0), **arguments
    }  # fmt: skip


def _layer(**arguments):
    return lambda: {
        **arguments, "basis": None, "norm": "auto", "base": "silu", "bias": True,
        "coef_scale": False, "init": "variance", "engine": None, "device": None, "dtype": None,
        "seed": torch.Generator().manual_seed(0),
    }  # fmt: skip


def _fit(model, x, y, **arguments):
    return ew.fit(model, x, y, **arguments)


def _evaluate(model, x, y, **arguments):
    return ew.evaluate(model, x, y, **arguments)


def _fit_table(kind):
    def fit(x, y, sample_weight=None, **arguments):
        return kind(**arguments).fit(x, y, sample_weight).predict(x)

    return fit


_RADIAL = {
    "grid_min": -2.0, "grid_max": 2.0, "num_grids": 4, "use_base_update": True,
    "base_activation": "silu", "spline_weight_init_scale": 0.1,
}  # fmt: skip
_TABLE = {
    "categorical_features": None, "monotonic_cst": None, "convexity_cst": None,
    "interaction_cst": None, "interactions": "pairs", "exclude": (), "cv": 2, "random_state": 0,
    "sample_weight": None,
}  # fmt: skip

# Name: (what is called, a function that makes arguments that work).
ENTRANCES = {
    "KAN": (ew.KAN, lambda: {"widths": [2, 3, 1], "post": None, **_layer()()}),
    "KAN with products": (
        ew.KAN, lambda: {"widths": [2, (1, [2, 3]), (0, 1)], **_layer()()},
    ),
    "a level of products": (
        lambda sums, products, **more: ew.KAN([2, (sums, products), 1], **more),
        lambda: {"sums": 1, "products": [2, 3], "seed": torch.Generator().manual_seed(0)},
    ),
    "KAN.from_layers": (
        ew.KAN.from_layers,
        lambda: {"layers": [ew.KANLinear(2, 3)], "post": None, "products": [(2,)]},
    ),
    "KANLinear": (ew.KANLinear, _layer(in_features=2, out_features=3)),
    "MLP": (ew.MLP, lambda: {"widths": [2, 1], "activation": "relu", "device": None}),
    "BSpline": (
        ew.BSpline, lambda: {"grid": 3, "degree": 2, "lo": -1.0, "hi": 1.0, "uniform": True},
    ),
    "Gaussian": (
        ew.Gaussian,
        lambda: {
            "num": 3, "lo": -1.0, "hi": 1.0, "width": None, "train_centers": False,
            "train_width": False,
        },
    ),
    "RSWAF": (ew.RSWAF, lambda: {"num": 3, "lo": -1.0, "hi": 1.0, "inv_denominator": 0.5}),
    "Chebyshev": (ew.Chebyshev, lambda: {"degree": 3}),
    "Legendre": (ew.bases.Legendre, lambda: {"degree": 3}),
    "Fourier": (ew.Fourier, lambda: {"num": 3}),
    "EfficientKAN": (
        ew.presets.EfficientKAN,
        _preset(
            grid_size=3, spline_order=3, scale_noise=0.1, scale_base=1.0, scale_spline=1.0,
            base_activation="silu", grid_eps=0.02, grid_range=(-1, 1),
            enable_standalone_scale_spline=True,
        ),
    ),
    "FastKAN": (
        ew.FastKAN, _preset(**_RADIAL, use_layernorm=True, exponent=2, denominator=None),
    ),
    "RBFKAN": (ew.presets.RBFKAN, _preset(**_RADIAL)),
    "FasterKAN": (
        ew.presets.FasterKAN,
        _preset(
            grid_min=-1.2, grid_max=1.2, num_grids=4, exponent=2, inv_denominator=0.5,
            train_grid=False, train_inv_denominator=False, base_activation=None,
            spline_weight_init_scale=1.0,
        ),
    ),
    "ChebyKAN": (ew.presets.ChebyKAN, _preset(degree=3)),
    "FourierKAN": (
        ew.presets.FourierKAN, _preset(gridsize=3, addbias=True, smooth_initialization=False),
    ),
    "ImageKAN": (
        ew.presets.ImageKAN,
        _preset(num_grids=4, grid_min=-2.0, grid_max=2.0, ink=1.0, ink_width=1.4),
    ),
    "KALNet": (
        ew.presets.KALNet, _preset(polynomial_order=3, base_activation="silu", scaling="tanh"),
    ),
    "KANAttention": (
        ew.presets.KANAttention,
        lambda: {
            "q_dim": 2, "k_dim": 2, "v_dim": 2, "head_dim": 2, "num_heads": 1, "gating": True,
            "basis": None, "norm": "layer", "base": "silu", "bias_before_softmax": False,
            "seed": torch.Generator().manual_seed(0), "dtype": None,
        },
    ),
    "forward": (lambda model, x: model(x), _data),
    "fit": (
        _fit,
        lambda: {
            **_train(), "steps": 1, "batch_size": None, "lr": None, "weight_decay": None,
            "loss": None, "scheduler": None, "regularizer": None, "metrics": None, "val": None,
            "max_grad_norm": None, "callbacks": None, "grid_update_every": None,
            "optimizer": "adamw", "progress": False, "sample_weight": None, "device": None,
            "seed": torch.Generator().manual_seed(0), "precision": None, "patience": None,
            "monitor": None, "checkpoint_dir": None, "checkpoint_every": None, "resume": False,
        },
    ),
    "fit by epochs": (
        _fit,
        lambda: {
            **_train(), "epochs": 1, "batch_size": 5, "optimizer": "sgd", "progress": False,
            "seed": torch.Generator().manual_seed(0), "scheduler": None, "loss": None,
        },
    ),
    "Sparsity": (
        lambda model, x, **settings: ew.training.Sparsity(**settings)(model, x),
        lambda: {
            **_data(), "weight": 0.1, "l1": 1.0, "entropy": 2.0, "coef": 0.0, "smoothness": 0.0,
            "metric": "spread", "rows": 8,
        },
    ),
    "evaluate": (
        _evaluate,
        lambda: {
            **_train(), "sample_weight": None, "loss": None, "metrics": None, "batch_size": None,
            "device": None,
        },
    ),
    "prune": (ew.prune, lambda: _data() | {"edge_threshold": 0.03, "node_threshold": 0.01}),
    "prune_to": (ew.prune_to, lambda: {**_train(), "loss_budget": 0.01, "loss": None}),
    "fix_edge": (
        ew.surgery.fix_edge,
        lambda: {
            **_data(), **_EDGE, "function": "sin", "numbers": None, "reach": 4.0,
        },
    ),
    "fix_edge with numbers": (
        ew.surgery.fix_edge,
        lambda: {"model": _model(None), **_EDGE, "function": "sin", "numbers": (1, 0, 1, 0)},
    ),
    "free_edge": (
        ew.surgery.free_edge, lambda: {**_data(), "model": _fixed(), **_EDGE, "basis": None},
    ),
    "edge_curve": (ew.surgery.edge_curve, lambda: {**_data(), **_EDGE}),
    "freeze": (ew.surgery.freeze, lambda: {"model": ew.nn.settle(_fixed()), **_EDGE}),
    "unfreeze": (
        ew.surgery.unfreeze,
        lambda: {"model": ew.surgery.freeze(ew.nn.settle(_model(None)), 0), **_EDGE},
    ),
    "expand_width": (
        ew.surgery.expand_width,
        lambda: {
            "model": _model(None), "level": 1, "nodes": 2, "arity": None,
            "seed": torch.Generator().manual_seed(0),
        },
    ),
    "expand_depth": (ew.surgery.expand_depth, lambda: {**_data(), "level": 1}),
    "auto_swap": (ew.surgery.auto_swap, _data),
    "Versions": (
        lambda model, path, name, note: ew.surgery.Versions(path).add(model, name, note),
        lambda: {
            "model": _model(None), "path": Path(tempfile.mkdtemp()), "name": "new", "note": "",
        },
    ),
    "sub-model": (lambda index: _model(None)[index], lambda: {"index": 1}),
    "structure": (
        ew.structure,
        lambda: {**_data(), "output": 0, "tolerance": 0.01, "input_names": None, "seed": 0},
    ),
    "unmix": (ew.surgery.unmix, lambda: {**_train(), "steps": 2, "tolerance": 0.01}),
    "attribute": (
        ew.attribute, lambda: {**_data(), "method": "backward", "batch_size": 4096},
    ),
    "interactions": (
        ew.explain.interactions, lambda: {**_data(), "output": None, "rows": 8, "seed": 0},
    ),
    "explain_engines": (ew.nn.explain_engines, _data),
    "plot": (
        ew.plot,
        lambda: {
            **_data(), "input_names": None, "output_names": None, "scores": None, "title": None,
            "max_inputs": 10, "max_nodes": 20, "max_edges": 200, "points": 8, "share_scale": True,
        },
    ),
    "plot_edge": (
        ew.plotting.plot_edge,
        lambda: {
            **_data(), "edge": (0, 1, 2), "fit": None, "fit_name": "fit", "input_names": None,
            "scaler": None, "output_scaler": None, "title": None, "points": 8,
        },
    ),
    "plot_basis": (
        ew.plotting.plot_basis,
        lambda: {
            "basis": ew.BSpline(3), "input_index": 0, "beyond": 0.25, "title": None, "points": 10,
        },
    ),
    "refine": (
        grids.refine, lambda: {**_data(), "size": 6, "even": False, "tolerance": 0.01},
    ),
    "adapt": (
        grids.adapt,
        lambda: {
            **_data(), "loss": None, "mix": 0.1, "margin": 0.01, "step": 1.0, "tolerance": 0.01,
        },
    ),
    "convert": (
        grids.convert, lambda: {**_data(), "basis": ew.Chebyshev(8), "tolerance": 0.5},
    ),
    "extend": (grids.extend, _data),
    "fit_range": (grids.fit_range, lambda: {**_data(), "margin": 0.01, "tolerance": 0.01}),
    "coverage": (grids.coverage, _data),
    "report": (grids.report, lambda: {"model": grids.refine(_model(None), 6)}),
    "save": (
        ew.save, lambda: {"model": _model(None), "path": Path(tempfile.mkdtemp()) / "model"},
    ),
    "load": (ew.load, lambda: {"path": _saved(), "device": "cpu"}),
    "load_foreign": (
        ew.load_foreign, lambda: {"path": _foreign(), "format": None, "base": "silu"},
    ),
    "to_foreign": (
        ew.saving.to_foreign, lambda: {"model": ew.FastKAN([2, 1]), "format": "fast-kan"},
    ),
    "save_foreign": (
        ew.saving.save_foreign,
        lambda: {
            "model": ew.KAN([2, (1, 1), 1], basis=ew.BSpline()),
            "path": Path(tempfile.mkdtemp()) / "model",
            "format": "pykan",
        },
    ),
    "load_foreign of pykan": (
        ew.load_foreign,
        lambda: {
            "path": _pykan(), "products": [(2,), ()], "base": "silu",
            "library": ew.symbolic.LIBRARY,
        },
    ),
    "explore": (
        ew.explore,
        lambda: {
            **_train(), "input_names": None, "output_names": None, "scaler": None,
            "output_scaler": None, "rows": 10,
        },
    ),
    "apply_edits": (
        ew.explorer.apply_edits,
        lambda: {
            "model": _model(None), "log": {"edgewise_edits": 1, "widths": [2, 3, 1], "edits": []},
        },
    ),
    "from_formula": (
        ew.surgery.from_formula,
        lambda: {
            "formula": "x0*x1 + 1", "ranges": (-1, 1), "basis": ew.BSpline(3), "spare": 1,
            "input_names": None, "tolerance": 1e-3, "library": ew.symbolic.LIBRARY,
            "seed": torch.Generator().manual_seed(0),
        },
    ),
    "suggest": (
        symbolic.suggest,
        lambda: {
            **_data(), "edge": (0, 0, 0), "library": ["x", "sin"], "reach": 4.0, "top": 2,
            "floor": 1e-6, "expressions": False, "budget": 0.05,
        },
    ),
    "regress": (
        symbolic.regress,
        lambda: {
            **_train(), "library": ["x", "sin"], "reach": 4.0, "numeric_above": None,
            "expressions": False, "snap": True, "budget": 0.05, "input_names": None,
        },
    ),
    "KANRegressor": (
        _fit_table(KANRegressor),
        lambda: {
            "x": torch.linspace(-1, 1, 24).reshape(12, 2).numpy(), "y": np.arange(12.0),
            "bounds": None, "loss": "squared_error", "quantile": 0.5, **_TABLE,
        },
    ),
    "KANClassifier": (
        _fit_table(KANClassifier),
        lambda: {
            "x": torch.linspace(-1, 1, 24).reshape(12, 2).numpy(), "y": np.arange(12) % 3,
            "class_weight": None, **_TABLE,
        },
    ),
}  # fmt: skip

"""Networks whose normalisations mix the inputs, as networks of functions of one variable."""

from __future__ import annotations

import copy
import math
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_numbers
from edgewise._derivatives import needs_derivatives
from edgewise.explain.edges import layer_inputs
from edgewise.grids.changes import TOLERANCE, Judge, accept
from edgewise.grids.layers import as_input
from edgewise.grids.solve import LeastSquares
from edgewise.models.as_kan import check_kan
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.nn.init import put_weights
from edgewise.nn.inspect import in_evaluation
from edgewise.training.levenberg import MOST_PARAMETERS, levenberg_marquardt

MOST_COLUMNS = 4096
MARGIN = 0.01


@needs_derivatives
@torch.no_grad()
def unmix(
    model: nn.Module, x: Any, y: Any = None, *, steps: int = 30, tolerance: float = TOLERANCE
) -> KAN:
    """A KAN of the same widths and bases, normalised feature by feature, that does the same on x.

    LayerNorm makes an edge's input depend on all inputs, so no formula can be read off its curves.
    Here each such layer gets a scale and shift for every feature instead, its coefficients are
    fitted to what the old layer gave, and the whole is fitted to the old model's answers, or to y.
    A model without such layers comes back as a copy, if there is no y to fit it to.

    Args:
        model: a KAN; it isn't changed.
        x: data.
        y: targets of the last fit; the model's answers if they aren't given.
        steps: of Levenberg-Marquardt, for networks with up to 3,000 parameters.
        tolerance: without y, a change of the outputs beyond which there is a ``ChangeWarning``,
            RMS over their spread; ``edgewise.grids.report`` of the result says how much it is.

    Shape:
        x: (rows, in_features), y: (rows, out_features)

    Raises:
        ValueError: if a layer has more than 4,096 functions; or if data, targets, what layers make
            of them, their squares, or the new outputs aren't finite.

    Example:
        >>> import torch, edgewise as ew
        >>> t = torch.linspace(0, 6, 100)
        >>> x = torch.stack([t.cos(), -t.cos(), t.sin(), -t.sin()], 1)
        >>> model = ew.FastKAN([4, 1], seed=0)
        >>> plain = ew.surgery.unmix(model, x)
        >>> model.mixes_features, plain.mixes_features
        (True, False)
        >>> torch.allclose(plain(x), model(x), atol=1e-3)
        True
    """
    old = check_kan("unmix", model)
    check_numbers("unmix", greatest=math.inf, tolerance=tolerance)
    x = as_input(old, x)
    x = x.reshape(-1, x.shape[-1])
    reached = layer_inputs(old, x)
    layers = []
    for layer, h, wanted in zip(old.stack(), reached[:-1], _answers(old, reached), strict=True):
        if old.post is None and not layer.mixes_features:
            layers.append(copy.deepcopy(layer))
            continue
        _check_squares("values in every layer", h)
        _check_squares("values in every layer", wanted)
        layers.append(_fit_layer(layer, h, wanted))
    new = KAN.from_layers(layers, products=old.products)
    if old.inputs is not None:
        new.set_inputs(old.inputs, old.in_features)
    new.input_names = old.input_names
    target = reached[-1] if y is None else as_input(model, y).to(reached[-1])
    _check_squares("targets", target)
    size = sum(p.numel() for k in layers for p in (k.coef, k.base_weight, k.bias) if p is not None)
    is_done = y is None and not old.mixes_features
    if size <= MOST_PARAMETERS and steps and not is_done:
        double = new.double() if new.layers[0].coef.dtype != torch.float64 else new
        levenberg_marquardt(double, (x.double(), target.double()), steps=steps)
        new = double.to(reached[-1].dtype)
    new.train(old.training)
    found = Judge(old, x).measure(new, "unmix", {}, tolerance if y is None else math.inf)
    return accept(new, found)


def _answers(model: KAN, reached: list[Tensor]) -> list[Tensor]:
    """What each new layer is to give: the next one's inputs, or the factors of products in them."""
    if not any(model.products):
        return reached[1:]
    stack = in_evaluation(model).stack()
    return [layer(h) for layer, h in zip(stack, reached[:-1], strict=True)]


def _fit_layer(layer: KANLinear, h: Tensor, wanted: Tensor) -> KANLinear:
    """A layer without mixing that gives `wanted` for `h`, by least squares."""
    new = KANLinear(
        layer.in_features,
        layer.out_features,
        basis=layer.basis,
        norm="standard" if layer.norm is not None and layer.norm.feeds_base else "affine",
        base=layer.base,
        coef_scale=layer.scale_setting,
        engine=layer.engine,
        seed=torch.Generator(layer.coef.device).manual_seed(0),  # solved for anyway
        device=layer.coef.device,
        dtype=layer.coef.dtype,
    )
    lo, hi = new.basis.domain(new.grid)
    slack = MARGIN * (hi - lo)
    if new.norm is not None:
        new.norm.fit_(h, lo + slack, hi - slack)
    psi = new.features(h).double()  # (rows, in, K)
    rows, inputs, each = psi.shape
    columns = inputs * each + 1
    if columns > MOST_COLUMNS:
        raise ValueError(
            f"unmix expected at most {MOST_COLUMNS} functions in a layer, got {columns} in one of "
            f"{inputs} inputs: prune the model first, ew.prune(model, x, input_threshold=…)"
        )
    _check_squares("functions in every layer", psi)
    a = torch.cat([psi.reshape(rows, -1), psi.new_ones(rows, 1)], 1)
    problem = LeastSquares(1, columns, layer.out_features, a.device)
    for block_a, block_t in zip(a.split(8192), wanted.double().split(8192), strict=True):
        problem.add(block_a[None], block_t[None])
    # A little of a ridge: what the data leaves open stays small.
    ridge = 1e-6 * a.square().mean().sqrt() * rows**0.5
    eye = ridge * torch.eye(columns, dtype=a.dtype, device=a.device)
    problem.add(eye[None], a.new_zeros(1, columns, layer.out_features))
    solution = problem.solve()[0]
    put_weights(new, solution[:-1], solution[-1])
    return new


def _check_squares(what: str, values: Tensor) -> None:
    """Raise ValueError where a sum of squares would not be finite: least squares needs it."""
    if not bool(values.double().square().sum().isfinite()):
        raise ValueError(
            f"unmix expected {what} whose squares are finite, got values up to "
            f"{float(values.abs().max()):.3g}: drop these rows, or scale the data"
        )

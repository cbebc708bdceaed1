"""How much a model's answers depend on each of its coefficients."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.models.containers import join_names
from edgewise.nn import KANLinear
from edgewise.nn.inspect import listen
from edgewise.training.data import Batches
from edgewise.training.linearisation import weights_of
from edgewise.training.objective import Objective

_Calls = list[tuple[nn.Module, Tensor, Tensor]]


def linear_layers(model: nn.Module) -> dict[str, KANLinear | nn.Linear]:
    """The layers whose answers are linear in their weights, by name."""
    named = model.named_modules()
    return {name: m for name, m in named if isinstance(m, KANLinear | nn.Linear)}


@contextmanager
def record_calls(layers: dict[str, KANLinear | nn.Linear]) -> Iterator[_Calls]:
    """Record (layer, inputs, outputs) of every call, inputs and outputs as rows."""
    calls: _Calls = []
    with listen(layers.values(), after=lambda layer, x, y: calls.append((layer, x.detach(), y))):
        yield calls


def importance(model: nn.Module, batches: Batches, objective: Objective) -> dict[str, Tensor]:
    """The diagonal of the Fisher information, for each weight of KAN and linear layers.

    .. math:: Ω_{igo} = S_{io}^2 \\, \\overline{φ_g(z_i)^2 \\, δ_o^2}

    averaged over rows. A target is drawn from the model's own answer; δ is the gradient, by the
    layer's output, of minus its log-likelihood. The mean of δδᵀ at the model's output is the
    curvature of the loss there: p - pp for classes, 1 for squared errors, which stand for every
    loss other than cross entropies. For base weights φ is replaced by s(x), for biases by 1, and
    for the weights of a linear layer by x_i.

    The draws have a fixed seed. A weight whose layer isn't called gets 0.
    """
    layers = linear_layers(model)
    names = {layer: name for name, layer in layers.items()}
    total = {
        join_names(name, key): torch.zeros_like(p)
        for name, layer in layers.items()
        for key, p in weights_of(layer).items()
    }
    generator = torch.Generator().manual_seed(0)
    rows: Any = 0
    for batch in batches.epoch():
        with record_calls(layers) as calls:
            prediction = model(batch.x)
        surprise = _draw_loss(prediction, batch.y, objective, generator)
        trained = [call for call in calls if call[2].requires_grad]
        slopes = torch.autograd.grad(surprise, [y for *_, y in trained], allow_unused=True)
        for (layer, x, _), slope in zip(trained, slopes, strict=True):
            if slope is not None:
                _add_squares(total, names[layer], layer, x, slope)  # type: ignore[index, arg-type]
        rows += len(batch.x)
    return {name: value / rows for name, value in total.items()}


def _draw_loss(
    prediction: Tensor, target: Tensor, objective: Objective, generator: torch.Generator
) -> Tensor:
    """Minus the log-likelihood of targets drawn from the prediction, up to a constant."""
    kind = objective.kind(prediction, target)
    draw = torch.rand(prediction.shape, generator=generator, device="cpu").to(prediction)
    if kind in ("classes", "probabilities"):
        # Gumbel's trick draws a class with the probability that its logit says.
        drawn = (prediction.detach() - (-draw.clamp(1e-6, 1 - 1e-6).log()).log()).argmax(-1)
        picked = prediction.log_softmax(-1).gather(-1, drawn[..., None])
        return -picked.sum()
    if kind == "yes or no":
        drawn = (draw < prediction.detach().sigmoid()).to(prediction)
        loss = nn.functional.binary_cross_entropy_with_logits
        return loss(prediction, drawn, reduction="sum")
    return (prediction * torch.where(draw < 0.5, -1.0, 1.0).to(prediction)).sum()


@torch.no_grad()
def _add_squares(
    total: dict[str, Tensor], name: str, layer: KANLinear | nn.Linear, x: Tensor, slope: Tensor
) -> None:
    """Add Σ_rows ψ² δ² to the importance of a layer's weights."""
    x, slope = x.reshape(-1, x.shape[-1]), slope.reshape(-1, slope.shape[-1]).square()
    if isinstance(layer, nn.Linear):
        sums = {"weight": slope.t() @ x.square()}
    else:
        squares = torch.einsum("rig,ro->igo", layer.features(x).square(), slope)
        if layer.mask is not None:
            squares = squares * layer.mask.square()[:, None]
        coef = squares[:, : layer.basis.num_basis]
        scale = layer.coef_scale
        sums = {"coef": coef if scale is None else coef * scale.square()[:, None]}
        if layer.base_weight is not None:
            sums["base_weight"] = squares[:, -1]
    sums["bias"] = slope.sum(0)
    for key, value in sums.items():
        if join_names(name, key) in total:
            total[join_names(name, key)] += value

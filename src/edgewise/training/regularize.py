"""Penalties that make a network sparse, and how `fit` lets them see the activations."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from edgewise._autocast import set_aside
from edgewise._checks import check_choice, check_numbers, read_count
from edgewise.engines.reference import widen
from edgewise.functional import kan_linear
from edgewise.models.as_kan import check_kan
from edgewise.nn.inspect import hand_down, in_evaluation, kan_layers, listen
from edgewise.nn.linear import KANLinear
from edgewise.training.objective import check_number
from edgewise.training.penalty_functions import (
    CoefficientNorm,
    CoefficientPenalty,
    Root,
    SizePenalty,
    Variance,
)

METRICS = ("spread", "backward", "coef")
_INPUT_FLOOR = 0.1  # What pykan adds to the deviation of an edge's input.


class Watcher(ABC):
    """A regularizer that sees what the layers compute in the training step's own forward pass.

    `fit` enters :meth:`watch` around that pass and calls what it yields afterwards, instead of
    the regularizer itself, which would have to run the model a second time.
    """

    @abstractmethod
    def __call__(self, model: nn.Module, x: Tensor) -> Tensor:
        """The penalty, from a forward pass of its own."""

    @abstractmethod
    def watch(self, model: nn.Module) -> AbstractContextManager[Callable[[], Tensor]]:
        """A context to run the model in; it yields a function that gives the penalty."""


@contextmanager
def watch_penalty(regularizer: Any, model: nn.Module, x: Tensor) -> Iterator[Callable[[], Any]]:
    """A context for the forward pass on ``x``; it yields what gives the penalty afterwards."""
    if regularizer is None:
        yield lambda: 0.0
    elif isinstance(regularizer, Sequence):
        with ExitStack() as stack:
            each = [stack.enter_context(watch_penalty(one, model, x)) for one in regularizer]
            yield lambda: sum((penalty() for penalty in each), 0.0)
    elif isinstance(regularizer, Watcher):
        with regularizer.watch(model) as penalty:
            yield penalty
    else:
        yield lambda: check_number("regularizer", regularizer(model, x))


class _Seen(NamedTuple):
    """The first rows of what a layer got and of what it gave."""

    inputs: Tensor
    outputs: Tensor


_Record = dict[KANLinear, _Seen]


@dataclass(frozen=True)
class Sparsity(Watcher):
    """A penalty on the edges of a network that are in use, for ``fit(…, regularizer=…)``.

    .. math::
        R = weight \\Big( \\sum_{layers} \\big[ l1\\, \\sum_{io} v_{io} + entropy\\, (H^{in}
            + H^{out}) \\big] + coef \\sum_{layers,io} \\overline{|C_{io}|}
            + smoothness \\sum_{layers,io} \\overline{|ΔC_{io}|} \\Big)

    with a size v ≥ 0 of every edge, and with entropies of how a node's size is spread over its
    edges, for the nodes at either end of a layer:

    .. math::
        H^{in} = -\\frac1{out} \\sum_{io} p \\log_2(p + 10^{-4}),\\;
        p_{io} = \\frac{v_{io}}{1 + \\sum_k v_{ko}}, \\qquad
        H^{out} = -\\frac1{in} \\sum_{io} p \\log_2(p + 10^{-4}),\\;
        p_{io} = \\frac{v_{io}}{1 + \\sum_k v_{ik}}

    ``metric`` says what the size v is:

    - "spread": E_io / (std x_i + 0.1), where E_io is the standard deviation of what the edge adds
      to its node, and x_i what the layer gets: pykan's "edge_forward_spline_n", its default.
    - "backward": B_io = A_o E_io / (N_o + 1e-4), where N is the standard deviation of the layer's
      outputs. A is 1 / widths[-1] at the model's outputs, and elsewhere Σ_o B_io of the next layer.
      This is pykan's "edge_backward", but pykan has no gradient through N. For stacks (KAN) only.
    - "coef": the mean of |C_igo| over g and |V_io|, which needs no activations.

    C and V are the coefficients and base weights of the layer's formula, scaled by its coef_scale
    and masked. ΔC are differences of neighbouring coefficients; they mean something for splines and
    radial functions, less for polynomials.

    Deviations are those of the sample (n - 1) over the first ``rows`` rows that reach a layer, in
    the type of its parameters (float32 for half types). Their gradient is that of the formula, in
    all parameters and through the activations of earlier layers. At a deviation of 0, which is
    where pruned and constant edges are, and at a coefficient of 0, the subgradient is 0. It gets
    there in a continuous way: where a deviation E is below t = √eps · max E, the greatest of its
    layer, the slope 1 / 2E of the square root is taken at t.

    In `fit` the penalty uses the activations of the training step itself. Called as a function it
    runs the model in evaluation mode; neither touches the model or a random state. Layers that the
    model uses several times are measured at the first use. Each of several processes measures its
    own rows.

    Args:
        weight: what everything is multiplied by; pykan calls it lamb.
        l1, entropy: weights of the sizes' sum and of their entropies.
        coef, smoothness: weights of the coefficients' absolute values and of their differences.
        metric: "spread", "backward" or "coef".
        rows: most rows of a batch to measure deviations on.

    Shape:
        model, (*, in_features) → ()

    Raises:
        ValueError: if a number is negative or not finite, rows isn't positive, or the metric
            unknown; when called, if the model has no KAN layers.
        TypeError: when called with metric="backward" on a model that is no KAN.

    Reference: Liu et al., *KAN*, arXiv:2404.19756, section 2.5.1, and *KAN 2.0*, arXiv:2408.10205,
    section 4.1; formulas and defaults as in pykan 0.2.8.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([2, 3, 1]), torch.rand(100, 2)
        >>> history = ew.fit(model, (x, x.prod(1, keepdim=True)), steps=2, progress=False,
        ...                  regularizer=ew.training.Sparsity(1e-3))
    """

    weight: float
    l1: float = 1.0
    entropy: float = 2.0
    coef: float = 0.0
    smoothness: float = 0.0
    metric: str = "spread"
    rows: int = 256

    def __post_init__(self) -> None:
        check_numbers("Sparsity", weight=self.weight, l1=self.l1, entropy=self.entropy)
        check_numbers("Sparsity", coef=self.coef, smoothness=self.smoothness)
        remedy = "leave it out for pykan's default, 'spread'"
        check_choice("Sparsity", "metric", self.metric, METRICS, remedy)
        read_count("Sparsity", "rows", self.rows, 1)

    def __call__(self, model: nn.Module, x: Tensor) -> Tensor:
        still = in_evaluation(model) if self._measures else model
        with self.watch(still) as penalty:
            if self._measures:
                still(x)
        return penalty()

    @contextmanager
    def watch(self, model: nn.Module) -> Iterator[Callable[[], Tensor]]:
        layers = list(kan_layers(model).values())
        owners: dict[KANLinear, Tensor] = {}
        if self.metric == "backward":
            kan = check_kan("Sparsity(metric='backward')", model)
            layers = kan.stack()
            owners = {layer: kan.owners(k) for k, layer in enumerate(layers)}
        recording: AbstractContextManager[_Record] = nullcontext({})
        if self._measures:
            recording = _record_layers(layers, self.rows)
        with recording as record:
            yield lambda: self._penalty(layers, record, owners)

    @property
    def _sized(self) -> bool:
        return self.l1 > 0 or self.entropy > 0

    @property
    def _measures(self) -> bool:
        """Whether activations are needed."""
        return self._sized and self.metric != "coef"

    def _penalty(
        self, layers: list[KANLinear], record: _Record, owners: dict[KANLinear, Tensor]
    ) -> Tensor:
        with set_aside(layers[0].coef):
            terms: list[Tensor] = []
            if self._sized:
                sizes = self._sizes(layers, record, owners)
                terms += [SizePenalty.apply(v, self.l1, self.entropy) for v in sizes]
            if self.coef or self.smoothness:
                terms += [self._of_coefficients(layer) for layer in layers]
            total = sum(terms, torch.zeros((), device=layers[0].coef.device))
            return self.weight * total

    def _sizes(
        self, layers: list[KANLinear], record: _Record, owners: dict[KANLinear, Tensor]
    ) -> list[Tensor]:
        """The sizes v of each layer that was in use."""
        if self.metric == "coef":
            return [_coefficient_size(layer) for layer in layers]
        used = [layer for layer in layers if layer in record]
        spread = [edge_deviation(layer, record[layer].inputs) for layer in used]
        if self.metric == "spread":
            inputs = [_deviation(widen(record[layer].inputs)) for layer in used]
            return [e / (i + _INPUT_FLOOR)[:, None] for e, i in zip(spread, inputs, strict=True)]
        if not used:
            return []
        nodes = [_deviation(widen(record[layer].outputs)) for layer in used]
        owner = [owners[layer] for layer in used]
        outputs = int(owner[-1][-1]) + 1
        return hand_down(spread, nodes, nodes[-1].new_full((outputs,), 1 / outputs), owner)

    def _of_coefficients(self, layer: KANLinear) -> Tensor:
        coef = widen(layer.edge_weights()[0])
        total: Tensor = CoefficientPenalty.apply(coef, self.coef, self.smoothness)
        return total


@contextmanager
def _record_layers(layers: list[KANLinear], rows: int) -> Iterator[_Record]:
    record: _Record = {}

    def note(layer: KANLinear, x: Tensor, y: Tensor) -> None:
        if layer not in record:
            record[layer] = _Seen(*(t.reshape(-1, t.shape[-1])[:rows] for t in (x, y)))

    with listen(layers, after=note):
        yield record


def _coefficient_size(layer: KANLinear) -> Tensor:
    """The mean of |C_igo| over g and |V_io|; (in, out)."""
    coef, base_weight = layer.edge_weights()
    size: Tensor = CoefficientNorm.apply(widen(coef))
    if base_weight is not None:
        size = size + widen(base_weight).abs()
    return size / (coef.shape[1] + (base_weight is not None))


def _deviation(x: Tensor) -> Tensor:
    """Standard deviations, 0 for a single row, faster than torch.std's; (rows, n) → (n,)."""
    centred = x - x.sum(0) / max(len(x), 1)
    root: Tensor = Root.apply(centred.square().sum(0) / max(len(x) - 1, 1))
    return root


def edge_deviation(layer: KANLinear, x: Tensor) -> Tensor:
    """E_io = √(w_ioᵀ Cov_i w_io), the standard deviation of what each edge adds.

    Cov_i is the covariance of ψ_i = (φ_1(z_i) … φ_G(z_i), s(x_i)), and w are its coefficients. The
    basis is evaluated once, and nothing of the size rows · in · out is built.

    Shape:
        x: (rows, in) → (in, out)
    """
    x = x.to(layer.coef.dtype)  # Autocast may have narrowed it.
    psi = _features_by_input(layer, x)
    mean = psi.sum(1, keepdim=True) / max(len(x), 1)
    # In place where that may be: fresh memory would cost as much as the sum.
    centred = psi - mean if psi.requires_grad else psi.sub_(mean)
    cov = centred.mT @ centred / max(len(x) - 1, 1)
    coef, base_weight = layer.edge_weights()
    base_weight = None if base_weight is None else widen(base_weight)
    root: Tensor = Root.apply(Variance.apply(cov, widen(coef), base_weight))
    return root


def _features_by_input(layer: KANLinear, x: Tensor) -> Tensor:
    """ψ, computed by the layer's own engine where it can.

    A layer with one input whose coefficients are the identity answers the values of its functions:
    where all inputs have the same grid, the entries of x are rows of such a layer.

    Shape:
        x: (rows, in) → (in, rows, num_basis [+ 1])
    """
    if any(t.dim() > 1 for t in layer.grid):
        return widen(layer.features(x)).transpose(0, 1)
    z = layer.normalized(x)
    num, coef = layer.basis.num_basis, widen(layer.coef)
    every = torch.eye(num + (layer.base_weight is not None), dtype=coef.dtype, device=coef.device)
    values = kan_linear(
        widen(x).t().reshape(-1, 1),
        every[None, :num],
        basis=layer.basis,
        grid=[widen(t) for t in layer.grid],
        base_weight=None if layer.base_weight is None else every[num:],
        base=layer.base,
        normalized=None if z is x else widen(z).t().reshape(-1, 1),
        engine=layer.engine,
    )
    return values.view(*x.t().shape, len(every))

"""Which inputs, nodes and edges an answer comes from, and which inputs act together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import read_count
from edgewise._shown import shown_as_text
from edgewise.explain.edges import (
    BLOCK_NUMBERS,
    BLOCK_ROWS,
    LayerMoments,
    layer_inputs,
    moments,
)
from edgewise.functional import check_input
from edgewise.grids.layers import as_input
from edgewise.models.as_kan import check_layered
from edgewise.models.layered import Layered
from edgewise.nn.inspect import SLACK, hand_down

METHODS = ("backward", "spread")
SHOWN = 20
MOST_NUMBERS = 2**28
"""In the largest array of a comparison of pairs."""


@shown_as_text
@dataclass(frozen=True, eq=False)
class Attribution:
    """Scores of edges, nodes and inputs: what :func:`attribute` found.

    Attributes:
        edges: for each layer, a score per edge; masked edges have 0.
        nodes: for each level, the first layer's inputs to the outputs, a score per node.
        inputs: ``nodes[0]`` for all features of x; 0 for those that the model doesn't read.
        input_names: the model's, else x0, x1, …
        method: "backward" or "spread".

    Shape:
        edges: depth of (in, out), outputs with factors apart; nodes: depth + 1 of (width,);
        inputs: (in_features,); float64

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.surgery.from_formula("mass + 3*speed", basis="bspline")
        >>> t = torch.linspace(-1, 1, 20)
        >>> found = ew.attribute(model, torch.cartesian_prod(t, t))
        >>> [name for name, score in found.rank()], found.nodes[1].tolist()
        (['speed', 'mass'], [1.0])
    """

    edges: tuple[Tensor, ...]
    nodes: tuple[Tensor, ...]
    inputs: Tensor
    input_names: tuple[str, ...]
    method: str

    def rank(self) -> list[tuple[str, float]]:
        """Names and scores of the inputs, highest first."""
        order = self.inputs.argsort(descending=True, stable=True).tolist()
        scores = self.inputs.tolist()
        return [(self.input_names[i], scores[i]) for i in order]

    def to_dict(self) -> dict[str, Any]:
        """The scores as JSON-able data."""
        return {
            "method": self.method,
            "inputs": dict(zip(self.input_names, self.inputs.tolist(), strict=True)),
            "nodes": [scores.tolist() for scores in self.nodes],
            "edges": [scores.tolist() for scores in self.edges],
        }

    def __str__(self) -> str:
        ranked = self.rank()
        width = max(len(name) for name, _ in ranked[:SHOWN])
        lines = [f"input scores ({self.method})"]
        lines += [f"  {name:<{width}}  {score:.4g}" for name, score in ranked[:SHOWN]]
        if len(ranked) > SHOWN:
            rest = ranked[SHOWN:]
            lines.append(f"  … {len(rest)} more, each at most {rest[0][1]:.4g}")
        return "\n".join(lines)


def attribute(
    model: nn.Module, x: Any, *, method: str = "backward", batch_size: int = BLOCK_ROWS
) -> Attribution:
    """Score how much each input, node and edge contributes to the outputs on x.

    With E the standard deviation of what an edge adds and N that of a layer's output, over the
    rows of x, "backward" hands the scores of outputs down in proportion:

    .. math:: B_{lij} = A_{l+1,j} \\frac{E_{lij}}{N_{l+1,j} + 10^{-4}}, \\qquad
              A_{li} = \\sum_j B_{lij}, \\qquad A_{Lj} = 1 / \\text{outputs}

    which is pykan's score, averaged over outputs as pykan does. "spread" looks at each layer alone:
    an edge scores E, a hidden node the lesser of its strongest edge in and its strongest edge out,
    an input its strongest edge out, an output its strongest edge in.

    A product hands its whole score on to each of its factors, as in pykan; the edges below it lead
    to the factors.

    Scores tell how much varies, not whether it cancels: two edges that undo one another both score
    high. They don't count what flows through the statistics of a LayerNorm, or of another
    normalisation over several features, nor KAL-Net's LayerNorm and SiLU behind each layer.

    Args:
        model: a KAN, or one with functions on some edges; it isn't changed.
        x: the rows on which scores are measured.
        method: "backward" or "spread".
        batch_size: most rows at a time; fewer where the basis would take more than 128 MiB.

    Shape:
        x: (*, in_features)

    Raises:
        TypeError: if the model is no KAN.
        ValueError: if x has no rows or isn't finite, or the model's values aren't, or for an
            unknown method.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.surgery.from_formula("x0 + 3*x1", basis="bspline")
        >>> t = torch.linspace(-1, 1, 20)
        >>> scores = ew.attribute(model, torch.cartesian_prod(t, t)).inputs
        >>> round(float(scores[1] / scores[0]), 3)
        3.0

    References: pykan 0.2.8, ``MultKAN.attribute``; Liu et al., arXiv:2408.10205 (backward) and
    arXiv:2404.19756, section 2.5.1 (nodes by their strongest edges in and out).
    """
    network = check_layered("attribute", model)
    if method not in METHODS:
        raise ValueError(f"attribute expected method {' or '.join(METHODS)}, got {method!r}")
    batch_size = read_count("attribute", "batch_size", batch_size, 1)
    return attribute_moments(network, moments(network, as_input(model, x), batch_size), method)


def attribute_moments(model: Layered, found: Sequence[LayerMoments], method: str) -> Attribution:
    """:func:`attribute` of moments that are known already."""
    for k, layer in enumerate(found):
        if not layer.edge_std.isfinite().all():
            raise ValueError(
                f"expected finite values on every edge, got NaN or Inf in layer {k}: the model's "
                "weights are broken; load an earlier checkpoint"
            )
    edges, nodes = score_moments(model, found, method)
    inputs = nodes[0]
    if model.inputs is not None:
        read = torch.tensor(model.inputs, device=inputs.device)
        inputs = inputs.new_zeros(model.in_features).index_add(0, read, inputs)
    return Attribution(tuple(edges), tuple(nodes), inputs, tuple(names(model)), method)


def score_moments(
    model: Layered, found: Sequence[LayerMoments], method: str
) -> tuple[list[Tensor], list[Tensor]]:
    """The scores of edges, by layer, and of nodes, by level; NaN where a formula has no value."""
    owner = [model.owners(k) for k in range(len(found))]
    found = [_hand_on_whole(m, model.edge_products(k)) for k, m in enumerate(found)]
    return (_backward if method == "backward" else _spread)(found, owner)


def _hand_on_whole(found: LayerMoments, products: list[int]) -> LayerMoments:
    """Moments with which a node that multiplies its edges hands its score on to each of them."""
    if not products:
        return found
    std = found.edge_std.clone()
    std[:, products] = (std[:, products] > 0) * (found.node_std[products] + SLACK)
    return replace(found, edge_std=std)


def _backward(
    found: Sequence[LayerMoments], owner: Sequence[Tensor]
) -> tuple[list[Tensor], list[Tensor]]:
    outputs = int(owner[-1][-1]) + 1
    top = found[-1].node_std.new_full((outputs,), 1 / outputs)
    edges = hand_down([m.edge_std for m in found], [m.node_std for m in found], top, owner)
    return edges, [*(e.sum(1) for e in edges), top]


def _spread(
    found: Sequence[LayerMoments], owner: Sequence[Tensor]
) -> tuple[list[Tensor], list[Tensor]]:
    edges = [layer.edge_std for layer in found]
    into = [
        e.new_zeros(int(nodes[-1]) + 1).scatter_reduce(0, nodes, e.amax(0), "amax")
        for e, nodes in zip(edges, owner, strict=True)
    ]
    out_of = [e.amax(1) for e in edges]
    inner = [torch.minimum(a, b) for a, b in zip(into[:-1], out_of[1:], strict=True)]
    return edges, [out_of[0], *inner, into[-1]]


def names(model: Layered) -> list[str]:
    """The names of the features of x.

    Raises:
        ValueError: if the model has names for another number of features.
    """
    if model.input_names is None:
        return [f"x{i}" for i in range(model.in_features)]
    if len(model.input_names) != model.in_features:
        raise ValueError(
            f"expected {model.in_features} input_names, one for each feature of x, got "
            f"{model.input_names}: set model.input_names anew, or to None"
        )
    return list(model.input_names)


# ---- interactions -----------------------------------------------------------------------------


@torch.no_grad()
def interactions(
    model: nn.Module, x: Any, *, output: int | None = None, rows: int = 512, seed: int = 0
) -> Tensor:
    """How much of the answers' variance needs both features of a pair.

    .. math:: I_{ij} = \\frac{E\\big[\\big(f(x) - f(x'_i, x_{-i}) - f(x'_j, x_{-j})
              + f(x'_{ij}, x_{-ij})\\big)^2\\big]}{4 \\, \\mathrm{Var} f(x)}

    x and x' are different rows of the data; x'_i replaces feature i alone. For independent
    features this is the variance of all ANOVA terms in which i and j occur together (Liu and
    Owen's superset importance) over the whole variance. It is 0, up to rounding, exactly where f is
    the sum of a function without x_i and one without x_j, and 1 for x_0 · x_1 with centred
    features. Values of different pairs overlap where three features act together. Features that
    depend on one another are mixed into rows that the data doesn't have.

    Args:
        model: a KAN, or one with functions on some edges; it isn't changed.
        x: rows to take values from.
        output: index of one; None takes the variances of all together.
        rows: pairs of rows to average over, drawn from x if that has more; the error falls with
            their square root.
        seed: of the draw; torch's global generator isn't touched.

    Returns:
        Symmetric, zero on the diagonal and for features that the model doesn't read, in float64.
        The model is evaluated on about rows · in² / 2 rows, in blocks.

    Shape:
        x: (*, in_features) → (in_features, in_features)

    Raises:
        TypeError: if the model is no KAN.
        ValueError: if x has fewer than two rows or isn't finite, or output isn't one of them.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.surgery.from_formula("x0*x1 + x2", basis="bspline")
        >>> x = 2 * torch.rand(2000, 3, generator=torch.Generator().manual_seed(0)) - 1
        >>> found = ew.explain.interactions(model, x, rows=2000)
        >>> [round(share, 2) for share in found[0].tolist()]  # ¼ with endless rows
        [0.0, 0.24, 0.0]

    Reference: Liu and Owen, *Estimating mean dimensionality of analysis of variance
    decompositions*, JASA 101 (2006) 712-721.
    """
    network = check_layered("interactions", model)
    rows = read_count("interactions", "rows", rows, 0)
    seed = read_count("interactions", "seed", seed, 0)
    x = as_input(model, x)
    size = network.in_features
    check_input("interactions", x, size)
    base, partner = _pairs_of_rows(x, rows, seed)
    if output is not None:
        output = read_count("interactions", "output", output, 0)
    outputs = network.widths[-1]
    if output is not None and not 0 <= output < outputs:
        raise ValueError(
            f"interactions expected output from 0 to {outputs - 1}, or None, got {output}"
        )
    chosen = slice(None) if output is None else slice(output, output + 1)
    numbers = size * max(size, len(base) * outputs)
    if numbers > MOST_NUMBERS:
        raise ValueError(
            f"interactions expected at most {MOST_NUMBERS:,} numbers of features squared, and of "
            f"features times rows times outputs, got {numbers:,} of {size:,} features: take fewer "
            "rows, or a smaller model, as edgewise.prune makes"
        )

    def answers(swaps: Tensor) -> Tensor:
        return _swap(network, base, partner, swaps)[..., chosen]

    here = answers(torch.zeros(1, size, dtype=torch.bool, device=base.device))
    single = answers(torch.eye(size, dtype=torch.bool, device=base.device))
    # A feature that changes nothing has no interactions: most of the pairs of a pruned model.
    acts = (single - here).abs().amax((1, 2)).nonzero()[:, 0]
    pairs = acts[torch.combinations(torch.arange(len(acts), device=base.device))]
    found = here.new_zeros(size, size)
    per_block = max(1, _block_rows(network) // len(base))
    for block in pairs.split(per_block) if len(pairs) else ():
        i, j = block.unbind(1)
        swaps = torch.zeros(len(block), size, dtype=torch.bool, device=base.device)
        swaps.scatter_(1, block, True)
        mixed = here - single[i] - single[j] + answers(swaps)
        found[i, j] = found[j, i] = mixed.square().mean(1).sum(1) / 4
    variance = here[0].var(0, correction=0).sum()
    return found / variance if variance > 0 else torch.zeros_like(found)


def _pairs_of_rows(x: Tensor, rows: int, seed: int) -> tuple[Tensor, Tensor]:
    """Rows of x and, for each, another one.

    Shape:
        (*, in) → two of (at most ``rows``, in)
    """
    x = x.reshape(-1, x.shape[-1])
    if len(x) < 2 or rows < 2:
        raise ValueError(
            f"interactions expected at least two rows to compare, got {len(x)} in x and "
            f"rows={rows!r}: pass more data"
        )
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(x), generator=generator, device="cpu")[:rows].to(x.device)
    return x[order], x[order.roll(1)]


def _swap(model: Layered, base: Tensor, partner: Tensor, swaps: Tensor) -> Tensor:
    """Answers where the features of each swap come from the other row.

    Shape:
        base, partner: (rows, in), swaps: (n, in) → (n, rows, out)
    """
    parts = []
    for block in swaps.split(max(1, _block_rows(model) // len(base))):
        x = torch.where(block[:, None, :], partner, base)
        y = layer_inputs(model, x)[-1]
        parts.append(y.double().reshape(*x.shape[:2], -1))
    return torch.cat(parts)


def _block_rows(model: Layered) -> int:
    widest = max(k.weights()[:, :, 0].numel() for k in model.stack())
    return max(1, BLOCK_NUMBERS // max(widest, model.in_features))

"""Random formulas whose structure is known, and how much of it is found.

`python tests/explain/made_up_structures.py 1000 500` reports 500 formulas from seed 1000 on; seeds
below 100 are for development.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass

import torch

import edgewise as ew

LEAVES = {
    "sin": lambda u: torch.sin(1.5 * u), "exp": lambda u: torch.exp(0.7 * u),
    "square": lambda u: u * u, "cosh": torch.cosh,
}  # fmt: skip
OUTER = (
    torch.tanh, lambda u: torch.sin(1.3 * u), lambda u: 1 / (1 + u * u),
    lambda u: u + 0.4 * u * u,
)  # fmt: skip
GENERAL = (
    lambda u, v: u * torch.sin(2 * v) + v * v,
    lambda u, v: torch.exp(u * v / 2) + u * u - v,
    lambda u, v: torch.sqrt(u * u + u * v + 2) + torch.sin(v),
)


@dataclass
class Made:
    """A formula with its nodes: (inputs, relation)."""

    function: object
    nodes: set


def _leaf(rng, kind, i):
    """An input as it enters a sum or product: what of it, and whether it enters plainly."""
    sign = rng.choice([1.0, 1.0, -1.0, 2.0, 0.5])
    if rng.random() < 0.6:
        if kind == "sum":
            return (lambda x: sign * x[:, i]), True
        return (lambda x: x[:, i] ** sign), True
    name = rng.choice(["sin", "square", "exp"] if kind == "sum" else ["sin", "cosh"])
    return (lambda x: LEAVES[name](x[:, i])), False


def make(rng, inputs, top=True, above=None):
    """A formula of these inputs and the nodes of its tree below and with the root."""
    kinds = [k for k in ("sum", "product", "general") if k != above and (len(inputs) > 1)]
    kind = rng.choice([k for k in kinds if k != "general" or len(inputs) == 2 or rng.random() < 0.3]
                      or ["sum"])  # fmt: skip
    count = 2 if kind == "general" else min(len(inputs), rng.choice([2, 2, 3]))
    cuts = sorted(rng.sample(range(1, len(inputs)), count - 1))
    parts = [inputs[a:b] for a, b in zip([0, *cuts], [*cuts, len(inputs)], strict=True)]
    terms, plain, nodes = [], [], set()
    for part in parts:
        if len(part) == 1:
            term, alone = _leaf(rng, kind, part[0]) if kind != "general" else (
                lambda x, i=part[0]: x[:, i], False)  # fmt: skip
            plain += part if alone else []
        else:
            made = make(rng, part, False, kind)
            term, below = made.function, made.nodes
            nodes |= below
        terms.append(term)
    named = frozenset(inputs)
    if kind == "general":
        g = rng.choice(GENERAL)
        return Made(lambda x: g(terms[0](x), terms[1](x)), nodes | {(named, "general")})

    def value(x):
        total = terms[0](x)
        for term in terms[1:]:
            total = total + term(x) if kind == "sum" else total * term(x)
        return total

    if top:
        return Made(value, nodes | {(named, kind)})
    alike = "translation" if kind == "sum" else "scale"
    if len(plain) == len(parts):
        nodes |= {(named, alike)}
    else:
        nodes |= {(named, "separable")}
        if len(plain) > 1:
            nodes |= {(frozenset(plain), alike)}
    outer = rng.choice(OUTER)
    return Made(lambda x: outer(value(x)), nodes)


def draw(seed):
    """A formula of 2 to 6 inputs, and rows."""
    rng = random.Random(seed)
    width = rng.randint(2, 6)
    inputs = list(range(width))
    rng.shuffle(inputs)
    x = torch.rand(300, width, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return make(rng, inputs), x + 0.5


def find(function, x, **settings):
    """The nodes that `structure` finds, but inputs."""
    found = ew.structure(function, x, **settings)
    return {(frozenset(n.inputs), n.relation) for n in found.nodes() if n.relation != "input"}


def score(seeds, **settings):
    """(right, found, there) of sets of inputs, and of sets with their relations."""
    sets, labelled = [0, 0, 0], [0, 0, 0]
    for seed in seeds:
        made, x = draw(seed)
        found = find(made.function, x, **settings)
        for count, got, there in (
            (sets, {a for a, _ in found}, {a for a, _ in made.nodes}),
            (labelled, found, made.nodes),
        ):
            count[0] += len(got & there)
            count[1] += len(got)
            count[2] += len(there)
    return sets, labelled


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:3])
    for name, (right, found, there) in zip(
        ("sets of inputs", "with their relation"), score(range(first, first + count)), strict=True
    ):
        print(f"{name}: {right} of {found} right (precision {right / found:.3f}), "
              f"{right} of {there} found (recall {right / there:.3f})")  # fmt: skip

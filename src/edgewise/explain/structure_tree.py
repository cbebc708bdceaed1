"""The tree of how a function puts its inputs together: in words, and drawn."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edgewise._shown import shown_as_text
from edgewise.charts.style import INK, LINE, PAPER, SILVER, figure_class, save_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Node:
    """Inputs on which a function depends through one number only.

    Attributes:
        relation: how the children come together: "input" for one input, "sum" and "product" of
            functions of each child (of the whole function only), "translation" for
            g(Σ weight · input), "scale" for g(Π input^weight), "separable" for g(Σ u(child)), and
            "general" for none of these.
        children: its parts; none for one input.
        weights: of a translation or a scale, for each child, the first one 1; else empty.
        violation: how far the rows contradict the relation: 0 is not at all, 1 completely.
    """

    inputs: tuple[int, ...]
    relation: str
    children: tuple[Node, ...] = ()
    weights: tuple[float, ...] = ()
    violation: float = 0.0

    def walk(self) -> list[Node]:
        """This node and all below it."""
        return [self, *(n for child in self.children for n in child.walk())]


@shown_as_text
@dataclass(frozen=True)
class Structure:
    """What :func:`~edgewise.structure` found: ``print(found)`` shows the tree.

    Attributes:
        root: the node of all inputs that matter.
        idle: inputs without influence.
        names: of the inputs.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.rand(100, 3, generator=torch.Generator().manual_seed(0)) + 0.5
        >>> found = ew.structure(lambda x: torch.sin(x[:, 0] * x[:, 2]), x)
        >>> found.label(found.root), found.idle
        ('scale: x0 · x2', (1,))
    """

    root: Node
    idle: tuple[int, ...]
    names: tuple[str, ...]

    def nodes(self) -> list[Node]:
        """All nodes, the root first."""
        return self.root.walk()

    def label(self, node: Node) -> str:
        """A node in words."""
        if node.relation == "input":
            return self.names[node.inputs[0]]
        parts = [self.names[c.inputs[0]] for c in node.children if c.relation == "input"]
        if node.relation == "translation":
            return "translation: " + _join(parts, node.weights)
        if node.relation == "scale":
            powers = zip(parts, node.weights, strict=True)
            return "scale: " + " · ".join(p if w == 1 else f"{p}^{w:.3g}" for p, w in powers)
        return node.relation

    def __str__(self) -> str:
        lines = [self.label(self.root)]

        def draw(node: Node, before: str) -> None:
            if node.relation in ("translation", "scale"):
                return
            for k, child in enumerate(node.children):
                last = k == len(node.children) - 1
                lines.append(f"{before}{'└─ ' if last else '├─ '}{self.label(child)}")
                draw(child, before + ("   " if last else "│  "))

        draw(self.root, "")
        if self.idle:
            lines.append("without influence: " + ", ".join(self.names[i] for i in self.idle))
        return "\n".join(lines)

    def plot(self, path: str | os.PathLike[str] | None = None) -> Figure:
        """Draw the tree, inputs at the bottom.

        Args:
            path: where to save the figure as well (the suffix picks the format), or None.

        Returns:
            A matplotlib Figure. No pyplot state is touched.

        Raises:
            ImportError: matplotlib is not installed.
        """
        new_figure = figure_class("Structure.plot")
        leaves = [n for n in self.nodes() if not n.children]
        heights = {id(n): _height(n) for n in self.nodes()}
        size = (1.1 * max(len(leaves), 3), 0.8 * heights[id(self.root)] + 1.2)
        figure = new_figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        axes.set_axis_off()
        axes.set_xlim(-0.7, max(len(leaves), 2) - 0.3)
        axes.set_ylim(-0.5, heights[id(self.root)] + 0.5)
        columns = {n.inputs: k for k, n in enumerate(leaves)}

        def draw(node: Node) -> float:
            height = heights[id(node)]
            under = [(draw(child), heights[id(child)]) for child in node.children]
            column = (
                float(columns[node.inputs]) if not under else sum(c for c, _ in under) / len(under)
            )
            for child in under:
                axes.plot([column, child[0]], [height, child[1]], color=SILVER, zorder=1)
            text = self.label(node).replace(": ", ":\n")
            box = {"facecolor": PAPER, "edgecolor": LINE, "boxstyle": "round,pad=0.3"}
            axes.text(column, height, text, ha="center", va="center", color=INK, bbox=box, zorder=2)
            return column

        draw(self.root)
        return save_figure(figure, path)


def _height(node: Node) -> int:
    return 1 + max(map(_height, node.children)) if node.children else 0


def _join(parts: Sequence[str], weights: Sequence[float]) -> str:
    text = ""
    for part, weight in zip(parts, weights, strict=True):
        size = "" if abs(weight) == 1 else f"{abs(weight):.3g} "
        text += (" - " if weight < 0 else " + ") + size + part
    return text[3:] if text.startswith(" + ") else text[1:]

"""Edits of edges: their effect, and reading and writing logs of them.

The page computes the same in `frontend/src/edits.ts`; tests compare the two.
"""

from __future__ import annotations

import json
import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import torch
from torch import Tensor

from edgewise._files import check_regular
from edgewise.explorer.interpolation import interpolate
from edgewise.formula.affine import core_of, function_of
from edgewise.formula.continuation import evaluate
from edgewise.formula.expression import Expression
from edgewise.formula.files import read_expression
from edgewise.formula.library import LIBRARY
from edgewise.symbolic.edges import EdgeIndex

VERSION = 1
LONGEST = 10**5
"""Most edits of a log, and most points of a curve."""
LONGEST_LABEL = 80
"""Most characters of a node's name."""


@dataclass(frozen=True)
class Edit(ABC):
    """A change of one or several edges: (value of the edge, its input) → new value."""

    kind: ClassVar[str]

    @abstractmethod
    def touched(self) -> tuple[EdgeIndex, ...]:
        """The edges that it changes, each once."""

    @abstractmethod
    def apply(self, value: Tensor, x: Tensor, position: int) -> Tensor:
        """The edge at that position of :meth:`touched` after the edit; all of shape (rows,)."""

    @abstractmethod
    def to_config(self) -> dict[str, Any]:
        """The edit as JSON-able data."""


@dataclass(frozen=True)
class _OfOneEdge(Edit):
    """A change of one edge."""

    edge: EdgeIndex

    def touched(self) -> tuple[EdgeIndex, ...]:
        return (self.edge,)


@dataclass(frozen=True)
class Remove(Edit):
    """Remove edges; each is replaced by a constant, usually its mean value."""

    kind: ClassVar[str] = "remove"
    edges: tuple[EdgeIndex, ...]
    constants: tuple[float, ...]

    def touched(self) -> tuple[EdgeIndex, ...]:
        return self.edges

    def apply(self, value: Tensor, x: Tensor, position: int) -> Tensor:
        return torch.full_like(x, self.constants[position])

    def to_config(self) -> dict[str, Any]:
        edges = [list(e) for e in self.edges]
        return {"do": self.kind, "edges": edges, "constants": list(self.constants)}

    @classmethod
    def read(cls, config: dict[str, Any]) -> Remove:
        edges = tuple(_edge(e) for e in _list(config, "edges"))
        constants = tuple(_finite(c, "a constant") for c in _list(config, "constants"))
        if len(set(edges)) != len(edges) or len(constants) != len(edges):
            raise ValueError(
                f"{len(edges)} edges and {len(constants)} constants, which should be different "
                "edges with a constant each"
            )
        return cls(edges, constants)


@dataclass(frozen=True)
class Fix(_OfOneEdge):
    """The edge becomes c · f(a x + b) + d, with f as a formula of x0."""

    kind: ClassVar[str] = "fix"
    core: Expression
    a: float
    b: float
    c: float
    d: float

    def apply(self, value: Tensor, x: Tensor, position: int) -> Tensor:
        return self.c * evaluate(self.core, self.a * x + self.b) + self.d

    def to_config(self) -> dict[str, Any]:
        function = function_of(self.core)
        return {
            "do": self.kind,
            "edge": list(self.edge),
            "function": self.core.to_config() if function is None else function.name,
            **{letter: getattr(self, letter) for letter in "abcd"},
        }

    @classmethod
    def read(cls, config: dict[str, Any]) -> Fix:
        core = _core(config.get("function"))
        numbers = [_finite(config.get(letter), letter) for letter in "abcd"]
        return cls(_edge(config.get("edge")), core, *numbers)


@dataclass(frozen=True)
class _ThroughPoints(_OfOneEdge):
    """A change by the curve through points, x increasing (:func:`.interpolate`)."""

    x: tuple[float, ...]
    y: tuple[float, ...]

    def curve(self, at: Tensor) -> Tensor:
        """The values of the curve."""
        return interpolate(at, *(points.to(at) for points in self._tensors))

    @cached_property
    def _tensors(self) -> tuple[Tensor, ...]:
        return torch.tensor([self.x, self.y], dtype=torch.float64, device="cpu").unbind()

    def to_config(self) -> dict[str, Any]:
        return {"do": self.kind, "edge": list(self.edge), "x": list(self.x), "y": list(self.y)}

    @classmethod
    def read(cls, config: dict[str, Any]) -> _ThroughPoints:
        edge = _edge(config.get("edge"))
        x, y = (tuple(_finite(v, n) for v in _list(config, n)) for n in "xy")
        if len(x) != len(y) or len(x) < 2:
            raise ValueError(f"{len(x)} x and {len(y)} y, which must be equally many, at least 2")
        if any(b - a <= 1e-12 * max(abs(a), abs(b)) for a, b in pairwise(x)):
            raise ValueError("an x that doesn't increase from point to point")
        return cls(edge, x, y)


@dataclass(frozen=True)
class Redraw(_ThroughPoints):
    """The edge becomes the curve."""

    kind: ClassVar[str] = "redraw"

    def apply(self, value: Tensor, x: Tensor, position: int) -> Tensor:
        return self.curve(x)


@dataclass(frozen=True)
class Bend(_ThroughPoints):
    """The curve is added to the edge."""

    kind: ClassVar[str] = "bend"

    def apply(self, value: Tensor, x: Tensor, position: int) -> Tensor:
        return value + self.curve(x)


@dataclass(frozen=True)
class Clip(_OfOneEdge):
    """Clip the value of the edge to an interval."""

    kind: ClassVar[str] = "clip"
    low: float
    high: float

    def apply(self, value: Tensor, x: Tensor, position: int) -> Tensor:
        return value.clamp(self.low, self.high)

    def to_config(self) -> dict[str, Any]:
        return {"do": self.kind, "edge": list(self.edge), "low": self.low, "high": self.high}

    @classmethod
    def read(cls, config: dict[str, Any]) -> Clip:
        low, high = (_finite(config.get(n), n) for n in ("low", "high"))
        if low > high:
            raise ValueError(f"low = {low:g} above high = {high:g}")
        return cls(_edge(config.get("edge")), low, high)


@dataclass(frozen=True)
class Label(Edit):
    """Name a hidden node; "" removes the name. No number changes."""

    kind: ClassVar[str] = "label"
    node: tuple[int, int]
    text: str

    def touched(self) -> tuple[EdgeIndex, ...]:
        return ()

    def apply(self, value: Tensor, x: Tensor, position: int) -> Tensor:
        return value

    def to_config(self) -> dict[str, Any]:
        return {"do": self.kind, "node": list(self.node), "text": self.text}

    @classmethod
    def read(cls, config: dict[str, Any]) -> Label:
        node, text = config.get("node"), config.get("text")
        if not isinstance(node, list) or len(node) != 2 or not all(type(n) is int for n in node):
            raise ValueError(f"{str(node)[:60]!r} where [level, place] of a node should be")
        if not isinstance(text, str) or len(text) > LONGEST_LABEL:
            raise ValueError(
                f"{str(text)[:60]!r} where a name of at most {LONGEST_LABEL} characters should be"
            )
        return cls((node[0], node[1]), text)


READERS = {cls.kind: cls.read for cls in (Remove, Fix, Redraw, Bend, Clip, Label)}


def read_log(owner: str, log: Any, widths: Sequence[int]) -> list[Edit]:
    """The edits of a log, as data, as JSON or in a file.

    Raises:
        ValueError: if it is damaged, or made for a network of other widths; nothing in it is ever
            evaluated.
        FileNotFoundError: if it is a path at which there is no file.
    """
    edits = list_entries(owner, log, {"edgewise_edits": VERSION}, {"widths": list(widths)})
    return [_read_edit(owner, k, edit, widths) for k, edit in enumerate(edits)]


def list_entries(
    owner: str, log: Any, version: Mapping[str, int], made_for: Mapping[str, Any]
) -> list[Any]:
    """The entries of a log of this version, made for a model of these widths, columns or outputs.

    Raises:
        ValueError, FileNotFoundError: as :func:`read_log`.
    """
    data = load_log(owner, log)
    ((kind, number),) = version.items()
    if not isinstance(data, dict) or data.get(kind) != number:
        entries = ", ".join(f'"{entry}": …' for entry in made_for)
        raise ValueError(
            f'{owner} expected a log of edits, {{"{kind}": {number}, {entries}, "edits": […]}}, '
            f"got {str(data)[:60]!r}: copy or download it in the explorer"
        )
    for entry, own in made_for.items():
        if data.get(entry) != own:
            raise ValueError(
                f"{owner} expected a log for the {entry} {str(own)[:60]}, got one for "
                f"{str(data.get(entry))[:60]}: pass the model that was explored"
            )
    edits = data.get("edits")
    if not isinstance(edits, list) or len(edits) > LONGEST:
        raise ValueError(
            f"{owner} expected a list of edits, at most {LONGEST:,}, got {str(edits)[:60]!r}: the "
            "log is damaged"
        )
    return edits


def write_log(edits: Sequence[Edit], widths: Sequence[int]) -> dict[str, Any]:
    """A log that :func:`read_log` can read."""
    found = [edit.to_config() for edit in edits]
    return {"edgewise_edits": VERSION, "widths": list(widths), "edits": found}


def load_log(owner: str, log: Any) -> Any:
    """A log as data, from data, JSON or the path of a file.

    Raises:
        ValueError: if it isn't JSON.
        FileNotFoundError: if there is no such file.
    """
    if isinstance(log, Path) or (isinstance(log, str) and log.endswith(".json")):
        path = Path(log)
        if not path.exists():
            raise FileNotFoundError(f"{owner} expected a log of edits at {path}, found no file")
        check_regular(path)
        log = path.read_bytes()
    if not isinstance(log, str | bytes):
        return log
    try:
        return json.loads(log)
    except (ValueError, RecursionError) as error:
        raise ValueError(
            f"{owner} expected a log of edits in JSON, got {type(error).__name__} ({error!s:.80}): "
            "the log is damaged"
        ) from error


def _read_edit(owner: str, number: int, config: Any, widths: Sequence[int]) -> Edit:
    try:
        if not isinstance(config, dict) or not isinstance(config.get("do"), str):
            raise ValueError(f"{str(config)[:60]!r}, which isn't an edit")
        if config["do"] not in READERS:
            raise ValueError(f"{config['do']!r:.60}, which isn't among {', '.join(READERS)}")
        edit: Edit = READERS[config["do"]](config)
        for layer, i, o in edit.touched():
            inside = layer < len(widths) - 1 and i < widths[layer] and o < widths[layer + 1]
            if not inside:
                raise ValueError(f"an edge {(layer, i, o)} that isn't in the network")
        if isinstance(edit, Label):
            level, n = edit.node
            if not (0 < level < len(widths) - 1 and 0 <= n < widths[level]):
                raise ValueError(f"a hidden node {edit.node} that isn't in the network")
    except (ValueError, RecursionError) as error:
        raise ValueError(
            f"{owner} expected edits such as the explorer writes, got in edit {number}: {error}; "
            "the log is damaged"
        ) from error
    return edit


# Checks of entries, since a damaged log may hold anything.


def _edge(value: Any) -> EdgeIndex:
    whole = isinstance(value, list) and len(value) == 3
    if not whole or not all(type(n) is int and 0 <= n < 2**31 for n in value):
        raise ValueError(f"{str(value)[:60]!r} where [layer, input, output] should be")
    return EdgeIndex(*value)


def _list(config: dict[str, Any], name: str) -> list[Any]:
    value = config.get(name)
    if not isinstance(value, list) or len(value) > LONGEST:
        raise ValueError(f"{str(value)[:60]!r} where a list {name!r} should be")
    return value


def _finite(value: Any, name: str) -> float:
    real = isinstance(value, int | float) and not isinstance(value, bool)
    if not real or not abs(value) <= 1e300 or not math.isfinite(value):
        raise ValueError(f"{str(value)[:60]!r} where {name} should be a finite number")
    return float(value)


def _core(value: Any) -> Expression:
    if isinstance(value, list):
        tree = read_expression(value)
        if tree.inputs != {0}:
            raise ValueError(f"{str(value)[:60]} where a formula of x0 alone should be")
        return tree
    if not isinstance(value, str) or value not in LIBRARY:
        raise ValueError(f"{str(value)[:60]!r} where a function of the library should be")
    return core_of(LIBRARY[value])

"""Convert descriptions of networks of formulas from earlier versions to the current format.

An edge used to be one function with four numbers, c · f(a x + b) + d, in a tensor ``affine``. If f
was a formula itself, the numbers inside it were in ``inner``. The description of an edge said
whether a, b, c and d were free (true), fixed (false) or exact (a text such as "1/2*pi").
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from torch import Tensor

from edgewise.formula.constants import read_constant
from edgewise.formula.library import LIBRARY
from edgewise.models import io
from edgewise.symbolic.entries import entry, mapping, sequence

State = dict[str, Tensor]
LETTERS = "abcd"
FROZEN = {"frozen": True}
X = ["input", 0]


@io.earlier
def in_todays_form(config: dict[str, Any], state: State) -> tuple[dict[str, Any], State]:
    """A description and its tensors in the current format; networks may be parts of a module.

    Raises:
        ValueError: if they are damaged.
    """
    old = [n.partition("layers.")[0] for n in state if n.endswith(".symbolic.affine")]
    new, tensors = copy.deepcopy(config), dict(state)
    for place in dict.fromkeys(old):
        path = place.split(".")[:-1]
        network = _find(config, config, path)
        entries = sequence(entry(network, "layers"), "layers")
        layers = []
        for k, found in enumerate(entries):
            prefix = f"{place}layers.{k}.symbolic."
            affine, inner = (tensors.pop(prefix + n, None) for n in ("affine", "inner"))
            bias = tensors[prefix + "bias"]
            layers.append(_with_trees(mapping(found, "a layer"), affine, bias, inner))
            numbers = [v for e in layers[-1]["edges"] for v in _numbers_of(e[2])]
            tensors[prefix + "numbers"] = bias.new_tensor(numbers)
        _find(new, new, path).update(network, layers=layers)
    return new, tensors


def _find(config: Any, whole: Any, path: list[str]) -> dict[str, Any]:
    """The description of a part of a module, by its name."""
    config = mapping(config, "a network")
    if config.get("model") == "Same":
        name = str(entry(config, "name"))
        return _find(whole, whole, name.split(".") if name else [])
    if not path:
        return config
    parts = config.get("parts")
    inner = entry(mapping(parts, "parts"), path[0]) if parts is not None else None
    return _find(
        config.get("base", config.get("part")) if inner is None else inner, whole, path[1:]
    )


def _with_trees(
    layer: dict[str, Any], affine: Tensor | None, bias: Tensor, inner: Tensor | None
) -> dict[str, Any]:
    """The layer with a formula for each function between four numbers."""
    entries = sequence(entry(layer, "edges"), "edges")
    marks = sequence(entry(layer, "bias"), "bias")
    if affine is None or affine.shape != (len(entries), 4) or bias.shape != (len(marks),):
        raise ValueError(
            f"expected 4 numbers of each of {len(entries)} edges and {len(marks)} biases, got "
            f"{None if affine is None else tuple(affine.shape)} and {tuple(bias.shape)}"
        )
    products = sequence(entry(layer, "products"), "products")
    inside = iter([] if inner is None else inner.tolist())
    edges, held = [], set()
    for found, row in zip(entries, affine.tolist(), strict=True):
        parts = sequence(found, "an edge")
        frozen = parts[4:] == [FROZEN]
        if len(parts) != 4 + frozen:
            raise ValueError(
                f"expected an edge [input, output, function, constants], got {parts!s:.80}"
            )
        signs = sequence(parts[3], "the constants of an edge")
        if len(signs) != len(LETTERS):
            raise ValueError(f"expected 4 constants of an edge, got {len(signs)}")
        core = _core(parts[2], inside)
        numbers = [_number(s, v) for s, v in zip(signs, row, strict=True)]
        d = numbers[3] if parts[1] in products else ["number", 0.0, "0/1*1", None]
        if signs[:3] == [False] * 3:
            held.add(parts[1])
        frozen |= any(s is False and n[2] is None for s, n in zip(signs, numbers, strict=True))
        tree = _around(core, numbers[0], numbers[1], numbers[2], d)
        edges.append([*parts[:2], tree, *([FROZEN] if frozen else [])])
    if next(inside, None) is not None:
        raise ValueError("expected as many numbers inside of functions as these have, got more")
    biases = [
        [_number(m, v), *([FROZEN] if m is False or o in held else [])]
        for o, (m, v) in enumerate(zip(marks, bias.tolist(), strict=True))
    ]
    return {**layer, "edges": edges, "bias": biases}


def _number(mark: Any, value: float) -> list[Any]:
    """A number by its mark; fixed integers are exact."""
    if isinstance(mark, bool):
        whole = not mark and value.is_integer()
        return ["number", value, f"{int(value)}/1*1" if whole else None, None]
    if not isinstance(mark, str):
        raise ValueError(f"expected true, false or a constant such as 1/2*pi, got {mark!r:.80}")
    return ["number", read_constant(mark).value, mark, None]


def _core(function: Any, inside: Iterator[float]) -> Any:
    """A function by its name, or a tree with its numbers filled in."""
    if isinstance(function, list):
        return _renumber(function, inside)
    if not isinstance(function, str):
        raise ValueError(f"expected the name of a function, got {function!r:.80}")
    known = LIBRARY.get(function)
    if known is LIBRARY.identity:
        return X
    if function == "0":
        return ["number", 0.0, "0/1*1", None]
    if known is not None and known.power is not None:
        top, bottom = known.power
        return ["power", X, ["number", top / bottom, f"{top}/{bottom}*1", None]]
    return ["apply", function, X]


def _renumber(tree: Any, inside: Iterator[float]) -> Any:
    node = sequence(tree, "a node of a formula")
    if node[:1] == ["number"]:
        value = next(inside, None)
        if value is None or len(node) != 4:
            raise ValueError("expected numbers inside of functions, got fewer than these have")
        return [node[0], value if node[2] is None else node[1], *node[2:]]
    return [_renumber(part, inside) if isinstance(part, list) else part for part in node]


def _around(core: Any, a: list[Any], b: list[Any], c: list[Any], d: list[Any]) -> Any:
    """c · core(a x + b) + d as a tree, exact zeros and ones left out."""
    argument: Any = X if _is_exactly(a, 1) else ["product", a, X]
    argument = argument if _is_exactly(b, 0) else ["sum", argument, b]
    tree = core if argument is X else _put_in(core, argument)
    tree = tree if _is_exactly(c, 1) else ["product", c, tree]
    return tree if _is_exactly(d, 0) else ["sum", tree, d]


def _put_in(tree: Any, argument: Any) -> Any:
    if not isinstance(tree, list):
        return tree
    return argument if tree == X else [_put_in(part, argument) for part in tree]


def _is_exactly(number: list[Any], value: float) -> bool:
    return number[1] == value and number[2] is not None


def _numbers_of(tree: Any) -> Iterator[float]:
    """The numbers of a tree in the order in which they are read."""
    if isinstance(tree, list) and tree[:1] == ["number"]:
        yield float(tree[1])
    elif isinstance(tree, list):
        for part in tree:
            yield from _numbers_of(part)

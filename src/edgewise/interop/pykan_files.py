"""The files of pykan's ``saveckpt``: tensors, and beside them in YAML what they don't tell."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from edgewise._files import check_regular, write_together
from edgewise._tensor_files import pickle_tensors
from edgewise.interop.read import read_state

BASES = {"silu": "silu", "identity": "identity", "zero": None}
LARGEST = 2**26
"""Bytes that a description may have."""


@dataclass(frozen=True)
class Description:
    """What a ``_config.yml`` says of a model, as far as it matters.

    Attributes:
        base: the base activation, in our names.
        products: for each layer, how many factors the products above it have.
        functions: for each layer, output and input the name of a function; "0" for none.
    """

    base: str | None
    products: list[tuple[int, ...]]
    functions: list[list[list[str]]]


def read_checkpoint(path: str | os.PathLike[str]) -> tuple[dict[str, Any], Description | None]:
    """The state dict of any program, and pykan's description if it is beside it.

    ``path`` is a file, or what was given to ``saveckpt``: the files are ``path_state`` and
    ``path_config.yml``.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if one is damaged, or would run code.
        ImportError: if there is a description, and no PyYAML to read it.
    """
    path = Path(path)
    stem = str(path)
    for end in ("_state", "_config.yml"):
        stem = stem.removesuffix(end)
    state, config = Path(f"{stem}_state"), Path(f"{stem}_config.yml")
    if str(path) != f"{stem}_state" and ((path.exists() and path != config) or not state.exists()):
        return read_state(path), None
    return read_state(state), _read_description(config) if config.exists() else None


def _read_description(path: Path) -> Description:
    try:
        import yaml
    except ImportError as error:
        raise ImportError(
            f"{path} is YAML, which PyYAML reads: pip install 'edgewise[pykan]'"
        ) from error
    check_regular(path)
    if path.stat().st_size > LARGEST:
        raise ValueError(f"expected a description below {LARGEST} bytes, got a larger one: {path}")
    try:
        config = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _describe(config)
    except (yaml.YAMLError, LookupError, TypeError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise ValueError(
            f"expected the description that pykan's saveckpt writes in {path}, got one that can't "
            f"be read ({reason}): it is damaged, or of another version than 0.2.8"
        ) from error


def _describe(config: dict[str, Any]) -> Description:
    levels = [w if isinstance(w, list) else [w, 0] for w in config["width"]]
    arity = config["mult_arity"]
    products = []
    for level, (_, count) in enumerate(levels):
        each = [arity] * count if isinstance(arity, int) else arity[level]
        if len(each) != count or not all(type(a) is int and 2 <= a < 2**20 for a in each):
            raise ValueError("factors of products that aren't whole numbers from 2")
        products.append(tuple(each))
    names = [config[f"symbolic.funs_name.{k}"] for k in range(len(levels) - 1)]
    if not all(isinstance(n, str) for layer in names for row in layer for n in row):
        raise ValueError("functions without names")
    if not config["symbolic_enabled"]:
        names = [[["0" for _ in row] for row in layer] for layer in names]
    return Description(BASES[config["base_fun_name"]], products[1:], names)


def write_checkpoint(
    path: str | os.PathLike[str],
    state: dict[str, Tensor],
    products: Sequence[Sequence[int]],
    functions: Sequence[Sequence[Sequence[str]]] | None = None,
    base: str | None = "silu",
) -> None:
    """Write the three files that pykan's ``loadckpt(path)`` reads; YAML holds JSON, too."""
    path = os.fsdecode(path)
    sizes = [(state[f"act_fun.{k}.coef"], state[f"act_fun.{k}.grid"]) for k in range(len(products))]
    ins = [coef.shape[0] for coef, _ in sizes]
    nodes = [coef.shape[1] - sum(p) for (coef, _), p in zip(sizes, products, strict=True)]
    degrees = [int(grid.shape[1] - coef.shape[2] - 1) for coef, grid in sizes]
    cells = [int(coef.shape[2]) - k for (coef, _), k in zip(sizes, degrees, strict=True)]
    pairs = {arity for arities in products for arity in arities} <= {2}
    if functions is None:
        functions = [[["0"] * coef.shape[0] for _ in range(coef.shape[1])] for coef, _ in sizes]
    names = {base: name for name, base in BASES.items()}
    config: dict[str, Any] = {
        "width": [[ins[0], 0], *([s, len(p)] for s, p in zip(nodes, products, strict=True))],
        "grid": cells,
        "k": degrees,
        "mult_arity": 2 if pairs else [[], *map(list, products)],
        "base_fun_name": names[base],
        "symbolic_enabled": True,
        "affine_trainable": True,
        "grid_eps": 0.02,
        "grid_range": [-1, 1],
        "sp_trainable": True,
        "sb_trainable": True,
        "state_id": 0,
        "auto_save": False,
        "ckpt_path": "./model",
        "round": 0,
        "device": "cpu",
    }
    config |= {f"symbolic.funs_name.{k}": list(map(list, f)) for k, f in enumerate(functions)}
    write_together(
        {
            f"{path}_config.yml": json.dumps(config, indent=1).encode(),
            f"{path}_state": pickle_tensors(state),
            f"{path}_cache_data": pickle_tensors(None),
        }
    )

"""Saving and loading: one safetensors file that carries its architecture."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as serialize
from torch import nn

from edgewise._checks import check_device, check_values
from edgewise._files import check_regular, write_bytes
from edgewise._tensor_files import read_tensors

_KEY = "edgewise"

DAMAGE = (LookupError, TypeError, ValueError, AttributeError, RuntimeError, ArithmeticError)
"""What building a model from a damaged description may raise; RecursionError is among them."""

_DTYPES = (torch.float64, torch.float32, torch.bfloat16, torch.float16)

C = TypeVar("C", bound=type[nn.Module])
M = TypeVar("M", bound=nn.Module)

_KINDS: dict[str, Any] = {}
"""Classes whose models go into files, by the names in those files."""

Maker = Callable[..., Any]
"""What makes a model out of a description, on a device and of a type."""
_MAKERS: dict[type, Callable[[Any], Maker]] = {}
"""For classes whose descriptions need more than ``from_config`` to be read: a model's maker."""

State = dict[str, torch.Tensor]
Upgrade = Callable[[dict[str, Any], State], tuple[dict[str, Any], State]]
_UPGRADES: list[Upgrade] = []
"""What brings files of earlier versions into the form of today."""


def savable(name: str, maker: Callable[[Any], Maker] | None = None) -> Callable[[C], C]:
    """Let models of a class be saved and loaded, under a name that files hold.

    The class describes a model by ``to_config()``, as JSON-able data with an entry "model" that is
    ``name``, and makes one anew by ``from_config(config, dtype=…)``.

    Args:
        maker: a function that takes a model and returns the reader of its description. Models with
            functions of the user's own need it, because ``from_config`` can't know these.

    Example:
        >>> import tempfile, edgewise as ew
        >>> @ew.models.savable("Baseline")
        ... class Baseline(ew.MLP):
        ...     def to_config(self):
        ...         return {**super().to_config(), "model": "Baseline"}
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ew.save(Baseline([2, 5, 1]), f"{folder}/model.safetensors")
        ...     type(ew.load(f"{folder}/model.safetensors")).__name__
        'Baseline'
    """

    def register(cls: C) -> C:
        _KINDS[name] = cls
        if maker is not None:
            _MAKERS[cls] = maker
        return cls

    return register


def earlier(upgrade: Upgrade) -> Upgrade:
    """Let files of earlier versions be read: `upgrade` brings a description and its tensors into
    today's form, and returns all others unchanged.
    """
    _UPGRADES.append(upgrade)
    return upgrade


def save(model: nn.Module, path: str | os.PathLike[str]) -> None:
    """Write weights and architecture to one safetensors file.

    The file is complete or absent: it is written beside ``path`` and renamed.

    Raises:
        ValueError: if the architecture has no description, such as a callable base activation, or
            the description makes another model than this one.

    Example:
        >>> import tempfile, torch, edgewise as ew
        >>> model, x = ew.MLP([2, 5, 1]), torch.rand(10, 2)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ew.models.save(model, f"{folder}/model.safetensors")
        ...     torch.equal(ew.models.load(f"{folder}/model.safetensors")(x), model(x))
        True
    """
    config = model_config(model)
    check_readable(model, config, make_of(model))
    write(path, config, model_state(model))


def make_of(model: nn.Module) -> Maker:
    """What makes models out of the description of this one, whose class is savable."""
    of_class: Maker = _KINDS[model_config(model)["model"]].from_config
    return _MAKERS[type(model)](model) if type(model) in _MAKERS else of_class


def check_readable(model: nn.Module, config: dict[str, Any], make: Maker) -> None:
    """Raise ValueError unless a file with this description will be read as this model.

    The description is read as :func:`load` reads it, and what it makes is compared with the model:
    the classes of all parts, and the names, shapes and types of all tensors. Hooks may change what
    a part computes, and no file holds them.
    """
    try:
        made = make(json.loads(json.dumps(config)), dtype=None, device="meta")
        _compare_classes(made, model)
        dtype = type_of(model.state_dict())
        made = make(json.loads(json.dumps(config)), dtype=dtype, device="meta")
        check_fit(made.state_dict(), model.state_dict())
    except DAMAGE as error:
        raise _unreadable(str(error)) from error
    for name, part in model.named_modules():
        if part._forward_hooks or part._forward_pre_hooks:
            raise _unreadable(f"{_place(name)}a {type(part).__name__} with hooks")


def _compare_classes(made: nn.Module, model: nn.Module) -> None:
    ours = dict(made.named_modules(remove_duplicate=False))
    theirs = dict(model.named_modules(remove_duplicate=False))
    for name in {**theirs, **ours}:
        found, wanted = ours.get(name), theirs.get(name)
        if type(found) is not type(wanted):
            got = "nothing" if wanted is None else f"a {type(wanted).__name__}"
            anew = "nothing" if found is None else f"a {type(found).__name__}"
            raise ValueError(f"{_place(name)}{got}, where a file would make {anew}")


def _place(name: str) -> str:
    return f"{name!r}, " if name else ""


def _unreadable(got: str) -> ValueError:
    return ValueError(
        f"save expected a model that its description makes again, got {got}: undo what a tool of "
        "torch has added, by prune.remove, parametrize.remove_parametrizations or the handle of a "
        "hook, or save the weights by torch.save(model.state_dict(), path) and build the model in "
        "code"
    )


def type_of(state: Mapping[str, torch.Tensor]) -> torch.dtype | None:
    """The type of the numbers in a file of these tensors; None if it has none."""
    return next((t.dtype for t in state.values() if t.is_floating_point()), None)


def model_state(model: nn.Module) -> dict[str, torch.Tensor]:
    """The state dict as it goes into a file.

    Raises:
        ValueError: if it has no values.
    """
    check_values("save", *model.state_dict().values())
    return {k: v.detach().cpu().contiguous().clone() for k, v in model.state_dict().items()}


def write(
    path: str | os.PathLike[str], config: dict[str, Any], state: dict[str, torch.Tensor]
) -> None:
    """Write a description and its tensors, which :func:`read` reads."""
    write_bytes(path, serialize(state, metadata={_KEY: json.dumps(config)}))


def load(path: str | os.PathLike[str], *, device: torch.device | str = "cpu") -> Any:
    """Read a model that :func:`save` wrote.

    Args:
        path: the file.
        device: the device of its tensors.

    Raises:
        ValueError: if the file is damaged, or not one of ours; the message names the remedy.
        FileNotFoundError: if it isn't there.

    Example:
        >>> import tempfile, edgewise as ew
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ew.models.save(ew.MLP([2, 5, 1], "gelu"), f"{folder}/model.safetensors")
        ...     model = ew.models.load(f"{folder}/model.safetensors")
        >>> model.widths, model.activation
        ([2, 5, 1], 'gelu')
    """
    check_device("load", device)
    return restore(path, *read(path), device)


def restore(
    path: str | os.PathLike[str],
    config: dict[str, Any],
    state: dict[str, torch.Tensor],
    device: torch.device | str,
    from_config: Callable[..., Any] | None = None,
) -> Any:
    """The model that was read from ``path``; raises as :func:`load` does.

    ``from_config`` makes it anew; None leaves that to the class that the description names.
    """
    try:
        model = build(from_config or _kind(config["model"]).from_config, config, state)
    except DAMAGE as error:
        raise ValueError(
            f"expected weights that fit their description in {Path(path)}, got {error}: the file "
            "is damaged, written by a newer edgewise, or a SymbolicKAN with functions of your own, "
            "which SymbolicKAN.load(path, library=…) reads"
        ) from error
    return model.to(device)


def build(
    from_config: Callable[..., M], config: dict[str, Any], state: dict[str, torch.Tensor]
) -> M:
    """The model of a description, with its tensors.

    It is first built without memory, and its shapes compared with those in the file: a small file
    that declares a large layer allocates nothing.

    Raises:
        ValueError, and what else is in DAMAGE: if they don't fit.
    """
    for upgrade in _UPGRADES:
        config, state = upgrade(config, state)
    dtype = type_of(state)
    if dtype not in (None, *_DTYPES):
        raise ValueError(f"numbers of the type {dtype}, which no layer computes with")
    declared = from_config(config, dtype=dtype, device="meta").state_dict()
    for name, tensor in state.items():  # trained widths were scalars once
        if name in declared and declared[name].shape == (1,) and not tensor.dim():
            state = {**state, name: tensor[None]}
    check_fit(declared, state)
    model = from_config(config, dtype=dtype)
    nn.Module.load_state_dict(model, state)
    return model


def check_fit(declared: Mapping[str, torch.Tensor], state: Mapping[str, torch.Tensor]) -> None:
    """Raise ValueError unless tensors have the names, shapes and types that are declared."""
    shapes = [{name: tuple(t.shape) for name, t in part.items()} for part in (declared, state)]
    if shapes[0] != shapes[1]:
        wrong = sorted(n for n in {**declared, **state} if shapes[0].get(n) != shapes[1].get(n))
        wanted, got = ([f"{n} {part.get(n, 'missing')}" for n in wrong[:4]] for part in shapes)
        raise ValueError(f"{', '.join(got)} where {', '.join(wanted)} is declared")
    for name, tensor in state.items():
        if tensor.dtype != declared[name].dtype:
            raise ValueError(
                f"{name} of the type {tensor.dtype} where {declared[name].dtype} is declared"
            )


def model_kinds() -> dict[str, Any]:
    """Classes whose models go into files, by their names there."""
    return dict(_KINDS)


def _kind(name: str) -> Any:
    if name not in _KINDS:
        raise ValueError(
            f"a model of another kind than {', '.join(_KINDS)}: {name!r}; import the module that "
            "defines it, or edgewise.load, which knows every kind of the library's own"
        )
    return _KINDS[name]


def read(path: str | os.PathLike[str]) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
    """Description and tensors of a file that :func:`save` wrote.

    Raises:
        ValueError, FileNotFoundError: as :func:`load` does.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"expected a saved model at {path}, found no such file")
    check_regular(path)
    try:
        text, state = read_tensors(path, _KEY)
    except ValueError as error:
        raise ValueError(
            f"expected a safetensors file at {path}, got one that can't be read ({error}): it is "
            "damaged or of another format; edgewise.load_foreign reads .pt checkpoints"
        ) from error
    if text is None:
        raise ValueError(
            f"expected a model written by edgewise.save at {path}, got a safetensors file without "
            "our description: edgewise.load_foreign reads the checkpoints of other programs"
        )
    try:
        config = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(
            f"expected a description in JSON in {path}, got {type(error).__name__}: the file is "
            "damaged"
        ) from error
    if not isinstance(config, dict) or not isinstance(config.get("model"), str):
        raise ValueError(
            f"expected a description that names its model in {path}, got {text:.80}: "
            "the file is damaged"
        )
    return config, state


def is_ours(path: str | os.PathLike[str]) -> bool:
    """Whether ``path`` is a safetensors file with our description in it."""
    try:
        with safe_open(path, framework="pt") as file:
            return _KEY in (file.metadata() or {})
    except (SafetensorError, OSError):
        return False


def model_config(model: nn.Module) -> dict[str, Any]:
    """The architecture of a model of a savable class as JSON-able data.

    Raises:
        ValueError: for any other module, and for a class derived from a savable one that isn't
            savable itself: it would be read back as the other.
    """
    if not isinstance(model, tuple(_KINDS.values())):
        raise ValueError(
            f"expected a {' or '.join(_KINDS)}, got a {type(model).__name__}: {own_class(model)}"
        )
    config: dict[str, Any] = model.to_config()  # type: ignore[operator]
    if _KINDS.get(config["model"]) is not type(model):
        raise ValueError(
            f"save expected a {config['model']} itself, got a {type(model).__name__}, which would "
            f"be read back as a {config['model']}: {own_class(model)}"
        )
    return config


def own_class(model: nn.Module) -> str:
    """What someone may do whose class files know nothing of."""
    return (
        f"save the weights of a {type(model).__name__} by torch.save(model.state_dict(), path) and "
        "build it in code, or let files hold a class of your own by edgewise.models.savable"
    )

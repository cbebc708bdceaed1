"""Files of models of every kind that the library has, and those of other programs."""

from __future__ import annotations

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_device
from edgewise._files import write_bytes
from edgewise._tensor_files import pickle_tensors
from edgewise._tensors import tensors_on_cpu
from edgewise.equations.conditioned import Conditioned  # noqa: F401  registers itself
from edgewise.explorer.edited import EditedKAN  # noqa: F401  registers itself
from edgewise.formula.library import LIBRARY, Library
from edgewise.interop.formats import find_format
from edgewise.interop.pykan_files import read_checkpoint, write_checkpoint
from edgewise.models import containers, foreign, io
from edgewise.models.as_kan import check_kan
from edgewise.models.attention import KANAttention
from edgewise.models.kan import KAN
from edgewise.nn.inspect import unwrap
from edgewise.symbolic.network import SymbolicKAN
from edgewise.symbolic.pykan import needs_functions, network_from_pykan, network_to_pykan

__all__ = ["load", "load_foreign", "save", "save_foreign", "to_foreign"]

ESTIMATORS = ("KANRegressor", "KANClassifier", "KANSurvival")


def __dir__() -> list[str]:
    return __all__


def _files() -> Any:
    """How estimators are described. It loads scikit-learn, which not all who save networks have.

    A lazy module of that name would be loaded by anybody who asks all modules for their
    ``__file__``, as inspect, torch and hypothesis do.
    """
    return import_module("edgewise.additive.files")


def save(model: Any, path: str | os.PathLike[str]) -> None:
    """Write weights and architecture to one safetensors file.

    The file is complete or absent: it is written beside ``path`` and renamed.

    Args:
        model: a KAN, an MLP, a SymbolicKAN, a FasterKANvolver, a layer of ours (KANLinear,
            KANConv2d, RationalLinear, KANFeedForward, KANTransformerBlock, KANAttention, …), an
            ``nn.Sequential`` of these and of most of torch's layers, or a fitted KANRegressor or
            KANClassifier. Of estimators, arguments such as a splitter of scikit-learn are left
            out. A model inside torch.compile or DataParallel is saved without the wrapper; for an
            AveragedModel pass ``model.module``.
        path: the file; one that is there is replaced.

    Raises:
        ValueError: if the architecture has no description, such as a callable base activation or
            a class of your own, or :func:`load` would not make this model of it, as after
            torch's pruning or with a hook; the message names the part, and what keeps its
            weights. Or if an estimator isn't fitted. Nothing is written.

    Example:
        >>> import tempfile, torch, edgewise as ew
        >>> model, x = ew.KAN([2, 5, 1]), torch.rand(10, 2)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ew.save(model, f"{folder}/model.safetensors")
        ...     torch.equal(ew.load(f"{folder}/model.safetensors")(x), model(x))
        True
    """
    if isinstance(model, nn.Module):
        bare: nn.Module = unwrap(model)
        if len(bare.state_dict()) < len(model.state_dict()):
            bare = model  # the count of an AveragedModel's updates would be lost
        if isinstance(bare, tuple(io.model_kinds().values())):
            io.save(bare, path)
            return
        io.write(path, containers.describe(bare), io.model_state(bare))
        return
    if type(model).__name__ not in ESTIMATORS:
        raise ValueError(
            "save expected a module such as a KAN, or a fitted "
            f"{' or '.join(ESTIMATORS)}, got {type(model).__name__}"
        )
    if not hasattr(model, "schema_"):
        raise ValueError(f"expected a fitted {type(model).__name__}: call fit before save")
    files = _files()
    config, state = files.describe_estimator(model)
    try:
        files.restore_estimator(type(model), json.loads(json.dumps(config)), state)
    except io.DAMAGE as error:
        raise ValueError(
            f"save expected a {type(model).__name__} as its fit left it, got one that can't be "
            f"read back ({error}): fit it again"
        ) from error
    io.write(path, config, state)


@tensors_on_cpu()
def load(path: str | os.PathLike[str], *, device: torch.device | str = "cpu") -> Any:
    """Read a model that :func:`save` wrote.

    Args:
        path: the file.
        device: of networks; estimators of tables compute on the CPU.

    Raises:
        ValueError: if the file is damaged, or not one of ours, or the device isn't there; the
            message names the remedy.
        FileNotFoundError: if it isn't there.

    Example:
        >>> import tempfile, edgewise as ew
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ew.save(ew.KAN([2, (5, 1), 1], basis="fourier"), f"{folder}/model.safetensors")
        ...     model = ew.load(f"{folder}/model.safetensors")
        >>> model.widths, model.products, model.stack()[0].basis
        ([2, 6, 1], [(2,), ()], Fourier(num=2))
    """
    check_device("load", device)
    config, state = io.read(path)
    if config["model"] in containers.KINDS:
        return io.restore(path, config, state, device, containers.build)
    if config["model"] not in ESTIMATORS:
        return io.restore(path, config, state, device)
    estimator = getattr(import_module("edgewise"), config["model"])
    try:
        return _files().restore_estimator(estimator, config, state)
    except io.DAMAGE as error:
        raise ValueError(
            f"expected an estimator that fits its description in {Path(path)}, got {error}: the "
            "file is damaged, or written by a newer edgewise"
        ) from error


@tensors_on_cpu()
def load_foreign(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    device: torch.device | str = "cpu",
    library: Library = LIBRARY,
    **settings: Any,
) -> KAN | KANAttention | SymbolicKAN:
    """Read a checkpoint of another program and return it as a model of ours.

    The format is recognised by its keys and the architecture inferred from its shapes. Tensors
    are read with ``torch.load(weights_only=True)``, so no code in the file is ever run. A
    checkpoint of pykan's with functions on edges, or with trained biases behind products, becomes a
    :class:`~edgewise.symbolic.network.SymbolicKAN`; all others become a KAN.

    Args:
        path: a ``.pt``/``.pth`` state dict (bare, or under "state_dict", "model_state_dict",
            "model" or "net"), a ``.safetensors`` file, or what was given to pykan's ``saveckpt``.
        format: one of :data:`edgewise.interop.FORMATS`; needed only where keys are ambiguous.
        library: where the names of pykan's functions are looked up.
        **settings: what such files don't hold: ``denominator`` (fast-kan-playground, faster-kan's
            first generation), ``base`` (the base activation, such as "silu", which these programs
            take by default, or a function of torch), ``num_heads`` (fast-kan's attention),
            ``products`` (pykan's bare state dicts: for each layer how many factors the products
            above it have, see ``KAN.products``).

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file is damaged, would run code, or is of a format we can't read, or
            the device isn't there; or if it has base weights, and neither ``base=`` nor a
            description beside it says of which activation.
        TypeError: if ``library`` has neither names nor functions.
        ImportError: if pykan's description is there, but no PyYAML to read it.

    Example:
        >>> import tempfile, torch, edgewise as ew
        >>> theirs, x = ew.FastKAN([2, 5, 1]), torch.rand(10, 2)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     torch.save(ew.saving.to_foreign(theirs, "fast-kan"), f"{folder}/theirs.pt")
        ...     model = ew.load_foreign(f"{folder}/theirs.pt", base="silu")
        >>> model.widths, torch.allclose(model(x), theirs(x))
        ([2, 5, 1], True)
    """
    foreign.check_arguments(format, device, settings)
    library = Library.of(library)
    state, description = read_checkpoint(path)
    if format not in (None, "pykan") or not needs_functions(state, description):
        return foreign.read_kan(path, state, description, format, settings).to(device)
    if description is None:
        raise ValueError(f"expected pykan's description beside {path}, found none")
    try:
        model = network_from_pykan(state, description, library)
    except io.DAMAGE as error:
        raise ValueError(
            f"expected tensors of pykan that fit their description in {path}, got {error}"
        ) from error
    return model.to(device)


def to_foreign(model: KAN | SymbolicKAN, format: str) -> dict[str, Tensor]:
    """The model's state dict in another program's key layout.

    Of a SymbolicKAN only "pykan" can hold something: its tensors, while the functions' names are
    in the file that :func:`save_foreign` writes beside them.

    Raises:
        ValueError: for an unknown format, or a model that it can't express.
        TypeError: if the model is no KAN and no SymbolicKAN.

    Example:
        >>> import edgewise as ew
        >>> state = ew.saving.to_foreign(ew.presets.ChebyKAN([2, 5], degree=3), "cheby-kan")
        >>> {key: tuple(tensor.shape) for key, tensor in state.items()}
        {'layers.0.cheby_coeffs': (2, 5, 4), 'layers.0.arange': (4,)}
    """
    fmt = find_format(format)
    if not isinstance(model, SymbolicKAN):
        return foreign.to_foreign(model, format)
    if fmt.name != "pykan":
        raise fmt.refuse("it has no functions with names")
    return {key: tensor.detach().clone() for key, tensor in network_to_pykan(model)[0].items()}


def save_foreign(model: KAN | SymbolicKAN, path: str | os.PathLike[str], format: str) -> None:
    """Write a checkpoint that another program reads.

    For "pykan" these are three files, ``path_state``, ``path_config.yml`` and ``path_cache_data``,
    which ``KAN.loadckpt(path)`` reads there; for all others a state dict, which
    ``torch.load(path)`` reads.

    Raises:
        ValueError: for an unknown format, or a model that it can't express.
        TypeError: if the model is no KAN and no SymbolicKAN.

    Example:
        >>> import tempfile, edgewise as ew
        >>> folder = tempfile.mkdtemp()
        >>> model = ew.KAN([2, (1, 1), 1], basis=ew.BSpline())
        >>> ew.saving.save_foreign(model, f"{folder}/mark", "pykan")
        >>> ew.load_foreign(f"{folder}/mark").products
        [(2,), ()]
    """
    find_format(format)
    if format != "pykan":
        write_bytes(path, pickle_tensors(to_foreign(model, format)))
        return
    if isinstance(model, SymbolicKAN):
        state, products, functions, base = network_to_pykan(model)
        state = {key: tensor.detach().clone() for key, tensor in state.items()}
        write_checkpoint(path, state, products, functions, base)
        return
    kan = check_kan("save_foreign", model)
    state = to_foreign(kan, format)
    plain = all(layer.base_weight is None for layer in kan.stack())
    write_checkpoint(path, state, kan.products, base=None if plain else "silu")

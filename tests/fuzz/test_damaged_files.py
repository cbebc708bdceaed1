"""Damaged files: one clear error each, when they are read; what is read computes."""

from __future__ import annotations

import copy
import json
import struct
import sys
from pathlib import Path

import pytest
import torch
from fuzzing import often
from hypothesis import given
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.torch import save_file

import edgewise as ew
from edgewise.symbolic.library import LIBRARY
from edgewise.symbolic.network import Edge, SymbolicEdges, SymbolicKAN, SymbolicLayer
from edgewise.training import checkpoint, fit

sys.path.insert(0, str(Path(__file__).parent.parent / "interop"))
from golden import FOLDER, Golden

SPOILERS = [
    None, True, -1, 0, 1, 2, 3, 7, 10**9, 10**30, 0.5, -1e300, float("nan"), float("inf"), "", "x",
    "gaussian", [], {}, [[]], [0, 1], [-1], {"name": "bspline"}, "1/0", "exp", [1, [2, [3]]],
]  # fmt: skip


def places(node, here=()):
    """Every way from the root of a JSON value to a node in it."""
    yield here
    if isinstance(node, dict | list):
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        for key, child in pairs:
            yield from places(child, (*here, key))


def mutate_json(data, root):
    """The value with a few of its nodes replaced, dropped, doubled or renamed."""
    root = copy.deepcopy(root)
    for _ in range(data.draw(st.integers(1, 3))):
        inner = [p for p in places(root) if p]
        if not inner:
            return root
        path = data.draw(st.sampled_from(inner))
        parent = root
        for key in path[:-1]:
            parent = parent[key]
        key, action = path[-1], data.draw(st.sampled_from(["set", "drop", "double", "rename"]))
        if action == "set":
            parent[key] = copy.deepcopy(data.draw(st.sampled_from(SPOILERS)))
        elif action == "drop":
            del parent[key]
        elif isinstance(parent, list):
            parent.append(copy.deepcopy(parent[key]))
        elif action == "rename":
            parent[f"{key}_"] = parent.pop(key)
    return root


def mutate_tensor(data, tensor):
    """Another shape, type or content."""
    kind = data.draw(st.sampled_from(["shape", "less", "more", "type", "values", "none", "turn"]))
    if kind == "shape":
        return torch.zeros(data.draw(st.lists(st.integers(0, 9), max_size=4)), dtype=tensor.dtype)
    if kind == "less":
        return tensor[:-1].clone() if tensor.dim() else tensor
    if kind == "more":
        return torch.cat([tensor, tensor]) if tensor.dim() else tensor[None].clone()
    if kind == "type" and not tensor.is_complex():  # torch warns of what it would leave out
        types = [torch.int64, torch.bool, torch.bfloat16, torch.float16, torch.float64, torch.int8]
        types += [torch.complex64, torch.float8_e4m3fn, torch.uint8]
        return tensor.to(data.draw(st.sampled_from(types)))
    if kind == "values" and tensor.is_floating_point():
        return torch.full_like(tensor, data.draw(st.sampled_from([0, -1, 1e30, torch.nan])))
    return tensor.reshape(-1) if kind != "turn" else tensor.movedim(0, -1).contiguous()


def mutate_state(data, state):
    """The tensors with a few of them changed, dropped or renamed."""
    state = dict(state)
    for _ in range(data.draw(st.integers(1, 3))):
        if not state:
            break
        name = data.draw(st.sampled_from(sorted(state)))
        action = data.draw(st.sampled_from(["change", "change", "change", "drop", "rename"]))
        if action == "change":
            tensor = state[name]
            if tensor.dim() or tensor.is_floating_point():
                state[name] = mutate_tensor(data, tensor if tensor.dim() else tensor[None])
        else:
            tensor = state.pop(name)
            if action == "rename":
                state[name + data.draw(st.sampled_from(["_", ".1", ".weight"]))] = tensor
    return {name: tensor.contiguous() for name, tensor in state.items()}


def mutate_bytes(data, content):
    """A few bytes changed, cut out or put in."""
    content = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        action = data.draw(st.sampled_from(["set", "cut", "insert", "end", "length"]))
        if action == "set" and content:
            content[at] = data.draw(st.integers(0, 255))
        elif action == "cut":
            del content[at : at + data.draw(st.integers(1, 50))]
        elif action == "insert":
            content[at:at] = data.draw(st.binary(max_size=20))
        elif action == "length" and len(content) > 8:
            content[:8] = struct.pack("<Q", data.draw(st.integers(0, 2**20)))
        elif action == "end":
            del content[at:]
    return bytes(content)


def symbolic():
    edges = [Edge(0, 0, LIBRARY["sin"], 2.0), Edge(1, 0, LIBRARY["exp"]), Edge(1, 1, LIBRARY["x"])]
    first = SymbolicLayer(SymbolicEdges(2, [0.5, 0.0], edges, [0]), None)
    second = SymbolicLayer(
        SymbolicEdges(2, [0.0], [Edge(0, 0, LIBRARY["x^2"])], []),
        ew.KANLinear(2, 1, dtype=torch.float64),
    )
    return SymbolicKAN([first, second])


def selected():
    model = ew.KAN([2, 3, 1], basis=ew.Gaussian(4), norm="layer")
    model.set_inputs([3, 1], 4)
    model.layers[0].mask = torch.ones(2, 3)
    return model


MODELS = {
    "splines": lambda: ew.KAN([2, 3, 1], basis=ew.BSpline(3, uniform=False), coef_scale=True),
    "selected": selected,
    "kal-net": lambda: ew.KALNet([2, 3, 1]),
    "mlp": lambda: ew.MLP([2, 3, 1]),
    "symbolic": symbolic,
}


def read_and_compute(read, path):
    """Read a file; nothing but its documented error, and then only now, not when it computes."""
    try:
        model = read(path)
    except ValueError:
        return
    dtype = next(p.dtype for p in model.parameters())
    width = model.widths[0] if isinstance(model, ew.MLP) else model.in_features
    model(torch.rand(3, width, dtype=dtype))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


def parts_of(path):
    with safe_open(path, framework="pt") as file:
        return file.metadata(), {k: file.get_tensor(k) for k in file.keys()}  # noqa: SIM118


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
@often
@given(data=st.data())
def test_models_of_ours(folder, make, data):
    path = folder / "m.safetensors"
    ew.save(make(), path)
    what = data.draw(st.sampled_from(["bytes", "description", "tensors", "both"]))
    if what == "bytes":
        path.write_bytes(mutate_bytes(data, path.read_bytes()))
    else:
        metadata, state = parts_of(path)
        config = json.loads(metadata["edgewise"])
        config = config if what == "tensors" else mutate_json(data, config)
        state = state if what == "description" else mutate_state(data, state)
        save_file(state, path, metadata={"edgewise": json.dumps(config)})
    read_and_compute(ew.load, path)


NAMES = sorted(p.stem for p in FOLDER.glob("*.npz"))


@pytest.mark.parametrize("name", NAMES)
@often
@given(data=st.data())
def test_checkpoints_of_other_programs(folder, name, data):
    state = Golden(name).section("state/")
    arguments = {}
    if "attention" in name:
        arguments = {"num_heads": data.draw(st.sampled_from([1, 2, 3, 0, -1]))}
    path = folder / "their.pt"
    if data.draw(st.booleans()):
        torch.save(mutate_state(data, state), path)
    else:
        torch.save(state, path)
        path.write_bytes(mutate_bytes(data, path.read_bytes()))
    try:
        model = ew.load_foreign(path, **arguments)
    except ValueError:
        return
    if isinstance(model, ew.KAN):
        model(torch.rand(3, model.in_features, dtype=model.layers[0].coef.dtype))


@pytest.fixture(scope="module")
def trained(folder):
    """The bytes of a checkpoint, its skeleton and its tensors."""
    fit(ew.KAN([2, 1]), rows(), steps=3, checkpoint_dir=folder / "run", progress=False)
    path = folder / "run" / checkpoint.FILE_NAME
    return path, path.read_bytes(), *parts_of(path)


def rows():
    x = torch.linspace(-1, 1, 16).reshape(8, 2)
    return x, x.sum(1, keepdim=True)


@often
@given(data=st.data())
def test_checkpoints_of_training(trained, data):
    path, content, metadata, state = trained
    what = data.draw(st.sampled_from(["bytes", "skeleton", "tensors"]))
    if what == "bytes":
        path.write_bytes(mutate_bytes(data, content))
    else:
        skeleton = json.loads(metadata["edgewise_checkpoint"])
        skeleton = mutate_json(data, skeleton) if what == "skeleton" else skeleton
        state = mutate_state(data, state) if what == "tensors" else state
        save_file(state, path, metadata={"edgewise_checkpoint": json.dumps(skeleton)})
    arguments = {"steps": 5, "checkpoint_dir": path.parent, "resume": True, "progress": False}
    try:
        fit(ew.KAN([2, 1]), rows(), **arguments)
    except (ValueError, ew.training.NonFiniteLossError):
        return

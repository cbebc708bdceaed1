"""Damaged files: one clear error each, when they are read; what is read computes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import torch
from fuzzing import check_message, limited_memory, often
from hypothesis import given
from hypothesis import strategies as st
from mutations import mutate_bytes, mutate_json, mutate_state, parts_of
from safetensors.torch import save_file

import edgewise as ew
from edgewise.formula.library import LIBRARY
from edgewise.symbolic.network import Edge, SymbolicEdges, SymbolicKAN, SymbolicLayer
from edgewise.training import checkpoint, fit

sys.path.insert(0, str(Path(__file__).parent.parent / "interop"))
from golden import FOLDER, Golden


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
    "kal-net": lambda: ew.presets.KALNet([2, 3, 1]),
    "mlp": lambda: ew.MLP([2, 3, 1]),
    "symbolic": symbolic,
}


def read_and_compute(read, path):
    """Read a file; nothing but its documented error, and then only now, not when it computes."""
    try:
        with limited_memory():
            model = read(path)
    except ValueError as error:
        check_message(error)
        return
    dtype = next(p.dtype for p in model.parameters())
    width = model.widths[0] if isinstance(model, ew.MLP) else model.in_features
    model(torch.rand(3, width, dtype=dtype))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


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


def parts():
    attend = ew.nn.KANTransformerBlock(4, 2, ew.nn.KANFeedForward(4, 3, dropout=0.1), causal=True)
    layer, act = ew.KANLinear(4, 4), torch.nn.ReLU()
    kat = ew.nn.RationalLinear(4, 4, groups=2)
    return torch.nn.Sequential(layer, act, kat, attend, act, layer)


@often
@given(data=st.data())
def test_modules_of_parts(folder, data):
    path = folder / "parts.safetensors"
    ew.save(parts(), path)
    metadata, state = parts_of(path)
    config = mutate_json(data, json.loads(metadata["edgewise"]))
    save_file(state, path, metadata={"edgewise": json.dumps(config)})
    try:
        with limited_memory():
            ew.load(path)
    except ValueError as error:
        check_message(error)


NAMES = sorted(p.stem for p in FOLDER.glob("*.npz"))


@pytest.mark.parametrize("name", NAMES)
@often
@given(data=st.data())
def test_checkpoints_of_other_programs(folder, name, data):
    state = Golden(name).section("state/")
    arguments = {} if name.startswith("fastkan_nobase") else {"base": "silu"}
    if "attention" in name:
        arguments |= {"num_heads": data.draw(st.sampled_from([1, 2, 3, 0, -1]))}
    path = folder / "their.pt"
    if data.draw(st.booleans()):
        torch.save(mutate_state(data, state), path)
    else:
        torch.save(state, path)
        path.write_bytes(mutate_bytes(data, path.read_bytes()))
    try:
        with limited_memory():
            model = ew.load_foreign(path, **arguments)
    except ValueError as error:
        check_message(error)
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
        with limited_memory():
            fit(ew.KAN([2, 1]), rows(), **arguments)
    except (ValueError, ew.training.NonFiniteLossError) as error:
        check_message(error)

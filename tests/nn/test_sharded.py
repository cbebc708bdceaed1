"""Parameters that two processes share: what they train and save is what one process does."""

import warnings
from pathlib import Path

import pytest
import torch
import torch.distributed.checkpoint as dcp
from safetensors.torch import load_file
from sharded_run import MADE, data, make, train


@pytest.fixture(scope="module")
def sharded(tmp_path_factory, forks):
    """The folder of a run in which two processes shard, train and save models."""
    folder = tmp_path_factory.mktemp("sharded")
    forks.run_two(Path(__file__).with_name("sharded_run.py"), folder)
    return folder


def part(tensors, beginning):
    return {k.removeprefix(beginning): v for k, v in tensors.items() if k.startswith(beginning)}


def test_fsdp2_from_meta_trains_as_one_process_does(sharded):
    first, second = (load_file(sharded / f"rank{rank}.safetensors") for rank in (0, 1))
    assert all(torch.equal(first[name], second[name]) for name in first)
    torch.manual_seed(3)
    model = make()
    begun = part(first, "first ")
    assert begun.keys() == model.state_dict().keys()
    assert all(tensor.isfinite().all() for tensor in begun.values())
    assert torch.equal(begun["layers.0.centers"], model.layers[0].centers)
    assert torch.equal(begun["layers.0.width"], model.layers[0].width)
    assert torch.equal(begun["layers.1.norm.scale"], torch.ones(5))
    expected = torch.stack([layer.coef.std() for layer in model.layers])
    got = torch.stack([begun[f"layers.{k}.coef"].std() for k in (0, 1)])
    assert ((got / expected).log().abs() < 0.5).all()
    model.load_state_dict(begun)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
    x, y = data()
    for _ in range(5):
        optimizer.zero_grad()
        (model(x) - y).square().mean().backward()
        optimizer.step()
    for name, tensor in part(first, "trained ").items():
        torch.testing.assert_close(model.state_dict()[name], tensor, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", MADE)
def test_two_processes_compute_what_one_does(name, sharded):
    expected = train(MADE[name]())
    for rank in range(2):
        found = load_file(sharded / f"rank{rank}.safetensors")
        assert torch.allclose(found[name], expected, atol=1e-6)


def test_a_distributed_checkpoint_of_two_processes_loads_in_one(sharded):
    saved = load_file(sharded / "rank0.safetensors")
    model = make()
    state = {"model": model.state_dict()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is no process group, which is the point
        dcp.load(state, checkpoint_id=sharded / "distributed")
    model.load_state_dict(state["model"])
    assert all(torch.equal(model.state_dict()[k], v) for k, v in part(saved, "trained ").items())
    torch.testing.assert_close(model(data()[0]), saved["out"])

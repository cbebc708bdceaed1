"""FasterKANvolver against the numbers of its own program, and its checkpoints."""

import sys
from pathlib import Path

import numpy as np
import pytest
import torch

import edgewise as ew

GOLDEN = Path(__file__).parent.parent / "data" / "fasterkanvolver.npz"


def golden():
    data = np.load(GOLDEN)
    state = {}
    for key in data.files:
        if key.startswith("seed/"):  # large tensors are drawn, not stored
            name = key.removeprefix("seed/")
            seed, *shape = data[key].tolist()
            generator = torch.Generator().manual_seed(seed)
            state[name] = torch.randn(shape, generator=generator, dtype=torch.float64) * 0.1
        elif key.startswith("state/"):
            state[key.removeprefix("state/")] = torch.from_numpy(data[key])
    return state, torch.from_numpy(data["x"]), torch.from_numpy(data["y"])


def make():
    return ew.presets.FasterKANvolver(
        [12, 5], grid_max=1.2, num_grids=4, dtype=torch.float64
    ).eval()


def test_a_checkpoint_of_the_program_gives_its_outputs():
    state, x, y = golden()
    model = make()
    model.load_state_dict(state)
    assert torch.allclose(model(x), y, atol=1e-10)
    assert torch.allclose(model(x.reshape(-1, 1, 28, 28)), y, atol=1e-10)
    part = make()
    larger = torch.nn.ModuleDict({"part": part})
    larger.load_state_dict({f"part.{key}": value for key, value in state.items()})
    assert torch.equal(part(x), model(x))
    again = make()
    again.load_state_dict(model.state_dict())
    assert torch.equal(again(x), model(x))


def test_a_checkpoint_that_does_not_fit_changes_nothing():
    state, x, _ = golden()
    model = make()
    before = model(x)
    for drop in ("feature_extractor.initial_layers.0.weight", "faster_kan_layers.1.rbf.grid"):
        with pytest.raises(ValueError, match="state dict"):
            model.load_state_dict({k: v for k, v in state.items() if k != drop})
        assert torch.equal(model(x), before)


def test_its_layers_are_a_kan_that_tools_read():
    model = make()
    kan, rows = ew.explain.extract(model, torch.rand(6, 784), "kan")
    assert rows.shape == (6, 256)
    assert ew.attribute(kan, rows).inputs.shape == (256,)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ew.presets.FasterKANvolver([]), "at least two widths"),
        (
            lambda: ew.presets.FasterKANvolver([3], view=(28, 28)),
            r"view as \(channels, height, width\)",
        ),
        (lambda: ew.presets.FasterKANvolver([3], view=(1, 8, 28)), "height to be an integer ≥ 16"),
        (lambda: make()(torch.rand(3, 700)), r"images \(1, 28, 28\) or rows of 784, got shape"),
    ],
)
def test_bad_arguments(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("shape", [(0, 784), (0, 1, 28, 28)])
def test_no_images_are_no_answers(shape):
    assert make()(torch.rand(shape, dtype=torch.float64)).shape == (0, 5)


def test_inputs_of_another_type_are_refused():
    with pytest.raises(ValueError, match=r"parameters' dtype torch\.float64, got torch\.float32"):
        make()(torch.rand(3, 784))
    with pytest.raises(TypeError, match=r"floating-point inputs, got torch\.uint8"):
        make()(torch.zeros(3, 784, dtype=torch.uint8))


def write_golden(folder: str) -> None:
    """Record the program's own outputs; ``python tests/models/test_volver.py CHECKOUT``."""
    sys.path.insert(0, folder)
    from fasterkan.fasterkan import FasterKANvolver  # its checkout

    torch.manual_seed(0)
    theirs = FasterKANvolver([12, 5], grid_min=-1.2, grid_max=1.2, num_grids=4).double().eval()
    state, saved = theirs.state_dict(), {}
    for k, (name, t) in enumerate(sorted(state.items())):
        if t.numel() > 100:
            drawn = torch.randn(
                t.shape, generator=torch.Generator().manual_seed(k), dtype=torch.float64
            )
            state[name] = drawn * 0.1
            saved[f"seed/{name}"] = np.array([k, *t.shape])
            if name.endswith("running_var"):
                state[name] = drawn = drawn.abs() + 0.5
                saved.pop(f"seed/{name}")
                saved[f"state/{name}"] = drawn.numpy()
        else:
            if name.endswith("gamma"):
                t = t + 0.7
            if name.endswith("running_var"):
                t = torch.linspace(0.5, 2, len(t), dtype=t.dtype)
            state[name] = t
            saved[f"state/{name}"] = t.numpy()
    theirs.load_state_dict(state)
    x = torch.randn(3, 784, generator=torch.Generator().manual_seed(99), dtype=torch.float64)
    with torch.no_grad():
        y = theirs(x)
    np.savez_compressed(GOLDEN, x=x.numpy(), y=y.numpy(), **saved)


if __name__ == "__main__":
    write_golden(sys.argv[1])


def test_the_smallest_images_that_it_takes():
    model = ew.presets.FasterKANvolver([2], view=(1, 16, 16)).eval()
    assert model(torch.zeros(3, 1, 16, 16)).shape == (3, 2)
    with pytest.raises(ValueError, match="width to be an integer ≥ 16, got 15"):
        ew.presets.FasterKANvolver([2], view=(1, 16, 15))

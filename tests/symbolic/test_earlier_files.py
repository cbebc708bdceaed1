"""Files of networks that held four numbers an edge: the same values, and the same numbers free."""

from pathlib import Path

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.formula.constants import Constant

FOLDER = Path(__file__).parent.parent / "data" / "symbolic"
VALUES = np.load(FOLDER / "values.npz")


@pytest.mark.parametrize("name", ["network", "fixed_edges", "edited", "parts"])
def test_the_same_values(name, tmp_path):
    model, x = ew.load(FOLDER / f"{name}.safetensors"), torch.from_numpy(VALUES["x"])
    found = model(x).detach().numpy()
    assert found == pytest.approx(VALUES[name], rel=1e-13, abs=1e-13)
    ew.save(model, tmp_path / "again.safetensors")
    assert np.array_equal(ew.load(tmp_path / "again.safetensors")(x).detach().numpy(), found)


def test_what_was_free_exact_held_and_frozen():
    model = ew.load(FOLDER / "network.safetensors")
    first, second = (layer.symbolic for layer in model.stack())
    sine, tree, square, product, held, _ = first.edges()
    assert sine.parts.a.exact == Constant(1, 1, "pi")
    assert (sine.parts.b.exact, sine.parts.c.exact) == (None, None)
    assert tree.parts.values == (1, 0, 1, 0)
    assert [n.value for n in tree.tree.numbers() if n.exact is None] == [0.7, 3.2]
    assert square.parts.values == (0.5, 0.25, 1.5, -0.4)
    assert product.parts.d.exact == Constant(3)
    assert held.parts.values == (-1, 0, 2, 0)
    assert all(n.exact is not None for n in held.numbers)
    assert [e.frozen for e in first.edges()] == [False] * 5 + [True]
    assert first.free_bias.tolist() == [False, False, False]
    assert first.biases()[0].number.exact == Constant(1, 2)
    assert not second.edges()[0].numbers
    assert model.input_names == ["t", "u v"]


def test_what_training_moves_and_what_not():
    model = ew.load(FOLDER / "fixed_edges.safetensors")
    x = torch.rand(200, 2, dtype=torch.float64) * 2 - 1
    before = {e.name: e for e in model.stack()[0].symbolic.edges()}
    ew.fit(model, x, x[:, :1], steps=3, progress=False)
    after = {e.name: e for e in model.stack()[0].symbolic.edges()}
    assert after["gaussian"].tree == before["gaussian"].tree
    assert after["sin"].tree != before["sin"].tree


@pytest.mark.parametrize("name", ["layers.0.symbolic.affine", "layers.0.symbolic.inner"])
def test_numbers_that_are_missing(name, tmp_path):
    config, state = ew.models.io.read(FOLDER / "network.safetensors")
    state[name] = state[name][:-1]
    ew.models.io.write(tmp_path / "m", config, state)
    with pytest.raises(ValueError, match="expected weights that fit their description"):
        ew.load(tmp_path / "m")

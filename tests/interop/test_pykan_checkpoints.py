"""Checkpoints that pykan 0.2.8 wrote, with products, functions and trained scales, and back."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.interop.pykan_files import read_checkpoint
from edgewise.symbolic import SymbolicKAN

FOLDER = Path(__file__).parent.parent / "data" / "pykan"
KINDS = {
    "splines": ew.KAN,
    "constants": SymbolicKAN,
    "functions": SymbolicKAN,
    "names": SymbolicKAN,
}
TOLERANCE = 1e-10
F64 = {"dtype": torch.float64}


def answers(name):
    data = np.load(FOLDER / f"{name}.npz")
    return [torch.from_numpy(data[key]) for key in ("x", "y", "gx")]


def check(model, name):
    """Outputs and gradients by x of pykan's own forward pass."""
    x, y, gx = answers(name)
    x.requires_grad_()
    found = model(x)
    assert (found - y).abs().max() <= TOLERANCE * max(1.0, float(y.abs().max()))
    found.square().sum().backward()
    assert (x.grad - gx).abs().max() <= TOLERANCE * max(1.0, float(gx.abs().max()))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("end", ["", "_state"])
def test_a_checkpoint_computes_what_pykan_computed(name, end):
    model = ew.load_foreign(FOLDER / f"{name}{end}")
    assert type(model) is KINDS[name]
    check(model, name)


@pytest.mark.parametrize("name", KINDS)
def test_there_and_back_nothing_changes(name, tmp_path):
    """Through our file, into pykan's three files, and from these again."""
    model = ew.load_foreign(FOLDER / name)
    ew.save(model, tmp_path / "ours.safetensors")
    model = ew.load(tmp_path / "ours.safetensors")
    check(model, name)
    if name == "constants":  # its base activation is the identity, of which our layout has none
        return
    ew.saving.save_foreign(model, tmp_path / "mark", "pykan")
    assert {p.name for p in tmp_path.iterdir()} >= {
        "mark_state", "mark_config.yml", "mark_cache_data"
    }  # fmt: skip
    again = ew.load_foreign(tmp_path / "mark")
    assert type(again) is type(model)
    check(again, name)
    theirs = json.loads((tmp_path / "mark_config.yml").read_text())
    wanted = read_checkpoint(FOLDER / name)[1]
    assert read_checkpoint(tmp_path / "mark")[1].products == wanted.products
    assert theirs["symbolic_enabled"] is True


def test_products_of_the_bare_state_dict_are_told(tmp_path):
    shutil.copy(FOLDER / "splines_state", tmp_path / "bare.pt")
    with pytest.raises(ValueError, match="products="):
        ew.load_foreign(tmp_path / "bare.pt")
    model = ew.load_foreign(tmp_path / "bare.pt", products=[(2, 2), (2,), ()], base="silu")
    check(model, "splines")
    with pytest.raises(ValueError, match="each of 3 layers"):
        ew.load_foreign(tmp_path / "bare.pt", products=[(2, 2)])
    shutil.copy(FOLDER / "names_state", tmp_path / "names.pt")
    with pytest.raises(ValueError, match="functions with names"):
        ew.load_foreign(tmp_path / "names.pt")


def test_a_kan_with_products_takes_pykans_state_dict():
    state, description = read_checkpoint(FOLDER / "splines")
    model = ew.KAN([3, (2, 2), (1, 1), 2], basis=ew.BSpline(4, 3), coef_scale=True, **F64)
    model.load_state_dict(state)
    check(model, "splines")
    back = ew.saving.to_foreign(model, "pykan")
    assert {k: v.shape for k, v in back.items()} == {k: v.shape for k, v in state.items()}
    assert description.products == model.products


def test_other_programs_have_no_products():
    model = ew.presets.EfficientKAN([2, (1, 1), 1])
    with pytest.raises(ValueError, match="multiplied"):
        ew.saving.to_foreign(model, "efficient-kan")
    network = ew.load_foreign(FOLDER / "names")
    with pytest.raises(ValueError, match="functions with names"):
        ew.saving.to_foreign(network, "efficient-kan")


def test_a_formula_leaves_for_pykan(tmp_path):
    """Products of edges become products of pykan's, sums before them; outputs keep their order."""
    from edgewise.symbolic.edges import Edge, SymbolicEdges
    from edgewise.symbolic.mixed_layer import SymbolicLayer

    sin, square, one = (ew.symbolic.LIBRARY[n] for n in ("sin", "x^2", "x"))
    first = SymbolicEdges(
        2, [0.5, 0.1], [Edge(0, 0, sin, 2.0), Edge(1, 0, square, d=0.3), Edge(1, 1, one)], [0]
    )
    second = SymbolicEdges(
        2, [0.0, 1.0], [Edge(0, 0, one), Edge(1, 0, one, 3.0, d=1.0), Edge(1, 1, sin)], [0]
    )
    network = SymbolicKAN([SymbolicLayer(first), SymbolicLayer(second)])
    ew.saving.save_foreign(network, tmp_path / "f", "pykan")
    again = ew.load_foreign(tmp_path / "f")
    x = torch.rand(20, 2, **F64)
    assert (again(x) - network(x)).abs().max() < 1e-12


def test_what_pykan_lacks_is_refused():
    network = ew.surgery.fix_edge(
        ew.KAN([1, 1], basis=ew.BSpline(), **F64), (0, 0, 0), "sinh", numbers=(1, 0, 1, 0)
    )
    with pytest.raises(ValueError, match="no function 'sinh'"):
        ew.saving.to_foreign(network, "pykan")


def test_curves_and_functions_together_leave_for_pykan(tmp_path):
    generator = torch.Generator().manual_seed(0)
    model = ew.KAN([2, (1, 1), 1], basis=ew.BSpline(), seed=generator, **F64)
    network = ew.surgery.fix_edge(model, (0, 1, 2), "exp", numbers=(0.5, 0.1, 2.0, 0.3))
    ew.saving.save_foreign(network, tmp_path / "both", "pykan")
    again = ew.load_foreign(tmp_path / "both")
    x = 2 * torch.rand(30, 2, **F64) - 1
    assert (again(x) - network(x)).abs().max() < 1e-12
    assert [len(layer.numeric_ends()) for layer in again.stack()] == [5, 0, 2]


def broken(tmp_path, **changes):
    yaml = pytest.importorskip("yaml")
    config = yaml.safe_load((FOLDER / "functions_config.yml").read_text()) | changes
    shutil.copy(FOLDER / "functions_state", tmp_path / "b_state")
    (tmp_path / "b_config.yml").write_text(json.dumps(config))
    return tmp_path / "b"


@pytest.mark.parametrize(
    "changes",
    [
        {"width": 3}, {"width": [[3, 0], [1, 1], [2, 0], [1, 0]]}, {"mult_arity": "2"},
        {"mult_arity": [[], [2, 10**9], [], []]}, {"mult_arity": 3}, {"base_fun_name": "gelu"},
        {"symbolic.funs_name.0": [["sin"]]}, {"symbolic.funs_name.0": None},
        {"symbolic.funs_name.1": [["__import__('os')"] * 3] * 2},
    ],
)  # fmt: skip
def test_damaged_descriptions_are_refused(changes, tmp_path):
    with pytest.raises(ValueError, match="expected"):
        ew.load_foreign(broken(tmp_path, **changes))


def test_descriptions_run_no_code(tmp_path):
    path = broken(tmp_path)
    (tmp_path / "b_config.yml").write_text("width: !!python/object/apply:os.system ['true']\n")
    with pytest.raises(ValueError, match="can't be read"):
        ew.load_foreign(path)


def test_functions_can_be_left_out_of_a_checkpoint(tmp_path):
    model = ew.load_foreign(broken(tmp_path, symbolic_enabled=False))
    assert all(not layer.symbolic.ends for layer in model.stack()[::2])

"""Edits in Python: what each does to an edge, logs that are damaged, files, formulas."""

import base64
import json
import sys

import numpy as np
import pytest
import sympy
import torch
from scipy.interpolate import PchipInterpolator

import edgewise as ew
from edgewise.bases import base
from edgewise.explorer import payload
from edgewise.explorer.edits import load_log
from edgewise.explorer.interpolation import interpolate

WIDTHS = [2, 3, 1]


def make(seed=0, **settings):
    generator = torch.Generator().manual_seed(seed)
    options = {"basis": "gaussian", "norm": None, "seed": generator} | settings
    return ew.KAN(WIDTHS, dtype=torch.float64, **options)


def log_of(*edits, widths=WIDTHS):
    return {"edgewise_edits": 1, "widths": widths, "edits": list(edits)}


X = torch.randn(50, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
BEND = {"do": "bend", "edge": [0, 0, 1], "x": [-1.0, 0.0, 1.0], "y": [0.0, 0.5, 0.0]}
FIX = {"do": "fix", "edge": [0, 1, 2], "function": "sin", "a": 2, "b": 0.1, "c": 1.5, "d": -1}
CLIP = {"do": "clip", "edge": [1, 0, 0], "low": -0.1, "high": 0.2}
REMOVE = {"do": "remove", "edges": [[0, 0, 0], [1, 2, 0]], "constants": [0.3, -0.2]}
LABEL = {"do": "label", "node": [1, 2], "text": "heat flow"}
REDRAW = {"do": "redraw", "edge": [0, 0, 1], "x": [-1.0, 1.0], "y": [-2.0, 2.0]}


@pytest.mark.parametrize("seed", range(20))
def test_the_curve_through_points_is_scipys(seed):
    random = np.random.default_rng(seed)
    x = np.sort(random.normal(size=random.integers(2, 9)))
    y = random.normal(size=len(x)).round(1)
    at = random.normal(scale=2, size=200)
    found = interpolate(*map(torch.from_numpy, (at, x, y)))
    assert np.allclose(found, PchipInterpolator(x, y)(at.clip(x[0], x[-1])), atol=1e-12)


def test_by_hand():
    """A network of one layer, whose sum can be written down."""
    model = ew.KAN([2, 1], basis="gaussian", norm=None, dtype=torch.float64)
    edges = model.stack()[0].edge_values(X)[:, :, 0]
    bias = model.stack()[0].bias
    first = BEND | {"edge": [0, 0, 0]}
    second = CLIP | {"edge": [0, 1, 0]}
    found = ew.explorer.apply_edits(model, log_of(first, second, widths=[2, 1]))(X)
    bent = edges[:, 0] + torch.from_numpy(
        PchipInterpolator([-1, 0, 1], [0, 0.5, 0])(X[:, 0].clip(-1, 1))
    )
    assert found[:, 0].allclose(bias + bent + edges[:, 1].clamp(-0.1, 0.2), atol=1e-12)
    fixed = FIX | {"edge": [0, 1, 0]}
    found = ew.explorer.apply_edits(model, log_of(second, fixed, widths=[2, 1]))(X)
    sine = 1.5 * torch.sin(2 * X[:, 1] + 0.1) - 1
    assert found[:, 0].allclose(bias + edges[:, 0] + sine, atol=1e-12)


def test_nothing_is_changed_without_edits_and_never_in_the_model():
    model = make()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    assert torch.equal(ew.explorer.apply_edits(model, log_of())(X), model.eval()(X))
    ew.explorer.apply_edits(model, log_of(BEND, FIX, CLIP, REMOVE, REDRAW))(X)
    assert all(torch.equal(before[n], t) for n, t in model.state_dict().items())


def test_removed_edges_leave_their_constant():
    model = make()
    every = [[0, i, o] for i in range(2) for o in range(3)] + [[1, i, 0] for i in range(3)]
    edit = {"do": "remove", "edges": every, "constants": [0.0] * 6 + [1.0, 2.0, 3.0]}
    found = ew.explorer.apply_edits(model, log_of(edit))(X)
    assert found.allclose(6 + model.stack()[1].bias)


def test_a_network_with_products():
    model = ew.KAN([2, (1, 1), 1], basis="gaussian", norm=None, dtype=torch.float64)
    widths = ew.explore(model, X)._payload["widths"]
    assert widths == [2, 3, 2, 1]
    assert ew.explorer.apply_edits(model, log_of(widths=widths))(X).allclose(model(X), atol=1e-12)
    square = {"do": "fix", "edge": [0, 0, 1], "function": "x^2"} | {"a": 1, "b": 0, "c": 1, "d": 0}
    edited = ew.explorer.apply_edits(model, log_of(square, widths=widths))
    rows = model.stack()[0](X) - model.stack()[0].edge_values(X)[:, 0] * torch.tensor([0, 1, 0])
    rows = rows + X[:, :1] ** 2 * torch.tensor([0, 1, 0])
    nodes = torch.stack([rows[:, 0], rows[:, 1] * rows[:, 2]], 1)
    assert edited(X).allclose(model.stack()[1](nodes), atol=1e-12)
    with pytest.raises(ValueError, match="factor of a product"):
        ew.explorer.apply_edits(model, log_of(square | {"edge": [1, 1, 1]}, widths=widths))


def test_gradients_go_through_edits():
    edited = ew.explorer.apply_edits(make(), log_of(BEND, FIX, CLIP, REMOVE))
    x = X[:5].clone().requires_grad_()
    assert torch.autograd.gradcheck(edited, x)


@pytest.mark.parametrize("form", ["data", "text", "bytes", "file"])
def test_a_log_comes_in_every_form(form, tmp_path):
    log, path = log_of(BEND, FIX), tmp_path / "edits.json"
    path.write_text(json.dumps(log))
    forms = {"data": log, "text": json.dumps(log), "bytes": json.dumps(log).encode(), "file": path}
    model = make()
    expected = ew.explorer.apply_edits(model, log)(X)
    assert torch.equal(ew.explorer.apply_edits(model, forms[form])(X), expected)
    assert torch.equal(ew.explorer.apply_edits(model, str(path))(X), expected)


def test_the_log_of_an_edited_model_makes_it_again():
    edited = ew.explorer.apply_edits(make(), log_of(BEND, FIX, CLIP, REMOVE, REDRAW))
    again = ew.explorer.apply_edits(make(), json.dumps(edited.log()))
    assert torch.equal(edited(X), again(X))


def test_files(tmp_path):
    edited = ew.explorer.apply_edits(make(), log_of(BEND, FIX, CLIP, REMOVE))
    ew.save(edited, tmp_path / "edited.safetensors")
    loaded = ew.load(tmp_path / "edited.safetensors")
    assert torch.equal(loaded(X), edited(X))
    assert loaded.log() == edited.log()


def test_fixed_edges_are_a_formula():
    model = ew.KAN([2, 1], norm=None, dtype=torch.float64)
    model.input_names = ["a", "b"]
    square = {"do": "fix", "edge": [0, 0, 0], "function": "x^2", "a": 2, "b": 0, "c": 0.25, "d": 1}
    gone = {"do": "remove", "edges": [[0, 1, 0]], "constants": [0.5]}
    edited = ew.explorer.apply_edits(model, log_of(square, gone, widths=[2, 1]))
    bias = float(model.stack()[0].bias.detach())
    a = sympy.Symbol("a")
    assert sympy.simplify(edited.formula() - (a**2 + 1.5 + bias)).subs(a, 1.7) == pytest.approx(0)
    assert edited.symbolic().is_symbolic
    partly = ew.explorer.apply_edits(model, log_of(square, widths=[2, 1])).symbolic()
    assert not partly.is_symbolic
    assert partly(X).allclose(ew.explorer.apply_edits(model, log_of(square, widths=[2, 1]))(X))
    bent = ew.explorer.apply_edits(model, log_of(BEND | {"edge": [0, 0, 0]}, widths=[2, 1]))
    with pytest.raises(ValueError, match="drawn by hand"):
        bent.formula()


def test_expressions_are_read_as_trees():
    tree = ["sum", ["power", ["input", 0], ["number", 2.0, "2/1*1", None]], ["input", 0]]
    edited = ew.explorer.apply_edits(make(), log_of(FIX | {"function": tree}))
    assert edited(X).isfinite().all()
    assert edited.log()["edits"][0]["function"][0] == "sum"


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_x_of_any_type(dtype):
    edited = ew.explorer.apply_edits(make().float(), log_of(BEND))
    assert edited(X.to(dtype)).dtype == torch.float64
    assert edited(X[None, :, :].to(dtype)).shape == (1, 50, 1)


DAMAGED = {
    "no JSON": "{",
    "another thing": [1, 2],
    "another version": {"edgewise_edits": 2, "widths": WIDTHS, "edits": []},
    "other widths": log_of(widths=[2, 4, 1]),
    "no list": {"edgewise_edits": 1, "widths": WIDTHS, "edits": {}},
    "no edit": log_of(3),
    "unknown": log_of({"do": "eval", "edge": [0, 0, 0]}),
    "no edge": log_of(FIX | {"edge": [0, 0]}),
    "an edge too far": log_of(FIX | {"edge": [0, 2, 0]}),
    "a negative edge": log_of(FIX | {"edge": [0, -1, 0]}),
    "half an edge": log_of(FIX | {"edge": [0, 0.5, 0]}),
    "no function": log_of(FIX | {"function": "__import__('os')"}),
    "a broken tree": log_of(FIX | {"function": ["apply", "nothing", ["input", 0]]}),
    "a tree without an input": log_of(FIX | {"function": ["number", 1.0, None, None]}),
    "not a number": log_of(FIX | {"a": float("nan")}),
    "infinite": log_of(FIX | {"a": float("inf")}),
    "text for a number": log_of(FIX | {"a": "1"}),
    "true for a number": log_of(FIX | {"a": True}),
    "one point": log_of(BEND | {"x": [0], "y": [1]}),
    "points that go back": log_of(BEND | {"x": [0, 1, 1], "y": [1, 1, 1]}),
    "more x than y": log_of(BEND | {"y": [0.0]}),
    "low above high": log_of(CLIP | {"low": 1}),
    "an edge twice": log_of(REMOVE | {"edges": [[0, 0, 0], [0, 0, 0]]}),
    "too few constants": log_of(REMOVE | {"constants": [0.0]}),
    "a deep tree": log_of(FIX | {"function": json.loads("[" * 200 + "]" * 200)}),
    "a node that is an input": log_of(LABEL | {"node": [0, 0]}),
    "a node that is an output": log_of(LABEL | {"node": [2, 0]}),
    "a node too far": log_of(LABEL | {"node": [1, 3]}),
    "half a node": log_of(LABEL | {"node": [1, 0.5]}),
    "no name": log_of(LABEL | {"text": 3}),
    "a long name": log_of(LABEL | {"text": "a" * 81}),
    "a huge number": log_of(FIX | {"a": 10**400}),
}


def test_names_of_nodes_are_kept_and_change_no_number(tmp_path):
    model, other = make(), LABEL | {"node": [1, 0], "text": "a"}
    edited = ew.explorer.apply_edits(model, log_of(LABEL, other, BEND, other | {"text": ""}))
    assert edited.labels == {(1, 2): "heat flow"}
    assert torch.equal(edited(X), ew.explorer.apply_edits(model, log_of(BEND))(X))
    ew.save(edited, tmp_path / "edited.safetensors")
    assert ew.load(tmp_path / "edited.safetensors").labels == edited.labels
    fixed = ew.explorer.apply_edits(model, log_of(FIX, LABEL)).symbolic()
    assert torch.equal(fixed(X), ew.explorer.apply_edits(model, log_of(FIX)).symbolic()(X))


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_logs_end_in_one_error(name):
    with pytest.raises(ValueError, match=r"apply_edits expected .*, got") as caught:
        ew.explorer.apply_edits(make(), DAMAGED[name])
    assert len(str(caught.value)) < 400
    assert "\n" not in str(caught.value)


def test_edges_that_are_not_there():
    model = make()
    model.stack()[0].mask = torch.tensor([[1.0, 1, 1], [1, 1, 0]], dtype=torch.float64)
    with pytest.raises(ValueError, match="masked"):
        ew.explorer.apply_edits(model, log_of(FIX))


def test_norms_that_mix_leave_only_removals():
    model = make(norm="layer")
    assert ew.explorer.apply_edits(model, log_of(REMOVE))(X).isfinite().all()
    with pytest.raises(ValueError, match="unmix"):
        ew.explorer.apply_edits(model, log_of(BEND))


def test_other_models_are_refused(tmp_path):
    with pytest.raises(TypeError, match="KAN"):
        ew.explorer.apply_edits(ew.MLP([2, 3, 1]), log_of())
    with pytest.raises(TypeError, match="KAN"):
        ew.explore(torch.nn.Linear(2, 1), X)
    with pytest.raises(FileNotFoundError, match="log of edits"):
        ew.explorer.apply_edits(make(), tmp_path / "absent.json")


@pytest.fixture
def cubes():
    """A basis that the page can't know, defined for one test."""

    class Cubes(ew.Basis):
        name = "cubes of a test"

        @property
        def num_basis(self):
            return 1

        def grid_shapes(self, in_features):
            return ()

        def domain(self, grid):
            return -1.0, 1.0

        def evaluate(self, z, grid):
            return torch.round(z[..., None]) ** 3

    yield Cubes()
    del base._REGISTRY["cubes of a test"]


def test_what_the_page_cannot_compute_is_refused_by_name(cubes):
    with pytest.raises(ValueError, match=r"cubes of a test.*layer 0"):
        ew.explore(ew.KAN([2, 1], basis=cubes), X)
    with pytest.raises(ValueError, match=r"base activation .*layer 0.*got relu"):
        ew.explore(ew.KAN([2, 1], base=torch.relu), X)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"y": torch.zeros(3)}, "rows of y, one for each of x"),
        ({"y": torch.full((50,), float("nan"))}, "explore y expected finite numbers"),
        ({"input_names": ["a"]}, "2 names"),
        ({"output_names": ["a", "b"]}, "1 names"),
        ({"scaler": 3}, "inverse_transform"),
        ({"rows": 1}, "rows"),
    ],
)
def test_data_that_does_not_fit(settings, words):
    with pytest.raises(ValueError, match=words):
        ew.explore(make(), X, **settings)


def test_numbers_travel_with_all_their_bits():
    """As float32 where they are such numbers, which takes half the room."""
    short, exact = torch.tensor([[0.5, -0.0], [1e-40, 3e38]]), torch.tensor([0.1, 1e300]).double()
    exact[0] = 0.1
    for values, size in ((short, 4), (exact, 8)):
        packed = payload.table(values)
        assert packed["bytes"] == size
        read = np.frombuffer(base64.b64decode(packed["data"]), f"<f{size}")
        assert read.astype("f8").tobytes() == values.double().numpy().tobytes()


def test_networks_beyond_a_page_are_refused_in_words():
    with pytest.raises(ValueError, match=r"at most 100,000 edges, got 105,000: ew\.prune"):
        ew.explore(ew.KAN([350, 300], basis="gaussian", norm=None), torch.zeros(2, 350))


def test_scalers_that_bend_are_refused():
    from sklearn.preprocessing import PowerTransformer, StandardScaler

    columns = X.numpy() * [3, 50] + [7, 100]
    scaler = StandardScaler().fit(columns)
    payload = ew.explore(make(), scaler.transform(columns), scaler=scaler)._payload
    assert np.allclose(payload["input_scaling"], np.stack([scaler.scale_, scaler.mean_], 1))
    outputs = StandardScaler().fit(columns[:, :1])
    payload = ew.explore(ew.KAN([2, 3, 1], norm=None), X, output_scaler=outputs)._payload
    assert np.allclose(payload["output_scaling"], [[outputs.scale_[0], outputs.mean_[0]]])
    with pytest.raises(ValueError, match="shift and multiply"):
        ew.explore(make(), X, scaler=PowerTransformer().fit(columns))


def test_a_notebook_gets_a_widget_or_a_remedy(monkeypatch):
    explorer = ew.explore(make(), X)
    (bundle, *_) = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert base64.b64decode(bundle["image/png"])[:4] == b"\x89PNG"  # what a saved notebook shows
    assert explorer.log == log_of()
    assert torch.equal(explorer.edited()(X), make().eval()(X))
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    assert "image/png" not in explorer._repr_mimebundle_()[0]
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(ImportError, match=r"pip install .edgewise\[notebook\]"):
        _ = ew.explore(make(), X).widget


def test_exploring_changes_nothing_and_goes_on_with_edits():
    model = make()
    state = torch.random.get_rng_state()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    edited = ew.explorer.apply_edits(model, log_of(BEND))
    explorer = ew.explore(edited, X)
    assert explorer.base is edited.base
    assert json.loads(json.dumps(explorer._payload["log"])) == edited.log()
    ew.explore(model, X)
    assert model.training
    assert torch.equal(state, torch.random.get_rng_state())
    assert all(torch.equal(before[n], t) for n, t in model.state_dict().items())


def test_a_log_is_read_from_a_file_and_from_nothing_that_may_have_no_end(tmp_path):
    path = tmp_path / "log.json"
    path.write_text(json.dumps(log_of()))
    assert load_log("test", path) == load_log("test", str(path)) == log_of()
    with pytest.raises(FileNotFoundError, match="found no file"):
        load_log("test", tmp_path / "none.json")
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(ValueError, match="got a folder"):
        load_log("test", tmp_path / "folder.json")

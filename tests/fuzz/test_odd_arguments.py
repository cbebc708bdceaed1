"""Arguments that nobody should pass: they work, or end in the documented errors with a message.

Whatever happens, the global random state, the number of threads and the arrays that were given
stay what they were.
"""

from __future__ import annotations

import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import torch
from fuzzing import TIMES, often
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_calls import (
    COLLECTIONS,
    ENTRANCES,
    SCALARS,
    list_arrays,
    list_models,
    list_settings,
)
from odd_layers import MORE
from odd_rooms import ROOMS
from odd_sciences import SCIENCES

import edgewise as ew
from edgewise.sklearn import KANRegressor
from edgewise.training import NonFiniteLossError

MANY = {**ENTRANCES, **MORE, **ROOMS}
EVERY = {**MANY, **SCIENCES}
DRAWN = {
    "steps",
    "epochs",
    "budget",
    "seconds",
}  # left alone: they take as long as they say
DRAWN |= {"edit", "f"}  # functions of the user's
DRAWING = {"MLP", "FasterKANvolver", "Versions.apply"}
"""They draw from torch's own random numbers, all or in part."""
CALLED = {
    "optimizer",
    "scheduler",
    "loss",
    "metrics",
    "callbacks",
    "regularizer",
    "init",
    "base",
    "fit",
    "points",
    "value",
    "velocity",
    "guess",
}
"""What may be a function of the user's: what that raises is the user's own."""
MAKERS = {
    "model": [list_models],
    "x": [list_arrays],
    "y": [list_arrays],
    "batches": [list_arrays],
    **{
        name: [list_arrays]
        for name in ("X", "t", "sigma", "x_sigma", "censored", "entry", "times", "exposure")
    },
    "feed_forward": [list_models],
}


def draw_odd(data, name):
    """A value for the argument of that name: often of the kind that it wants, but odd."""
    makers = [lambda: SCALARS, lambda: COLLECTIONS, list_arrays, list_models, list_settings]
    makers = makers + 3 * MAKERS.get(name, [list_settings])
    values = data.draw(st.sampled_from(makers))()
    values = [v for v in values if not (callable(v) and name in CALLED)] or [None]
    return values[data.draw(st.integers(0, len(values) - 1), label=f"which value of {name}")]


def is_documented(error, arguments):
    """Whether the error is one that docstrings promise, and says something."""
    if isinstance(error, OSError):  # the disk's own answer to a path
        paths = [v for k, v in arguments.items() if k in ("path", "checkpoint_dir", "batches")]
        return bool(paths)
    if isinstance(error, IndexError):  # as Python's own sequences answer
        return "index" in arguments
    if isinstance(error, KeyError):  # as Python's own mappings answer
        return "feature" in arguments
    return isinstance(error, (ValueError, TypeError, NonFiniteLossError)) and bool(str(error))


def call_oddly(data, entrance):
    """Call with one or two odd arguments."""
    call, make = EVERY[entrance]
    arguments = make()
    names = st.lists(
        st.sampled_from([n for n in arguments if n not in DRAWN]),
        min_size=1, max_size=2, unique=True,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in data.draw(names, label="odd arguments"):
            arguments[name] = draw_odd(data, name)
    # Without a generator, weights and orders come from torch's own, as documented.
    state = torch.get_rng_state(), np.random.get_state()[1].copy(), torch.get_num_threads()  # noqa: NPY002
    arrays = [v for v in arguments.values() if type(v) in (torch.Tensor, np.ndarray)]
    before = [np.array(repr(v)) for v in arrays]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            call(**arguments)
    except Exception as error:
        if not is_documented(error, arguments):
            raise
    finally:
        plt.close("all")
    assert all(a == np.array(repr(v)) for a, v in zip(before, arrays, strict=True))
    if arguments.get("seed", 0) is not None and entrance not in DRAWING:
        assert torch.equal(state[0], torch.get_rng_state())
    if arguments.get("random_state", 0) is not None:  # None is numpy's own, as in scikit-learn
        assert np.array_equal(state[1], np.random.get_state()[1])  # noqa: NPY002
    assert state[2] == torch.get_num_threads()


@pytest.mark.parametrize("entrance", MANY)
@often
@given(data=st.data())
def test_odd_arguments(entrance, data, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("odd"))  # where odd paths lead
        call_oddly(data, entrance)


@pytest.mark.parametrize("entrance", SCIENCES)
@settings(often, max_examples=TIMES)  # whole fits, searches and solutions
@given(data=st.data())
def test_odd_arguments_of_sciences(entrance, data, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("odd"))
        call_oddly(data, entrance)


ROWS = torch.linspace(-1, 1, 18).reshape(9, 2)


def fit(**arguments):
    return ew.fit(ew.KAN([2, 1]), ROWS, ROWS[:, :1], steps=1, **arguments)


def discover(**arguments):
    x = np.linspace(-1, 1, 30)
    return ew.discover(x, x, **{"budget": 0.1, "progress": False, **arguments})


EMPTY_LOG = {"edgewise_edits": 1, "widths": [2, 1], "edits": []}


def tables():
    return ew.export.tabulate(ew.KAN([2, 1]), (-1, 1), cells=1, rows=1)


def formula():
    return ew.surgery.from_formula("sin(x0) + 2*x1**2")


def solve(x=ROWS, **more):
    return ew.training.levenberg_marquardt(ew.KAN([2, 1]), (x, ROWS[:, :1]), **more)


def attend(**shapes):
    tensors = {name: torch.ones(3, 2) for name in "qkv"}
    tensors |= {name: torch.ones(shape) for name, shape in shapes.items()}
    return ew.presets.KANAttention(2, 2, 2, 2, 1)(**tensors)


def make_data(**arguments):
    return ew.datasets.create_dataset(lambda x: x[:, 0], 2, **arguments)


FLOAT_DTYPE = "floating-point dtype"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ew.KAN([2, 1], device="gpu"), "a device that this machine has"),
        (lambda: ew.MLP([2, 1], dtype=torch.int64), FLOAT_DTYPE),
        (lambda: ew.KANLinear(2, 1, bias=torch.ones(2)), "bias to be True or False"),
        (lambda: ew.KANLinear(2, 1, init=None), "init"),
        (lambda: ew.BSpline(lo=torch.zeros(2)), "lo to be one number"),
        (lambda: ew.KAN([2, 1], basis=ew.Gaussian(4, hi=1e300)), "limits of its dtype"),
        (lambda: ew.FastKAN([2, 1], spline_weight_init_scale=-1), "spline_weight_init_scale"),
        (lambda: ew.presets.EfficientKAN([2, 1], scale_noise=float("nan")), "scale_noise"),
        (lambda: ew.presets.EfficientKAN([2, 1], grid_range=[1]), "grid_range to be two numbers"),
        (lambda: ew.explain.interactions(ew.KAN([2, 1]), torch.rand(9, 3)), "last dimension 2"),
        (lambda: ew.explain.interactions(ew.KAN([2, 1]), torch.rand(9, 2), seed=0.5), "seed"),
        (lambda: ew.attribute(ew.KAN([2, 1]), torch.rand(9, 2).to("meta")), "device meta"),
        (lambda: ew.attribute(ew.KAN([2, 1], device="meta"), torch.rand(9, 2)), "device meta"),
        (lambda: ew.save(ew.KAN([2, 1], device="meta"), "model"), "device meta"),
        (lambda: ew.KAN([2, 1])(torch.rand(9, 2).to_sparse()), "dense tensor"),
        (lambda: ew.prune(ew.KAN([2, 1]), torch.rand(9, 2), edge_threshold=torch.ones(2)), "edge"),
        (lambda: ew.evaluate(ew.MLP([1, 1]), *2 * [torch.ones(9, 1).to_sparse()]), "dense"),
        (lambda: ew.presets.KANAttention(2, 2, 2, 2, 1, torch.ones(2)), "gating to be True"),
        (lambda: ew.KAN([2, 1], basis=ew.BSpline(uniform="no")), "uniform to be True or False"),
        (lambda: ew.presets.FourierKAN([2, 1], smooth_initialization=torch.ones(2)), "smooth_init"),
        (lambda: ew.presets.FasterKAN([2, 1], train_grid=[]), "train_grid to be True or False"),
        (lambda: ew.training.Sparsity(torch.ones(2)), "Sparsity expected weight from 0"),
        (
            lambda: ew.training.Sparsity(0.1, entropy=torch.ones(2)),
            "Sparsity expected entropy from 0",
        ),
        (lambda: ew.symbolic.suggest(ew.KAN([2, 1]), ROWS, reach=torch.ones(2)), "reach > 0"),
        (lambda: ew.symbolic.regress(ew.KAN([2, 1]), ROWS, reach=1e300), "reach > 0 and at most"),
        (lambda: ew.symbolic.regress(ew.KAN([2, 1]), ROWS, numeric_above=ROWS), "numeric_above"),
        (lambda: ew.symbolic.regress(ew.KAN([2, 1]), ROWS, budget=ROWS), "budget"),
        (lambda: ew.symbolic.suggest(ew.KAN([2, 1]), ROWS, top=ROWS), "top"),
        (lambda: ew.symbolic.suggest(ew.KAN([2, 1]), ROWS, expressions=ROWS), "expressions"),
        (lambda: ew.grids.convert(ew.KAN([2, 1]), ew.BSpline(3), ROWS + 1j), "real numbers"),
        (lambda: ew.grids.refine(ew.KAN([2, 1]), 10**30), "size"),
        (lambda: ew.grids.refine(ew.KAN([2, 1]), 9.5), "size"),
        (lambda: ew.grids.refine(ew.KAN([2, 1]), 9, even=ROWS), "even to be True or False"),
        (lambda: ew.grids.adapt(ew.KAN([2, 1]), ROWS, mix=torch.ones(2)), "mix from 0 to 1"),
        (lambda: ew.grids.fit_range(ew.KAN([2, 1]), ROWS, margin=10**30), "margin"),
        (lambda: ew.plot(ew.KAN([2, 1]), ROWS, share_scale=ROWS), "share_scale"),
        (lambda: ew.KAN([2, 1])(ROWS.to("meta")), "the parameters' device cpu, got meta"),
        (lambda: ew.FastKAN([2, 1], spline_weight_init_scale=10**30), "64 bits"),
        (lambda: ew.grids.extend(ew.MLP([2, 1]), ROWS[:, :1]), "a model with KAN layers"),
        (
            lambda: ew.symbolic.regress(ew.KAN([2, 1]), ROWS, ROWS[:, :1].to_sparse()),
            "y expected a dense tensor",
        ),
        (lambda: ew.KAN.for_data([2, 1], {"x": ROWS}), "x expected numbers, got object"),
        (lambda: ew.KAN.for_data([2, 1], ROWS.to_sparse()), "KAN.for_data x expected a dense"),
        (lambda: ew.KAN.for_data([2, 1], ROWS, ROWS[:, 0] + 1j), "y expected real numbers"),
        (lambda: ew.KAN.from_layers([]), "at least one layer"),
        (lambda: fit(weight_decay=torch.ones(2)), "weight_decay ≥ 0"),
        (lambda: fit(lr="fast"), "lr ≥ 0"),
        (lambda: fit(progress=torch.ones(2)), "progress to be True or False"),
        (lambda: fit(resume=torch.ones(2)), "resume to be True or False"),
        (lambda: ew.save(ew.KAN([2, 1]), ""), "a file to write, got an empty name"),
        (lambda: ew.save(ew.KAN([2, 1]), "/"), "a file to write, got the folder"),
        (lambda: ew.plot(ew.KAN([2, 1]), ROWS, path="/."), "a file to write"),
        (lambda: discover(reach=torch.ones(2)), "reach > 0"),
        (lambda: discover(budget=torch.ones(2)), "budget above 0"),
        (lambda: discover(robust=torch.ones(2)), "robust to be True or False"),
        (lambda: discover(n_jobs=0.5), "n_jobs"),
        (lambda: discover(seed=-1), "seed"),
        (lambda: discover(units=ROWS), "units by name"),
        (lambda: discover(units={"x0": 3}), "units by name"),
        (lambda: ew.KAN([2, 1]).set_inputs(["a", "b"], 3), "a list of integers"),
        (lambda: ew.KAN([2, 1]).set_inputs([0, 1], ROWS), "in_features"),
        (lambda: formula().formula(2), "an output from 0 to 0, got 2"),
        (lambda: formula().formula(simplify=ROWS), "simplify to be True or False"),
        (lambda: formula().latex(digits="a"), "digits to be an integer ≥ 1"),
        (lambda: formula().numpy()([1.0, 2.0]), "rows of 2 features"),
        (lambda: formula().numpy()(ROWS + 1j), "real numbers"),
        (lambda: formula()(ROWS.to("meta")), "SymbolicKAN expected inputs on"),
        (lambda: formula().is_defined(ROWS.to("meta")), "SymbolicKAN expected inputs on"),
        (lambda: formula().refine(ROWS.to("meta"), ROWS[:, :1]), "the device meta"),
        (lambda: formula().edge_curves(ROWS, 2**31), "at most 100,000 points"),
        (lambda: formula().edge_curves(ROWS[:0]), "at least one row"),
        (lambda: ew.continual.Frozen(owned=ROWS), "owned to be True or False"),
        (lambda: ew.continual.Moments(ridge=10**30), "Moments expected ridge from 0"),
        (lambda: solve(ROWS + 1j), "x expected real numbers"),
        (lambda: solve(ROWS.to("meta")), "the device meta"),
        (lambda: solve(None), "x expected numbers of shape"),
        (lambda: formula().refine([1], ROWS), "x expected numbers of shape"),
        (lambda: solve(damping=ROWS), "damping"),
        (lambda: solve(tolerance="x"), "tolerance"),
        (lambda: solve(steps=-1), "steps"),
        (lambda: ew.explore(ew.KAN([2, 1]), ROWS, input_names=ROWS), "a list of 2 names"),
        (lambda: ew.explore(ew.KAN([2, 1]), ROWS, output_names=3), "a list of 1 names"),
        (lambda: ew.explore(ew.KAN([2, 1]), ROWS, ROWS[:, :1] + 1j), "y expected real numbers"),
        (lambda: ew.structure(ew.KAN([2, 1]), ROWS, input_names=3), "2 different input names"),
        (lambda: ew.discover_ode(float("nan"), ROWS, progress=False), "times with shape"),
        (lambda: attend(k=(4, 3, 2)), "KANAttention expected q"),
        (lambda: attend(v=(5, 2)), "KANAttention expected q"),
        (lambda: attend(bias=(3, 4)), "KANAttention expected q"),
        (lambda: attend(bias=(2, 3, 4)), "KANAttention expected q"),
        (lambda: ew.nn.Rational(8)(torch.ones(1, 8).to(torch.float8_e4m3fn)), "16, 32 or 64 bits"),
        (lambda: make_data(seed="a"), "seed to be an integer ≥ "),
        (lambda: make_data(num_train=2.5), "num_train to be an integer ≥ 1"),
        (lambda: make_data(noise="x"), "noise from 0"),
        (lambda: make_data(normalize_x=ROWS), "normalize_x to be"),
        (lambda: make_data(device=0), "a device that this machine has"),
        (lambda: make_data(ranges="ab"), r"create_dataset expected ranges \(low, high\), or 2"),
        (lambda: make_data(ranges=(0, 1j)), r"expected ranges \(low, high\)"),
    ],
)  # fmt: skip
def test_refusals(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("device", ["gpu", torch.int64, 3.5, "cuda:99"])
def test_reading_to_a_device_that_is_not_there(device, tmp_path):
    ew.save(ew.KAN([2, 1]), tmp_path / "model")
    torch.save(ew.saving.to_foreign(ew.FastKAN([2, 1]), "fast-kan"), tmp_path / "their.pt")
    for read, name in ((ew.load, "model"), (ew.load_foreign, "their.pt")):
        with pytest.raises(ValueError, match="a device that this machine has"):
            read(tmp_path / name, device=device)


@pytest.mark.filterwarnings("ignore::edgewise.training.OutsideWarning")
def test_data_with_a_graph_behind_them():
    """They train for more than a step, and the graph's own leaves get no gradient."""
    leaf = torch.rand(9, 2, requires_grad=True)
    ew.fit(ew.KAN([2, 1]), leaf * 2, leaf[:, :1] * 3, steps=3, progress=False)
    ew.fit(ew.KAN([2, 1]), leaf, ROWS[:, :1], steps=3, progress=False)
    assert leaf.grad is None


def test_titles_are_texts():
    model = ew.KAN([2, 1])
    for draw in (ew.plot, lambda *a, **k: ew.plotting.plot_edge(*a, (0, 0, 0), **k)):
        with pytest.raises(TypeError, match="title as a text"):
            draw(model, ROWS, title=("a", 1))
    with pytest.raises(TypeError, match="title as a text"):
        ew.plotting.plot_basis(ew.BSpline(3), title=3)


def test_tables_may_be_tensors_that_want_gradients():
    x = torch.linspace(-1, 1, 24).reshape(12, 2).requires_grad_()
    model = KANRegressor(random_state=0).fit(x, x.sum(1), x.abs().sum(1))
    assert np.array_equal(model.predict(x), model.predict(x.detach().numpy()))


@pytest.mark.parametrize("layers", ["ab", [None], [torch.nn.Linear(2, 1)], 3, torch.ones(2)])
def test_models_of_what_is_no_kan_layer(layers):
    with pytest.raises(TypeError, match=r"KAN\.from_layers expected"):
        ew.KAN.from_layers(layers)


@pytest.mark.parametrize("coverage", [torch.ones(2), "0.9", None, True, 0.0, 1.0])
def test_coverage_that_is_no_share(coverage):
    model = KANRegressor(cv=2, random_state=0).fit(ROWS, ROWS[:, 0])
    with pytest.raises(ValueError, match="coverage expected a share between 0 and 1"):
        model.predict_interval(ROWS, coverage)


def test_conversion_to_no_basis():
    with pytest.raises(TypeError, match="expected a basis"):
        ew.grids.convert(ew.KAN([2, 1]), torch.ones(2))


def test_fit_of_no_model():
    with pytest.raises(TypeError, match=r"torch\.nn\.Module"):
        ew.fit(None, torch.rand(4, 2), torch.rand(4, 1), steps=1)


@pytest.mark.parametrize(
    "call",
    [
        lambda m: ew.fit(m, ROWS, ROWS[:, :1], steps=1, progress=False),
        lambda m: ew.evaluate(m, ROWS, ROWS[:, :1]),
        lambda m: ew.grids.fit_range(m, ROWS),
        lambda m: ew.explain.extract(m, ROWS, "0"),
        lambda m: ew.training.levenberg_marquardt(m, (ROWS, ROWS[:, :1])),
    ],
)
def test_lists_of_modules_are_no_models(call):
    with pytest.raises(TypeError, match="ModuleList, which has no forward"):
        call(torch.nn.ModuleList([ew.KAN([2, 1])]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: ew.explorer.apply_edits(ew.KAN([2, 1]), EMPTY_LOG)([1.0, 2.0]),
            "a tensor of real numbers",
        ),
        (lambda: ew.presets.KANAttention(2, 2, 2, 2, 1)(ROWS, ROWS, ROWS, 0.5), "bias as a tensor"),
        (lambda: ew.presets.KANAttention(2, 2, 2, 2, 1)(ROWS[0], ROWS, ROWS), "q as a tensor"),
        (lambda: ew.export.feed_onnx({}, ROWS, ROWS), "a graph that to_onnx made"),
        (lambda: ew.export.to_c(None), "fitted estimator, got NoneType"),
        (lambda: ew.export.to_javascript(ew.KAN([2, 1])), "expected tables or a fitted estimator"),
        (lambda: ew.export.to_python(3), "to_python expected tables or a fitted"),
        (lambda: ew.export.to_sql([]), "to_sql expected tables or a fitted"),
        (lambda: ew.export.to_sql(tables(), table=3), "the table's name as a text"),
        (lambda: ew.export.to_sql(tables(), keep="id"), "keep as a list of texts"),
        (lambda: ew.export.to_sql(tables(), keep=ROWS), "keep as a list of texts"),
        (lambda: make_data(dtype="float32"), "dtype must be"),
    ],
)
def test_what_is_of_another_type(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_attention_takes_what_broadcasts():
    model = ew.presets.KANAttention(2, 2, 2, 2, 3)
    q, k, bias = torch.rand(5, 1, 3, 2), torch.rand(4, 6, 2), torch.zeros(3, 1)
    assert model(q, k, k, bias).shape == (5, 4, 3, 2)
    assert torch.equal(model(q, k, k, bias), model(q, k, k))


def test_names_may_be_columns_of_frames():
    """An array or an index is no flag."""
    columns = pd.Index(["a", "b"])
    model = ew.KAN([2, 1], norm=None)
    for names in (columns, columns.to_numpy(), ("a", "b")):
        assert '"input_names": ["a", "b"]' in ew.explore(model, ROWS, input_names=names).html()
    assert ew.structure(lambda x: x[:, 0] * x[:, 1], ROWS, input_names=columns).names == ("a", "b")


def test_weights_of_parts_and_edits_may_want_gradients():
    x, weight = ROWS.numpy(), torch.ones(len(ROWS), requires_grad=True)
    model = KANRegressor(random_state=0).partial_fit(x, x[:, 0], weight)
    at = torch.tensor([-1.0, 1.0], requires_grad=True)
    edited = model.edit("x0", "replace", at=at, values=at)
    assert np.allclose(edited.predict(x), model.predict(x), atol=1)


def test_formulas_predict_rows_of_numbers():
    found, x = discover(), ROWS[:, :1]
    want = found.predict(x.numpy())
    assert np.array_equal(found.predict(x.clone().requires_grad_()), want)
    assert found.predict(x[:0]).shape == (0,)
    for rows in (ROWS, x[0, 0], x + 1j, "ab"):
        with pytest.raises(ValueError, match="predict expected"):
            found.predict(rows)

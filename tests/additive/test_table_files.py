"""Estimators in files: the same predictions, no pickle, and one clear error for what is damaged."""

import copy
import json

import numpy as np
import pandas as pd
import pytest
from safetensors import safe_open
from safetensors.torch import save_file
from sklearn.base import clone
from sklearn.model_selection import KFold

import edgewise as ew
from edgewise.additive.choose import list_squares
from edgewise.additive.files import (
    _add_losses,
    describe,
    describe_estimator,
    restore,
    restore_estimator,
)
from edgewise.additive.loss import Loss
from edgewise.additive.losses import LOSSES


def draw_frame(rows=150):
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"a": random.normal(size=rows), "k": random.choice(["x", "y"], rows)})
    frame["i"] = random.integers(0, 9, rows)
    frame.loc[::10, "a"] = np.nan
    y = np.nan_to_num(frame["a"]) * (frame["k"] == "x") + np.sin(9 * frame["i"])
    return frame, np.asarray(y + 0.1 * random.normal(size=rows))


def fit_kind(kind):
    frame, y = draw_frame()
    if kind == "targets":
        model = ew.KANRegressor(cv=2, random_state=0, monotonic_cst={"a": 1}, exclude=["i"])
        return model.fit(frame, np.stack([y, np.exp(y)], 1))
    if kind == "array":
        return ew.KANRegressor(cv=KFold(2), bounds=(-1, None)).fit(frame[["i"]].to_numpy(), y)
    labels = {"texts": np.where(y > 0, "yes", "no"), "truth": y > 0}.get(kind)
    labels = np.digitize(y, [-0.5, 0.5]) if labels is None else labels
    return ew.KANClassifier(cv=2, random_state=0).fit(frame, labels)


@pytest.mark.parametrize("kind", ["targets", "array", "texts", "truth", "numbers"])
def test_an_estimator_comes_back(kind, tmp_path):
    model = fit_kind(kind)
    ew.save(model, tmp_path / "model.safetensors")
    again = ew.load(tmp_path / "model.safetensors")
    assert type(again) is type(model)
    frame, _ = draw_frame()
    rows = frame[["i"]].to_numpy() if kind == "array" else frame
    assert np.array_equal(again.predict(rows), model.predict(rows))
    assert np.array_equal(again.outside(rows), model.outside(rows))
    assert again.n_features_in_ == model.n_features_in_
    assert again.to_python() == model.to_python()
    if isinstance(model, ew.KANClassifier):
        assert np.array_equal(again.predict_proba(rows), model.predict_proba(rows))
        assert np.array_equal(again.predict_set(rows), model.predict_set(rows))
        assert again.classes_.dtype == model.classes_.dtype
    else:
        assert np.array_equal(again.predict_interval(rows), model.predict_interval(rows))
    if kind == "targets":
        assert again.monotonic_cst == {"a": 1}
        assert list(again.feature_names_in_) == ["a", "k", "i"]
        with pytest.raises(ValueError, match="feature names"):
            again.predict(frame.rename(columns={"a": "z"}))
    if kind == "array":
        assert again.cv == 5  # a splitter isn't written
        assert list(again.bounds) == [-1, None]
    clone(again)


@pytest.mark.parametrize(
    "loss", [*(kind() for kind in LOSSES.values()), *list_squares(np.arange(1.0, 9), np.ones(8))]
)
def test_every_loss_that_a_fit_may_end_with_comes_back(loss):
    assert restore(Loss, describe(loss, {}), {}) == loss


def test_what_is_not_fitted_is_not_saved(tmp_path):
    with pytest.raises(ValueError, match="call fit before save"):
        ew.save(ew.KANRegressor(), tmp_path / "model")


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    path = tmp_path_factory.mktemp("models") / "model.safetensors"
    ew.save(fit_kind("targets"), path)
    with safe_open(path, framework="pt") as file:
        config = json.loads(file.metadata()["edgewise"])
        state = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    return path, config, state


def list_places(config, here=()):
    """The way to every value in a description."""
    yield here
    entries = config.items() if isinstance(config, dict) else enumerate(config)
    for key, value in entries:
        if isinstance(value, (dict, list)):
            yield from list_places(value, (*here, key))
        else:
            yield (*here, key)


def try_file(path, config, state):
    """Whether a file is refused with our error; else it must predict."""
    save_file(state, path, metadata={"edgewise": json.dumps(config)})
    caught = None
    try:
        model = ew.load(path)
    except ValueError as error:
        caught = str(error)
    if caught is not None:
        assert path.name in caught
        return True
    frame, _ = draw_frame(5)
    model.predict(frame)
    return False


def test_a_damaged_description_is_refused(saved, tmp_path):
    _, config, state = saved
    random = np.random.default_rng(0)
    places = [p for p in list_places(config) if p and p != ("model",)]
    refused = 0
    for place in [places[i] for i in random.choice(len(places), 50, replace=False)]:
        broken = copy.deepcopy(config)
        inside = broken
        for key in place[:-1]:
            inside = inside[key]
        inside[place[-1]] = random.choice(np.array([None, "text", -7, {}, [[]]], dtype=object))
        if place[0] == "fields":
            refused += try_file(tmp_path / "model.safetensors", broken, state)
    assert refused > 33


def test_damaged_tensors_are_refused(saved, tmp_path):
    path, config, state = saved
    for name, tensor in [*state.items()][::3]:
        if tensor.numel() > 1:
            short = {**state, name: tensor.flatten()[:-1].clone()}
            try_file(tmp_path / "model.safetensors", config, short)
    assert try_file(tmp_path / "model.safetensors", config, {})
    single = {name: t.float() if t.is_floating_point() else t for name, t in state.items()}
    assert try_file(tmp_path / "model.safetensors", config, single)
    whole = path.read_bytes()
    for size in (0, 7, 100, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut.safetensors").write_bytes(whole[:size])
        with pytest.raises(ValueError, match=r"cut\.safetensors"):
            ew.load(tmp_path / "cut.safetensors")


@pytest.mark.parametrize("kind", ["targets", "texts", "numbers"])
def test_explanations_and_edits_come_back(kind, tmp_path):
    frame, _ = draw_frame()
    model = fit_kind(kind)
    edited = model.edit("i", "flatten")
    for each in (model, edited):
        ew.save(each, tmp_path / "m")
        back = ew.load(tmp_path / "m")
        assert back.explain_global().html() == each.explain_global().html()
        assert back.edits_ == each.edits_
        np.testing.assert_array_equal(back.predict(frame), each.predict(frame))
    np.testing.assert_array_equal(back.undo().predict(frame), model.predict(frame))
    np.testing.assert_array_equal(
        back.explain_local(frame).frame().to_numpy(), edited.explain_local(frame).frame().to_numpy()
    )


def list_keys(value):
    """The keys of all dictionaries in the state of an object."""
    if isinstance(value, dict):
        return [*value, *(key for one in value.values() for key in list_keys(one))]
    if isinstance(value, (list, tuple)):
        return [key for one in value for key in list_keys(one)]
    if isinstance(value, np.ndarray) or not hasattr(value, "__dict__"):
        return []
    return list_keys(value.__getstate__())


def test_states_have_keys_that_json_can_hold():
    """As skops needs them, which MLflow uses."""
    random = np.random.default_rng(0)
    x = random.normal(size=(200, 3))
    model = ew.KANRegressor(cv=2, random_state=0).fit(x, x[:, 0] * x[:, 1])
    assert model.summary_.cells
    assert model.choices_[0].losses
    keys = list_keys(model)
    assert len(keys) > 50
    assert {type(key) for key in keys} <= {str, int}


@pytest.mark.parametrize("offset", [True, False])
def test_files_of_classifiers_from_before_labels_are_read(offset):
    """They have one model and its scores, and the earliest ones nothing of offsets."""
    x = np.random.default_rng(0).normal(size=(200, 2))
    model = ew.KANClassifier(cv=2, random_state=0).fit(x, np.where(x[:, 0] > 0, "up", "down"))
    config, tensors = describe_estimator(model)
    own = config["fields"]
    del own["_single"], own["_names"]
    (own["model_"],), (own["scores_"],) = own.pop("models_"), own.pop("scores_")
    if not offset:
        del own["offset_"], own["appended_"]
    again = restore_estimator(ew.KANClassifier, config, tensors)
    np.testing.assert_array_equal(again.predict_proba(x), model.predict_proba(x))
    np.testing.assert_array_equal(again.predict_set(x), model.predict_set(x))
    assert again.predict(x)[:2].tolist() == model.predict(x)[:2].tolist()


def test_files_from_before_there_were_losses_are_of_squares():
    link = {"kind": "Logistic", "fields": {}}
    earlier = {"models_": [{"fields": {"link": link}}], "other": 1}
    (loss,) = _add_losses(earlier)["losses_"]
    assert loss == {"kind": "Gaussian", "fields": {"link": link}}
    for later in ({"losses_": [], **earlier}, {"other": 1}):
        assert _add_losses(later) == later
    with pytest.raises(ValueError, match="expected models with a link"):
        _add_losses({"models_": [{"fields": {}}]})

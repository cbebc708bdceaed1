"""Damaged files of estimators: one ValueError when they are read, or an estimator that predicts."""

from __future__ import annotations

import json
import warnings

import numpy as np
import pandas as pd
import pytest
from fuzzing import check_message, limited_memory, often
from hypothesis import given
from hypothesis import strategies as st
from mutations import mutate_bytes, mutate_json, mutate_state, parts_of
from safetensors.torch import save_file

import edgewise as ew
from edgewise.sklearn import KANClassifier, KANRegressor

X = pd.DataFrame(
    {
        "a": np.r_[np.linspace(-1, 1, 39), np.nan],
        "b": np.sin(np.arange(40)),
        "c": [("red", "green", None)[k % 3] for k in range(40)],
    }
)
Y = np.arange(40) % 5 + X["b"].to_numpy()
MODELS = {
    "numbers": lambda: KANRegressor(random_state=0, bounds=(0, None)).fit(X, Y),
    "two targets": lambda: KANRegressor(cv=2, random_state=0).fit(X, np.stack([Y, -Y], 1)),
    "two classes": lambda: KANClassifier(cv=2, random_state=0).fit(X, Y > 2),
    "classes": lambda: KANClassifier(cv=2, random_state=0).fit(
        X, np.array(["u", "v", "w"])[Y.astype(int) % 3]
    ),
    "edited": lambda: KANRegressor(cv=2, random_state=0).fit(X, Y).edit("a", "flatten"),
}


@pytest.fixture(scope="module", params=MODELS)
def saved(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "e.safetensors"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ew.save(MODELS[request.param](), path)
    return path, path.read_bytes(), *parts_of(path)


@often
@given(data=st.data())
def test_estimators(saved, data):
    path, content, metadata, state = saved
    what = data.draw(st.sampled_from(["bytes", "description", "tensors", "both"]))
    if what == "bytes":
        path.write_bytes(mutate_bytes(data, content))
    else:
        config = json.loads(metadata["edgewise"])
        config = config if what == "tensors" else mutate_json(data, config)
        tensors = state if what == "description" else mutate_state(data, state)
        save_file(tensors, path, metadata={"edgewise": json.dumps(config)})
    with warnings.catch_warnings(), limited_memory():
        warnings.simplefilter("ignore")
        try:
            model = ew.load(path)
        except ValueError as error:
            check_message(error)
            return
        for call in (model.predict, model.outside, model.explain_local):
            try:
                call(X)
            except ValueError as error:  # of other columns than were declared, say
                check_message(error)

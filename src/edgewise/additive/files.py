"""Write the dataclasses of a fitted model as JSON and tensors, and read them without pickle.

A class is written by its registered name, its fields by theirs. The types in a file are compared
with those of the fields before an object is made; nothing in a file is evaluated.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array
from edgewise.additive.curves import Curve
from edgewise.additive.deep import Deep
from edgewise.additive.edit import Edit
from edgewise.additive.fitted_range import Seen
from edgewise.additive.intervals import Errors, IntervalRule, Places, Scores
from edgewise.additive.links import Identity, Log, Logistic, Softmax
from edgewise.additive.loss import Loss
from edgewise.additive.losses import LOSSES, Gaussian, Multiplied
from edgewise.additive.products import Surface
from edgewise.additive.ridge import RidgeSolution
from edgewise.additive.schema import Origin, Schema
from edgewise.additive.terms import Levels, Missing, Offset
from edgewise.additive.training_summary import Cells, Labels, Numbers, Spread, Summary
from edgewise.charts.scales import Scale

KINDS: list[type] = [
    *(Additive, RidgeSolution, Curve, Levels, Missing, Offset, Surface, Deep),
    *(Identity, Log, Logistic, Softmax),
    *LOSSES.values(),
    Multiplied,
    *(Schema, Origin, Seen, Errors, Places, Scores, Edit),
    *(Summary, Numbers, Labels, Cells, Spread, Scale),
]
WRITABLE: dict[str, type] = {kind.__name__: kind for kind in KINDS}
"""By the names in files."""
DEEPEST = 20

Tensors = dict[str, torch.Tensor]


def describe(value: Any, tensors: Tensors) -> Any:
    """A value as JSON-able data; its arrays are added to ``tensors`` by number.

    Raises:
        ValueError: if it holds something that has no description.
    """
    if isinstance(value, np.ndarray) and value.dtype == object:
        return {"labels": describe(value.tolist(), tensors)}
    if isinstance(value, np.ndarray):
        name = f"array.{len(tensors)}"
        tensors[name] = torch.from_numpy(np.array(value, order="C"))
        return {"array": name}
    if is_dataclass(value) and type(value).__name__ in WRITABLE:
        own = {f.name: describe(getattr(value, f.name), tensors) for f in fields(value)}
        return {"kind": type(value).__name__, "fields": own}
    if isinstance(value, Mapping):
        return {"mapping": [[describe(k, tensors), describe(v, tensors)] for k, v in value.items()]}
    if isinstance(value, (list, tuple)):
        return [describe(each, tensors) for each in value]
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise ValueError(f"expected numbers, texts and arrays in a model, got {type(value).__name__}")


def restore(kind: Any, config: Any, tensors: Tensors, level: int = 0) -> Any:
    """Make a value of a type from its description by :func:`describe`.

    Raises:
        ValueError: if the description is of another type.
    """
    if level > DEEPEST:
        raise ValueError(f"expected at most {DEEPEST} levels of a description, got more")
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if config is None and type(None) in parts:
            return None
        (kind,) = (part for part in parts if part is not type(None))
        return restore(kind, config, tensors, level + 1)
    if kind is Any:
        return _restore_plain(config)
    if origin is np.ndarray:
        return _restore_array(parts, config, tensors)
    if origin is tuple:
        return _restore_tuple(parts, config, tensors, level)
    if origin is not None and issubclass(origin, Mapping):
        pairs = [_restore_tuple(parts, pair, tensors, level) for pair in _list(config, "mapping")]
        return dict(pairs)
    if kind in (int, float, str, bool):
        numbers = (int, float) if kind is float else (kind,)
        if not isinstance(config, numbers) or (kind is not bool and isinstance(config, bool)):
            raise ValueError(f"expected {kind.__name__}, got {config!s:.80}")
        return kind(config)
    return _restore_object(kind, config, tensors, level)


def _list(config: Any, entry: str) -> list[Any]:
    if not isinstance(config, dict) or not isinstance(config.get(entry), list):
        raise ValueError(f"expected an entry {entry!r} with a list, got {config!s:.80}")
    return list(config[entry])


def _restore_array(parts: tuple[Any, ...], config: Any, tensors: Tensors) -> Any:
    (wanted,) = typing.get_args(parts[1])
    if wanted is Any and isinstance(config, dict) and "labels" in config:
        labels = _list(config, "labels")
        if not all(label is None or isinstance(label, str) for label in labels):
            raise ValueError(f"expected names of levels, got {labels!s:.80}")
        return np.array(labels, dtype=object)
    name = config.get("array") if isinstance(config, dict) else None
    if not isinstance(name, str) or name not in tensors:
        raise ValueError(f"expected the name of an array of the file, got {config!s:.80}")
    array = tensors[name].numpy()
    wanted = np.number if wanted is Any else wanted
    if not np.issubdtype(array.dtype, wanted):
        raise ValueError(f"expected {name} to hold {wanted.__name__}, got {array.dtype}")
    return array


def _restore_tuple(parts: tuple[Any, ...], config: Any, tensors: Tensors, level: int) -> Any:
    if not isinstance(config, list):
        raise ValueError(f"expected a list, got {config!s:.80}")
    kinds = parts[:1] * len(config) if parts[-1:] == (...,) else parts
    if len(kinds) != len(config):
        raise ValueError(f"expected {len(kinds)} entries, got {len(config)}")
    return tuple(restore(k, c, tensors, level + 1) for k, c in zip(kinds, config, strict=True))


def _restore_object(kind: Any, config: Any, tensors: Tensors, level: int) -> Any:
    name = config.get("kind") if isinstance(config, dict) else None
    found = WRITABLE.get(name) if isinstance(name, str) else None
    if found is None or not issubclass(found, kind):
        raise ValueError(f"expected {kind.__name__}, got {config!s:.80}")
    own = config.get("fields")
    names = [f.name for f in fields(found)]
    needed = {f.name for f in fields(found) if f.default is f.default_factory is MISSING}
    if not isinstance(own, dict) or not needed <= set(own) <= set(names):
        raise ValueError(f"expected the fields {', '.join(names)} of {name}, got {own!s:.80}")
    hints = typing.get_type_hints(found)
    return found(**{n: restore(hints[n], own[n], tensors, level + 1) for n in names if n in own})


def check_model(model: Additive, schema: Schema) -> None:
    """Check that the parts of a model fit together, and that it can predict a row.

    Raises:
        ValueError: if they don't.
    """
    places = {k for term in model.terms for k in term.columns}
    if not places <= set(range(len(schema.names))) or len(schema.categorical) != len(schema.names):
        raise ValueError(f"expected terms of {len(schema.names)} columns, got {sorted(places)}")
    width = 1 + sum(term.width for term in model.terms)
    if model.coef.ndim != 2 or len(model.coef) != width or not np.isfinite(model.coef).all():
        raise ValueError(f"expected {width} numbers for each output, got {model.coef.shape}")
    known = {term.columns[0] for term in model.terms if isinstance(term, Offset)}
    rows = [
        np.array([None, "a"], dtype=object)
        if category
        else np.array([1.0 if k in known else np.nan, 1.0])
        for k, category in enumerate(schema.categorical)
    ]
    with np.errstate(all="ignore"):  # numbers that no fit gives, which the next line refuses
        effects = model.effects(rows)
    if effects.shape != (2, model.coef.shape[1]) or not np.isfinite(effects).all():
        raise ValueError(f"expected sums of effects, got {effects.shape}")


# Estimators.

FIELDS: dict[str, dict[str, Any]] = {
    "KANRegressor": {
        "models_": tuple[Additive, ...],
        "errors_": tuple[IntervalRule, ...],
        "losses_": tuple[Loss, ...],
        "offset_": Offset | None,
        "appended_": bool,
        "_shift": tuple[float, ...],
        "_scale": tuple[float, ...],
        "_single": bool,
        "_names": tuple[str, ...],
    },
    "KANClassifier": {
        "models_": tuple[Additive, ...],
        "scores_": tuple[Scores, ...],
        "offset_": Offset | None,
        "appended_": bool,
        "_single": bool,
        "_names": tuple[str, ...],
    },
    "KANSurvival": {
        "model_": Additive,
        "edges_": NDArray[np.float64],
        "event_times_": NDArray[np.float64],
        "entry_": str | None,
        "appended_": bool,
        "_target_names": tuple[str, ...],
    },
}
"""What the fit of each estimator leaves, beside what both have."""
LISTS = ("models_", "errors_", "losses_", "scores_", "_shift", "_scale", "_names")
"""Those with an entry for each target or label."""
BOTH: dict[str, Any] = {
    "schema_": Schema,
    "seen_": tuple[Seen, ...],
    "taken_": tuple[str, ...],
    "summary_": Summary,
    "edits_": tuple[Edit, ...],
    "n_features_in_": int,
    "feature_names_in_": tuple[str, ...] | None,
}
EARLIER: dict[str, Any] = {
    "taken_": [],
    "offset_": None,
    "appended_": False,
    "_target_names": ["event", "time"],
    "entry_": None,
}
"""What files of earlier versions don't say."""


def describe_estimator(estimator: Any) -> tuple[dict[str, Any], Tensors]:
    """A fitted estimator as JSON-able data and tensors.

    Arguments that are no numbers or texts, such as a splitter, come back as their defaults. Out-of-
    fold effects of rows, which only the fit needs, stay behind. An edited estimator is written as
    it was fitted, with the log of its edits.
    """
    models, summary = estimator._unedited
    fitted = {"summary_": summary, "models_": models, "model_": models[0]}
    tensors: Tensors = {}
    name = type(estimator).__name__
    arguments = {}
    for argument, value in estimator.get_params(deep=False).items():
        try:
            arguments[argument] = describe(value, {})
        except ValueError:
            continue
    config: dict[str, Any] = {"model": name, "arguments": arguments, "fields": {}}
    for field in {**BOTH, **FIELDS[name]}:
        value = fitted.get(field, getattr(estimator, field, None))
        if field == "feature_names_in_" and value is not None:
            value = value.tolist()
        config["fields"][field] = describe(value, tensors)
    if name == "KANClassifier":
        classes = estimator.classes_ if estimator._single else estimator.classes_[0]
        config["classes"] = [classes.dtype.kind, classes.dtype.itemsize, classes.tolist()]
        describe(config["classes"], {})  # refuses labels such as dates
    return config, tensors


def restore_estimator(make: Any, config: dict[str, Any], tensors: Tensors) -> Any:
    """The estimator that :func:`describe_estimator` described.

    Raises:
        ValueError: if the description fits none.
    """
    name = config["model"]
    given = config.get("arguments")
    if not isinstance(given, dict) or not set(given) <= set(make().get_params()):
        raise ValueError(f"expected arguments of {name}, got {given!s:.80}")
    estimator = make(**{argument: _restore_plain(value) for argument, value in given.items()})
    wanted = {**BOTH, **FIELDS[name]}
    own = config.get("fields")
    if isinstance(own, dict):
        own = {name: value for name, value in EARLIER.items() if name in wanted} | own
        own = _add_losses(own) if "losses_" in wanted else own
        own = _add_labels(own) if "scores_" in wanted else own
    if not isinstance(own, dict) or set(own) != set(wanted):
        raise ValueError(f"expected the fields {', '.join(wanted)} of {name}, got {own!s:.80}")
    found = {field: restore(kind, own[field], tensors) for field, kind in wanted.items()}
    models = found.get("models_") or (found["model_"],)
    outputs = 1
    if name == "KANClassifier":
        classes = _restore_classes(config.get("classes"))
        outputs = len(classes) if len(classes) > 2 else 1
        found["classes_"] = classes if found["_single"] else np.stack([classes] * len(models))
    elif name == "KANSurvival":
        _check_times(found["edges_"], found["event_times_"])
    lists = [field for field in LISTS if field in found]
    if {len(found[field]) for field in lists} - {len(models)}:
        raise ValueError(f"expected {', '.join(lists)} of {len(models)} targets")
    _check_columns(found)
    for model in models:
        check_model(model, found["schema_"])
        if model.coef.shape[1] != outputs:
            raise ValueError(f"expected {outputs} outputs, got {model.coef.shape[1]}")
    for field in lists:
        found[field] = list(found[field])
    names = found.pop("feature_names_in_")
    if names is not None:
        found["feature_names_in_"] = np.array(names, dtype=object)
    edits = found.pop("edits_")
    vars(estimator).update(found, edits_=(), _unedited=(list(models), found["summary_"]))
    return estimator._replay(edits) if edits else estimator


def _add_labels(own: dict[str, Any]) -> dict[str, Any]:
    """The fields of a file from before a classifier could have several labels."""
    if "model_" not in own:
        return own
    known = {field: value for field, value in own.items() if field not in ("model_", "scores_")}
    known |= {"models_": [own["model_"]], "scores_": [own.get("scores_")]}
    return known | {"_single": True, "_names": ["y"]}


def _add_losses(own: dict[str, Any]) -> dict[str, Any]:
    """The fields of a file from before there were losses other than squared errors."""
    models = own.get("models_")
    if "losses_" in own or not isinstance(models, list):
        return own
    try:
        links = [one["fields"]["link"] for one in models]
    except (KeyError, TypeError) as error:
        raise ValueError(f"expected models with a link, got {models!s:.80}") from error
    losses = [{"kind": Gaussian.__name__, "fields": {"link": link}} for link in links]
    return {**own, "losses_": losses}


def _check_times(edges: Array, times: Array) -> None:
    rising = edges.ndim == 1 and len(edges) > 1 and bool(np.all(np.diff(edges) > 0))
    if not rising or not len(times) or not edges[0] < times.min() <= times.max() <= edges[-1]:
        raise ValueError(f"expected rising times, got {edges!s:.80} and {times!s:.80}")


def _check_columns(found: dict[str, Any]) -> None:
    names, known = found["schema_"].names, found["feature_names_in_"]
    given = found["n_features_in_"] + bool(found.get("appended_"))
    counts = {len(names), len(found["seen_"]), len(found["schema_"].sources)}
    counts |= {given + len(names) - len(found["schema_"].table)}
    if len(counts) > 1 or (known is not None and len(known) != found["n_features_in_"]):
        raise ValueError(f"expected as much about every column, got {sorted(counts)}")
    table = found["schema_"].table[: found["n_features_in_"]]
    if known is not None and tuple(known) != tuple(table):
        raise ValueError(f"expected the same names of columns twice, got {known} and {table}")


def _restore_plain(config: Any) -> Any:
    """Numbers, texts, lists and mappings of arguments."""
    if isinstance(config, dict):
        return {_restore_plain(k): _restore_plain(v) for k, v in _list(config, "mapping")}
    if isinstance(config, list):
        return [_restore_plain(each) for each in config]
    return config


def _restore_classes(config: Any) -> Any:
    kind, size, labels = config
    if kind not in ("b", "i", "u", "f", "U", "O") or not isinstance(labels, list):
        raise ValueError(f"expected labels of classes, got {config!s:.80}")
    if len(labels) < 2 or not all(isinstance(v, (bool, int, float, str)) for v in labels):
        raise ValueError(f"expected at least two numbers or texts as classes, got {labels!s:.80}")
    if kind in "OU":
        return np.array(labels, dtype=object if kind == "O" else str)
    return np.array(labels, dtype=f"{kind}{int(size)}")

"""The file format: what goes in comes out, and nothing else goes in."""

import json
import math
import resource
import signal

import pytest
import torch
from safetensors.torch import save_file

import edgewise as ew
from edgewise.training import checkpoint

STATE = {
    "none": None,
    "numbers": [True, 0, -(2**70), 0.1, math.inf, -math.inf, 5e-324],
    "pair": (1, (2.5, "σ")),
    "state": {0: {"step": torch.tensor(3.0)}, "0": {"step": torch.tensor(4.0)}},
    "empty": [{}, [], (), ""],
    "dict": {"tensor": "not a tensor", "tuple": [1]},
    "tensors": [torch.arange(6).reshape(2, 3).T, torch.zeros(0, 2), torch.ones(2).bfloat16()],
    "bytes": torch.tensor([1, 255], dtype=torch.uint8),
}


def equal(a, b):
    if isinstance(a, torch.Tensor):
        return isinstance(b, torch.Tensor) and a.dtype == b.dtype and torch.equal(a, b)
    if isinstance(a, dict):
        return list(a) == list(b) and all(equal(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(equal, a, b))
    return type(a) is type(b) and a == b


def test_round_trip(tmp_path):
    checkpoint.save(STATE, tmp_path)
    assert equal(checkpoint.load(tmp_path), STATE)
    checkpoint.save({"nan": math.nan}, tmp_path)
    assert math.isnan(checkpoint.load(tmp_path)["nan"])


def test_tied_tensors_are_saved_as_they_are(tmp_path):
    shared = torch.arange(4.0)
    checkpoint.save({"a": shared, "b": shared[1:]}, tmp_path)
    assert equal(checkpoint.load(tmp_path), {"a": shared, "b": shared[1:]})


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"a": [{"b": {1, 2}}]}, "at '/a/0/b', got set"),
        ({"a": torch.float32}, "at '/a', got dtype"),
        ({"a": {1.5: 2}}, "at '/a', got float"),
    ],
)
def test_other_types_are_refused_and_the_old_file_stays(tmp_path, state, message):
    checkpoint.save(STATE, tmp_path)
    with pytest.raises(TypeError, match=message):
        checkpoint.save(state, tmp_path)
    assert equal(checkpoint.load(tmp_path), STATE)


def test_no_file_is_no_checkpoint(tmp_path):
    assert checkpoint.load(tmp_path) is None


def test_a_full_disk_is_an_oserror_and_the_earlier_file_stays(tmp_path):
    checkpoint.save({"a": torch.zeros(3)}, tmp_path)
    before = (tmp_path / checkpoint.FILE_NAME).read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
        with pytest.raises(OSError, match="make room and resume"):
            checkpoint.save({"a": torch.ones(3000)}, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [before]


@pytest.mark.parametrize("key", [None, 1.5, [1]])
def test_a_key_that_is_never_written_is_damage(tmp_path, key):
    """It would be refused at the next save, when the run has gone on for long."""
    checkpoint.save({"a": {"b": 1}}, tmp_path)
    path = tmp_path / checkpoint.FILE_NAME
    skeleton = {"dict": [["a", {"dict": [[key, 1]]}]]}
    save_file({}, path, metadata={checkpoint._KEY: json.dumps(skeleton)})
    with pytest.raises(ValueError, match="damaged content"):
        checkpoint.load(tmp_path)


@pytest.mark.parametrize("seconds", [torch.tensor(1.0), torch.ones(2), torch.ones(3, 1)])
def test_a_history_of_odd_columns_is_damage(tmp_path, seconds):
    x = torch.linspace(-1, 1, 9)[:, None]
    arguments = {"checkpoint_dir": tmp_path, "progress": False}
    ew.fit(ew.KAN([1, 1]), x, x, steps=3, **arguments)
    state = checkpoint.load(tmp_path)
    state["history"]["seconds"] = seconds.double()
    checkpoint.save(state, tmp_path)
    with pytest.raises(ValueError, match=r"does not fit this run .*different lengths"):
        ew.fit(ew.KAN([1, 1]), x, x, steps=5, resume=True, **arguments)


@pytest.mark.parametrize("count", [1, 5, 6, 9])
def test_the_first_five_misfits_are_named(count, tmp_path):
    model = torch.nn.Linear(1, 1)
    names = [f"other{k}" for k in range(count)]
    saved = model.state_dict() | {name: torch.zeros(1) for name in names}
    with pytest.raises(ValueError, match="does not fit") as raised:
        checkpoint.check_model(saved, model, tmp_path)
    assert [name in str(raised.value) for name in names] == [k < 5 for k in range(count)]

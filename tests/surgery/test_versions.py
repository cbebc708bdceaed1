"""A model's history: names, undo and branches, on disk and nowhere else."""

from __future__ import annotations

import json

import pytest
import torch

import edgewise as ew

X = torch.rand(40, 2, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def versions(tmp_path):
    found = ew.surgery.Versions(tmp_path / "history")
    found.add(ew.KAN([2, 4, 1], seed=torch.Generator().manual_seed(0)), "new")
    return found


def test_edits_undo_and_branches(versions):
    first = versions.load()
    pruned = versions.apply(ew.prune, X, edge_threshold=0.5)
    again = versions.apply(ew.prune, X, edge_threshold=0.9)
    assert [v.name for v in versions.entries()] == ["new", "prune", "prune-2"]
    assert torch.equal(versions.load()(X), again(X))
    assert torch.equal(versions.undo()(X), pruned(X))
    assert torch.equal(versions.undo()(X), first(X))
    fixed = versions.apply(ew.surgery.fix_edge, (0, 0, 0), "sin", X, name="a sine")
    assert [v.parent for v in versions.entries()] == [None, "new", "prune", "new"]
    assert versions.entries()[1].note == "prune(Tensor(40, 2), edge_threshold=0.5)"
    assert torch.equal(versions.checkout("prune-2")(X), again(X))
    assert versions.current == "prune-2"
    other = ew.surgery.Versions(versions.folder)  # another process, another day
    assert other.current == "prune-2"
    assert torch.equal(other.load("a sine")(X), fixed(X))
    assert str(other).splitlines()[2].startswith("* │  └─ prune-2")


def test_what_is_loaded_is_a_copy(versions):
    model = versions.load()
    ew.fit(model, X, X[:, :1], steps=2, progress=False)
    assert not torch.equal(versions.load()(X), model(X))
    versions.add(model, "trained", "two steps")
    assert torch.equal(ew.surgery.Versions(versions.folder).load()(X), model(X))


def test_two_histories_know_nothing_of_each_other(versions, tmp_path):
    other = ew.surgery.Versions(tmp_path / "other")
    assert other.current is None
    assert str(other) == ""
    assert not (tmp_path / "other").exists()
    other.add(versions.load(), "new")
    versions.apply(ew.surgery.expand_depth)
    assert other.current == "new"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda v: v.add(v.load(), "new"), ValueError, "which is taken"),
        (lambda v: v.add(v.load(), " "), ValueError, "1 to 200 letters"),
        (lambda v: v.add(v.load(), "a\nb"), ValueError, "in one line"),
        (lambda v: v.add(v.load(), "\ud800"), ValueError, "in one line"),
        (lambda v: v.apply(ew.prune, X, name=""), ValueError, "1 to 200 letters"),
        (lambda v: v.add(torch.nn.Linear(1, 1), "a"), ValueError, "expected a KAN"),
        (lambda v: v.checkout("old"), ValueError, r"\('new'\), got 'old'"),
        (lambda v: v.undo(), ValueError, "the first one"),
        (lambda v: v.apply(ew.attribute, X), TypeError, "returns Attribution"),
    ],
)
def test_what_is_refused(versions, call, error, message):
    with pytest.raises(error, match=message):
        call(versions)
    assert [v.name for v in versions.entries()] == ["new"]
    assert versions.current == "new"


@pytest.mark.parametrize(
    "damage", ["", "[]", '{"current": "a"}', "{", '{"current": 1, "versions": []}']
)
def test_a_damaged_index(versions, damage):
    index = versions.folder / "versions.json"
    whole = json.loads(index.read_text())
    index.write_text(damage)
    with pytest.raises(ValueError, match="damaged"):
        versions.load()
    whole["versions"][0]["file"] = "../elsewhere"
    index.write_text(json.dumps(whole))
    with pytest.raises(ValueError, match="damaged"):
        ew.surgery.Versions(versions.folder)


def entry(name="a", parent=None, note="", file="0000.safetensors"):
    return {"name": name, "parent": parent, "note": note, "file": file}


@pytest.mark.parametrize(
    "entries",
    [
        [entry(name=3)],
        [entry(note={})],
        [entry(file="..")],
        [entry(file="")],
        [entry(file="versions.json")],
        [entry(file="../a.safetensors")],
        [entry(parent="a")],
        [entry(), entry("b", "c", file="1"), entry("c", "b", file="2")],
        [entry(), entry("b", "a")],
        [entry(), entry(file="1")],
    ],
)
def test_an_index_that_cannot_be(entries, tmp_path):
    content = {"current": entries[0]["name"], "versions": entries}
    (tmp_path / "versions.json").write_text(json.dumps(content))
    with pytest.raises(ValueError, match="a damaged one"):
        ew.surgery.Versions(tmp_path)


def test_a_folder_in_the_place_of_the_index(tmp_path):
    (tmp_path / "versions.json").mkdir()
    with pytest.raises(ValueError, match="a damaged one"):
        ew.surgery.Versions(tmp_path)


def test_a_long_history_is_told(tmp_path):
    """Longer than Python's calls may be deep, and each version in one line."""
    count = 3000
    entries = [
        entry(f"v{k}", f"v{k - 1}" if k else None, "two\nlines", f"{k:04}.safetensors")
        for k in range(count)
    ]
    content = {"current": "v7", "versions": entries}
    (tmp_path / "versions.json").write_text(json.dumps(content))
    lines = str(ew.surgery.Versions(tmp_path)).splitlines()
    assert len(lines) == count
    assert [k for k, line in enumerate(lines) if line.startswith("*")] == [7]


def test_models_without_an_index_are_not_overwritten(versions):
    """Somebody deleted the index, or a process was killed before it wrote it."""
    (versions.folder / "versions.json").unlink()
    content = (versions.folder / "0000.safetensors").read_bytes()
    again = ew.surgery.Versions(versions.folder)
    again.add(ew.KAN([2, 1]), "other")
    assert (versions.folder / "0000.safetensors").read_bytes() == content
    assert again.load().widths == [2, 1]


def test_going_back_loses_nothing_that_another_process_adds(versions, monkeypatch):
    """Neither writes while the other reads and writes."""
    versions.apply(ew.surgery.expand_depth)
    other = ew.surgery.Versions(versions.folder)
    entries = versions.entries

    def read_slowly():
        found = entries()
        with pytest.raises(ValueError, match="another process is writing: try again"):
            other.add(versions.load(), "meanwhile")
        return found

    monkeypatch.setattr(versions, "entries", read_slowly)
    versions.undo()
    other.add(versions.load(), "later")
    assert [v.name for v in entries()] == ["new", "expand_depth", "later"]


def test_notes_are_texts_that_files_can_hold(versions):
    versions.add(versions.load(), "noted", "\ud800")
    assert versions.entries()[-1].note == "\\ud800"

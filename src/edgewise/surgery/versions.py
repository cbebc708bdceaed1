"""Versions of a model in a folder: what was done to it, how to go back, and branches."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from torch import nn

from edgewise._checks import quote
from edgewise._files import check_regular, hold_lock, write_text
from edgewise.models import io
from edgewise.symbolic.network import SymbolicKAN  # noqa: F401  registers itself

INDEX, LOCK = "versions.json", "versions.lock"
LONGEST_NAME = 200


@dataclass(frozen=True)
class Version:
    """One version of a model.

    Attributes:
        name: no two in a folder have the same.
        parent: the name of the version that it was made from; None for one that was there first.
        note: what was done, in words.
        file: in the folder.

    Example:
        >>> import tempfile, edgewise as ew
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     versions = ew.surgery.Versions(folder)
        ...     model = versions.add(ew.KAN([2, 5, 1]), "new")
        ...     wider = versions.apply(ew.surgery.expand_width, 1, 2, name="wider")
        ...     last = versions.entries()[-1]
        >>> last.name, last.parent, last.note
        ('wider', 'new', 'expand_width(1, 2)')
    """

    name: str
    parent: str | None
    note: str
    file: str


class Versions:
    """The history of a model's edits, in a folder: versions with names, undo and branches.

    Each version is a file of :func:`edgewise.save`, and stays what it is. One of them is current;
    what is added comes after it, so that a step back and another edit make a branch. All of that
    is in the folder: another process, or another day, goes on where this one was.

    Args:
        folder: is made if it isn't there; nothing outside of it is written.

    Raises:
        ValueError: if its index is damaged.

    Example:
        >>> import tempfile, torch, edgewise as ew
        >>> versions = ew.surgery.Versions(tempfile.mkdtemp())
        >>> model = versions.add(ew.KAN([2, 5, 1]), "new")
        >>> wider = versions.apply(ew.surgery.expand_width, 1, 2)
        >>> versions.undo().widths
        [2, 5, 1]
        >>> deeper = versions.apply(ew.surgery.expand_depth)
        >>> print(versions)
          new
          ├─ expand_width: expand_width(1, 2)
        * └─ expand_depth: expand_depth()
        >>> versions.checkout("expand_width").widths
        [2, 7, 1]
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self._read()

    @property
    def current(self) -> str | None:
        """The name of the version that the next one comes after; None while there is none."""
        return self._read()[0]

    def entries(self) -> list[Version]:
        """All versions, the first one first."""
        return self._read()[1]

    def add(self, model: Any, name: str, note: str = "") -> Any:
        """Keep a model as a version after the current one, and make it current; returns the model.

        Raises:
            ValueError: if the name is taken, empty or longer than 200 letters, the note is no text,
                or the model can't be saved.
        """
        self._check_name(name)
        if not isinstance(note, str):
            raise ValueError(f"Versions expected a note as a text, got {quote(note)}")
        note = note.encode("utf-8", "backslashreplace").decode()
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            current, known = self._read()
            if name in {v.name for v in known}:
                raise ValueError(
                    f"Versions expected a new name, got {name!r}, which is taken: choose another"
                )
            file = self._free_file()
            io.save(model, self.folder / file)
            self._write(name, [*known, Version(name, current, note, file)])
        return model

    def apply(
        self, edit: Callable[..., Any], *arguments: Any, name: str | None = None, **settings: Any
    ) -> Any:
        """Keep ``edit(current model, …)`` as the next version, and return it.

        Args:
            edit: a function from a model to a new one, such as ``ew.prune``.
            arguments, settings: what it is called with behind the model.
            name: of the version; None takes that of the function, with a number if it is taken.

        Raises:
            ValueError: if there is no current version, or as :meth:`add` does.
            TypeError: if what comes back is no model.
        """
        model = edit(self.load(), *arguments, **settings)
        called = getattr(edit, "__name__", "edit")
        if not isinstance(model, nn.Module):
            raise TypeError(
                f"Versions.apply expected a function that returns a model, got {called}, which "
                f"returns {type(model).__name__}: take model = versions.load(), call it, and keep "
                "the model by versions.add(model, name)"
            )
        told = [_tell(a) for a in arguments] + [f"{k}={_tell(v)}" for k, v in settings.items()]
        name = self._free_name(called) if name is None else name
        return self.add(model, name, f"{called}({', '.join(told)})")

    def load(self, name: str | None = None) -> Any:
        """The model of a version, of the current one without a name; nothing else changes.

        Raises:
            ValueError: if there is no such version.
        """
        return io.load(self.folder / self._find(name).file)

    def checkout(self, name: str) -> Any:
        """The model of a version, which becomes the current one: what is added next is a branch.

        Raises:
            ValueError: if there is no such version.
        """
        found = self._find(name)
        model = io.load(self.folder / found.file)
        with self._alone():  # what another process adds meanwhile stays
            self._write(found.name, self.entries())
        return model

    def undo(self) -> Any:
        """The model before the last edit, which becomes the current one; the edit stays on file.

        Raises:
            ValueError: if the current version is the first one.
        """
        found = self._find(None)
        if found.parent is None:
            raise ValueError(
                f"Versions.undo expected a version that was made from another, got {found.name!r}, "
                "the first one"
            )
        return self.checkout(found.parent)

    def __str__(self) -> str:
        current, known = self._read()
        children: dict[str | None, list[Version]] = {}
        for version in known:
            children.setdefault(version.parent, []).append(version)
        lines: list[str] = []
        todo = [(version, "", "", "") for version in reversed(children.get(None, []))]
        while todo:  # a history may be longer than calls may be deep
            version, before, own, below = todo.pop()
            mark = "*" if version.name == current else " "
            note = f": {version.note}" if version.note else ""
            told = " ".join(f"{version.name}{note}".splitlines())
            lines.append(f"{mark} {before}{own}{told}")
            after = children.get(version.name, [])
            for k, child in reversed(list(enumerate(after))):
                ends = ("└─ ", "   ") if k == len(after) - 1 else ("├─ ", "│  ")
                todo.append((child, before + below, *ends))
        return "\n".join(lines)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A block in which no other process writes the folder; raises ValueError if one does."""
        with hold_lock(self.folder / LOCK) as alone:
            if not alone:
                raise ValueError(
                    f"Versions expected {self.folder} for itself while it writes, got a folder "
                    "that another process is writing: try again"
                )
            yield

    def _free_file(self) -> str:
        """A name behind those of all models that are there, in the index or not."""
        taken = [p.stem for p in self.folder.glob("*.safetensors")]
        return f"{max((int(s) for s in taken if s.isdecimal()), default=-1) + 1:04}.safetensors"

    def _find(self, name: Any) -> Version:
        current, known = self._read()
        wanted = current if name is None else name
        for version in known:
            if version.name == wanted:
                return version
        names = ", ".join(repr(v.name) for v in known) or "none yet: add(model, name) makes one"
        raise ValueError(f"Versions expected the name of a version ({names}), got {name!r:.80}")

    def _free_name(self, name: str) -> str:
        taken = {v.name for v in self.entries()}
        names = chain([name], (f"{name}-{k}" for k in count(2)))
        return next(free for free in names if free not in taken)

    def _check_name(self, name: Any) -> None:
        plain = isinstance(name, str) and name.strip() and name.isprintable()
        if not plain or len(name) > LONGEST_NAME:
            raise ValueError(
                f"Versions expected a name of 1 to {LONGEST_NAME} letters in one line, got "
                f"{name!r:.80}"
            )

    def _read(self) -> tuple[str | None, list[Version]]:
        path = self.folder / INDEX
        if not path.exists():
            return None, []
        try:
            check_regular(path)
            found = json.loads(path.read_text(encoding="utf-8"))
            known = [Version(**entry) for entry in found["versions"]]
            _check_versions(known)
            if found["current"] not in {v.name for v in known}:
                raise ValueError("a current version that isn't there")
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise ValueError(
                f"Versions expected its own index in {path}, got a damaged one ({error}): the "
                "models beside it are whole, edgewise.load reads them"
            ) from error
        return found["current"], known

    def _write(self, current: str, known: list[Version]) -> None:
        content = {"current": current, "versions": [asdict(v) for v in known]}
        write_text(self.folder / INDEX, json.dumps(content, ensure_ascii=False, indent=1))


def _check_versions(known: list[Version]) -> None:
    """Raise ValueError unless each has a name and a file of its own, behind what it came from."""
    names: set[str | None] = {None}
    files: set[str] = set()
    for v in known:
        texts = all(isinstance(t, str) for t in (v.name, v.note, v.file))
        if not texts or v.name in names or v.parent not in names:
            raise ValueError(f"a version {v.name!r:.80} from {v.parent!r:.80}")
        if v.file in files or Path(v.file).name != v.file or v.file in ("", "..", INDEX, LOCK):
            raise ValueError(f"a file {v.file!r:.80} of the version {v.name!r:.80}")
        names.add(v.name)
        files.add(v.file)


def _tell(value: Any) -> str:
    """An argument in a note: numbers and texts as they are, tables by their shape."""
    shape = getattr(value, "shape", None)
    if shape is not None:
        return f"{type(value).__name__}{tuple(shape)}"
    return repr(value) if len(repr(value)) <= 60 else type(value).__name__

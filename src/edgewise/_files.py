"""Files that are whole or absent: every file that the package writes goes through here."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_ABANDONED = 3600.0
"""Seconds since the last change after which a part belongs to a run that was killed."""


@contextmanager
def replace_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield the name of an empty file beside ``path``, which takes its place once the block ends.

    A reader, another process and a crash see the old file or the new one, never half of either.
    An existing file's permissions are kept, and where ``path`` is a link, what it points to is
    written. A pipe or a device can't be replaced and is written to directly. Parts that a killed
    process left beside ``path`` are taken away an hour later, by the next that writes there.

    Raises:
        ValueError: ``path`` is a folder, or empty.
        FileNotFoundError: the folder of ``path`` doesn't exist.
        OSError: whatever the block or the disk raises, about ``path``, which is as it was.
    """
    target = Path(os.path.realpath(path))
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and stat.S_ISDIR(mode):
        got = f"the folder {target}" if os.fspath(path) else "an empty name"
        raise ValueError(f"expected a file to write, got {got}: add a name such as model")
    if mode is not None and not stat.S_ISREG(mode):
        with _name_in_errors(path, target):
            yield target
        return
    if not target.parent.is_dir():
        raise FileNotFoundError(
            f"expected a folder {target.parent} to write {target.name} into, found none: create it"
        )
    remove_parts(target, older_than=_ABANDONED)
    # The ending stays, because some writers choose the format by it.
    temporary = target.with_name(f"{_part_prefix(target)}{uuid.uuid4().hex}.part{target.suffix}")
    try:
        with _name_in_errors(path, temporary):
            # Nobody else may read what will replace a private file, not even for a moment.
            rights = 0o666 if mode is None else 0o600
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL, rights))
            yield temporary
            _flush_to_disk(temporary)
            if mode is not None:
                temporary.chmod(stat.S_IMODE(mode))
            os.replace(temporary, target)
    finally:
        with suppress(OSError):  # it is gone when all went well
            temporary.unlink()
    if os.name == "posix":  # makes the new name itself durable; other systems can't open folders
        _flush_to_disk(target.parent)


@contextmanager
def _name_in_errors(path: str | os.PathLike[str], written: Path) -> Iterator[None]:
    """Name ``path`` in errors about what is written in its place, and of a full disk, which name
    no file."""
    try:
        yield
    except OSError as error:
        if error.errno is None or error.filename not in (None, os.fspath(written)):
            raise
        raise OSError(error.errno, error.strerror, os.fspath(path)) from error


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Write ``content`` to ``path``, all of it or nothing."""
    with replace_file(path) as temporary:
        temporary.write_bytes(content)


def write_together(contents: Mapping[str, bytes]) -> None:
    """Write several files by their paths: each is whole before the first takes its place."""
    with ExitStack() as parts:
        for path, content in contents.items():
            parts.enter_context(replace_file(path)).write_bytes(content)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write ``text`` to ``path`` in UTF-8, all of it or nothing."""
    write_bytes(path, text.encode("utf-8"))


def check_regular(path: Path) -> None:
    """Raise ValueError for a folder, and for a pipe or a device, which may have no end."""
    if path.is_dir():
        raise ValueError(f"expected a file at {path}, got a folder: name the file in it")
    if not path.is_file():
        raise ValueError(f"expected a file at {path}, got a pipe or a device: copy it to a file")


@contextmanager
def hold_lock(path: str | os.PathLike[str]) -> Iterator[bool]:
    """Yield whether the block has ``path`` for itself, among threads and processes alike.

    The file is there while somebody has it. The system takes the lock away from a process that
    ends, however it ends; a file system that knows no locks grants them to everyone.

    Raises:
        OSError: the file can't be made.
    """
    descriptor = _open_locked(Path(path))
    if descriptor is None:
        yield False
        return
    _held.add(descriptor)
    owner = os.getpid()
    try:
        yield True
    finally:
        if os.getpid() == owner:
            with suppress(OSError):  # Windows keeps files that are open
                os.unlink(path)
        _held.discard(descriptor)
        os.close(descriptor)


_held: set[int] = set()
"""Descriptors of the locks that this process has."""


def _forget_locks() -> None:
    """Give up the locks in a forked process: a worker may outlive its parent, not its locks."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_forget_locks)


def _open_locked(path: Path) -> int | None:
    """The descriptor of ``path`` with a lock on it, or None if another has that."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        if not _lock(descriptor):
            os.close(descriptor)
            return None
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                return descriptor
        os.close(descriptor)  # its last holder took the file away before we had the lock


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def remove_parts(path: str | os.PathLike[str], older_than: float = 0.0) -> None:
    """Take away what killed processes left behind while they wrote ``path``.

    Args:
        older_than: spare parts that were changed within so many seconds; 0 is for those who know
            that nobody else writes this file.
    """
    target = Path(os.path.realpath(path))
    name = re.compile(
        re.escape(_part_prefix(target)) + r"[0-9a-f]{32}\.part" + re.escape(target.suffix)
    )
    latest = time.time() - older_than
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            if name.fullmatch(entry.name):
                with suppress(OSError):  # another process may be clearing up, too
                    if entry.stat(follow_symlinks=False).st_mtime <= latest:
                        os.unlink(entry.path)


def _part_prefix(target: Path) -> str:
    return f".{target.stem[:40]}."


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

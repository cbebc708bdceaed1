"""Files that are whole or absent: every file that the package writes goes through here."""

from __future__ import annotations

import os
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replace_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield the name of an empty file beside ``path``, which takes its place once the block ends.

    A reader, another process and a crash see the old file or the new one, never half of either.
    An existing file's permissions are kept, and where ``path`` is a link, what it points to is
    written. A pipe or a device can't be replaced and is written to directly.

    Raises:
        FileNotFoundError: the folder of ``path`` doesn't exist.
        OSError: whatever the block or the disk raises; ``path`` is as it was.
    """
    target = Path(os.path.realpath(path))
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        yield target
        return
    if not target.parent.is_dir():
        raise FileNotFoundError(
            f"expected a folder {target.parent} to write {target.name} into, found none: create it"
        )
    # The ending stays, because some writers choose the format by it.
    temporary = target.with_name(f".{uuid.uuid4().hex}.part{target.suffix}")
    try:
        # Nobody else may read what will replace a private file, not even for a moment.
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600))
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


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Write ``content`` to ``path``, all of it or nothing."""
    with replace_file(path) as temporary:
        temporary.write_bytes(content)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write ``text`` to ``path`` in UTF-8, all of it or nothing."""
    write_bytes(path, text.encode("utf-8"))


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

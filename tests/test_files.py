"""A file that the package writes is whole or absent."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from edgewise._files import (
    hold_lock,
    remove_parts,
    replace_file,
    write_bytes,
    write_text,
    write_together,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_shows_before_the_block_ends(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    with replace_file(path) as temporary:
        temporary.write_text("new")
        assert path.read_text() == "old"
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".csv"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("existed", [True, False])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_what_was_there(tmp_path, existed, error):
    path = tmp_path / "a"
    if existed:
        path.write_text("old")
    with pytest.raises(error), replace_file(path) as temporary:  # noqa: PT012
        temporary.write_text("half of it")
        raise error
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"] * existed


def test_a_failed_rename_leaves_what_was_there(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    (tmp_path / "a").write_text("old")
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_text(tmp_path / "a", "new")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC])
def test_errors_of_the_system_name_the_file_and_not_its_part(tmp_path, monkeypatch, number):
    def fail(descriptor):  # a full disk doesn't say where, a forbidden folder says which part
        where = str(next(tmp_path.iterdir())) if number == errno.EACCES else None
        raise OSError(number, os.strerror(number), where)

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match=rf"{os.strerror(number)}: '{tmp_path / 'a'}'") as caught:
        write_text(tmp_path / "a", "new")
    assert (caught.value.errno, list(tmp_path.iterdir())) == (number, [])


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has none")
def test_a_full_device_is_named():
    with pytest.raises(OSError, match="No space left on device: '/dev/full'"):
        write_bytes("/dev/full", b"x")


def test_files_that_belong_together_are_all_new_or_all_old(tmp_path):
    new = {f"{tmp_path}/{name}": b"new" for name in "abc"}
    write_together(new)
    (tmp_path / "c").unlink()
    (tmp_path / "c").mkdir()
    with pytest.raises(ValueError, match="expected a file to write, got the folder"):
        write_together(dict.fromkeys(new, b"newer"))
    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"new"] * 2
    assert len(list(tmp_path.iterdir())) == 3


def test_two_writers_of_one_file_do_not_meet(tmp_path):
    path = tmp_path / "a"
    with replace_file(path) as first, replace_file(path) as second:
        assert first != second
        first.write_text("first")
        second.write_text("second")
    assert path.read_text() == "first"  # the outer block ends last
    assert list(tmp_path.iterdir()) == [path]


def test_it_is_on_the_disk_before_it_gets_its_name(tmp_path, monkeypatch):
    calls = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (calls.append("fsync"), fsync(fd)))
    monkeypatch.setattr(os, "replace", lambda *a: (calls.append("replace"), replace(*a)))
    write_bytes(tmp_path / "a", b"content")
    assert calls[:2] == ["fsync", "replace"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("bits", [0o600, 0o640, 0o666, 0o444])
def test_permissions_are_kept(tmp_path, bits):
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(bits)
    with replace_file(path) as temporary:
        assert mode(temporary) == 0o600
        temporary.write_text("new")
    assert (path.read_text(), mode(path)) == ("new", bits)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_permissions_of_a_new_file_are_the_usual_ones(tmp_path):
    (tmp_path / "usual").touch()
    write_text(tmp_path / "a", "new")
    assert mode(tmp_path / "a") == mode(tmp_path / "usual")


@pytest.mark.parametrize("dangling", [False, True])
def test_a_link_stays_a_link(tmp_path, dangling):
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "a"
    if not dangling:
        target.write_text("old")
    link = tmp_path / "link"
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert list((tmp_path / "folder").iterdir()) == [target]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to(tmp_path):
    pipe, received = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_bytes(pipe, b"content")
    reader.join(timeout=60)
    assert received == [b"content"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"expected a folder .*none.* to write a into"):
        write_text(tmp_path / "none" / "a", "new")


def test_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(ValueError, match="expected a file to write, got the folder"):
        write_text(tmp_path / "a", "new")
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_text_is_utf8_with_plain_ends_of_lines(tmp_path):
    write_text(tmp_path / "a", "σ\n")
    assert (tmp_path / "a").read_bytes() == "σ\n".encode()


def age(path: Path, seconds: float) -> None:
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def test_parts_of_killed_runs_go_and_those_of_living_ones_stay(tmp_path):
    path = tmp_path / "a.csv"
    with replace_file(path) as dead, replace_file(tmp_path / "b.csv") as other:
        dead.write_text("half of it")
        other.write_text("half of another")
        write_text(path, "new")
        assert dead.exists()  # it may be written at this moment
        age(dead, 4000)
        age(other, 4000)
        write_text(path, "newer")
        assert not dead.exists()
        assert other.exists()  # the part of another file
        dead.touch()
        remove_parts(path)
        assert not dead.exists()
        dead.touch()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_a_reader_never_sees_half_of_what_threads_write(tmp_path):
    path, texts, seen = tmp_path / "a", [str(k) * 20_000 for k in range(4)], set()
    write_text(path, texts[0])

    def write(text):
        for _ in range(25):
            write_text(path, text)

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        seen.add(path.read_text())
    assert seen <= set(texts)
    assert list(tmp_path.iterdir()) == [path]


HOLDER = """
import os, sys, time
from edgewise._files import hold_lock
with hold_lock(sys.argv[1]) as alone:
    worker = os.fork() if len(sys.argv) > 2 else None
    if not worker:
        print(alone, None if worker is None else os.getpid(), flush=True)
    time.sleep(120)
"""


def test_a_lock_is_held_once_and_leaves_nothing(tmp_path):
    path = tmp_path / "lock"
    for _ in range(2):
        with hold_lock(path) as first, hold_lock(path) as second:
            assert (first, second) == (True, False)
        assert not path.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("arguments", [(), ("fork",)])
def test_a_killed_process_gives_its_lock_back_and_its_workers_do_not_keep_it(tmp_path, arguments):
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, path, *arguments]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    granted, worker = holder.stdout.readline().split()
    try:
        assert granted == "True"
        with hold_lock(path) as alone:
            assert not alone
        holder.kill()
        holder.wait(timeout=60)
        with hold_lock(path) as alone:
            assert alone
    finally:
        holder.kill()
        holder.stdout.close()
        if worker != "None":
            os.kill(int(worker), signal.SIGKILL)


KILLED = """
import os, signal, sys
from pathlib import Path
import numpy as np
import edgewise as ew

folder = Path(sys.argv[1])
x = np.random.default_rng(0).normal(size=(60, 2))
tables = [ew.KANRegressor(cv=2).fit(x, f(x[:, 0])) for f in (np.sin, np.square)]
networks = [ew.KAN([2, 1], basis=ew.BSpline(4), seed=seed) for seed in (0, 1)]

def killed_at(number, save):
    "How a child ends that is killed before that call of what reaches the system."
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = number
    def count(frame, event, call):
        nonlocal left
        if event == "c_call" and call.__module__ in SYSTEM:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.setprofile(count)
    save()
    os._exit(0)

SYSTEM = {"posix", "_io", "io", "safetensors._safetensors_rust", "_safetensors_rust"}
for kind, (old, new) in {"table": tables, "network": networks}.items():
    path = folder / kind
    ew.save(new, path)
    after = path.read_bytes()
    ew.save(old, path)
    before = path.read_bytes()
    assert before != after
    seen = []
    while killed_at(len(seen), lambda: ew.save(new, path)):
        seen.append((before, after).index(path.read_bytes()))  # raises for anything else
        path.write_bytes(before)
    print(kind, len(seen), seen.count(0), seen.count(1))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are copies")
def test_a_save_killed_at_any_call_leaves_the_old_file_or_the_new(tmp_path, forks):
    out = forks.run("-c", KILLED, tmp_path)
    for line in out.splitlines():
        _, kills, old, new = line.split()
        assert int(kills) >= 10  # opened, written, flushed, renamed, …
        assert min(int(old), int(new)) > 0

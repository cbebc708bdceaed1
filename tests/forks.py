"""Programs in processes of their own, without the two seconds that importing torch takes each.

A server imports torch, and FSDP2 before the first two processes; every program runs in a child of
it. `conftest.py` has the fixture.
"""

import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

PARTS = ("out", "err")


class Forks:
    """Runs Python's files or lines of code; the server starts with the first of them."""

    def __init__(self):
        self._server = None

    def run(self, *command):
        """What a program printed: ``run(SCRIPT, ARGUMENT)`` or ``run("-c", CODE)``."""
        return self._run([command], [{}])[0]

    def run_two(self, *command):
        """Two processes as torchrun would start them, but for its own, which would import torch."""
        from torch.distributed import TCPStore

        store = TCPStore("127.0.0.1", 0, is_master=True, wait_for_workers=False)
        shared = {"WORLD_SIZE": 2, "LOCAL_WORLD_SIZE": 2, "MASTER_ADDR": "127.0.0.1"}
        shared |= {"MASTER_PORT": store.port, "TORCHELASTIC_RUN_ID": "tests"}
        shared |= {"TORCHELASTIC_USE_AGENT_STORE": True, "TORCHELASTIC_RESTART_COUNT": 0}
        return self._run([command] * 2, [shared | {"RANK": k, "LOCAL_RANK": k} for k in (0, 1)])

    def close(self):
        """End the server, and with it whatever still runs."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.communicate()
            self._server = None

    def _run(self, commands, environments):
        with tempfile.TemporaryDirectory() as folder:
            programs = [
                {
                    "command": [str(part) for part in command],
                    "environment": {name: str(value) for name, value in environment.items()},
                    "cwd": os.getcwd(),
                    "files": [f"{folder}/{k}.{part}" for part in PARTS],
                }
                for k, (command, environment) in enumerate(zip(commands, environments, strict=True))
            ]
            ended = self._ask(programs)
            texts = [[Path(file).read_text() for file in p["files"]] for p in programs]
        assert not any(ended), (ended, [text[-3000:] for _, text in texts])
        return [text for text, _ in texts]

    def _ask(self, programs):
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, __file__], text=True, start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                env=os.environ | {"OMP_NUM_THREADS": "1"},
            )  # fmt: skip
        try:
            print(json.dumps(programs), file=self._server.stdin, flush=True)
            return json.loads(self._server.stdout.readline())
        except BaseException:  # a time limit, too: the next answer would be this one's
            self.close()
            raise


def _become(program):
    """In the child: run the program to its end."""
    sys.stdin = open(os.devnull)  # noqa: SIM115
    for descriptor, file in enumerate(program["files"], start=1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
    os.environ.update(program["environment"])
    os.chdir(program["cwd"])
    first, *sys.argv = program["command"]
    if first == "-c":
        sys.path[0], code, sys.argv[0] = "", sys.argv[0], "-c"
        exec(code, {"__name__": "__main__"})
    else:
        sys.path[0] = str(Path(first).parent)
        sys.argv.insert(0, first)
        runpy.run_path(first, run_name="__main__")


def _fork(program):
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        _become(program)
        status = 0
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            print(end.code, file=sys.stderr)
        status = int(end.code or 0) if isinstance(end.code, int | None) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _serve():
    import torch

    for line in sys.stdin:
        programs = json.loads(line)
        if len(programs) > 1:
            import torch.distributed.fsdp  # noqa: F401  a second for each child
        children = [_fork(program) for program in programs]
        ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        print(json.dumps(ended), flush=True)


if __name__ == "__main__":
    _serve()

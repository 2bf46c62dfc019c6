"""A process in which files are parsed that nobody vouches for: with limits of memory and time, and replaceable.

It is started when first needed and used again, so that text files do not pay for it and a thousand others pay once. It
is no copy of the calling process (a script of a user need not guard its main part) and it ends with it. What kills it,
or takes too long, costs one document.
"""

import atexit
import json
import os
import pickle
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from ..errors import DocumentError, MissingExtraError, UnreadableError

# for one document: bytes of address space, seconds of processor time, seconds by the clock (the machine may be busy)
MEMORY = 2 * 1024 * 1024 * 1024
CPU_SECONDS = 60
SECONDS = 180
# after this many documents a new process is started, so that what libraries leak does not add up
USES = 2000
LENGTH = struct.Struct("<Q")
START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from zhengce.extract.readers.worker import serve; serve(*map(int, sys.argv[2:]))"
)
SPLIT_CURE = "It may be damaged or made to do harm; otherwise split it, or save it as plain text."
BROKEN_CURE = "It may be damaged: open it in the program that made it, save it anew, and build that."


class _Worker:
    """One process; `call` sends it a task and waits for the answer, no longer than the limit."""

    def __init__(self) -> None:
        limits = [str(MEMORY), str(CPU_SECONDS)]
        command = [sys.executable, "-c", START, json.dumps(sys.path), *limits]
        self.owner = os.getpid()
        self.left = USES
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def call(self, task: tuple[str, str, tuple[Any, ...]], name: str) -> tuple[str, Any]:
        """What became of the task: ("done", result), or why there is none."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.left -= 1
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(SECONDS, stop)
        timer.daemon = True
        timer.start()
        try:
            _send(self._process.stdin, task)
            answer: tuple[str, Any] = _receive(self._process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self.close()
            return ("late", None) if late.is_set() else ("ended", None)
        finally:
            timer.cancel()
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):  # what was not sent when it ended
                    pipe.close()
        self._process.wait()
        self.left = 0


_lock = threading.Lock()
_worker: _Worker | None = None


def call(module: str, function: str, name: str, *arguments: Any) -> Any:
    """Call a function of a module of ours in the worker process; `name` is the file's, for errors.

    Raises the DocumentError that the function raises, and one that says what happened where it took too long, needed
    too much memory, ended the process or failed otherwise.
    """
    global _worker
    with _lock:
        if _worker is None or _worker.left <= 0 or _worker.owner != os.getpid():
            close(forked=_worker is not None and _worker.owner != os.getpid())
            _worker = _Worker()
        state, value = _worker.call((module, function, arguments), name)
        if state not in ("done", "error", "missing"):
            close()
    if state == "done":
        return value
    raise _error(state, value, name)


def _error(state: str, value: Any, name: str) -> DocumentError:
    """The error that a person is told."""
    if state == "error" and isinstance(value, DocumentError):
        return value
    if state == "missing":
        cure = f"Install it: pip install 'zhengce[{'parquet' if value == 'pyarrow' else 'readers'}]'."
        return MissingExtraError(name, f"needs a package that is not installed ({value}).", cure)
    problem = {
        "late": f"took longer to read than {SECONDS} seconds.",
        "memory": f"needs more than {MEMORY >> 20} MiB of memory to read.",
        "deep": "has parts within parts too deep to read.",
        "ended": f"ended the process that read it (more than {CPU_SECONDS} s of computing, or a fault of a library).",
    }.get(state)
    if problem:
        return UnreadableError(name, problem, SPLIT_CURE)
    return UnreadableError(name, f"is broken: its reader failed ({value}).", BROKEN_CURE)


def close(forked: bool = False) -> None:
    """End the worker process, if there is one; a process that a fork inherited is left to its owner."""
    global _worker
    if _worker is not None and not forked:
        _worker.close()
    _worker = None


atexit.register(lambda: close(forked=_worker is not None and _worker.owner != os.getpid()))


def run(module: str, function: str, arguments: tuple[Any, ...]) -> tuple[str, Any]:
    """Do a task in this process: ("done", result), or why there is none."""
    try:
        return "done", getattr(import_module(module), function)(*arguments)
    except DocumentError as error:
        return "error", error
    except ModuleNotFoundError as error:
        return "missing", str(error.name).partition(".")[0]
    except MemoryError:
        return "memory", None
    except RecursionError:
        return "deep", None
    except Exception as error:  # a reader that fails costs one document
        return "fault", f"{type(error).__name__}: {error}"


def serve(memory: int, cpu_seconds: int) -> None:
    """Answer tasks from standard input until it ends. What libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    _limit_memory(memory)
    while True:
        try:
            task = _receive(sys.stdin.buffer)
        except EOFError:
            return
        except MemoryError:
            _send(answers, ("memory", None))
            return
        _limit_time(cpu_seconds)
        _send(answers, run(*task))


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: only the clock limits
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ValueError, OSError):  # macOS does not take it
        return


def _limit_time(seconds: int) -> None:
    """Let the system end this process when it has computed so long from now on."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _send(stream: Any, value: Any) -> None:
    data = pickle.dumps(value, protocol=5)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: BinaryIO | Any) -> Any:
    size = stream.read(LENGTH.size)
    if len(size) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(size)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)

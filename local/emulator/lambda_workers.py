"""How long a function takes: when it prints nothing, and when it starts."""

import hashlib
import io
import os
import queue
import shutil
import tempfile
import threading
import time
import zipfile
from pathlib import Path

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from emulator.repair import Foreign, Function, replaces

END_OF_CALL = "\x1eend of call"
LONGEST_WAIT_SECONDS = 0.25
FIRST_CALL_SECONDS = 30

_AFTER_THE_HANDLER = """        _real_stdout.flush()

run()
"""
_MARKED = f"""        sys.stderr.write({END_OF_CALL!r} + chr(10))
        sys.stderr.flush()
{_AFTER_THE_HANDLER}"""

if lambda_runtime._PYTHON_WORKER_SCRIPT.count(_AFTER_THE_HANDLER) != 1:
    raise RuntimeError("ministack's Python worker has changed: emulator/lambda_workers.py must too")
lambda_runtime._PYTHON_WORKER_SCRIPT = lambda_runtime._PYTHON_WORKER_SCRIPT.replace(
    _AFTER_THE_HANDLER, _MARKED
)


@replaces(lambda_runtime.Worker, "_drain_stderr_bounded")
def log_ends_with_a_mark(
    drain: Function, worker: Foreign, *arguments: Foreign, **named: Foreign
) -> Foreign:
    """Each silent call waits 50 ms in case a log line is still on its way.

    Our worker says when it has written its last line, so there is nothing to wait for. A worker
    that died on the way never says so; then the longest wait is the original's.
    """
    if not worker.config.get("Runtime", "").startswith("python"):
        return drain(worker, *arguments, **named)
    lines: list[str] = []
    give_up_at = time.monotonic() + LONGEST_WAIT_SECONDS
    while (left := give_up_at - time.monotonic()) > 0:
        try:
            line = worker._stderr_queue.get(timeout=left)
        except queue.Empty:
            break
        text, mark, _ = line.partition(END_OF_CALL)
        if text:
            lines.append(text)
        if mark:
            break
    return "\n".join(lines)


@replaces(lambda_runtime.Worker, "_spawn")
def layers_are_unpacked_once(spawn: Function, worker: Foreign) -> Foreign:
    """Each worker unpacks every layer for itself: thousands of files, compiled anew each time.

    All workers import from one folder for each content, and what the first one compiled serves the
    others, as on a machine that AWS keeps warm. With EMULATOR_LAYERS they outlive the emulator.
    """
    original = worker.config
    attached = original.get("Layers") or []
    if not attached or not original.get("Runtime", "").startswith("python"):
        return spawn(worker)
    folders = [_unpacked(layer) for layer in attached]
    variables = (original.get("Environment") or {}).get("Variables") or {}
    found = {"_LAMBDA_LAYERS_DIRS": os.pathsep.join(folder for folder in folders if folder)}
    worker.config = original | {"Layers": [], "Environment": {"Variables": variables | found}}
    try:
        return spawn(worker)
    finally:
        worker.config = original


_folders: dict[str, str] = {}
_unpacking = threading.Lock()


def _unpacked(layer: Foreign) -> str | None:
    arn = layer if isinstance(layer, str) else layer.get("Arn", "")
    with _unpacking:
        if arn not in _folders:
            content = lambda_svc._resolve_layer_zip(layer)
            if content is None:
                return None
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                _folders[arn] = _folder_of(archive)
        return _folders[arn]


def _folder_of(archive: zipfile.ZipFile) -> str:
    parent = os.environ.get("EMULATOR_LAYERS") or tempfile.gettempdir()
    files = sorted((file.filename, file.CRC) for file in archive.infolist())
    folder = Path(parent) / hashlib.sha256(repr(files).encode()).hexdigest()
    if not folder.exists():
        unfinished = tempfile.mkdtemp(dir=parent)
        archive.extractall(unfinished)
        try:
            Path(unfinished).rename(folder)
        except OSError:  # another emulator was quicker
            shutil.rmtree(unfinished)
    os.utime(folder)  # in use: see the spring-cleaning in local_stack/emulator.py
    return str(folder)


@replaces(lambda_runtime.Worker, "invoke")
def first_call_has_time(
    invoke: Function, worker: Foreign, *arguments: Foreign, **named: Foreign
) -> Foreign:
    """A worker's first call compiles and loads, on a developer's busy machine, within Timeout.

    AWS has done that before it counts, or restores a snapshot of it.
    """
    if getattr(worker, "called_before", False):
        return invoke(worker, *arguments, **named)
    worker.called_before = True
    original = worker.config
    worker.config = original | {"Timeout": original.get("Timeout", 3) + FIRST_CALL_SECONDS}
    try:
        return invoke(worker, *arguments, **named)
    finally:
        worker.config = original

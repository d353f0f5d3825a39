"""What the Python peers have in common: reading the request, timing, and answering. See ../records.ts for the fields."""

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def answer_request(measure: Callable[[dict[str, Any], list[dict[str, Any]]], dict[str, Any]]) -> None:
    """Reads the request named first on the command line and writes the answer to the file named second."""
    request_file, result_file = map(Path, sys.argv[1:3])
    request = json.loads(request_file.read_text(encoding="utf-8"))
    prompts = json.loads(Path(request["prompts"]).read_text(encoding="utf-8"))[: request["count"]]
    result = {"planSeconds": None, "notes": []} | measure(request, prompts) | {"peakMemoryBytes": peak_memory_bytes()}
    result_file.write_text(json.dumps(result), encoding="utf-8")


def seconds_of(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_memory_bytes() -> int | None:
    """From /proc, because `getrusage` also counts what the parent held when it started this process."""
    try:
        found = re.search(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    except OSError:
        return None
    return int(found[1]) * 1024 if found else None

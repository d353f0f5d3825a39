"""Child processes whose output is passed on as it comes and kept for the case that they fail."""

import subprocess
from collections.abc import Callable

LAST_LINES = 15
KILLED = -9


def run(command: list[str], variables: dict[str, str] | None = None, on_line: Callable[[str], None] | None = None) -> str:
    """Runs a command and returns what it printed; ends the program with its last lines if it fails.

    If this program is interrupted, the command is ended with it.
    """
    lines: list[str] = []
    process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace")
    try:
        for line in process.stdout:
            lines.append(line)
            if on_line is not None:
                on_line(line.rstrip())
        status = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if status != 0:
        raise SystemExit(
            f"Running {_short(command)}: it ended with status {status}{_reason(status)}. Its last lines:\n{_last(lines)}\n"
            "Expected it to end without an error; what it was making is not kept."
        )
    return "".join(lines)


def _last(lines: list[str]) -> str:
    said = [line.rstrip() for line in lines if line.strip()]
    return "\n".join(f"  {line}" for line in said[-LAST_LINES:])


def _short(command: list[str]) -> str:
    return " ".join(word if len(word) < 200 else "..." for word in command)


def _reason(status: int) -> str:
    return ", killed, most likely because memory ran out" if status == KILLED else ""

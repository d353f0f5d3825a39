"""Versions of what exports were made with, for the cards."""

import platform

import environments


def versions() -> dict[str, object]:
    """Tool versions; those of the optimum exporter, where they differ, under `optimum`."""
    exporter, optimum = (
        dict(line.split("==") for line in environments.REQUIREMENTS[folder].read_text().split())
        for folder in (environments.EXPORTER, environments.OPTIMUM)
    )
    machine = f"{platform.system()} {platform.machine()}"
    return {"python": platform.python_version(), "machine": machine, **exporter, "optimum": optimum}

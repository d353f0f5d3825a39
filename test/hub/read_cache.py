"""What Python's huggingface_hub finds in a cache, or puts there: printed as JSON. Variables say where hub and cache are."""

import json
import sys
from pathlib import Path

import huggingface_hub


def contents(folder: str) -> dict[str, int]:
    root = Path(folder)
    return {
        str(path.relative_to(root)): path.stat().st_size
        for path in root.rglob("*")
        if path.is_file() and not path.name.startswith(".culture-lens-")
    }


what, repository = sys.argv[1:]
if what == "find":
    folder = huggingface_hub.snapshot_download(repository, local_files_only=True)
    one = huggingface_hub.hf_hub_download(repository, "model.onnx_data", local_files_only=True)
elif what == "fetch":
    folder = huggingface_hub.snapshot_download(repository, ignore_patterns=["*.png"])
    one = huggingface_hub.hf_hub_download(repository, "model.onnx_data")
else:
    raise SystemExit(f"expected find or fetch, not {what}")
print(
    json.dumps(
        {
            "version": huggingface_hub.__version__,
            "folder": folder,
            "one": one,
            "files": contents(folder),
            "isLink": Path(one).is_symlink(),
        }
    )
)

"""Makes tiny wheels for tests: python make_wheel.py FOLDER < [{"name", "version", "tag", "requires", "files": {path: text}}]"""

import json
import sys
import zipfile
from pathlib import Path

for wheel in json.load(sys.stdin):
    stem = f"{wheel['name'].replace('-', '_')}-{wheel['version']}"
    info = f"{stem}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {wheel['name']}", f"Version: {wheel['version']}"]
    metadata += ["Provides-Extra: cuda", "Provides-Extra: cudnn"]
    metadata += [f"Requires-Dist: {line}" for line in wheel["requires"]]
    with zipfile.ZipFile(Path(sys.argv[1]) / f"{stem}-{wheel['tag']}.whl", "w") as archive:
        archive.writestr(f"{info}/METADATA", "\n".join(metadata) + "\n")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {wheel['tag']}\n")
        archive.writestr(f"{info}/licenses/License.txt", "made for a test\n")
        archive.writestr(f"{info}/RECORD", "")
        for path, text in wheel["files"].items():
            archive.writestr(path, text)

"""Unpacks the shared libraries of a wheel, all into one folder, and its licences beside them; prints what it is and needs.

usage: unpack_wheel.py WHEEL FOLDER
prints: {"version": "...", "requires": ["name~=1.0; extra == \\"cuda\\"", ...]}
"""

import json
import re
import shutil
import sys
import zipfile
from email.parser import Parser
from pathlib import Path, PurePosixPath

# The provider of onnxruntime, and the libraries of NVIDIA's packages: nvidia/<part>/lib/<name>.so.<version>.
LIBRARY = re.compile(r"onnxruntime/capi/libonnxruntime_providers_(shared|cuda)\.so|nvidia/.+/lib/[^/]+\.so[.\d]*")
LICENCE = re.compile(r"(licen[cs]e|notice|thirdparty)", re.IGNORECASE)
METADATA = re.compile(r"[^/]+\.dist-info/METADATA")


def main(wheel: Path, folder: Path) -> None:
    metadata = ""
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            name = PurePosixPath(member.filename).name
            if LIBRARY.fullmatch(member.filename):
                unpack(archive, member, folder / "lib" / name)
            elif name and LICENCE.match(name):
                unpack(archive, member, folder / "licences" / wheel.name.split("-")[0] / name)
            elif METADATA.fullmatch(member.filename):
                metadata = archive.read(member).decode("utf-8")
    fields = Parser().parsestr(metadata)
    print(json.dumps({"version": fields["Version"], "requires": fields.get_all("Requires-Dist", [])}))


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as packed, path.open("xb") as unpacked:
        shutil.copyfileobj(packed, unpacked, 1 << 20)


main(Path(sys.argv[1]), Path(sys.argv[2]))

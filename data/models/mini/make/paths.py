"""Where things lie."""

from pathlib import Path

MAKE = Path(__file__).resolve().parent
MINI = MAKE.parent
DATA = MINI.parent.parent
READINGS = DATA / "readings" / "mini"
WORK = MAKE / ".work"  # checkpoints; git-ignored

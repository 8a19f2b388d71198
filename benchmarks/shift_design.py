"""TU Wien shift design: `python -m benchmarks.shift_design FOLDER` with the .dzn files."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from scheduling.design import design, read_design


def main(folder: Path) -> None:
    shown = Table("instance", "cost", "bound", "shifts", "CPU s")
    for path in sorted(folder.glob("*.dzn")):
        begun = time.process_time()
        found = design(read_design(path))
        shown.add_row(path.stem, f"{found.cost:g}", f"{found.bound:g}", str(len(found.duties)), f"{time.process_time() - begun:.1f}")
    Console().print(shown)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

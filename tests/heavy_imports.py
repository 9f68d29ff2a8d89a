"""What a command imports: questions must be answered at once, without the libraries that build and publish."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HEAVY = frozenset({"pandas", "pyarrow", "dbt", "dagster", "great_expectations", "matplotlib"})
_ROOT = Path(__file__).parents[1]


def heavy_imports_of(arguments: Sequence[str], home: Path, also: frozenset[str] = frozenset()) -> str:
    """Run a command in a process of its own; returns the heavy modules it loaded, as a printed list."""
    program = (
        "import sys\n"
        "from orchestration.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    pass\n"
        f"print(sorted({set(HEAVY | also)!r} & sys.modules.keys()), file=sys.stderr)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=_ROOT,
        env={**os.environ, "TAIZHANG_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in answer.stderr
    return answer.stderr.splitlines()[-1]

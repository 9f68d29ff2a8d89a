"""A how-to document as a clerk of the data team follows it: its shell blocks, run word for word in an empty folder.

Belongs here: finding and running the blocks. Does not belong here: what must come out of them (the tests).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


class FollowedDocument:
    """The blocks of one document, run in their order; `campaigns` of the project lies in the folder."""

    def __init__(self, name: str, folder: Path) -> None:
        text = (ROOT / "docs" / "how-to" / name).read_text(encoding="utf-8")
        self.folder = folder
        self._blocks = iter(re.findall(r"^```sh\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE))
        (folder / "campaigns").symlink_to(ROOT / "campaigns", target_is_directory=True)
        own_commands = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        known = {name: value for name, value in os.environ.items() if not name.startswith("TAIZHANG")}
        self._environment = {**known, "PATH": own_commands, "TAIZHANG_HOME": str(folder / "data")}

    def follow(self, until: str) -> str:
        """Run block after block up to the one that holds `until`; returns what that one printed."""
        for block in self._blocks:
            answer = subprocess.run(
                ["bash", "-e", "-c", block],
                cwd=self.folder,
                env=self._environment,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            assert answer.returncode == 0, f"{block}\n{answer.stdout}\n{answer.stderr}"
            if until in block:
                return answer.stdout
        raise AssertionError(f"no block holds {until!r}")

"""The parsed project on disk is shared by every process of an installation."""

import json
import logging
import subprocess
import sys
from pathlib import Path

from orchestration.building.dbt_parse import manifest_file, parsed_project
from orchestration.home import Home

ROOT = Path(__file__).parents[3]
PARSE = """
import sys
from pathlib import Path
from orchestration.building.dbt_parse import parsed_project
from orchestration.home import Home
print(len(parsed_project(Home(Path(sys.argv[1]))).nodes))
"""


def test_who_reads_the_manifest_has_a_whole_one_while_another_process_parses(tmp_path: Path) -> None:
    """dbt itself writes in place, under the eyes of a web server that reads."""
    home = Home(tmp_path / "home").prepare()
    kept = manifest_file(home)
    with kept.open(encoding="utf-8") as reading:
        first = reading.read(1000)
        parsed = subprocess.run(
            [sys.executable, "-c", PARSE, str(home.root)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        old, new = json.loads(first + reading.read()), json.loads(kept.read_text(encoding="utf-8"))
    assert len(old["nodes"]) == len(new["nodes"]) == int(parsed.stdout)
    assert old["metadata"]["invocation_id"] != new["metadata"]["invocation_id"]


def test_dbt_leaves_no_log_open(tmp_path: Path) -> None:
    """An open dbt.log is reported when it is collected, in the middle of whatever runs then."""
    home = Home(tmp_path / "home").prepare()
    parsed_project(home)
    kept = [handler() for handler in logging._handlerList]
    files = [
        handler for handler in kept if isinstance(handler, logging.FileHandler) and "dbt.log" in handler.baseFilename
    ]
    assert files
    assert [handler.baseFilename for handler in files if handler.stream is not None] == []

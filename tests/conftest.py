"""What holds for all tests: how `make test` shares them out between processes, and that none of them is timed.

What is dear to build is built once in the whole run.
"""

from __future__ import annotations

import os
from pathlib import PurePosixPath

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from orchestration.receiving import QUIET_VARIABLE

os.environ[QUIET_VARIABLE] = "0"  # nobody is still copying the files of a test

# A busy machine makes a property no less true.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


class ByWhatIsBuilt(LoadScopeScheduling):
    """A file stays in one process, for what its module builds; so does a folder of tests/pipeline, for its conftest."""

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.partition("::")[0])
        return str(file.parent if file.parent.parent.name == "pipeline" else file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByWhatIsBuilt:
    config.option.loadscopereorder = False  # the order of testpaths: the long files of tests/pipeline first
    return ByWhatIsBuilt(config, log)

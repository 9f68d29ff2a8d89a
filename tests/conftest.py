"""How `make test` shares the tests out between processes: what is dear to build is built once in the whole run."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from xdist.scheduler import LoadScopeScheduling


class ByWhatIsBuilt(LoadScopeScheduling):
    """A file stays in one process, for what its module builds; so does a folder of tests/pipeline, for its conftest."""

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.partition("::")[0])
        return str(file.parent if file.parent.parent.name == "pipeline" else file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByWhatIsBuilt:
    config.option.loadscopereorder = False  # the order of testpaths: the long files of tests/pipeline first
    return ByWhatIsBuilt(config, log)

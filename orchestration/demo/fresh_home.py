"""A fresh home for a demo, with a notice that nothing in it is real.

Belongs here: making it, and removing an earlier demo and nothing else. Does not belong here: what the demo does in it
(run.py, office_run.py).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.errors import PlainError

if TYPE_CHECKING:
    from orchestration.home import Home

NOTICE = "合成数据说明.txt"
SAMPLES = "samples"  # copies of the files as sent; the inbox is empty once they are in
_FIRST_WORDS = "合成数据，仅供演示"


def make_fresh(home: Home, campaign_id: str, seed: int | None = None, *, replace_earlier: bool = False) -> None:
    """Make the home and say in it that nothing is real; an earlier demo is replaced only when asked, others never."""
    notice = home.root / NOTICE
    if home.root.exists() and any(home.root.iterdir()):
        if not (notice.is_file() and notice.read_text(encoding="utf-8").startswith(_FIRST_WORDS)):
            raise PlainError(
                f"{home.root} 里已有别的文件，演示只写在空文件夹里，请用 --home 换一个。 "
                f"{home.root} is not empty and no demo; choose another --home."
            )
        if not replace_earlier:
            raise PlainError(
                f"{home.root} 里已有一次演示，要删掉重做请加 --fresh。 An earlier demo is there; --fresh replaces it."
            )
        with home.lock("demo"):
            _remove_earlier(home)
    home.root.mkdir(parents=True, exist_ok=True)
    how = "" if seed is None else f"（随机种子 {seed}）"
    notice.write_text(
        f"{_FIRST_WORDS}：本文件夹里的单位名称来自公开文件，所有数字、日期、人名都是程序编的{how}，\n"
        "不代表任何单位的真实情况，不得引用。\n"
        "Synthetic data for demonstration only; no figure in this folder is real.\n",
        encoding="utf-8",
    )
    home.prepare()
    (home.inbox / campaign_id).mkdir(exist_ok=True)  # this home runs one campaign


def _remove_earlier(home: Home) -> None:
    """Remove what an earlier demo made, and nothing that it did not."""
    made = (
        home.inbox,
        home.archive,
        home.quarantine,
        home.returned,
        home.raw,
        home.build,
        home.published,
        home.reports,
        home.outbox,
        home.root / SAMPLES,
    )
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)
    for file in (home.warehouse, _write_ahead(home.warehouse), home.root / NOTICE):
        file.unlink(missing_ok=True)


def _write_ahead(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")

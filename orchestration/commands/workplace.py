"""Where a command works: which home the options, the environment or the working folder mean.

Belongs here: turning options into a home. Does not belong here: the home itself (home.py), other names (lookup.py).
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from orchestration.errors import PlainError
from orchestration.home import ENVIRONMENT_VARIABLE, Home

_CHOSEN = "taizhang.home"


def home_path(option: Path | None) -> Path:
    """The home that is meant: the command's own --home, the general one, $TAIZHANG_HOME, else ./data."""
    context = click.get_current_context(silent=True)
    if context is None:
        return Path(option or os.environ.get(ENVIRONMENT_VARIABLE) or "data").absolute()
    run = context.find_root()
    chosen = option or run.meta.get(_CHOSEN) or run.obj or os.environ.get(ENVIRONMENT_VARIABLE) or "data"
    run.meta[_CHOSEN] = chosen  # so that an error later in the run is logged in the same home
    return Path(chosen).absolute()


def home_from(option: Path | None) -> Home:
    return Home(home_path(option))


def existing_home(option: Path | None) -> Home:
    """The home that is meant; raises PlainError when nobody made it yet."""
    home = home_from(option)
    if not home.root.is_dir():
        raise PlainError(
            f"没有家目录 {home.root}，请先运行 taizhang init --home {home.root}。 There is no home at {home.root}."
        )
    return home

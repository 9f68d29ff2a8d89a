"""The command line `taizhang`: one entry point for everything an office does.

Belongs here: the list of commands and what happens to errors. Does not belong here: the commands themselves
(orchestration/commands) and heavy imports: `--help`, check, status, trace and calendar must start at once.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import click
import typer
from typer.core import TyperGroup

from orchestration.commands import files, homes, mail, nights, questions, restated, rules, traces
from orchestration.commands.failures import plain_sentence, write_failure
from orchestration.commands.workplace import home_path
from orchestration.console import ExitCode, print_document, say_aside, survive_any_console


class PlainGroup(TyperGroup):
    """Commands whose errors end as one plain sentence, never as a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        as_document = "--json" in ctx.args
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            _end(
                "已中断，没有完成的部分下次会接着做。 Interrupted; what was left undone is done next time.", as_document
            )
        except Exception as error:
            if os.environ.get("TAIZHANG_DEBUG") == "1":
                raise
            sentence = plain_sentence(error)
            if sentence is None:
                log = write_failure(error, home_path(None))
                sentence = (
                    f"程序出错，没有完成（{type(error).__name__}），详情在 {log}。 Something failed; see that file."
                )
            _end(sentence, as_document)


def _end(sentence: str, as_document: bool) -> None:
    if as_document:
        print_document({"error": sentence})
    say_aside(sentence)
    raise typer.Exit(ExitCode.SYSTEM)


app = typer.Typer(
    name="taizhang",
    cls=PlainGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="安全生产专项行动台账：收表、核对、入账、汇总、上报。 Campaign forms in, ledger and proof, reports out.",
    epilog="退出码：0 正常；1 数据有错（退回、无法受理、核对不符）；2 用法或系统错误。 Exit codes 0, 1 data, 2 system.",
)


@app.callback()
def _options(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option("--home", help="家目录，也可写在命令后面。Home directory.", show_default=False)
    ] = None,
) -> None:
    context.obj = home


for group in (homes, files, mail, nights, questions, traces, restated, rules):
    group.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    survive_any_console()
    app(args=arguments, prog_name="taizhang")


if __name__ == "__main__":
    main()

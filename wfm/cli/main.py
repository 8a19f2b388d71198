"""The `wfm` group: commands are files in `commands/`, imported when they are called."""

from __future__ import annotations

import os
import pkgutil
import signal
import sys
from importlib import import_module
from types import FrameType

import click

from wfm.cli import commands
from wfm.cli.exits import Exit, report_error


class LazyGroup(click.Group):
    """Finds a command `x` in `wfm.cli.commands.x` (a Python keyword gets a trailing underscore: `import_`)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name.rstrip("_").replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = f"{commands.__name__}.{cmd_name.replace('-', '_')}{'_' if cmd_name == 'import' else ''}"
        found: click.Command = import_module(module).command
        return found


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="open-wfm", message="%(version)s")
def cli() -> None:
    """Plan a contact centre: history, forecast, requirement, schedule, simulation, report.

    SCENARIO is a scenario file, a folder with a scenario.toml, or the name of a bundled scenario (see `wfm check --list`).
    """


def run() -> None:
    """Run the command line and exit with the status the design promises."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        sys.exit(cli(standalone_mode=False) or Exit.DONE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing half-written was left behind", err=True)
        sys.exit(Exit.UNEXPECTED)
    except Exception as error:  # the one place that turns the unexpected into a sentence instead of a traceback
        if os.environ.get("WFM_DEBUG"):
            raise
        sys.exit(report_error(error))


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt

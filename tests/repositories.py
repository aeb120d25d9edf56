"""Scratch Git repositories in which `sos-lint` runs as a hook, or as a step of a build server, does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from commands import PLAIN, ROOT, Ran

WHO = {"NAME": "Jo", "EMAIL": "jo@example.org"}


def programs(folder: Path) -> Path:
    """A folder with a `python` and with this checkout's `sos-lint`, as an installer writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "python": f'#!/bin/sh\nexec "{sys.executable}" "$@"\n',
        "sos-lint": f"#!{sys.executable}\nimport sys\nfrom sos_lint.cli import main\nsys.exit(main())\n",
    }.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


def environment(home: Path) -> dict[str, str]:
    """The environment of somebody who has `sos-lint`, a name, and none of the settings of this machine."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    return {
        **mine,
        **PLAIN,
        "HOME": str(home),
        "PATH": f"{programs(home / 'bin')}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in WHO.items()},
    }


def call(*command: str | Path, cwd: Path, env: Mapping[str, str]) -> Ran:
    """What comes of a program."""
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, check=False)
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def own_hooks() -> dict[str, dict[str, Any]]:
    """The hooks that this repository offers, by id."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    return {hook["id"]: hook for hook in yaml.safe_load(text)}


def configure_hooks(folder: Path, args: Mapping[str, list[str]]) -> None:
    """A configuration of pre-commit with these hooks of ours and their arguments.

    They are ours in all but the installing, which needs the network: the program on the path is run instead.
    """
    hooks = []
    for name, given in args.items():
        hook = own_hooks()[name] | {"language": "system", "args": given}
        hook.pop("additional_dependencies", None)
        hooks.append(hook)
    configuration = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(configuration), encoding="utf-8")

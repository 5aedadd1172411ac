"""Compiles the hot modules with mypyc, as a build hook of hatch. The typed Python stays the source, and runs where there is no C compiler.

pyproject.toml says which they are. The compiled modules lie beside their sources, in a checkout as in a wheel; with ZHENGWEN_PURE=1
there are none.
"""

import os
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        source = Path(self.root, "pipeline")
        modules = [
            path.relative_to(source)
            for pattern in self.config["modules"]
            for path in sorted((source / "zhengwen").glob(pattern))
            if path.name not in self.config["plain"]
        ]
        pure = bool(os.environ.get("ZHENGWEN_PURE"))
        fresh = _fresh(source, [Path(self.root, "pyproject.toml"), *(source / module for module in modules)])
        if pure or not fresh:
            for old in _compiled(source, "**/"):
                old.unlink()
        if pure:
            return
        try:
            if not fresh:
                _compile(source, modules)
        except (Exception, SystemExit) as error:  # without a compiler setuptools ends the process
            self.app.display_warning(f"zhengwen is not compiled, and slower by a third or more: {error}")
            return
        build_data["pure_python"], build_data["infer_tag"] = False, True
        if version != "editable":
            for path in _compiled(source):  # what all compiled modules share: beside the package, not in it
                build_data["force_include"][str(path)] = path.name


def _compiled(folder: Path, under: str = "") -> list[Path]:
    return list(folder.glob(f"{under}*{sysconfig.get_config_var('EXT_SUFFIX')}"))


def _fresh(source: Path, made_from: list[Path]) -> bool:
    """Whether the modules were compiled after the last change."""
    compiled = [path.stat().st_mtime for path in _compiled(source, "**/")]
    return bool(compiled) and min(compiled) > max(path.stat().st_mtime for path in made_from)


def _compile(source: Path, modules: list[Path]) -> None:
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    before = Path.cwd()
    os.chdir(source)  # module names are paths from here
    try:
        with tempfile.TemporaryDirectory() as folder:
            options = ["--config-file", "../pyproject.toml", *map(str, modules)]
            extensions = mypycify(options, opt_level="2", group_name="zhengwen", multi_file=True, target_dir=folder)
            command = build_ext(Distribution({"ext_modules": extensions}))
            command.inplace, command.parallel = True, os.cpu_count()
            command.build_lib = command.build_temp = folder
            command.ensure_finalized()
            command.run()
    finally:
        os.chdir(before)

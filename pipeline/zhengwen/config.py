"""Run configurations: reading, overriding, checking.

A config is one file in spaCy's own format (confection): `[reader]`, `[layout]`, `[nlp]` with `[components.*]`, and
`[writer]` name every stage; `[code] files` names Python files whose stages register themselves when imported.
"""

import configparser
import importlib.util
import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import confection
import msgspec

from . import resources
from .errors import ConfigError, ResourceError
from .registry import registry

STAGES = {"reader": "readers", "layout": "layouts", "writer": "writers"}
LEXICONS = ("before", "after", "override")
"""Keys of a component that name lexicons of the user's own."""
SECTIONS = ("code", *STAGES, "nlp", "components", "run")


class RunSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The section `[run]`; every key has a default."""

    shard: Annotated[int, msgspec.Meta(ge=1)] = 500_000
    """Characters of text in a shard, the unit of work and of what is done again after an interruption."""
    timeout: Annotated[float, msgspec.Meta(gt=0)] = 60.0
    """Seconds that a document may take, and as many more for each million characters."""
    memory: Annotated[int, msgspec.Meta(ge=300)] = 2000
    """MiB that a worker process may hold."""


class RunConfig(msgspec.Struct, frozen=True):
    """A config that was read, with its overrides applied and its `${…}` references resolved."""

    path: Path
    values: dict[str, Any]

    def error(self, section: str, key: str | None, problem: str) -> ConfigError:
        """A ConfigError that names file, line, section and key."""
        line = _line_of(self.path, section, key)
        where = f"{self.path}:{line}" if line else str(self.path)
        return ConfigError(f"{where}: [{section}]{' ' + key if key else ''}: {problem}")

    def settings(self) -> RunSettings:
        """Raises ConfigError for a key that `[run]` does not have, or a value that does not fit."""
        values = self.values.get("run", {})
        for key in values:
            if key not in RunSettings.__struct_fields__:
                expected = ", ".join(RunSettings.__struct_fields__)
                raise self.error("run", key, f"unknown key; expected one of {expected}")
        try:
            return msgspec.convert(values, RunSettings)
        except msgspec.ValidationError as error:
            problem, _, place = str(error).replace("`", "").partition(" - at $.")
            raise self.error("run", place or None, problem) from None


def split_overrides(arguments: list[str]) -> tuple[list[str], dict[str, Any]]:
    """`["a.txt", "--nlp.batch_size", "64", "--reader.encoding=gb18030"]` → `["a.txt"]` and the overrides.

    Values are read as JSON, else taken as strings. Raises ConfigError for an option that is no `--section.key VALUE`.
    """
    positional: list[str] = []
    overrides: dict[str, Any] = {}
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if not argument.startswith("-") or argument == "-":
            positional.append(argument)
            continue
        name, equals, value = argument.partition("=")
        if not name.startswith("--") or "." not in name:
            raise ConfigError(f"unknown option {argument!r}: expected --section.key VALUE, or see --help")
        if not equals:
            if not rest:
                raise ConfigError(f"option {name} has no value: expected {name} VALUE")
            value = rest.pop(0)
        try:
            overrides[name.removeprefix("--")] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            overrides[name.removeprefix("--")] = value
    return positional, overrides


def read(name: str | Path, overrides: Mapping[str, Any] | None = None) -> RunConfig:
    """Read a config by path or by the name of a packaged one (`default`).

    Raises ConfigError if there is none, if it cannot be parsed, or if an override names a section it does not have.
    """
    path = _locate(str(name))
    try:
        config = confection.Config().from_str(path.read_text(encoding="utf-8"), interpolate=False)
        _from_its_folder(config, path.parent)
        config.setdefault("run", {})
        for key, value in (overrides or {}).items():
            _override(config, path, key, value)
        values = dict(config.interpolate())
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    except confection.ConfigValidationError as error:
        raise ConfigError(f"{path}: {_first_problem(error)[1]}") from None
    except ConfigError:
        raise
    except (ValueError, configparser.Error) as error:
        raise ConfigError(f"{path}: not a config file: {str(error).splitlines()[0]}") from None
    run_config = RunConfig(path, values)
    for section in values:
        if section not in SECTIONS:
            raise run_config.error(section, None, f"unknown section; expected one of {', '.join(SECTIONS)}")
    return run_config


def _from_its_folder(config: dict[str, Any], folder: Path) -> None:
    """Files that a config names lie relative to it: Python files, and lexicons of the user's own."""
    sections: list[tuple[Any, tuple[str, ...]]] = [(config.get("code"), ("files",))]
    components = config.get("components", {})
    if isinstance(components, dict):
        sections += [(component, LEXICONS) for component in components.values()]
    for section, keys in sections:
        for key in keys:
            if isinstance(section, dict) and isinstance(files := section.get(key), list):
                section[key] = [str((folder / file).resolve()) if isinstance(file, str) else file for file in files]


def differences(first: RunConfig, second: RunConfig) -> list[str]:
    """One line for each key that differs: `nlp.tokenizer.model: "a" → "b"`; an absent key is shown as (none)."""
    a, b = _flat(first.values), _flat(second.values)
    return [
        f"{key}: {a.get(key, '(none)')} → {b.get(key, '(none)')}"
        for key in sorted({*a, *b})
        if a.get(key) != b.get(key)
    ]


def _flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in values.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = msgspec.json.encode(value).decode()
    return flat


def filled(config: RunConfig) -> dict[str, Any]:
    """The values of a config with the defaults of its reader, layout and writer."""
    import_code(config)
    stages = {section: config.values[section] for section in STAGES if section in config.values}
    return {**config.values, **registry.fill(stages)}


def import_code(config: RunConfig) -> None:
    """Import the files that `[code] files` names, relative to the config file, so that their stages are registered."""
    section = config.values.get("code", {})
    files = section.get("files", [])
    for key in section:
        if key != "files":
            raise config.error("code", key, "unknown key; expected files")
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        raise config.error("code", "files", 'expected a list of file names, such as ["my_stage.py"]')
    for file in files:
        path = Path(file)
        module_name = f"zhengwen_user_{path.stem}"
        if getattr(sys.modules.get(module_name), "__file__", None) == str(path):
            continue
        spec = importlib.util.spec_from_file_location(module_name, path)
        if not path.is_file() or spec is None or spec.loader is None:
            raise config.error("code", "files", f"no such Python file: {path}")
        module = importlib.util.module_from_spec(spec)
        sys.modules[module_name] = module
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            del sys.modules[module_name]
            raise config.error("code", "files", f"{file} failed on import: {type(error).__name__}: {error}") from error


def build_stage(config: RunConfig, section: str) -> Any:
    """The reader, layout or writer that the config names, made with its settings."""
    registry_name = STAGES[section]
    settings = config.values.get(section)
    if not isinstance(settings, dict) or f"@{registry_name}" not in settings:
        raise config.error(section, f"@{registry_name}", f'missing; expected @{registry_name} = "name of a {section}"')
    name = settings[f"@{registry_name}"]
    known = getattr(registry, registry_name)
    if not isinstance(name, str) or name not in known:
        expected = ", ".join(sorted(known.get_all()))
        raise config.error(section, f"@{registry_name}", f"no {section} is named {name!r}; expected one of {expected}")
    stage = known.get(name)
    check_arguments(config, section, stage, [key for key in settings if not key.startswith("@")])
    try:
        return registry.resolve({section: settings})[section]
    except confection.ConfigValidationError as error:
        key, problem = _first_problem(error)
        raise config.error(section, key, problem) from None
    except ValueError as error:
        raise config.error(section, None, str(error)) from None


def check_arguments(config: RunConfig, section: str, stage: Callable[..., Any], keys: list[str]) -> None:
    """Raise ConfigError for the first key that the stage does not take."""
    parameters = inspect.signature(stage).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return
    names = [parameter.name for parameter in parameters if parameter.name not in ("nlp", "name")]
    for key in keys:
        if key not in names:
            raise config.error(section, key, f"unknown key; expected one of {', '.join(names) or 'none'}")


def problem_of(config: RunConfig, section: str, error: Exception) -> ConfigError:
    """Any error that spaCy raises over a section, as one line."""
    if isinstance(error, confection.ConfigValidationError):
        key, problem = _first_problem(error)
        return config.error(section, key, problem)
    return config.error(section, None, str(error))


def _locate(name: str) -> Path:
    if Path(name).is_file():
        return Path(name)
    try:
        return resources.find("configs", name if name.endswith(".cfg") else name + ".cfg")
    except ResourceError:
        known = ", ".join(resources.names("configs", ".cfg"))
        raise ConfigError(f"no config file {name!r}; expected a path or one of the packaged ones: {known}") from None


def _override(config: dict[str, Any], path: Path, key: str, value: Any) -> None:
    *sections, last = key.split(".")
    node: Any = config
    for depth, part in enumerate(sections):
        if not isinstance(node, dict) or part not in node:
            known = [name for name, item in node.items() if isinstance(item, dict)] if isinstance(node, dict) else []
            where = ".".join(sections[:depth]) or "top level"
            raise ConfigError(f"--{key}: {path} has no section {part!r} at {where}; expected one of {', '.join(known)}")
        node = node[part]
    if not isinstance(node, dict):
        raise ConfigError(f"--{key}: {'.'.join(sections)} of {path} is a value, no section")
    node[last] = value


def _first_problem(error: confection.ConfigValidationError) -> tuple[str | None, str]:
    for item in error.errors or []:
        location = [str(part) for part in item.get("loc", [])]
        return (location[-1] if location else None), str(item.get("msg", ""))
    return None, str(error.desc or error.title or error)


def _line_of(path: Path, section: str, key: str | None) -> int | None:
    """The line of a key, or of its section's heading; None if the file has neither (an override)."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    heading = inside = None
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        if stripped.startswith("["):
            inside = stripped == f"[{section}]"
            if inside:
                heading = number
        elif inside and key is not None and stripped.partition("=")[0].strip() == key:
            return number
    return heading

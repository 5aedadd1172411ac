"""The package as others get it: what importing it costs, what it exports, and that an installed wheel works alone."""

import ast
import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest
import spacy

import zhengwen
from tests.conftest import ROOT, lines
from zhengwen.pipeline import Pipeline

PACKAGE = Path(zhengwen.__file__).parent
TEXT = "省长章伯恺在南浔经济开发区说：“安徽栖梧光电科技有限公司年产3GW电池片项目总投资23亿元，同比增长12%。”"


def test_import_pulls_neither_spacy_nor_datasets() -> None:
    code = "import zhengwen, sys; print({'spacy', 'datasets', 'numpy'} & set(sys.modules) or '')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", zhengwen.__all__)
def test_public_name_resolves(name: str) -> None:
    assert getattr(zhengwen, name) is not None


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = zhengwen.nonsense  # type: ignore[attr-defined]


def test_process_gives_records_with_source_and_date() -> None:
    (article,) = zhengwen.process("# 开工\n\n去年签约项目9个。", id="a1", date="2024-02-23", config="fast")
    assert (article.id, article.source.id, article.title, article.date) == ("a1#1", "a1", "开工", "2024-02-23")
    assert article.facts[0].time is not None
    assert article.facts[0].time.start == "2023-01-01"


@pytest.mark.parametrize("config", ["default", "fast"])
def test_pipeline_survives_the_disk(tmp_path: Path, config: str) -> None:
    nlp = zhengwen.load(config)
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert annotations(again(TEXT)) == annotations(nlp(TEXT))
    assert again.pipe_names == nlp.pipe_names


@pytest.mark.parametrize("config", ["default", "fast"])
def test_pipeline_pipes_what_it_calls(config: str) -> None:
    nlp = zhengwen.load(config)
    texts = [TEXT, "会议召开。", TEXT * 3]
    assert [annotations(doc) for doc in nlp.pipe(texts)] == [annotations(nlp(text)) for text in texts]


def annotations(doc: Any) -> Any:
    names = ("entities", "roles", "quantities", "facts", "projects")
    return [token.text for token in doc], {name: getattr(doc._, name) for name in names}


# Imports point one way: records and errors ← stages ← the pipeline that joins them ← runner ← command line.
RANKS = {
    "errors": 0,
    "records": 0,
    "resources": 1,
    "lexicon": 1,
    "offsets": 1,
    "registry": 1,
    "extensions": 1,
    "storage": 1,
}
JOINING = {
    "config": 3,
    "assemble": 3,
    "schemas": 3,
    "pipeline": 3,
    "loading": 3,
    "runner": 4,
    "evaluation": 4,
    "export": 4,
    "train": 4,
    "cli": 5,
    "__init__": 6,
}
STAGE = 2


def rank(module: str) -> int:
    return (RANKS | JOINING).get(module, STAGE)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if parts == ("__init__",):
        return
    for imported in imports(path, parts):
        if imported != parts[0] and not (parts[0] == "cli" and imported == "__init__"):
            assert rank(imported) <= rank(parts[0]), f"{'.'.join(parts)} imports {imported}"
    if parts[0] in ("records", "errors"):
        assert not list(imports(path, parts))


def imports(path: Path, parts: tuple[str, ...]) -> list[str]:
    """The top modules of the package that a file imports, anywhere in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*parts[: len(parts) - node.level], *(node.module or "").split(".")]
            named = next(filter(None, base), None)
            found += [named] if named else [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "zhengwen":
            found.append((node.module or "").removeprefix("zhengwen").strip(".").partition(".")[0] or "__init__")
    return ["__init__" if name.startswith("__") else name for name in found]


@pytest.mark.package
def test_installed_wheel_runs_from_another_folder(tmp_path: Path) -> None:
    """sdist and wheel are built, the wheel is installed in an environment of its own; only dependencies are shared.

    The wheel is made from the checkout, and not from the sdist, since the hot modules are compiled there already."""
    build = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--sdist",
        "--wheel",
        "--outdir",
        str(tmp_path / "dist"),
        str(ROOT),
    ]
    done = subprocess.run(build, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert list((tmp_path / "dist").glob("*.tar.gz"))

    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    paths = {"base": str(tmp_path / "venv"), "platbase": str(tmp_path / "venv")}
    site = Path(sysconfig.get_path("purelib", vars=paths))
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    done = subprocess.run(install, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    # The dependencies come from the environment of the tests; its .pth files, the editable install's too, do not count.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    work = tmp_path / "work"
    work.mkdir()
    (work / "page.txt").write_text(f"# 集中开工\n\n{TEXT}\n", encoding="utf-8")
    script = tmp_path / "venv" / "bin" / "zhengwen"
    ran = subprocess.run(
        [script, "run", "page.txt", "-o", "out.jsonl"], cwd=work, capture_output=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    (article,) = lines(work / "out.jsonl")
    assert {"章伯恺", "南浔经济开发区", "安徽栖梧光电科技有限公司"} <= {
        entity["text"] for entity in article["entities"]
    }
    assert [quantity["value"] for quantity in article["quantities"]] == [3, 2300000000, 12]

    code = """
import json, zhengwen
from zhengwen import resources
found = [resources.find("configs", "default.cfg"), resources.find("models", "segment-pku"),
         resources.find("corpus/lexicon", "units.tsv"), resources.find("corpus/gazetteers", "zones.tsv")]
print(json.dumps([str(zhengwen.__file__), *map(str, found)]))
"""
    found = subprocess.run([python, "-c", code], cwd=work, capture_output=True, encoding="utf-8", check=True)
    assert all(path.startswith(str(site)) for path in json.loads(found.stdout)), found.stdout


def test_default_has_every_stage(default: Pipeline) -> None:
    expected = ["entities", "tagger", "resolve", "quantities", "facts", "projects"]
    assert default.nlp.pipe_names == [f"zhengwen_{name}" for name in expected]

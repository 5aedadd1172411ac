"""The README says what there is: every command, packaged config, failure code, stage and table."""

import re
import subprocess
from pathlib import Path

import confection
import pytest
import yaml
from typer.main import get_command

from zhengwen import config, resources
from zhengwen.cli import app
from zhengwen.errors import FAILURE_CODES
from zhengwen.registry import registry
from zhengwen.writers.tables import TABLES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_names_every_command() -> None:
    assert [name for name in get_command(app).commands if f"zhengwen {name}" not in README] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "names",
    [
        list(FAILURE_CODES),
        resources.names("configs", ".cfg"),
        list(TABLES),
        [*registry.readers.get_all(), *registry.layouts.get_all(), *registry.writers.get_all()],
    ],
    ids=["failure codes", "configs", "tables", "stages"],
)
def test_readme_names_every_one(names: list[str]) -> None:
    assert [name for name in names if name not in README] == []


def test_data_cards_name_every_file() -> None:
    for folder in ("gazetteers", "lexicon"):
        card = (ROOT / "corpus" / folder / "README.md").read_text(encoding="utf-8")
        files = [path.name for path in (ROOT / "corpus" / folder).iterdir() if path.suffix in (".tsv", ".txt")]
        assert [name for name in files if name not in card] == []


def test_docs_name_no_file_that_is_not_there() -> None:
    for document in (
        "README.md",
        "README.zh-CN.md",
        "CONTRIBUTING.md",
        "corpus/README.md",
        "configs/clusters.md",
        "configs/rules.md",
    ):
        text = (ROOT / document).read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert ((ROOT / document).parent / link).exists(), (document, link)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_lexicon_example_of_the_readme_is_a_config(readme: str) -> None:
    (block,) = re.findall(
        r"```ini\n(\[components\.zhengwen_entities\].*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.S
    )
    section = confection.Config().from_str("[components]\n\n" + block)["components"]["zhengwen_entities"]
    assert section.pop("factory") == "zhengwen_entities"
    assert {key: [type(path) for path in paths] for key, paths in section.items()} == {
        key: [str] for key in config.LEXICONS
    }


def test_recipes_for_clusters_are_yaml_and_shell() -> None:
    text = (ROOT / "configs" / "clusters.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"```yaml\n(.*?)```", text, re.S)
    assert [one["kind"] for one in yaml.safe_load_all(recipe)] == ["Service", "Deployment", "Deployment", "Job"]
    (script,) = re.findall(r"```bash\n(.*?)```", text, re.S)
    assert subprocess.run(["bash", "-n"], input=script, encoding="utf-8", check=False).returncode == 0

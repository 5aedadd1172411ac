"""A small archive, and a config with a stage that some documents are poison to."""

import json
import sys
from pathlib import Path

from tests.conftest import ROOT

SCRIPT = Path(sys.executable).with_name("zhengwen")
POISON = """
import os, signal, time
from spacy.language import Language
from zhengwen.errors import DocumentError

@Language.component("poison")
def poison(doc):
    text = doc.text
    if "挂起" in text:
        time.sleep(1000)
    if "缓慢" in text:
        time.sleep(0.1)
    if "死循环" in text:
        while True:
            pass
    if "吃内存" in text:
        held = []
        while True:
            held.append(bytearray(200_000_000))
    if "自杀" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "出错" in text:
        raise ValueError("出错")
    if "拒绝" in text:
        raise DocumentError("D105", "too much", text.index("拒绝"))
    return doc
"""


def poison_config(folder: Path) -> Path:
    """`own.cfg`: quantities alone, behind a stage that fails over certain words."""
    text = (ROOT / "configs" / "fast.cfg").read_text(encoding="utf-8")
    names = '"zhengwen_entities", "zhengwen_resolve", "zhengwen_quantities", "zhengwen_facts", "zhengwen_projects"'
    assert names in text
    text = text.replace(names, '"poison", "zhengwen_quantities"')
    (folder / "own.py").write_text(POISON, encoding="utf-8")
    path = folder / "own.cfg"
    path.write_text(
        f'{text}\n[components.poison]\nfactory = "poison"\n\n[code]\nfiles = ["own.py"]\n', encoding="utf-8"
    )
    return path


def archive(path: Path, count: int, poison: dict[int, str] | None = None) -> Path:
    """`count` documents d0, d1, … of some thirty characters, a line each."""
    rows = (
        {"id": f"d{i}", "text": f"江州市第{i}个项目签约，总投资{i}.5亿元。{(poison or {}).get(i, '')}"}
        for i in range(count)
    )
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """All that a run has left in a folder, or a file of it."""
    files = [folder] if folder.is_file() else sorted(folder.iterdir())
    return {file.name: file.read_bytes() for file in files}

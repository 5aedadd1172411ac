"""zhengwen (政闻): archives of Chinese government news into data.

    import zhengwen

    for article in zhengwen.process(text, date="2024-02-23"):     # records, see zhengwen.records
        print(article.title, [entity.text for entity in article.entities])
    nlp = zhengwen.load("default")                                # a spaCy Language
    zhengwen.run(["archive/"], Path("out.jsonl"))                 # what the command line does
    zhengwen.evaluate("gold.jsonl").figure("facts", "metric").f1  # how good it is

Importing this package imports neither spaCy nor any data; the names below do so when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .evaluation.evaluate import evaluate
    from .loading import load, process
    from .quantity.component import quantities
    from .runner.run import run
    from .schemas import features

__version__ = "0.1.0"
__all__ = ["__version__", "evaluate", "features", "load", "process", "quantities", "run"]

_WHERE = {
    "evaluate": ".evaluation.evaluate",
    "features": ".schemas",
    "load": ".loading",
    "process": ".loading",
    "quantities": ".quantity.component",
    "run": ".runner.run",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_WHERE[name], __name__), name)
    globals()[name] = value
    return value

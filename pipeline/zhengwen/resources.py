"""Where packaged files are: the one module that knows.

A name is looked up as an explicit path, then among the packaged data of an installed wheel, then in a checkout.
"""

from pathlib import Path
from typing import Literal

from .errors import ResourceError

Kind = Literal["configs", "models", "corpus/gazetteers", "corpus/lexicon"]

_PACKAGED = Path(__file__).parent / "data"
_CHECKOUT = Path(__file__).parents[2]


def find(kind: Kind, name: str) -> Path:
    """The path of a config, model folder or lexicon file.

    Raises ResourceError, naming every place looked at, if there is none.
    """
    places = [Path(name), _PACKAGED / kind / name, _CHECKOUT / kind / name]
    for place in places:
        if place.exists():
            return place
    looked = ", ".join(str(place.absolute()) for place in places)
    raise ResourceError(f"no such file in {kind}: {name!r} (looked at {looked})")


def names(kind: Kind, suffix: str) -> list[str]:
    """The names, without suffix, of all packaged files of a kind."""
    for folder in (_PACKAGED / kind, _CHECKOUT / kind):
        if folder.is_dir():
            return sorted(path.stem for path in folder.glob("*" + suffix))
    return []

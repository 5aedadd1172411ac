"""`zhengwen.datasets.v1`: any dataset that the `datasets` library loads, by name or folder, streamed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import InputError, ResourceError
from ..records import Failure, RawDocument
from .tables import documents


class DatasetReader:
    """Each input is a dataset: a folder of its files, one that `save_to_disk` wrote, or a name on a hub that can be reached.

    split, name: of the dataset. id, text, title, date: its columns; only `text` must be there.
    """

    def __init__(
        self,
        split: str = "train",
        name: str | None = None,
        id: str = "id",
        text: str = "text",
        title: str = "title",
        date: str = "date",
    ):
        self.split, self.name = split, name
        self.keys = {"id": id, "text": text, "title": title, "date": date}

    def __call__(self, inputs: Sequence[str]) -> Iterator[RawDocument | Failure]:
        try:
            import datasets
        except ImportError:
            raise ResourceError('zhengwen.datasets.v1 needs datasets: pip install "zhengwen[datasets]"') from None
        for given in inputs:
            try:
                if (
                    Path(given) / "state.json"
                ).is_file():  # of save_to_disk; it has one split, and is not read into memory
                    rows = datasets.load_from_disk(given)
                else:
                    rows = datasets.load_dataset(given, self.name, split=self.split, streaming=True)
            except Exception as error:
                raise InputError(f"{given}: no dataset: {type(error).__name__}: {error}") from error
            try:
                yield from documents(rows, given, given, self.keys)
            except Exception as error:  # of whatever library reads its files
                yield Failure(given, given, "reader", "D108", f"the rest is broken: {type(error).__name__}: {error}")

    def size(self, inputs: Sequence[str]) -> None:
        return None

"""Every error a user can meet, in one catalogue.

A `ZhengwenError` is a mistake that stops a run before or instead of its work: its message is one line, says what was
expected and what to do, and the command line prints it and exits with 2. A document that cannot be processed is not an
error but a `records.Failure`: it is counted and written down, and the run goes on.
"""


class ZhengwenError(Exception):
    """Root of all errors raised on purpose. `str(error)` is one line fit for a user."""

    code = "E000"

    def __str__(self) -> str:
        return f"[{self.code}] " + " ".join(str(self.args[0]).split())


class InputError(ZhengwenError):
    """Nothing to read: an input path does not exist or holds no document."""

    code = "E100"


class ConfigError(ZhengwenError):
    """A config names a section, key, value or stage that does not exist or does not fit."""

    code = "E200"


class ResourceError(ZhengwenError):
    """A packaged file (model, lexicon, config) is missing; names the places looked at. Nothing is ever downloaded."""

    code = "E300"


class OutputError(ZhengwenError):
    """The output cannot be written."""

    code = "E400"


class GoldError(ZhengwenError):
    """A gold file is none, or a document in it is wrong."""

    code = "E500"


class DocumentError(ZhengwenError):
    """One document cannot be processed. Raised inside a stage, turned into a `records.Failure` by the runner.

    `code` says why: see `FAILURE_CODES`. `position` is a character offset in the source text, where one is known.
    """

    def __init__(self, code: str, message: str, position: int | None = None):
        super().__init__(message)
        self.code = code
        self.position = position


FAILURE_CODES = {
    "D100": "the file does not exist or cannot be opened",
    "D101": "the file or document is empty",
    "D102": "the bytes are no text (binary file, or no known encoding)",
    "D103": "the line is no JSON object",
    "D104": "the JSON object has no text under the configured key, or it is not a string",
    "D105": "the document is larger than the reader's limit",
    "D106": "the kind of file is unknown to the reader",
    "D107": "a packed file is refused: it grows too much, lies too deep, or its name leads out of the archive",
    "D108": "an archive or Parquet file is broken or encrypted",
    "D109": "the line is a record that zhengwen wrote itself (an output inside an input folder)",
    "D900": "a stage raised an exception",
    "D901": "a stage took longer than `run.timeout` allows",
    "D902": "a stage took more memory than `run.memory` allows",
    "D903": "the worker process died over the document, twice",
}
"""What the code of a failed document means; documented in the README."""

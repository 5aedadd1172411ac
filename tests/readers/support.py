"""What the tests of the readers share: a page, a reader over paths, archives packed in every wrong way."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhengwen.readers.files import FileReader
from zhengwen.records import Failure, RawDocument

PAGE = "# 集中开工\n\n5月6日，浦阳经济技术开发区9个项目集中开工，总投资23亿元。\n"
Items = Sequence[RawDocument | Failure]


def read(*inputs: object, **settings: object) -> Items:
    return list(FileReader(**settings)(list(map(str, inputs))))  # type: ignore[arg-type]


def one(*inputs: object, **settings: object) -> RawDocument:
    (document,) = read(*inputs, **settings)
    assert isinstance(document, RawDocument), document
    return document


def codes(items: Items) -> list[str]:
    return [item.code if isinstance(item, Failure) else "ok" for item in items]


class GbkName(zipfile.ZipInfo):
    """A member whose name is written in GBK, without the flag that says UTF-8, as Chinese Windows does."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(members: Mapping[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path

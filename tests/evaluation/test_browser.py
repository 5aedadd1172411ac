"""A report in a real browser, headless Chromium: it shows, nothing of a document runs, nothing is fetched, it fits narrow windows."""

import base64
import json
import os
import select
import shutil
import struct
import subprocess
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import zhengwen
from zhengwen.evaluation.render import write

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
TITLE = "zhengwen evaluation: output.jsonl"
ATTACK = '<script>document.title="hacked"</script><img src=x onerror="document.title=\'hacked\'">'
TEXT = "省长章伯恺在南浔开发区调研时说，全市引进项目12个，投资9亿元。"
Fields = dict[str, Any]


def document(number: int, text: str = TEXT) -> Fields:
    return {
        "id": f"d{number}",
        "text": text + ATTACK,
        "source": f"日报{number % 3}:{number}",
        "date": f"20{10 + number % 4}-01-31",
        "province": "浙江" if number % 2 else "江苏",
        "entities": [{"label": "OFFICIAL", "start": 2, "end": 5}, {"label": "ZONE", "start": 6, "end": 11}],
        "roles": [{"person": "章伯恺", "post": "省长"}],
        "quantities": [{"start": 28, "end": 31, "value": 900000000, "unit": "CNY"}],
        "facts": [{"quantity": [28, 31], "metric": "投资", "subject": ATTACK}],
        "projects": [{"name": "储能项目", "zone": "南浔开发区"}],
    }


def record(number: int, wrong: bool) -> Fields:
    """All right, or wrong in everything."""
    right = document(number)
    official, zone = ({**one, "by": f"rule:{one['label']}{ATTACK}"} for one in right["entities"])
    money = {**right["quantities"][0], "id": "q1"}
    if wrong:
        zone = {**zone, "end": 9}
        official = {**official, "label": "LABEL-OF-A-LENGTH-THAT-FITS-NO-COLUMN-" + "很长" * 20 + ATTACK}
        money = {**money, "unit": "USD"}
    return {
        "source": {"id": right["id"]},
        "entities": [official, zone],
        "roles": [] if wrong else right["roles"],
        "quantities": [money],
        "facts": [{"quantity": "q1", "metric": "投资", "subject": ATTACK, "by": "metric:near subject:none"}],
        "projects": [] if wrong else right["projects"],
    }


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of twelve documents, every third of them wrong, against an output without errors."""
    folder = tmp_path_factory.mktemp("report")
    numbers = range(12)
    for name, rows in (
        ("gold.jsonl", [document(number, TEXT * (1 + number % 3 * 20)) for number in numbers]),
        ("output.jsonl", [record(number, number % 3 == 0) for number in numbers]),
        ("better.jsonl", [record(number, False) for number in numbers[:-1]]),
    ):
        (folder / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        found = zhengwen.evaluate("gold.jsonl", output="output.jsonl", against="better.jsonl")
    return write(found, folder / "report")[-1]


class Browser:
    """Chromium by its own protocol, over a pipe: what a page is and does, without a script in it."""

    def __init__(self, profile: Path):
        ours, theirs = os.pipe(), os.pipe()
        command = [str(CHROMIUM), *FLAGS, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]

        def place() -> None:
            """Chromium reads what we say from 3, and writes what it says to 4."""
            incoming, outgoing = os.dup(ours[0]), os.dup(theirs[1])
            os.dup2(incoming, 3)
            os.dup2(outgoing, 4)

        self._process = subprocess.Popen(
            command, preexec_fn=place, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(ours[0])
        os.close(theirs[1])
        self._in, self._out = ours[1], theirs[0]
        self._rest, self._count, self._session = b"", 0, ""
        self.events: list[Fields] = []

    def close(self) -> None:
        """It ends by itself when nobody is at the other end of the pipe."""
        os.close(self._in)
        os.close(self._out)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def open(self, url: str, width: int = 1200, height: int = 1600, dark: bool = False) -> None:
        """A new page of a size; the events of its loading are kept."""
        self.events = []
        self._session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.events = []
        self.call("Page.navigate", url=url)
        while not self.seen("Page.loadEventFired"):
            self._receive()

    def seen(self, method: str) -> list[Fields]:
        return [one["params"] for one in self.events if one["method"] == method]

    def call(self, method: str, **values: Any) -> Fields:
        self._count += 1
        message = {"id": self._count, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._in, json.dumps(message).encode() + b"\0")
        while (answer := self._receive()).get("id") != self._count:
            pass
        assert "error" not in answer, answer
        return dict(answer["result"])

    def _receive(self, seconds: float = 60) -> Fields:
        until = time.monotonic() + seconds
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._out], [], [], max(0.0, until - time.monotonic()))
            assert ready, "Chromium does not answer"
            data = os.read(self._out, 1 << 20)
            assert data, "Chromium is gone"
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\0")
        message: Fields = json.loads(line)
        if "method" in message:
            self.events.append(message)
        return message

    def value(self, expression: str) -> Any:
        """Of an expression in the finished page."""
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"]["value"]

    def width(self) -> float:
        """Of all that the page holds, be it wider than the window."""
        return float(self.call("Page.getLayoutMetrics")["cssContentSize"]["width"])

    def screenshot(self) -> bytes:
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


def test_page_dumped_by_the_command_line_has_the_tables_and_its_own_title(report: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path}", "--dump-dom", "--virtual-time-budget=2000", report.as_uri()],
        capture_output=True, encoding="utf-8", timeout=120, check=True,
    )  # fmt: skip
    dom = done.stdout
    assert f"<title>{TITLE}</title>" in dom
    assert dom.count("<table>") >= 9
    assert "<script" not in dom and "<img" not in dom
    assert "&lt;script&gt;document.title=" in dom


def test_nothing_of_a_document_runs_and_nothing_is_fetched(browser: Browser, report: Path) -> None:
    browser.open(report.as_uri())
    assert browser.value("document.title") == TITLE
    assert browser.value("document.querySelectorAll('script, img').length") == 0
    assert ATTACK in browser.value("document.body.innerText")
    assert [one["request"]["url"] for one in browser.seen("Network.requestWillBeSent")] == [report.as_uri()]
    said = browser.seen("Log.entryAdded") + browser.seen("Runtime.consoleAPICalled")
    assert said == [], "no refused script, no broken style"


def test_script_in_the_page_would_be_refused(browser: Browser, report: Path, tmp_path: Path) -> None:
    """Were the escaping to fail, the page's own policy still lets no script run and no picture load."""
    broken = tmp_path / "broken.html"
    broken.write_text(report.read_text("utf-8").replace("<h1>", f"{ATTACK}<h1>"), "utf-8")
    browser.open(broken.as_uri())
    assert browser.value("document.querySelectorAll('script, img').length") == 2
    assert browser.value("document.title") == TITLE
    assert browser.seen("Log.entryAdded")


@pytest.mark.parametrize(("width", "dark"), [(1200, False), (1200, True), (400, False), (400, True)])
def test_screenshot_is_of_the_size_asked_for_and_not_blank(
    browser: Browser, report: Path, tmp_path: Path, width: int, dark: bool
) -> None:
    browser.open(report.as_uri(), width, 1600, dark)
    data = browser.screenshot()
    (tmp_path / "page.png").write_bytes(data)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (width, 1600)
    assert len(set(pixels(data))) > 100
    ground = browser.value("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(20, 24, 31)" if dark else "rgb(255, 255, 255)")


def pixels(png: bytes) -> bytes:
    """The bytes of a picture before they were packed."""
    parts, place = [], 8
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            parts.append(png[place + 8 : place + 8 + size])
        place += 12 + size
    return zlib.decompress(b"".join(parts))


@pytest.mark.parametrize("width", [320, 400, 768, 1200])
def test_page_is_no_wider_than_the_window(browser: Browser, report: Path, width: int) -> None:
    browser.open(report.as_uri(), width)
    assert browser.width() == width


def test_link_to_an_error_opens_its_group(browser: Browser, report: Path) -> None:
    """The groups but the first are closed; a link into one opens it and brings the error into view."""
    anchor = json.loads(report.with_name("report.json").read_bytes())["misses"][-1]["anchor"]
    place = f"document.getElementById({json.dumps(anchor)})"
    browser.open(report.as_uri())
    assert browser.value(f"{place}.closest('details').open") is False
    browser.open(f"{report.as_uri()}#{anchor}")
    assert browser.value(f"{place}.closest('details').open") is True
    assert browser.value(f"{place}.getBoundingClientRect().top < innerHeight") is True


def test_way_to_the_sections_stays_in_view(browser: Browser, report: Path) -> None:
    browser.open(f"{report.as_uri()}#errors")
    assert browser.value("scrollY > 200 && document.querySelector('nav').getBoundingClientRect().top === 0") is True
    assert browser.value("document.querySelector('#errors').getBoundingClientRect().top > 20") is True


CONTRASTS = """
(() => {
  const channels = text => text.match(/[\\d.]+/g).map(Number);
  const ground = one => {
    for (; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
  };
  const light = colour => colour.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const low = new Set();
  for (const one of document.body.querySelectorAll("*")) {
    if (![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    const [a, b] = [light(channels(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.add(`${one.tagName}.${one.className} ${(a + 0.05) / (b + 0.05)}`);
  }
  return [...low];
})()
"""


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_its_ground(browser: Browser, report: Path, dark: bool) -> None:
    """By 4.5 to 1 or more, as WCAG 2.1 AA asks of small text."""
    browser.open(report.as_uri(), dark=dark)
    assert browser.value(CONTRASTS) == []

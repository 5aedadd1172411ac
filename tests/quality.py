"""`make quality`: the figures of the default config on gold, held against the committed baseline.

python -m tests.quality             writes reports to out/quality, and fails if a figure fell below its interval
python -m tests.quality --accept    makes today's figures the baseline

A figure falls if its F1 is below the low end of the interval that the baseline's F1 had; where all was right, and the
interval is a point, one error is borne.
"""

import json
import sys
from typing import Any

import zhengwen
from tests.conftest import ROOT
from zhengwen.evaluation.render import write
from zhengwen.evaluation.report import Report

SETS = {"test": ROOT / "corpus" / "gold" / "test.jsonl", "shared-dev": ROOT.parent / "shared" / "gold" / "dev.jsonl"}
"""The second is annotated real news that stays outside of the repository."""
BASELINE = ROOT / "corpus" / "gold" / "baseline.json"
REPORTS = ROOT / "out" / "quality"
Figures = dict[str, dict[str, float]]


def figures(report: Report) -> Figures:
    """Of each measure its F1 and the lowest that chance explains."""
    return {
        str(one.measure): {
            "f1": round(one.f1, 4),
            "low": round(max(0.0, min(one.f1_interval.low, one.f1 - 1 / max(one.gold, 1))), 4),
        }
        for one in report.figures
    }


def fallen(baseline: Figures, today: Figures) -> list[str]:
    """A line for each measure of the baseline that is gone or fell lower than chance explains."""
    lines = []
    for name, was in baseline.items():
        now = today.get(name, {"f1": 0.0})["f1"]
        if now < was["low"]:
            lines.append(f"{name}: {now:.3f}, was {was['f1']:.3f}, lowest expected {was['low']:.3f}")
    return lines


def main(accept: bool) -> int:
    baseline: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    problems = []
    for name, path in SETS.items():
        if not path.exists():
            print(f"{name}: {path} is not here, skipped")
            continue
        report = zhengwen.evaluate(path)
        write(report, REPORTS / name)
        today = figures(report)
        print(f"\n{name}: {report.documents} documents, report in {REPORTS / name}")
        for measure, now in today.items():
            was = baseline.get(name, {}).get(measure, {}).get("f1")
            change = "" if was is None or was == now["f1"] else f"  was {was:.3f}"
            print(f"  {measure:30} {now['f1']:.3f}{change}")
        if accept:
            baseline[name] = today
        else:
            problems += [f"{name}: {line}" for line in fallen(baseline.get(name, {}), today)]
    if accept:
        BASELINE.write_text(json.dumps(baseline, indent=1) + "\n", encoding="utf-8")
    for problem in problems:
        print(f"fell: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main("--accept" in sys.argv[1:]))

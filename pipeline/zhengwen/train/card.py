"""Model cards: what a model was trained on, on whose terms, how, and what it reaches."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .settings import NerSettings, SegmentSettings, TrainConfig

if TYPE_CHECKING:
    from .ner import Score


def write_ner(
    folder: Path,
    config: TrainConfig,
    trained: Mapping[str, int],
    tested: Mapping[str, int],
    scores: Mapping[str, Sequence["Score"]],
) -> None:
    settings = config.settings
    assert isinstance(settings, NerSettings)
    rows = [
        f"| {name} | {trained[name]:,} | {data.weight:g} | {data.about or data.format} | {data.terms} |"
        for name, data in config.data.items()
    ]
    lines = [
        f"# Model card: {folder.resolve().name}",
        "",
        "Names in Chinese text, by a conditional random field over characters: neighbours, their pairs and triples, and words of",
        f"known classes. Labels: {', '.join(settings.labels)}. Made by `zhengwen train ner {config.path.name}`; this page too.",
        "",
        "| trained on | texts | weight | what | terms |",
        "|---|---:|---:|---|---|",
        *rows,
        "",
        _recipe(settings),
        "",
    ]
    for name, found in scores.items():
        lines += [
            f"On {name}, {tested[name]:,} texts that nothing was trained on ({config.test[name].about or 'test'}), exact spans:",
            "",
            "| label | P | R | F1 |",
            "|---|---:|---:|---:|",
            *(
                f"| {one.label} | {one.right / max(one.found, 1):.4f} | {one.right / max(one.wanted, 1):.4f} | {one.f1:.4f} |"
                for one in found
            ),
            "",
        ]
    lines += _notes(folder)
    (folder / "README.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _recipe(settings: NerSettings) -> str:
    said = f"{settings.epochs} epochs of AdaGrad at rate {settings.rate:g}, squared weights at {settings.penalty:g}, seed {settings.seed}; "
    if settings.clusters:
        sizes = " and ".join(map(str, settings.clusters))
        said += f"words also by {sizes} clusters of their neighbours in {len(settings.texts)} sets of unlabelled text; "
    if settings.segmented:
        said += f"where characters stand in the words of {settings.segmented}; "
    return f"Recipe: {said}strings whose weights are below {settings.least:g} are left out, weights rounded to 1/16."


def write_segment(
    folder: Path, settings: SegmentSettings, config: Path, size: str, scores: Mapping[str, float]
) -> None:
    second = f"{settings.epochs} epochs of AdaGrad at rate {settings.rate:g}, squared weights at {settings.penalty:g}, "
    second = second + "and the mean of both; " if settings.epochs else ""
    lines = [
        f"# Model card: {folder.resolve().name}",
        "",
        "Word segmentation, in the format of spacy-pkuseg (`features.msgpack`, `weights.npz`): a linear-chain CRF with character",
        "and word features, for `zhengwen.crf.v1`, `zhengwen.pkuseg.v1` and `spacy_pkuseg.pkuseg(FOLDER, user_dict=None)`.",
        f"Made by `zhengwen train segment {config.name}`; this page too, and `index.npz`, the features as our decoder reads them.",
        "",
        f"Trained on: {settings.about or settings.path} ({size}). Terms: {settings.terms}",
        "",
        f"Recipe: spacy-pkuseg's trainer, {settings.iterations} iterations, features seen {settings.rare} times or less dropped; {second}seed "
        f"{settings.seed}. Features whose weights differ by less than {settings.least:g} between the tags are dropped, weights rounded to 1/64.",
        "",
        "| test | F1 of words as spans |",
        "|---|---:|",
        *(f"| {name} | {f1:.4f} |" for name, f1 in scores.items()),
        "",
        *_notes(folder),
    ]
    (folder / "README.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _notes(folder: Path) -> list[str]:
    """What its maker has to say about a model, from NOTES.md beside the weights."""
    notes = folder / "NOTES.md"
    return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []

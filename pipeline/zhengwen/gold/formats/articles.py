"""Article records, as `zhengwen run` writes them: the pipeline's own output, to be corrected. Read only."""

from pathlib import Path

from ...errors import GoldError
from ...records import Article
from ..documents import GoldDocument, GoldEntity, GoldFact, GoldProject, GoldQuantity, GoldRole, offsets_off
from . import files

_EXPECTED = "article records, JSON Lines as zhengwen run writes them"


def read(path: Path) -> list[GoldDocument]:
    """A document of each article's text. Raises GoldError for a line that is no article record."""
    found = files.lines(path, _EXPECTED)
    return [_checked(files.decoded(line, Article, where), where) for where, line in found if line.strip()]


def _checked(article: Article, where: str) -> GoldDocument:
    try:
        document = _document(article)
    except KeyError as error:
        raise GoldError(f"{where}: article {article.id!r}: nothing has the id {error.args[0]!r}") from None
    if problem := offsets_off(document):
        raise GoldError(f"{where}: article {article.id!r}: {problem}")
    return document


def _document(article: Article) -> GoldDocument:
    names = {entity.id: entity.text for entity in article.entities}
    quantities = {quantity.id: quantity for quantity in article.quantities}
    amounts = {fact.id: quantities[fact.quantity].text for fact in article.facts}
    return GoldDocument(
        id=article.id,
        text=article.text,
        source=article.source.path,
        date=article.date,
        entities=[
            GoldEntity(label=one.label, start=one.start, end=one.end, text=one.text, nominal=one.nominal)
            for one in article.entities
        ],
        roles=[
            GoldRole(person=names[one.person], post=one.post, organisation=one.organisation) for one in article.roles
        ],
        quantities=[
            GoldQuantity(
                start=one.start,
                end=one.end,
                text=one.text,
                value=one.value,
                low=one.low,
                high=one.high,
                unit=one.unit,
                bound=one.bound,
            )
            for one in article.quantities
        ],
        facts=[
            GoldFact(
                quantity=(quantities[one.quantity].start, quantities[one.quantity].end),
                metric=one.metric,
                subject=one.subject,
                kind=one.kind,
                basis=one.basis,
                time=one.time.text if one.time else None,
                modality=one.modality,
            )
            for one in article.facts
        ],
        projects=[
            GoldProject(
                name=one.name,
                stage=one.stage,
                companies=[names[company] for company in one.companies],
                zone=names[one.zone] if one.zone else None,
                place=names[one.place] if one.place else None,
                investment=amounts[one.investment] if one.investment else None,
            )
            for one in article.projects
        ],
    )

"""`zhengwen_entities`: the spaCy component that runs the entity rules over a Doc."""

from bisect import bisect_right
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from ..extensions import char_spans, cut_tokens, text_of
from ..records import Entity, Role
from ..script import as_written, simplified
from .aliases import short_forms
from .bodies import BodyFinder
from .companies import CompanyFinder, known_companies
from .confidence import confidence_of
from .lexicons import UserLexicon
from .people import PeopleFinder
from .places import add_towns, find_places
from .posts import Post, find_posts
from .scan import boundaries, scanner
from .spans import EVENT, Mention, SpanSet, disjoint, longest


@Language.factory("zhengwen_entities")
class EntityFinder:
    """Sets `doc._.entities` and `doc._.roles`, and `doc.ents` for spaCy's own tools.

    Lexicons of the user's own (`lexicons.py`) are lists of paths:
    before: their names win over what the rules find, but not over a longer name that holds them.
    after: they only add names where the rules found nothing.
    override: they win over everything.
    Raises ConfigError for a lexicon that cannot be read.
    """

    def __init__(
        self,
        nlp: Language,
        name: str,
        before: Sequence[str] = (),
        after: Sequence[str] = (),
        override: Sequence[str] = (),
    ):
        self._before, self._after, self._override = UserLexicon(before), UserLexicon(after), UserLexicon(override)
        self._bodies = BodyFinder()
        self._companies = CompanyFinder()
        self._people = PeopleFinder()

    def __call__(self, doc: Doc) -> Doc:
        written = text_of(doc)
        text = simplified(written)
        hits = scanner()(text)
        add_towns(text, hits)
        stops = boundaries(text, hits)
        known = known_companies(text, hits, stops)
        readings = self._bodies(text, hits, stops, known.certain)
        readings += self._companies(text, hits, stops, readings, known)
        places = list(find_places(text, hits))
        short = short_forms(text, hits, [*readings, *places])
        readings += [mention for mention in short if mention.label != "PLACE"]
        places += [mention for mention in short if mention.label == "PLACE"]
        posts = find_posts(text, hits, readings)
        companies = SpanSet(disjoint(body[:2] for body in readings if body.label == "COMPANY"))
        people, offices = self._people(text, hits, posts, companies)
        held = {(office.start, office.end) for office in offices}
        titles = SpanSet(disjoint((post.post_start, post.end) for post in posts))
        bodies = [body for body in readings if not titles.overlaps(body.start, body.end)]
        parties = _party_organs(text, [post for post in posts if (post.post_start, post.end) in held])
        openings = SpanSet(disjoint((post.start, post.end) for post in posts if post.place and post.sphere != "other"))
        places = [place for place in places if not openings.overlaps(place.start, place.end)]
        found = [self._override(text), people, [*parties, *bodies], places, self._after(text)]
        if own := self._before(text):
            chosen = _flat(found)
            found.insert(1, [name for name in own if not _held(name, chosen)])
        mentions = _flat(found)
        doc._.entities = entities = _entities(written, mentions)
        ids = {(entity.start, entity.end): entity.id for entity in entities}
        names = {entity.id: entity.text for entity in entities}
        roles: dict[tuple[str, str, str | None], Role] = {}
        for office in offices:
            if person := ids.get((office.person.start, office.person.end)):
                organisation = office.organisation and as_written(office.organisation, text, written)
                role = Role(person, written[office.start : office.end], organisation, office.start, office.end)
                roles.setdefault((names[person], role.post, role.organisation), role)
        doc._.roles = list(roles.values())
        doc = cut_tokens(doc, (edge for entity in entities for edge in (entity.start, entity.end)), written)
        doc.ents = char_spans(doc, ((entity.start, entity.end, entity.label) for entity in entities))
        return doc


def _held(name: Mention, chosen: list[Mention]) -> bool:
    """Whether a longer one of the mentions, which are in order, holds the name: 太原 in 太原市发改委."""
    i = bisect_right(chosen, name.start, key=lambda mention: mention.start) - 1
    return i >= 0 and chosen[i].end >= name.end and chosen[i].end - chosen[i].start > name.end - name.start


def _entities(text: str, mentions: list[Mention]) -> list[Entity]:
    entities: list[Entity] = []
    for start, end, label, by, nominal, full, key in mentions:
        if label != EVENT:
            name = text[start:end]
            number = f"e{len(entities) + 1}"
            sure = confidence_of(by, label)
            entities.append(Entity(number, label, name, start, end, start, end, nominal, full or name, key, by, sure))
    return entities


def _flat(ranked: list[list[Mention]]) -> list[Mention]:
    """One flat list: an earlier group wins over a later one, within a group the longer span."""
    taken = SpanSet()
    chosen: list[Mention] = []
    for group in ranked:
        for mention in longest(group):
            if not taken.overlaps(mention.start, mention.end):
                taken.add(mention.start, mention.end)
                chosen.append(mention)
    return sorted(chosen)


def _party_organs(text: str, posts: list[Post]) -> list[Mention]:
    """云州区委 in 云州区委书记: the named Party organ of a title is an organisation."""
    return [
        Mention(post.start, post.post_start, "ORG", "rule:party-organ")
        for post in posts
        if post.organisation and post.place and post.post_start > post.start and text[post.post_start - 1] in "委组"
    ]

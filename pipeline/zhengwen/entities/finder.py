"""All entity rules over one text, and which mention stays where several overlap."""

from ..records import Entity, Role, Span
from ..script import as_written
from .aliases import short_forms
from .bodies import find_bodies
from .companies import find_companies
from .confidence import confidence_of
from .hits import boundaries
from .known import known_companies
from .people import Office, find_people
from .places import add_towns, find_places
from .posts import Post, find_posts
from .scan import scanner
from .spans import EVENT, Mention, SpanSet, disjoint, layered


def find_entities(
    text: str, written: str, before: list[Mention], after: list[Mention], override: list[Mention]
) -> tuple[list[Entity], list[Role], list[Span]]:
    """The entities of a text, in order; the offices of persons; what is known to be no name.

    text: in simplified script; `written` is the original, of the same length. before, after, override: what lexicons of the
    user's own find.
    """
    hits = scanner()(text)
    add_towns(text, hits)
    stops = boundaries(text, hits)
    known = known_companies(text, hits, stops)
    readings = find_bodies(text, hits, stops, known.certain)
    readings += find_companies(text, hits, stops, readings, known)
    places = find_places(text, hits)
    short = short_forms(text, hits, [*readings, *places])
    readings += [mention for mention in short if mention.label != "PLACE"]
    places += [mention for mention in short if mention.label == "PLACE"]
    posts = find_posts(text, hits, readings)
    companies = SpanSet(disjoint([(body.start, body.end) for body in readings if body.label == "COMPANY"]))
    people, offices = find_people(text, hits, posts, companies)
    held = {(office.start, office.end) for office in offices}
    titles = SpanSet(disjoint([(post.post_start, post.end) for post in posts]))
    bodies = [body for body in readings if not titles.overlaps(body.start, body.end)]
    parties = _party_organs(text, [post for post in posts if (post.post_start, post.end) in held])
    openings = SpanSet(disjoint([(post.start, post.end) for post in posts if post.place and post.sphere != "other"]))
    places = [place for place in places if not openings.overlaps(place.start, place.end)]
    mentions = layered([people, [*parties, *bodies], places], before, after, override)
    entities = _entities(written, mentions)
    ruled_out = [(mention.start, mention.end) for mention in mentions if mention.label == EVENT]
    ruled_out += [(post.start, post.end) for post in posts]
    return entities, _roles(text, written, entities, offices), ruled_out


def _roles(text: str, written: str, entities: list[Entity], offices: list[Office]) -> list[Role]:
    """One role for each person, post and organisation."""
    people = {(entity.start, entity.end): entity for entity in entities}
    roles: dict[tuple[str, str, str | None], Role] = {}
    for office in offices:
        if person := people.get((office.person.start, office.person.end)):
            organisation = office.organisation and as_written(office.organisation, text, written)
            post = written[office.start : office.end]
            key = (person.text, post, organisation)
            if key not in roles:
                roles[key] = Role(person.id, post, organisation, office.start, office.end)
    return list(roles.values())


def _entities(text: str, mentions: list[Mention]) -> list[Entity]:
    entities: list[Entity] = []
    for mention in mentions:
        if mention.label != EVENT:
            start, end, label, by = mention.start, mention.end, mention.label, mention.by
            name = text[start:end]
            number, canonical = f"e{len(entities) + 1}", mention.full or name
            entities.append(
                Entity(
                    number,
                    label,
                    name,
                    start,
                    end,
                    start,
                    end,
                    mention.nominal,
                    canonical,
                    mention.key,
                    by,
                    confidence_of(by, label),
                )
            )
    return entities


def _party_organs(text: str, posts: list[Post]) -> list[Mention]:
    """云州区委 in 云州区委书记: the named Party organ of a title is an organisation."""
    return [
        Mention(post.start, post.post_start, "ORG", "rule:party-organ")
        for post in posts
        if post.organisation and post.place and post.post_start > post.start and text[post.post_start - 1] in "委组"
    ]

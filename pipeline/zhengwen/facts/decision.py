"""What a fact is decided to be, and what there is to choose from."""

from .scores import Choice, Traits


class Candidate(Choice):
    """`text` is None for the candidate that says nothing; `start` is -1 where it is taken over from another fact."""

    __slots__ = ("end", "start", "text")

    def __init__(self, text: str | None, start: int, end: int, traits: Traits):
        super().__init__(traits)
        self.text, self.start, self.end = text, start, end


class When(Choice):
    """A time that a fact may hold for: its number in the list of times, -1 for none."""

    __slots__ = ("number",)

    def __init__(self, number: int, traits: Traits):
        super().__init__(traits)
        self.number = number


NOTHING = Candidate(None, -1, -1, ("none",))
NO_TIME = When(-1, ("none",))


class Decision:
    """What one fact is, choice by choice, and what the choices go by.

    place: of its quantity among the items; unit: the class of its unit; inside: whether it is a part, behind 其中 or in
    brackets; gap: what parts it from the quantity before it in the sentence.
    """

    def __init__(self, place: int, unit: str, inside: bool, gap: str):
        self.place, self.unit, self.inside, self.gap = place, unit, inside, gap
        self.metric = self.subject = NOTHING
        self.when = NO_TIME
        self.kind = self.modality = ""

"""Scores: the linear model and its table of weights."""

from zhengwen.facts.scores import FIELDS, Choice, Scorer, features, scorers


def test_features_are_kind_properties_and_context() -> None:
    assert list(features(("word", "adj"), ("money",))) == [
        "word",
        "word 0=adj",
        "word 0=adj @0=money",
        "word @0=money",
    ]


def test_score_is_the_sum_of_the_weights() -> None:
    scorer = Scorer({"word": 1.0, "word 0=adj": 0.5, "word @0=money": -2.0, "noun": 9.0})
    assert scorer.score(("word", "adj"), ("money",)) == -0.5


def test_best_is_the_highest_and_the_first_of_equals() -> None:
    scorer = Scorer({"b": 1.0, "c": 1.0})
    assert scorer.best([Choice(("a",)), Choice(("b",)), Choice(("c",))], ()) == 1


def test_packaged_weights_are_there_for_every_field() -> None:
    assert set(scorers()) == set(FIELDS)
    assert all(scorer.weights for scorer in scorers().values())

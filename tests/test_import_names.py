"""Which exercise a name of another app means."""

import pytest

from webapp.catalogue import entries
from webapp.importing.creating import Done, columns
from webapp.importing.names import Known, Library, is_likely
from webapp.models.library import fold


def known(id: int, name: str, *aliases: str, rank: int = 1, muscle: str = "chest") -> Known:
    return Known(id, f"uuid-{id}", name, aliases, muscle, "Barbell", rank)


def catalogue() -> list[Known]:
    return [
        Known(
            id,
            each["slug"],
            each["name"],
            tuple(each["aliases"]),
            each["muscle_group"],
            each["implement"],
            1,
        )
        for id, each in enumerate(entries().values(), 1)
    ]


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("Bench Press (Barbell)", "bench-press-barbell"),
        ("bench press  (BARBELL)", "bench-press-barbell"),
        ("Flat Barbell Bench Press", "bench-press-barbell"),
        ("Barbell Squat", "squat-barbell"),
        ("Incline Dumbbell Bench Press", "incline-bench-press-dumbbell"),
        ("Running (Outdoor)", "running"),
    ],
)
def test_the_names_of_other_apps_are_the_catalogues(said: str, slug: str) -> None:
    found = Library(catalogue(), {}).match(said)
    assert found is not None
    assert found.uuid == slug


def test_an_own_exercise_goes_before_the_catalogues_and_a_remembered_name_before_all() -> None:
    system, own, other = known(1, "Squat"), known(2, "squat", rank=0), known(3, "Hack Squat")
    assert Library([system, own, other], {}).match("Squat") == own
    assert Library([system, own, other], {"squat": other}).match("Squat") == other


def test_an_archived_exercise_is_found_when_nothing_else_is_called_so() -> None:
    archived, alive = known(1, "Squat", rank=2), known(2, "Squat", rank=0)
    assert Library([archived], {}).match("Squat") == archived
    assert Library([archived, alive], {}).match("Squat") == alive


def test_words_in_another_order_match_only_one_exercise() -> None:
    one, two = known(1, "Row (Cable)"), known(2, "Cable Row Low", "Low Row Cable")
    library = Library([one, two], {})
    assert library.match("Cable Row") == one
    assert library.match("Row") is None


def test_suggestions_are_called_alike_the_best_first() -> None:
    library = Library(catalogue(), {})
    offers = library.suggest("Bnech Press with Barbell")
    assert offers[0].exercise.name == "Bench Press (Barbell)"
    assert [each.score for each in offers] == sorted((each.score for each in offers), reverse=True)
    assert library.suggest("Zzyzx") == []


def test_a_suggestion_with_another_implement_is_not_taken_unasked() -> None:
    library = Library([known(1, "Viking Press Paused (Barbell)")], {})
    same, other = "Viking Press Paused Barbell Heavy", "Viking Press Paused (Dumbbell)"
    assert not is_likely(other, library.suggest(other)[0])
    assert library.suggest(same)[0].score > 0.4


def test_a_new_exercise_is_made_of_what_the_file_tells() -> None:
    made = columns("Zercher Hold (Dumbbell)", "Abs", Done(3, has_time=True), None, {})
    assert (made["implement"], made["muscle_group"], made["body_part"]) == (
        "Dumbbell",
        "core",
        "core",
    )
    assert (made["measure"], made["load"]) == ("duration", "none")
    assert made["name_key"] == fold("Zercher Hold (Dumbbell)")
    run = columns("Hill Sprint", "Cardio", Done(2, has_distance=True, has_time=True), None, {})
    assert (run["measure"], run["load"], run["implement"]) == ("distance", "none", "Bodyweight")
    dip = columns("Ring Dip (Assisted)", "", Done(2, has_reps=True, has_weight=True), None, {})
    assert (dip["load"], dip["implement"], dip["muscle_group"]) == (
        "assisted",
        "Bodyweight",
        "other",
    )
    like = Library([known(1, "Chest Press")], {}).suggest("Chest Press Wide")[0]
    press = columns("Chest Press Wide", "", Done(2, has_reps=True, has_weight=True), like, {})
    assert (press["muscle_group"], press["implement"]) == ("chest", "Barbell")

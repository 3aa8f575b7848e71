"""The catalogue's files keep what webapp/data/README.md promises."""

import json
import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "webapp" / "data"
EXERCISES = json.loads((DATA / "exercises.json").read_text("utf-8"))
STARTERS = json.loads((DATA / "starters.json").read_text("utf-8"))
BY_SLUG = {e["slug"]: e for e in EXERCISES}
ROUTINES = [routine for program in STARTERS for routine in program["routines"]]


def words(text):
    return set(text.split())


WORDS = {
    "muscle_group": "chest back shoulders biceps triceps legs core other",
    "body_part": "chest back shoulders arms legs core full_body other",
    "modality": "dumbbell barbell cable machine smith bodyweight",
    "implement": "Barbell Dumbbell SelectorizedMachine PlateLoadedMachine Bodyweight Band"
    " Kettlebell Plate MedicineBall",
    "measure": "reps duration distance",
    "load": "external bodyweight assisted none",
}
MUSCLES = words(
    "chest front_delts side_delts rear_delts traps upper_back lats lower_back biceps triceps"
    " forearms abs obliques glutes quads hamstrings adductors abductors calves hip_flexors neck"
    " cardio"
)
KEYS = set(WORDS) | words(
    "slug name aliases muscles increment_kg increment_lb rest_seconds unilateral"
)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PAIRS = words(
    "Barbell/barbell Dumbbell/dumbbell Kettlebell/dumbbell Plate/dumbbell MedicineBall/dumbbell"
    " Band/cable SelectorizedMachine/cable SelectorizedMachine/machine PlateLoadedMachine/machine"
    " PlateLoadedMachine/smith Bodyweight/bodyweight"
)


def slugs(items):
    return [item["slug"] for item in items]


each_routine = pytest.mark.parametrize("routine", ROUTINES, ids=slugs(ROUTINES))


def exercise_items(routine):
    return [item for item in routine["items"] if item["kind"] == "exercise"]


def repeated(items):
    return [item for item, times in Counter(items).items() if times > 1]


def test_the_catalogue_has_at_least_two_hundred_exercises():
    assert len(EXERCISES) >= 200


def test_every_exercise_has_exactly_the_documented_keys():
    assert [e["slug"] for e in EXERCISES if set(e) != KEYS] == []


def test_the_file_holds_one_exercise_a_line_sorted_by_name():
    lines = (DATA / "exercises.json").read_text("utf-8").splitlines()[1:-1]
    assert [json.loads(line.rstrip(",")) for line in lines] == EXERCISES
    names = [e["name"] for e in EXERCISES]
    assert names == sorted(names, key=str.casefold)


def test_slugs_are_unique_and_in_kebab_case():
    assert repeated(slugs(EXERCISES)) == []
    assert [s for s in slugs(EXERCISES) if not SLUG.fullmatch(s)] == []


def test_no_name_or_alias_is_written_twice_whatever_the_case():
    said = [word.casefold() for e in EXERCISES for word in (e["name"], *e["aliases"])]
    assert repeated(said) == []


def test_names_and_aliases_are_3_to_50_characters_without_stray_spaces():
    said = [word for e in EXERCISES for word in (e["name"], *e["aliases"])]
    assert [w for w in said if not 3 <= len(w) <= 50 or w != " ".join(w.split())] == []


@pytest.mark.parametrize("key", WORDS)
def test_only_documented_words_are_used_and_each_of_them_is(key):
    assert {e[key] for e in EXERCISES} == words(WORDS[key])


def test_muscles_are_known_and_stand_once_primary_or_secondary():
    for e in EXERCISES:
        named = e["muscles"]["primary"] + e["muscles"]["secondary"]
        assert set(e["muscles"]) == {"primary", "secondary"}, e["slug"]
        assert set(named) <= MUSCLES and repeated(named) == [], e["slug"]


def test_every_muscle_is_the_primary_one_of_some_exercise():
    assert {m for e in EXERCISES for m in e["muscles"]["primary"]} == MUSCLES


def test_only_whole_body_sessions_have_no_primary_muscle():
    without = [e for e in EXERCISES if not e["muscles"]["primary"]]
    assert {(e["body_part"], e["measure"]) for e in without} == {("full_body", "duration")}


def test_muscle_group_and_body_part_agree():
    arms = {"biceps": "arms", "triceps": "arms"}
    grouped = [e for e in EXERCISES if e["muscle_group"] != "other"]
    wrong = [
        e["slug"]
        for e in grouped
        if e["body_part"] != arms.get(e["muscle_group"], e["muscle_group"])
    ]
    assert wrong == []
    rest = {e["body_part"] for e in EXERCISES if e["muscle_group"] == "other"}
    assert rest == {"arms", "full_body", "other"}


def test_every_muscle_group_has_several_exercises():
    counts = Counter(e["muscle_group"] for e in EXERCISES)
    assert min(counts.values()) >= 10


def test_modality_follows_the_implement():
    assert {f"{e['implement']}/{e['modality']}" for e in EXERCISES} == PAIRS


def test_the_name_tells_the_implement_it_is_logged_with():
    for e in EXERCISES:
        said = re.search(r"\((Barbell|Dumbbell|Kettlebell|Plate|Medicine Ball|Band)\)$", e["name"])
        if said and e["load"] != "assisted":
            assert e["implement"] == said[1].replace(" ", ""), e["slug"]


def test_increments_are_positive_exactly_where_there_is_a_load():
    for e in EXERCISES:
        loaded = e["load"] != "none"
        assert (e["increment_kg"] > 0, e["increment_lb"] > 0) == (loaded, loaded), e["slug"]
        assert e["increment_kg"] <= 10 and e["increment_lb"] <= 25, e["slug"]


def test_increments_are_multiples_of_the_smallest_plate():
    for e in EXERCISES:
        assert (e["increment_kg"] * 4) % 1 == 0 and (e["increment_lb"] * 2) % 1 == 0, e["slug"]


def test_rests_are_whole_seconds_up_to_three_minutes():
    for e in EXERCISES:
        assert type(e["rest_seconds"]) is int and 0 <= e["rest_seconds"] <= 180, e["slug"]
        assert type(e["unilateral"]) is bool, e["slug"]


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("Flat Barbell Bench Press", "bench-press-barbell"),
        ("Strict Military Press (Barbell)", "overhead-press-barbell"),
        ("OHP", "overhead-press-barbell"),
        ("RDL", "romanian-deadlift-barbell"),
        ("Rope Push Down", "triceps-pushdown-rope-cable"),
        ("Butterfly (Pec Deck)", "pec-deck-machine"),
        ("Bent Over One Arm Row (Dumbbell)", "one-arm-row-dumbbell"),
        ("Elliptical Trainer", "elliptical"),
    ],
)
def test_spellings_of_other_logs_lead_to_the_right_exercise(word, slug):
    assert [e["slug"] for e in EXERCISES if word in e["aliases"]] == [slug]


def test_there_are_four_starter_programs():
    assert slugs(STARTERS) == ["full-body", "upper-lower", "push-pull-legs", "bodyweight-home"]


@pytest.mark.parametrize("program", STARTERS, ids=slugs(STARTERS))
def test_a_starter_program_is_complete(program):
    assert set(program) == {"slug", "name", "description", "days_per_week", "level", "routines"}
    assert 3 <= len(program["name"]) <= 50 and program["description"].endswith(".")
    assert program["level"] in {"beginner", "intermediate"}
    assert len(program["routines"]) <= program["days_per_week"] <= 6
    assert any(i["superset"] for r in program["routines"] for i in exercise_items(r))


def test_routine_slugs_are_unique_over_all_programs():
    assert repeated(slugs(ROUTINES)) == []


@each_routine
def test_a_routine_holds_four_to_six_known_exercises(routine):
    assert set(routine) == {"slug", "name", "description", "estimated_minutes", "tags", "items"}
    assert SLUG.fullmatch(routine["slug"]) and 3 <= len(routine["name"]) <= 50
    assert 4 <= len(exercise_items(routine)) <= 6
    named = [i["exercise"] for i in routine["items"] if i["kind"] != "rest"]
    assert set(named) <= set(BY_SLUG) and repeated(named) == []


@each_routine
def test_an_item_is_planned_the_way_its_exercise_is_measured(routine):
    common = {"kind", "exercise", "sets", "rest_seconds", "note", "superset"}
    plans = {"reps": {"reps_min", "reps_max"}, "duration": {"duration_seconds"}}
    for item in exercise_items(routine):
        assert set(item) == common | plans[BY_SLUG[item["exercise"]]["measure"]], item
        assert 1 <= item["sets"] <= 5 and 0 <= item["rest_seconds"] <= 180, item
        assert item.get("reps_min", 1) <= item.get("reps_max", 1), item
        assert item["note"] is None or len(item["note"]) <= 200, item


@each_routine
def test_cardio_and_rest_items_last_a_while(routine):
    rest = {"kind", "duration_seconds"}
    keys = {"rest": rest, "cardio": rest | {"exercise"}}
    for item in routine["items"]:
        if item["kind"] != "exercise":
            assert set(item) == keys[item["kind"]] and 30 <= item["duration_seconds"] <= 3600


@each_routine
def test_a_superset_stands_together_has_equal_sets_and_rests_at_its_end(routine):
    runs = [
        list(run)
        for number, run in groupby(routine["items"], lambda i: i.get("superset"))
        if number is not None
    ]
    assert repeated(run[0]["superset"] for run in runs) == []
    for run in runs:
        assert len(run) >= 2 and len({item["sets"] for item in run}) == 1
        assert all(item["rest_seconds"] == 0 for item in run[:-1]) and run[-1]["rest_seconds"] > 0


@each_routine
def test_the_estimated_minutes_cover_the_planned_work_and_rest(routine):
    def seconds(item):
        if item["kind"] != "exercise":
            return item["duration_seconds"]
        sides = 2 if BY_SLUG[item["exercise"]]["unilateral"] else 1
        work = item.get("duration_seconds") or 3 * item["reps_max"]
        return item["sets"] * (work * sides + item["rest_seconds"])

    planned = sum(map(seconds, routine["items"])) / 60
    assert planned <= routine["estimated_minutes"] <= planned * 1.6

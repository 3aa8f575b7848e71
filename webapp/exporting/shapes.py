"""What stands in an exported account of the person, their exercises and routines.

A field has the name of its column; one that names another row holds its UUID, or the slug of an
exercise of the catalogue. What is left out has its default; decimals are texts, as entered.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field

from webapp.exporting.fields import (
    T50,
    T100,
    T200,
    T400,
    T500,
    T2048,
    Amount,
    Far,
    Moment,
    Owned,
    Prose,
    Racks,
    Ref,
    Shape,
    Stock,
    Unit,
    Whole,
)
from webapp.models.exercises import (
    BODY_PARTS,
    IMPLEMENTS,
    LOADS,
    MEASURES,
    MODALITIES,
    MUSCLE_GROUPS,
)
from webapp.zones import KNOWN

Zone = Annotated[str, BeforeValidator(lambda name: name if name in KNOWN else "UTC")]


class Profile(Shape):
    """How the person is called and likes to train."""

    first_name: T100 = ""
    last_name: T100 = ""
    name: T200 | None = None
    age: Whole | None = None
    profile_image_url: T2048 | None = None
    timezone: Zone = "UTC"
    first_day_of_week: Annotated[int, Field(ge=1, le=7)] = 1
    weight_unit: Unit = "kg"
    distance_unit: Literal["km", "mi"] = "km"
    theme: Literal["auto", "light", "dark"] = "auto"
    default_rest_seconds: Annotated[int, Field(ge=0, le=3600)] = 90
    rest_timer_on: bool = True
    timer_sound: bool = True
    rpe_on: bool = False
    plates: Stock = {}
    bars: Racks = {}


class Location(Owned):
    """A place to train; without plates or bars it has those of the account."""

    name: T200
    instagram_handle: T200 | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    notes: Prose | None = None
    address: T500 | None = None
    plates: Stock | None = None
    bars: Racks | None = None


class Kind(Shape):
    """What kind of exercise something is."""

    muscle_group: Literal[MUSCLE_GROUPS] = "other"  # type: ignore[valid-type]
    body_part: Literal[BODY_PARTS] = "other"  # type: ignore[valid-type]
    modality: Literal[MODALITIES] = "barbell"  # type: ignore[valid-type]
    implement: Literal[IMPLEMENTS] = "Barbell"  # type: ignore[valid-type]
    measure: Literal[MEASURES] = "reps"  # type: ignore[valid-type]
    load: Literal[LOADS] = "external"  # type: ignore[valid-type]


class About(Kind):
    """What is known of an exercise."""

    name: T200
    aliases: list[T200] = []
    primary_muscles: list[T50] = []
    secondary_muscles: list[T50] = []
    unilateral: bool = False
    increment_kg: Amount = "2.5"
    increment_lb: Amount = "5"
    rest_seconds: Whole | None = None


class Catalogued(About):
    """An exercise of the catalogue that is used; it is made where its slug is not known."""

    slug: T100


class Exercise(Owned, About):
    """An exercise of the person's own."""

    notes: Prose | None = None
    picture_url: T2048 | None = None
    model: T200 | None = None
    location: UUID | None = None
    merged_into: Ref | None = None
    archived_at: Moment | None = None


class ExerciseSetting(Shape):
    """How the person does an exercise."""

    exercise: Ref
    weight_unit: Unit | None = None
    increment: Amount | None = None
    rest_seconds: Whole | None = None
    bar_weight: Amount | None = None
    note: Prose | None = None
    is_favourite: bool = False
    is_hidden: bool = False
    last_used_at: Moment | None = None


class ExerciseAlias(Shape):
    """What another app calls an exercise."""

    exercise: Ref
    name_key: T400


class Progression(Shape):
    """How the weight of an item grows; {} is not at all."""

    rule: Literal["double", "linear"] | None = None
    step: Amount | None = None
    unit: Unit | None = None


class Planned(Shape):
    """Numbers that are planned for an exercise."""

    reps_min: Whole | None = None
    reps_max: Whole | None = None
    weight: Amount | None = None
    weight_unit: Unit | None = None
    duration_seconds: Whole | None = None
    distance: Amount | None = None
    distance_unit: Far | None = None
    speed_kmh: Amount | None = None
    interval_seconds: Whole | None = None
    rest_seconds: Whole | None = None
    note: Prose | None = None


class RoutineItem(Owned, Planned):
    """A line of a routine."""

    position: Whole
    kind: Literal["exercise", "rest", "cardio"] = "exercise"
    exercise: Ref | None = None
    exercise_name: T200 = ""
    superset: Whole | None = None
    sets: Whole = 3
    warm_up_sets: Whole = 0
    progression: Progression = Progression()
    deleted_at: Moment | None = None


class Routine(Owned):
    """A plan to start workouts from."""

    name: T200
    description: Prose | None = None
    location: UUID | None = None
    estimated_minutes: Whole | None = None
    tags: list[T200] = []
    is_public: bool = False
    program: T100 | None = None
    position: Whole = 0
    last_done_at: Moment | None = None
    deleted_at: Moment | None = None
    items: list[RoutineItem] = []


class MovedItems(Kind):
    """Items of workouts that a merge moved, and what they were before."""

    exercise_name: T200 = ""
    items: list[UUID]


class MovedPlans(Shape):
    """Lines of routines that a merge moved, and what they were called before."""

    exercise_name: T200 = ""
    items: list[UUID]


class Filled(Shape):
    """What the kept exercise took over of how the person does the other one."""

    weight_unit: Unit | None = None
    increment: Amount | None = None
    rest_seconds: Whole | None = None
    bar_weight: Amount | None = None
    note: Prose | None = None
    is_favourite: bool = False


class Merge(Shape):
    """What undoes a merge: that of `source` into `target`."""

    source: Ref
    target: Ref
    created_at: Moment
    items: list[MovedItems] = []
    routine_items: list[MovedPlans] = []
    remembered: list[T400] = []
    added: list[T400] = []
    aliases: list[T200] = []
    setting: Filled = Filled()


class BodyWeight(Owned):
    """What the person weighed."""

    measured_at: Moment
    weight: Amount
    weight_unit: Unit

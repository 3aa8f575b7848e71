from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from webapp.ids import uuid7
from webapp.models.fields import ExactDecimal


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Throttle",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("key", fields.CharField(unique=True, max_length=64)),
                ("failures", fields.IntField(default=0)),
                ("last_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "blocked_until",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "throttles",
                "app": "models",
                "pk_attr": "id",
                "table_description": "How often something failed lately, by a hash of who tried (an account, an address).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7, unique=True)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                ("username", fields.CharField(null=True, max_length=50)),
                ("username_key", fields.CharField(null=True, unique=True, max_length=100)),
                ("email", fields.CharField(null=True, max_length=254)),
                ("email_key", fields.CharField(null=True, unique=True, max_length=254)),
                ("password_hash", fields.CharField(null=True, max_length=255)),
                (
                    "password_changed_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("first_name", fields.CharField(default="", max_length=100)),
                ("last_name", fields.CharField(default="", max_length=100)),
                ("name", fields.CharField(null=True, max_length=200)),
                ("age", fields.IntField(null=True)),
                ("profile_image_url", fields.CharField(null=True, max_length=2048)),
                ("is_active", fields.BooleanField(default=True)),
                ("is_admin", fields.BooleanField(default=False)),
                ("is_premium", fields.BooleanField(default=False)),
                ("timezone", fields.CharField(default="UTC", max_length=64)),
                ("first_day_of_week", fields.SmallIntField(default=1)),
                ("weight_unit", fields.CharField(default="kg", max_length=2)),
                ("distance_unit", fields.CharField(default="km", max_length=2)),
                ("theme", fields.CharField(default="auto", max_length=8)),
                ("default_rest_seconds", fields.IntField(default=90)),
                ("rest_timer_on", fields.BooleanField(default=True)),
                ("timer_sound", fields.BooleanField(default=True)),
                ("rpe_on", fields.BooleanField(default=False)),
                ("plates", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("bars", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={
                "table": "users",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A person with a user name, an e-mail, or both, and how they like to train.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BodyWeight",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="body_weights",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("measured_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("weight", ExactDecimal(generated=False, null=False, unique=False)),
                ("weight_unit", fields.CharField(max_length=2)),
                ("weight_grams", fields.BigIntField()),
            ],
            options={
                "table": "body_weights",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "indexes": [Index(fields=["user_id", "measured_at"])],
                "pk_attr": "id",
                "table_description": "What the person weighed at a moment, as entered.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="identities",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("issuer", fields.CharField(max_length=255)),
                ("subject", fields.CharField(max_length=255)),
                ("email", fields.CharField(null=True, max_length=254)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "identities",
                "app": "models",
                "unique_together": (("issuer", "subject"),),
                "pk_attr": "id",
                "table_description": "An account at an OpenID Connect issuer that signs a user in, by (issuer, subject).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="imports",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("format", fields.CharField(max_length=24)),
                ("file_name", fields.CharField(default="", max_length=255)),
                ("status", fields.CharField(default="preview", max_length=12)),
                ("report", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("undone_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "imports",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "pk_attr": "id",
                "table_description": "One import of a file, so that all it brought can be taken back at once.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("scope", fields.CharField(max_length=40)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="kept_answers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("route", fields.CharField(max_length=200)),
                ("key", fields.CharField(max_length=200)),
                ("fingerprint", fields.CharField(max_length=64)),
                ("status", fields.SmallIntField()),
                ("headers", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("body", fields.BinaryField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
            ],
            options={
                "table": "kept_answers",
                "app": "models",
                "unique_together": (("scope", "route", "key"),),
                "indexes": [Index(fields=["created_at"])],
                "pk_attr": "id",
                "table_description": "The answer to a request that carried an Idempotency-Key, kept with its effect.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="locations",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=200)),
                ("instagram_handle", fields.CharField(null=True, max_length=200)),
                ("latitude", fields.FloatField(null=True)),
                ("longitude", fields.FloatField(null=True)),
                ("notes", fields.TextField(null=True, unique=False)),
                ("address", fields.CharField(null=True, max_length=500)),
                ("plates", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ("bars", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={
                "table": "locations",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "pk_attr": "id",
                "table_description": "A gym: a name, where it is, and which plates and bars stand there.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Exercise",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="exercises",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "updated_by",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="updated_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="edited_exercises",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("slug", fields.CharField(null=True, unique=True, max_length=100)),
                ("name", fields.CharField(max_length=200)),
                ("name_key", fields.CharField(max_length=400)),
                ("aliases", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("search_text", fields.TextField(default="", unique=False)),
                ("muscle_group", fields.CharField(default="other", max_length=12)),
                ("body_part", fields.CharField(default="other", max_length=50)),
                ("modality", fields.CharField(default="barbell", max_length=12)),
                ("implement", fields.CharField(default="Barbell", max_length=24)),
                ("measure", fields.CharField(default="reps", max_length=8)),
                ("load", fields.CharField(default="external", max_length=10)),
                (
                    "primary_muscles",
                    fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads),
                ),
                (
                    "secondary_muscles",
                    fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads),
                ),
                ("unilateral", fields.BooleanField(default=False)),
                (
                    "increment_kg",
                    ExactDecimal(default="2.5", generated=False, null=False, unique=False),
                ),
                (
                    "increment_lb",
                    ExactDecimal(default="5", generated=False, null=False, unique=False),
                ),
                ("rest_seconds", fields.IntField(null=True)),
                ("notes", fields.TextField(null=True, unique=False)),
                ("picture_url", fields.CharField(null=True, max_length=2048)),
                ("model", fields.CharField(null=True, max_length=200)),
                (
                    "location",
                    fields.ForeignKeyField(
                        "models.Location",
                        source_field="location_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="exercises",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "merged_into",
                    fields.ForeignKeyField(
                        "models.Exercise",
                        source_field="merged_into_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="merged",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                (
                    "archived_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "exercises",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "indexes": [Index(fields=["user_id", "name_key"])],
                "pk_attr": "id",
                "table_description": "Something to do: no owner means the system's catalogue, found again by its `slug`.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ExerciseAlias",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="exercise_aliases",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "exercise",
                    fields.ForeignKeyField(
                        "models.Exercise",
                        source_field="exercise_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="remembered_aliases",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name_key", fields.CharField(max_length=400)),
            ],
            options={
                "table": "exercise_aliases",
                "app": "models",
                "unique_together": (("user", "name_key"),),
                "pk_attr": "id",
                "table_description": "What another app calls an exercise, remembered from the person's own imports.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ExerciseMerge",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="exercise_merges",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "source",
                    fields.ForeignKeyField(
                        "models.Exercise",
                        source_field="source_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="merged_away",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "target",
                    fields.ForeignKeyField(
                        "models.Exercise",
                        source_field="target_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="merged_in",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("moved", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("undone_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "exercise_merges",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Two exercises made one: which items moved, so that it can be undone.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ExerciseSetting",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="exercise_settings",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "exercise",
                    fields.ForeignKeyField(
                        "models.Exercise",
                        source_field="exercise_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="settings",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("weight_unit", fields.CharField(null=True, max_length=2)),
                ("increment", ExactDecimal(null=True, generated=False, unique=False)),
                ("rest_seconds", fields.IntField(null=True)),
                ("bar_weight", ExactDecimal(null=True, generated=False, unique=False)),
                ("note", fields.TextField(null=True, unique=False)),
                ("is_favourite", fields.BooleanField(default=False)),
                ("is_hidden", fields.BooleanField(default=False)),
                (
                    "last_used_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "exercise_settings",
                "app": "models",
                "unique_together": (("user", "exercise"),),
                "pk_attr": "id",
                "table_description": "How one person does one exercise: the unit of its scale, the step, the rest, the bar.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LoginSession",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7, unique=True)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="login_sessions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("kind", fields.CharField(max_length=8)),
                ("contract", fields.CharField(null=True, max_length=16)),
                ("secret_hash", fields.CharField(null=True, unique=True, max_length=64)),
                ("device", fields.CharField(default="", max_length=200)),
                ("address", fields.CharField(default="", max_length=45)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("last_seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "login_sessions",
                "app": "models",
                "indexes": [Index(fields=["user_id", "revoked_at"])],
                "pk_attr": "id",
                "table_description": "One sign-in of one device or client. Every cookie and signed token names one of these.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RefreshToken",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "login_session",
                    fields.ForeignKeyField(
                        "models.LoginSession",
                        source_field="login_session_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="refresh_tokens",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="refresh_tokens",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("spent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "refresh_tokens",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One link of a family: spent when it is exchanged, and its second use revokes the session.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Routine",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="routines",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=200)),
                ("description", fields.TextField(null=True, unique=False)),
                (
                    "location",
                    fields.ForeignKeyField(
                        "models.Location",
                        source_field="location_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="routines",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("estimated_minutes", fields.IntField(null=True)),
                ("tags", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ("is_public", fields.BooleanField(default=False)),
                ("program", fields.CharField(null=True, max_length=100)),
                ("position", fields.IntField(default=0)),
                (
                    "last_done_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("deleted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "routines",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "indexes": [Index(fields=["user_id", "position"])],
                "pk_attr": "id",
                "table_description": "A plan that a workout starts from (live: a workout, gym: a workout template).",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="RoutineItem",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="routine_items",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "routine",
                    fields.ForeignKeyField(
                        "models.Routine",
                        source_field="routine_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="items",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("position", fields.IntField()),
                ("kind", fields.CharField(default="exercise", max_length=8)),
                (
                    "exercise",
                    fields.ForeignKeyField(
                        "models.Exercise",
                        source_field="exercise_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="routine_items",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("exercise_name", fields.CharField(default="", max_length=200)),
                ("superset", fields.IntField(null=True)),
                ("sets", fields.IntField(default=3)),
                ("warm_up_sets", fields.IntField(default=0)),
                ("reps_min", fields.IntField(null=True)),
                ("reps_max", fields.IntField(null=True)),
                ("weight", ExactDecimal(null=True, generated=False, unique=False)),
                ("weight_unit", fields.CharField(null=True, max_length=2)),
                ("duration_seconds", fields.IntField(null=True)),
                ("distance", ExactDecimal(null=True, generated=False, unique=False)),
                ("distance_unit", fields.CharField(null=True, max_length=2)),
                ("speed_kmh", ExactDecimal(null=True, generated=False, unique=False)),
                ("interval_seconds", fields.IntField(null=True)),
                ("rest_seconds", fields.IntField(null=True)),
                ("note", fields.TextField(null=True, unique=False)),
                ("progression", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("deleted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "routine_items",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "indexes": [Index(fields=["routine_id", "position"])],
                "pk_attr": "id",
                "table_description": "One line of a routine. `kind` is exercise, rest or cardio, and `superset` groups items.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SignInAttempt",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("state_hash", fields.CharField(unique=True, max_length=64)),
                ("browser_hash", fields.CharField(max_length=64)),
                ("nonce", fields.CharField(max_length=64)),
                ("verifier", fields.CharField(max_length=128)),
                ("next_url", fields.CharField(default="/", max_length=2048)),
                ("contract", fields.CharField(null=True, max_length=16)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="sign_in_attempts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sign_in_attempts",
                "app": "models",
                "pk_attr": "id",
                "table_description": "One journey to the issuer and back: used once, bound to the browser that began it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Token",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7, unique=True)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="tokens",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("name", fields.CharField(max_length=100)),
                ("contract", fields.CharField(max_length=16)),
                ("read_only", fields.BooleanField(default=False)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("hint", fields.CharField(max_length=12)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                (
                    "last_used_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "tokens",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A personal token for a program: shown once, hashed at rest, pinned to a contract.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Workout",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="workouts",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "routine",
                    fields.ForeignKeyField(
                        "models.Routine",
                        source_field="routine_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="workouts",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("routine_name", fields.CharField(null=True, max_length=200)),
                ("name", fields.CharField(max_length=200)),
                ("status", fields.CharField(default="in_progress", max_length=12)),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("local_date", fields.DateField()),
                (
                    "part_finished_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("notes", fields.TextField(null=True, unique=False)),
                ("rating", fields.SmallIntField(null=True)),
                (
                    "location",
                    fields.ForeignKeyField(
                        "models.Location",
                        source_field="location_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="workouts",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("location_name", fields.CharField(null=True, max_length=200)),
                ("bodyweight", ExactDecimal(null=True, generated=False, unique=False)),
                ("bodyweight_unit", fields.CharField(null=True, max_length=2)),
                (
                    "rest_started_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                (
                    "rest_ends_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("rest_left_seconds", fields.IntField(null=True)),
                ("share_key", fields.CharField(null=True, unique=True, max_length=64)),
                ("source", fields.CharField(default="pages", max_length=16)),
                (
                    "batch",
                    fields.ForeignKeyField(
                        "models.ImportBatch",
                        source_field="batch_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="workouts",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("version", fields.IntField(default=1)),
                ("deleted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "workouts",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "indexes": [
                    Index(fields=["user_id", "status"]),
                    Index(fields=["user_id", "started_at"]),
                    Index(fields=["user_id", "ended_at"]),
                    Index(fields=["user_id", "local_date"]),
                ],
                "pk_attr": "id",
                "table_description": "One training (live: a session). Names are snapshots: they outlive routine and location.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="WorkoutItem",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="workout_items",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "workout",
                    fields.ForeignKeyField(
                        "models.Workout",
                        source_field="workout_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="items",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "routine_item",
                    fields.ForeignKeyField(
                        "models.RoutineItem",
                        source_field="routine_item_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="workout_items",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("position", fields.IntField()),
                ("kind", fields.CharField(default="exercise", max_length=8)),
                (
                    "exercise",
                    fields.ForeignKeyField(
                        "models.Exercise",
                        source_field="exercise_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="workout_items",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("exercise_name", fields.CharField(default="", max_length=200)),
                ("muscle_group", fields.CharField(default="other", max_length=12)),
                ("body_part", fields.CharField(default="other", max_length=50)),
                ("modality", fields.CharField(default="barbell", max_length=12)),
                ("implement", fields.CharField(default="Barbell", max_length=24)),
                ("measure", fields.CharField(default="reps", max_length=8)),
                ("load", fields.CharField(default="external", max_length=10)),
                ("superset", fields.IntField(null=True)),
                ("status", fields.CharField(default="pending", max_length=8)),
                ("started_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("rest_seconds", fields.IntField(null=True)),
                ("plan", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ("note", fields.TextField(null=True, unique=False)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "workout_items",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "indexes": [
                    Index(fields=["workout_id", "position"]),
                    Index(fields=["user_id", "exercise_id"]),
                ],
                "pk_attr": "id",
                "table_description": "One exercise, rest or cardio block of a workout, with what it was when it was done.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="WorkoutSet",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("uuid", fields.UUIDField(default=uuid7)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=True)),
                ("updated_at", fields.DatetimeField(auto_now=True, auto_now_add=False)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="workout_sets",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "workout",
                    fields.ForeignKeyField(
                        "models.Workout",
                        source_field="workout_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sets",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "item",
                    fields.ForeignKeyField(
                        "models.WorkoutItem",
                        source_field="item_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sets",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "exercise",
                    fields.ForeignKeyField(
                        "models.Exercise",
                        source_field="exercise_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="workout_sets",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
                ("position", fields.IntField()),
                ("set_type", fields.CharField(default="working", max_length=8)),
                ("planned_reps", fields.IntField(null=True)),
                ("planned_reps_max", fields.IntField(null=True)),
                ("planned_weight", ExactDecimal(null=True, generated=False, unique=False)),
                ("planned_weight_unit", fields.CharField(null=True, max_length=2)),
                ("planned_seconds", fields.IntField(null=True)),
                ("reps", fields.IntField(null=True)),
                ("forced_reps", fields.IntField(null=True)),
                ("weight", ExactDecimal(null=True, generated=False, unique=False)),
                ("weight_unit", fields.CharField(null=True, max_length=2)),
                ("weight_grams", fields.BigIntField(null=True)),
                ("duration_seconds", ExactDecimal(null=True, generated=False, unique=False)),
                ("distance", ExactDecimal(null=True, generated=False, unique=False)),
                ("distance_unit", fields.CharField(null=True, max_length=2)),
                ("distance_mm", fields.BigIntField(null=True)),
                ("bodyweight", ExactDecimal(null=True, generated=False, unique=False)),
                ("bodyweight_unit", fields.CharField(null=True, max_length=2)),
                ("band", fields.CharField(null=True, max_length=50)),
                ("rpe", ExactDecimal(null=True, generated=False, unique=False)),
                ("interval_seconds", fields.IntField(null=True)),
                ("notes", fields.TextField(null=True, unique=False)),
                (
                    "completed_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "workout_sets",
                "app": "models",
                "unique_together": (("user", "uuid"),),
                "indexes": [
                    Index(fields=["item_id", "position"]),
                    Index(fields=["workout_id"]),
                    Index(fields=["user_id", "exercise_id", "completed_at"]),
                ],
                "pk_attr": "id",
                "table_description": "One set: planned, done (`completed_at`), or both.",
            },
            bases=["Row"],
        ),
    ]

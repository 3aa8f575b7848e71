from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from webapp.db import past_triggers
from webapp.db.triggers import ByEngine, undone

EVERYBODYS = "INSERT INTO past_editions (user_id, edition) VALUES (NULL, {name})"
EACH = (
    "INSERT INTO past_editions (user_id, edition) SELECT u.id, {name} FROM users u "
    "WHERE NOT EXISTS (SELECT 1 FROM past_editions p WHERE p.user_id = u.id)"
)
SQLITE, POSTGRES = past_triggers.sqlite(), past_triggers.postgres()


def first(engine: str) -> list[str]:
    return [each.format(name=past_triggers.NAMES[engine]) for each in (EVERYBODYS, EACH)]


# Who registers while PostgreSQL's triggers are made is found afterwards.
WATCH = ByEngine(
    {
        "sqlite": [*SQLITE, *first("sqlite")],
        "postgres": [*first("postgres"), *POSTGRES, first("postgres")[1]],
    },
    {"sqlite": undone(SQLITE), "postgres": undone(POSTGRES)},
)


class Migration(migrations.Migration):
    dependencies = [("models", "0005_events")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PastEdition",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                (
                    "user",
                    fields.OneToOneField(
                        "models.User",
                        source_field="user_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="past_edition",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("edition", fields.CharField(max_length=36)),
            ],
            options={
                "table": "past_editions",
                "app": "models",
                "pk_attr": "id",
                "table_description": "The name of what somebody has behind them: another one after every change of it.",
            },
            bases=["Model"],
        ),
        WATCH,
    ]

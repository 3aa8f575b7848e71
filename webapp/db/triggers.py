"""The triggers that write `changes`, as migration 0005 makes them.

A thing and its parts are one: a set marks its workout. What is pending already is left as it is,
so a set logged into a workout that nobody has read since costs one look. On PostgreSQL the look
locks the row until the commit: whoever numbers changes passes over it, and finds it the next time.

They only mark what is there when something goes, because its person may be going with it.
A later migration that rebuilds one of these tables on SQLite has to make its triggers again.
"""

import re
from collections.abc import Iterable
from typing import Any

from tortoise.migrations.operations import RunSQL

BINNED = {"workouts": "workout", "routines": "routine"}  # they lie in the trash first
PLAIN = {"exercises": "exercise", "body_weights": "body_weight", "locations": "location"}
PARTS = {  # a table of parts, the column that names its thing, and the table of things
    "workout_items": ("workout_id", "workouts"),
    "workout_sets": ("workout_id", "workouts"),
    "routine_items": ("routine_id", "routines"),
}
# What a person says of an exercise; not when it was last used.
SAID = ("weight_unit", "increment", "rest_seconds", "bar_weight", "note")
FLAGS = ("is_favourite", "is_hidden")
IS_SAID = " OR ".join([*(f"NEW.{name} IS NOT NULL" for name in SAID), *(f"NEW.{n}" for n in FLAGS)])

_NOW = "strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')"


def sqlite() -> list[str]:
    """One statement for each trigger, named `<table>_<what happens>_is_a_change`."""
    made = [each for table, kind in (BINNED | PLAIN).items() for each in _things(table, kind)]
    made += [each for table, (column, of) in PARTS.items() for each in _parts(table, column, of)]
    return [*made, *_settings()]


def _trigger(table: str, name: str, when: str, *body: str) -> str:
    head = f"CREATE TRIGGER IF NOT EXISTS {table}_{name}_is_a_change AFTER {when}"
    return f"{head} BEGIN {'; '.join(body)}; END"


def _key(row: str, kind: str, uuid: str) -> str:
    return f"user_id = {row}.user_id AND kind = '{kind}' AND uuid = {uuid}"


def _mark(row: str, kind: str, uuid: str, *more: str, unless: str = "AND is_pending = 0") -> str:
    said = ", ".join(("is_pending = 1", f"changed_at = {_NOW}", *more))
    return f"UPDATE changes SET {said} WHERE {_key(row, kind, uuid)} {unless}"  # noqa: S608


def _things(table: str, kind: str) -> list[str]:
    new, old = _key("NEW", kind, "NEW.uuid"), _key("OLD", kind, "OLD.uuid")
    deleted = "(NEW.deleted_at IS NOT NULL)" if table in BINNED else "0"
    now = f"is_deleted = {deleted}"
    # Two statements, because INSERT OR IGNORE outside would silence a conflict inside.
    made = (
        "INSERT INTO changes (user_id, kind, uuid, seq, is_deleted, is_pending, changed_at) "  # noqa: S608
        f"SELECT NEW.user_id, '{kind}', NEW.uuid, 0, {deleted}, 1, {_NOW} "
        f"WHERE NEW.user_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes WHERE {new})"
    )
    moved = f"AND (is_pending = 0 OR is_deleted <> {deleted})"
    gone = "AND is_deleted = 0"
    nobody_knows = f"DELETE FROM changes WHERE {old} AND created_seq IS NULL"  # noqa: S608
    return [
        _trigger(table, "made", f"INSERT ON {table}",
                 _mark("NEW", kind, "NEW.uuid", now, unless=""), made),
        _trigger(table, "changed", f"UPDATE ON {table}",
                 _mark("NEW", kind, "NEW.uuid", now, unless=moved)),
        _trigger(table, "gone", f"DELETE ON {table}", nobody_knows,
                 _mark("OLD", kind, "OLD.uuid", "is_deleted = 1", unless=gone)),
    ]  # fmt: skip


def _parts(table: str, column: str, of: str) -> list[str]:
    def mark(row: str) -> str:
        uuid = f"(SELECT uuid FROM {of} WHERE id = {row}.{column})"  # noqa: S608
        return _mark(row, BINNED[of], uuid)

    return [
        _trigger(table, "made", f"INSERT ON {table}", mark("NEW")),
        _trigger(table, "changed", f"UPDATE ON {table}", mark("NEW")),
        _trigger(table, "moved", f"UPDATE OF {column} ON {table}", mark("OLD")),
        _trigger(table, "gone", f"DELETE ON {table}", mark("OLD")),
    ]


def _settings() -> list[str]:
    table, uuid = "exercise_settings", "(SELECT uuid FROM exercises WHERE id = %s.exercise_id)"
    new, old = uuid % "NEW", uuid % "OLD"
    mark = _mark("NEW", "exercise", new)
    made = (
        "INSERT INTO changes (user_id, kind, uuid, seq, created_seq, is_deleted, is_pending, "  # noqa: S608
        f"changed_at) SELECT NEW.user_id, 'exercise', e.uuid, 0, 0, 0, 1, {_NOW} FROM exercises e "
        "WHERE e.id = NEW.exercise_id AND e.user_id IS NULL AND NOT EXISTS "
        f"(SELECT 1 FROM changes WHERE {_key('NEW', 'exercise', 'e.uuid')})"
    )
    columns = ", ".join((*SAID, *FLAGS))
    return [
        _trigger(table, "made", f"INSERT ON {table} WHEN {IS_SAID}", mark, made),
        _trigger(table, "changed", f"UPDATE OF {columns} ON {table}", mark, made),
        _trigger(table, "gone", f"DELETE ON {table}", _mark("OLD", "exercise", old)),
    ]


_MARK = """
CREATE OR REPLACE FUNCTION setlog_mark(
    whose BIGINT, what TEXT, which UUID, gone BOOLEAN DEFAULT NULL
) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE there changes%ROWTYPE;
BEGIN
    SELECT * INTO there FROM changes
    WHERE user_id = whose AND kind = what AND uuid = which FOR NO KEY UPDATE;
    IF NOT there.is_pending OR there.is_deleted <> gone THEN
        UPDATE changes SET is_pending = TRUE, changed_at = clock_timestamp(),
            is_deleted = COALESCE(gone, is_deleted) WHERE id = there.id;
    END IF;
END $$"""

_ENTER = """
CREATE OR REPLACE FUNCTION setlog_enter(
    whose BIGINT, what TEXT, which UUID, gone BOOLEAN, first BIGINT
) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO changes
        (user_id, kind, uuid, seq, created_seq, is_deleted, is_pending, changed_at)
    VALUES (whose, what, which, 0, first, gone, TRUE, clock_timestamp())
    ON CONFLICT (user_id, kind, uuid) DO UPDATE SET
        is_pending = TRUE, changed_at = excluded.changed_at, is_deleted = excluded.is_deleted;
END $$"""

_DROP = """
CREATE OR REPLACE FUNCTION setlog_drop(whose BIGINT, what TEXT, which UUID)
RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM changes WHERE user_id = whose AND kind = what AND uuid = which
        AND created_seq IS NULL;
    UPDATE changes SET is_pending = TRUE, changed_at = clock_timestamp(), is_deleted = TRUE
    WHERE user_id = whose AND kind = what AND uuid = which AND NOT is_deleted;
END $$"""

_THING = """
CREATE OR REPLACE FUNCTION setlog_{kind}_is_a_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.user_id IS NOT NULL THEN
            PERFORM setlog_enter(NEW.user_id, '{kind}', NEW.uuid, {deleted}, NULL);
        END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        PERFORM setlog_mark(NEW.user_id, '{kind}', NEW.uuid, {deleted});
    ELSE
        PERFORM setlog_drop(OLD.user_id, '{kind}', OLD.uuid);
    END IF;
    RETURN NULL;
END $$"""

_PART = """
CREATE OR REPLACE FUNCTION setlog_{table}_is_a_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM setlog_mark(t.user_id, '{kind}', t.uuid) FROM {of} t WHERE t.id = NEW.{column};
    END IF;
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.{column} <> NEW.{column}) THEN
        PERFORM setlog_mark(t.user_id, '{kind}', t.uuid) FROM {of} t WHERE t.id = OLD.{column};
    END IF;
    RETURN NULL;
END $$"""

_SETTING = """
CREATE OR REPLACE FUNCTION setlog_exercise_settings_is_a_change() RETURNS TRIGGER
LANGUAGE plpgsql AS $$
DECLARE done exercises%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM setlog_mark(OLD.user_id, 'exercise', e.uuid)
        FROM exercises e WHERE e.id = OLD.exercise_id;
        RETURN NULL;
    END IF;
    SELECT * INTO done FROM exercises WHERE id = NEW.exercise_id;
    IF done.user_id IS NULL THEN
        PERFORM setlog_enter(NEW.user_id, 'exercise', done.uuid, FALSE, 0);
    ELSE
        PERFORM setlog_mark(NEW.user_id, 'exercise', done.uuid);
    END IF;
    RETURN NULL;
END $$"""


def postgres() -> list[str]:
    """The functions, and one trigger or two for each table; parts first, as writers lock them."""
    made = [_MARK, _ENTER, _DROP, _SETTING]
    for table, (column, of) in PARTS.items():
        made.append(_PART.format(table=table, kind=BINNED[of], of=of, column=column))
        made.append(_on(table, f"setlog_{table}_is_a_change"))
    for table, kind in (BINNED | PLAIN).items():
        deleted = "NEW.deleted_at IS NOT NULL" if table in BINNED else "FALSE"
        made.append(_THING.format(kind=kind, deleted=deleted))
        made.append(_on(table, f"setlog_{kind}_is_a_change"))
    table, columns = "exercise_settings", ", ".join((*SAID, *FLAGS))
    events = (("made", "INSERT", f" WHEN ({IS_SAID})"), ("changed", f"UPDATE OF {columns}", ""))
    for name, event, when in (*events, ("gone", "DELETE", "")):
        head = f"CREATE TRIGGER {table}_{name}_is_a_change AFTER {event} ON {table}"
        made.append(f"{head} FOR EACH ROW{when} EXECUTE FUNCTION setlog_{table}_is_a_change()")
    return made


def _on(table: str, function: str) -> str:
    head = f"CREATE TRIGGER {table}_is_a_change AFTER INSERT OR UPDATE OR DELETE ON {table}"
    return f"{head} FOR EACH ROW EXECUTE FUNCTION {function}()"


_NAMED = re.compile(r"CREATE (?:OR REPLACE )?(TRIGGER|FUNCTION) (?:IF NOT EXISTS )?(\w+)")


def undone(made: Iterable[str]) -> list[str]:
    """What takes these statements back; on PostgreSQL the triggers go with their functions."""
    found = [match.groups() for each in made if (match := _NAMED.search(each))]
    functions = [f"DROP FUNCTION {name} CASCADE" for what, name in found if what == "FUNCTION"]
    return functions or [f"DROP TRIGGER {name}" for _, name in found]


class ByEngine(RunSQL):
    """SQL that is another for each engine."""

    async def _run_sql(self, state_editor: Any, sqls: Any) -> None:
        for sql in sqls[state_editor.client.capabilities.dialect]:
            # Not by the editor, which cuts a trigger in two at its semicolons.
            await state_editor.client.execute_query(sql)

"""The triggers that write `past_editions`, as migration 0006 makes them.

A person's past is what their workouts came to that have ended, their routines and exercises. A
change of it gives it another name, in the transaction of the change; one of a workout in progress
does not, so logging sets waits for nobody. The names are random: what was taken back by a rollback
or by a backup is never the name of something else later.

A later migration that rebuilds one of these tables on SQLite has to make its triggers again.
"""

# By table, what says of a row that it is past, and what a row leaves when that is changed; the
# parts first, as writers lock them.
_STATUS = "(SELECT w.status FROM workouts w WHERE w.id = {row}.workout_id)"
_PARTS = {
    "sqlite": _STATUS + " IS NOT 'in_progress'",
    "postgres": _STATUS + " IS DISTINCT FROM 'in_progress'",
}
_ENDED = dict.fromkeys(_PARTS, "{row}.status <> 'in_progress'")
_ALWAYS = dict.fromkeys(_PARTS, "TRUE")
PAST = {
    "workout_items": (_PARTS, "user_id, workout_id"),
    "workout_sets": (_PARTS, "user_id, workout_id"),
    "workouts": (_ENDED, "user_id, status"),
    "routines": (_ALWAYS, "user_id"),
    "exercises": (_ALWAYS, "user_id"),
}
NAMES = {"sqlite": "hex(randomblob(16))", "postgres": "gen_random_uuid()::text"}
EVENTS = {"made": "INSERT", "changed": "UPDATE", "gone": "DELETE"}


def sqlite() -> list[str]:
    """One statement for each trigger, named `<table>_<what happens>_is_past`."""
    made = [each for table in PAST for each in _of_table(table)]
    begin = f"INSERT INTO past_editions (user_id, edition) SELECT NEW.id, {NAMES['sqlite']}"
    head = "CREATE TRIGGER IF NOT EXISTS users_made_has_a_past AFTER INSERT ON users"
    return [*made, f"{head} BEGIN {begin}; END"]


def _of_table(table: str) -> list[str]:
    """A row without an owner is everybody's, and so is the edition without one: NULL IS NULL."""
    when, leaves = PAST[table]
    events = [(name, event, "OLD" if name == "gone" else "NEW") for name, event in EVENTS.items()]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_{name}_is_past AFTER {event} ON {table} "  # noqa: S608
        f"WHEN {when['sqlite'].format(row=row)} BEGIN "
        f"UPDATE past_editions SET edition = {NAMES['sqlite']} WHERE user_id IS {row}.user_id; END"
        for name, event, row in (*events, ("moved", f"UPDATE OF {leaves}", "OLD"))
    ]


# Once a transaction: each version of the row would have to be passed to get to the next one.
_ANOTHER = """
CREATE OR REPLACE FUNCTION setlog_past_is_another(whose BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    IF whose IS NULL THEN
        UPDATE past_editions SET edition = gen_random_uuid()::text
        WHERE user_id IS NULL AND xmin <> pg_current_xact_id()::xid;
    ELSE
        UPDATE past_editions SET edition = gen_random_uuid()::text
        WHERE user_id = whose AND xmin <> pg_current_xact_id()::xid;
    END IF;
END $$"""

# Once a statement, however many rows it has. The status is asked for row by row: a join might be
# planned by a statement of thousands, and then read all workouts at each set that is logged.
_PAST = """
CREATE OR REPLACE FUNCTION setlog_{table}_is_past() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE whose BIGINT;
BEGIN
    IF TG_OP = 'INSERT' THEN
        FOR whose IN SELECT DISTINCT r.user_id FROM made r WHERE {when} LOOP
            PERFORM setlog_past_is_another(whose);
        END LOOP;
    ELSIF TG_OP = 'UPDATE' THEN
        FOR whose IN SELECT DISTINCT r.user_id
            FROM (SELECT * FROM made UNION ALL SELECT * FROM gone) r WHERE {when} LOOP
            PERFORM setlog_past_is_another(whose);
        END LOOP;
    ELSE
        FOR whose IN SELECT DISTINCT r.user_id FROM gone r WHERE {when} LOOP
            PERFORM setlog_past_is_another(whose);
        END LOOP;
    END IF;
    RETURN NULL;
END $$"""

_BEGUN = """
CREATE OR REPLACE FUNCTION setlog_users_has_a_past() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO past_editions (user_id, edition) SELECT id, gen_random_uuid()::text FROM made;
    RETURN NULL;
END $$"""

_ROWS = {
    "made": "NEW TABLE AS made",
    "changed": "OLD TABLE AS gone NEW TABLE AS made",
    "gone": "OLD TABLE AS gone",
}


def postgres() -> list[str]:
    """The functions, and three triggers for each table."""
    made = [_ANOTHER]
    for table, (when, _) in PAST.items():
        made.append(_PAST.format(table=table, when=when["postgres"].format(row="r")))
        made += [_on(table, name, "is_past") for name in EVENTS]
    return [*made, _BEGUN, _on("users", "made", "has_a_past")]


def _on(table: str, name: str, what: str) -> str:
    head = f"CREATE TRIGGER {table}_{name}_{what} AFTER {EVENTS[name]} ON {table}"
    call = f"FOR EACH STATEMENT EXECUTE FUNCTION setlog_{table}_{what}()"
    return f"{head} REFERENCING {_ROWS[name]} {call}"

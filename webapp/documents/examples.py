"""What a schema looks like: the least that is valid, and its shape in words."""

from typing import Any

from webapp.documents.schemas import Schema, resolved

SAMPLES = {
    "uuid": "01990f6e-5c00-7000-8000-000000000001",
    "date": "2026-03-01",
    "date-time": "2026-03-01T18:30:00Z",
    "time": "18:30",
    "email": "ann@example.org",
}
WORDS = {
    "uuid": "UUID",
    "date": "date",
    "date-time": "moment",
    "time": "time of day",
    "integer": "whole number",
    "number": "number",
    "string": "text",
    "boolean": "true or false",
    "null": "null",
}
NULL = {"type": "null"}
HUGE = 10**12  # beyond this a limit is only what a column holds


def example(schema: Schema, components: Schema, name: str = "text") -> Any:
    """The least value that a schema allows."""
    schema = resolved(schema, components)
    if "examples" in schema:
        return schema["examples"][0]
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if "anyOf" in schema:
        return example(next(e for e in schema["anyOf"] if e != NULL), components, name)
    match schema.get("type"):
        case "object":
            return _object(schema, components)
        case "array":
            least = schema.get("minItems", 0)
            return [example(schema["items"], components, name)] * max(least, 1)
        case "integer" | "number":
            return max(schema.get("minimum", 1), 1)
        case "boolean":
            return True
    return SAMPLES.get(schema.get("format", "")) or name.replace("_", " ").capitalize()


def _object(schema: Schema, components: Schema) -> dict[str, Any]:
    fields = schema.get("properties", {})
    return {name: example(fields[name], components, name) for name in schema.get("required", ())}


def edit_example(schema: Schema, components: Schema) -> Any:
    """The least value of a form that changes something: what is needed, or else its first field."""
    found = example(schema, components)
    fields = resolved(schema, components).get("properties", {})
    first = next(iter(fields), None)
    return found or ({first: example(fields[first], components, first)} if first else {})


def shape(schema: Schema, components: Schema) -> Any:
    """The same structure with words in place of values; "?" marks what may be left out."""
    schema = resolved(schema, components)
    if schema.get("type") == "array":
        return [shape(schema["items"], components)]
    if "properties" in schema:
        needed, fields = schema.get("required", ()), schema["properties"]
        mark = {name: "" if name in needed else "?" for name in fields}
        return {f"{n}{mark[n]}": shape(each, components) for n, each in fields.items()}
    parts = [each for each in schema.get("anyOf", ()) if each != NULL]
    whole = [each for each in parts if isinstance(shape(each, components), dict | list)]
    return shape(whole[0], components) if len(whole) == 1 else words(schema, components)


def words(schema: Schema, components: Schema) -> str:
    """What a value may be, such as "whole number, 1 to 5, or null"."""
    schema = resolved(schema, components)
    if "anyOf" in schema:
        parts = list(schema["anyOf"])
        if any(each.get("type") == "number" for each in parts):
            # Exact numbers may be said as texts too, which goes without saying.
            parts = [each for each in parts if each.get("type") != "string"]
        return " or ".join(dict.fromkeys(words(each, components) for each in parts))
    if "const" in schema or "enum" in schema:
        return " | ".join(str(each) for each in schema.get("enum", [schema.get("const")]))
    kind = schema.get("type", "")
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"object of {words(inner, components)}" if isinstance(inner, dict) else "object"
    if kind == "array":
        return f"list of {words(schema['items'], components)}"
    word = WORDS.get(schema.get("format", "")) or WORDS.get(kind, "anything")
    return word + _limits(schema)


def _limits(schema: Schema) -> str:
    least = schema.get("minimum", schema.get("minLength"))
    most = schema.get("maximum", schema.get("maxLength"))
    most = None if most is not None and most > HUGE else most
    unit = " characters" if "maxLength" in schema or "minLength" in schema else ""
    if least is None and most is None:
        return ""
    if most is None:
        return f", {least:.10g}{unit} or more"
    if least is None:
        return f", up to {most:.10g}{unit}"
    return f", {least:.10g} to {most:.10g}{unit}"

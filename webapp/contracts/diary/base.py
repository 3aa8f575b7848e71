"""How `diary` words what all its operations share: refusals, ids, days."""

from typing import Annotated, Any

from pydantic import WithJsonSchema

from webapp.problems import Problem

CODES = {401: "Unauthorized", 404: "NotFound", 413: "TooLarge", 429: "TooManyRequests"}
NOUNS = ("Exercise", "Workout")

Id = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
Date = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]


def error(problem: Problem) -> tuple[int, dict[str, str], dict[str, str]]:
    """Status, body and headers of a refusal: 400 is {field: text}, others {code, description}."""
    if problem.status == 400 and problem.fields:
        fields = {_path(path): " ".join(texts) for path, texts in problem.fields.items()}
        return 400, fields, {}
    code, text = _worded(problem)
    return problem.status, {"code": code, "description": text}, {}


def _worded(problem: Problem) -> tuple[str, str]:
    """Code and description, as the document has them where it does."""
    facts: dict[str, Any] = problem.facts
    if problem.code == "credentials":
        return "InvalidCredentials", "Wrong username or password"
    if facts.get("field") == "username":
        return "Username", f"User with username {facts['said']} already exists"
    if problem.noun not in NOUNS:
        return CODES.get(problem.status) or problem.code.title().replace("_", ""), problem.text
    if "id" in facts:
        text = f"{problem.noun} with ID {facts['id']} not found for user {facts['user_id']}"
        return problem.noun, text
    if "muscle_group" in facts:
        group = str(facts["muscle_group"]).upper()
        text = f"Exercise with name {facts['name']} already exists for muscle group {group}"
        return problem.noun, text
    return problem.noun, problem.text


def _path(path: tuple[str | int, ...]) -> str:
    """ "workoutExercises[0].sets[1].reps"."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f"{'.' if text else ''}{part}"
    return text

"""An OpenAPI 3.1 document from a contract's words and operations: nothing is written twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from types import ModuleType
from typing import Any

from webapp import forms
from webapp.documents.examples import NULL, SAMPLES, edit_example, example
from webapp.documents.operations import Operation
from webapp.documents.reading import Refusal
from webapp.documents.schemas import (
    Schema,
    answered,
    refused,
    resolved,
    schemas,
    without_none,
)
from webapp.problems import Problem

VERSION = "3.1.0"
KINDS: dict[str, Schema] = {
    "uuid": {"type": "string", "format": "uuid", "example": SAMPLES["uuid"]},
    "id": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1, "example": 1},
    "string": {"type": "string", "minLength": 1},
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body get the same answer, and the effect once.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}
SECURITY = {
    "access": {"type": "http", "scheme": "bearer", "description": "A token that lets one in."},
    "refresh": {"type": "http", "scheme": "bearer", "description": "The refresh token."},
}


class Writer:
    """Writes the document of one contract: `words` are its forms, replies and refusals."""

    def __init__(self, name: str, words: ModuleType, operations: Sequence[Operation]) -> None:
        self.name, self.words, self.operations = name, words, operations
        forms = [self._word(form) for each in operations for form in self._said(each)]
        hints = [hint for each in operations for _, hint in self._told(each) if hint is not None]
        self.refusal = refused(words.error)
        found = schemas(forms, [*hints, self.refusal])
        self.by_word, self.components = found

    def document(self) -> dict[str, Any]:
        """The whole document as plain data."""
        return {
            "openapi": VERSION,
            "info": {
                "title": f"Setlog: {self.name}",
                "version": "1",
                "description": (self.words.__doc__ or "").strip(),
            },
            "servers": [{"url": "/"}],
            "paths": self._paths(),
            "components": {"schemas": self.components, "securitySchemes": SECURITY},
        }

    def _paths(self) -> dict[str, Any]:
        paths: dict[str, Any] = {}
        used = Counter(each.verb for each in self.operations)
        for each in self.operations:
            number = f"_{each.method.lower()}" if used[each.verb] > 1 else ""
            place = paths.setdefault(each.path, {})
            place[each.method.lower()] = {"operationId": each.verb + number, **self._one(each)}
        return paths

    def _one(self, each: Operation) -> dict[str, Any]:
        said: dict[str, Any] = {
            "summary": each.text.partition(". ")[0].removesuffix("."),
            "description": each.text,
            "parameters": [*self.variables(each), *self.query(each), *self._headers(each)],
        }
        if body := self._body(each):
            said["requestBody"] = body
        said["responses"] = {**self._answers(each), **self._refusals(each)}
        said["security"] = [] if each.takes == "none" else [{each.takes: []}]
        return said

    def _word(self, name: str) -> Any:
        return getattr(self.words, name, None) or getattr(forms, name)

    def _said(self, each: Operation) -> Iterable[str]:
        return (*each.own.forms, *each.own.queries)

    def _told(self, each: Operation) -> list[tuple[int, Any]]:
        """The statuses of an operation's answers, each with the hint of its body."""
        known = [(r, s) for r, s in each.own.replies if callable(getattr(self.words, r, None))]
        found: list[tuple[int, Any]] = []
        for reply, status in known:
            hint, may_be_none = without_none(answered(getattr(self.words, reply)))
            found += [(each.own.status or status, hint)] if hint is not None else []
            found += [(each.own.status or 204, None)] if may_be_none else []
        return list(dict.fromkeys(found))

    def variables(self, each: Operation) -> Iterable[Schema]:
        for name, kind in each.variables:
            schema = dict(KINDS[kind])
            sample = schema.pop("example", name)
            yield {
                "name": name, "in": "path", "required": True, "schema": schema, "example": sample,
            }  # fmt: skip

    def query(self, each: Operation) -> Iterable[Schema]:
        for form in each.own.queries:
            schema = resolved(self.by_word[self._word(form)], self.components)
            for name, field in schema.get("properties", {}).items():
                is_needed = name in schema.get("required", ())
                said = _said_in_a_query(field)
                yield {"name": name, "in": "query", "required": is_needed, "schema": said}

    def _headers(self, each: Operation) -> list[Schema]:
        found: list[Schema] = []
        if each.is_write and any(one.code == "key_reused" for one in self._all(each)):
            found.append(KEY)
        if each.is_shared:
            schema = {"type": "string", "const": self.name}
            found.append({"name": "Accept-Profile", "in": "header", "schema": schema})
        return found

    def body_schema(self, each: Operation) -> Schema | None:
        """The schema of what an operation's body says; None when it needs none."""
        found = [self.by_word[self._word(form)] for form in dict.fromkeys(each.own.forms)]
        return None if not found else found[0] if len(found) == 1 else {"anyOf": found}

    def sample(self, each: Operation) -> Any:
        """The least body that is valid."""
        schema = self.body_schema(each)
        if schema is None:
            return None
        make = example if each.method == "POST" else edit_example
        return make(schema, self.components)

    def _body(self, each: Operation) -> Schema | None:
        schema = self.body_schema(each)
        if schema is None:
            return None
        is_needed = bool(resolved(schema, self.components).get("required"))
        content = {"application/json": {"schema": schema, "example": self.sample(each)}}
        return {"required": is_needed, "content": content}

    def answers(self, each: Operation) -> dict[int, Schema | None]:
        """The schema of the answer for each status; None for no body."""
        found: dict[int, list[Schema]] = {}
        for status, hint in self._told(each):
            found.setdefault(status, []).extend([self.by_word[hint]] if hint is not None else [])
        return {
            status: None if not many else many[0] if len(many) == 1 else {"anyOf": many}
            for status, many in found.items()
        }

    def _answers(self, each: Operation) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for status, schema in self.answers(each).items():
            told[str(status)] = {"description": HTTPStatus(status).phrase}
            if schema is not None:
                told[str(status)]["content"] = {"application/json": {"schema": schema}}
        return told

    def _all(self, each: Operation) -> list[Refusal]:
        return sorted(each.own.refusals | each.common.refusals)

    def refusals(self, each: Operation, only_own: bool = False) -> dict[int, list[str]]:
        """Why an operation may be refused, by the status in this contract's words."""
        found: dict[int, list[str]] = {}
        for one in sorted(each.own.refusals) if only_own else self._all(each):
            texts = found.setdefault(self.words.error(_problem(one))[0], [])
            texts += [one.text] if one.text and one.text not in texts else []
        return dict(sorted(found.items()))

    def _refusals(self, each: Operation) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for one in self._all(each):
            status, body, headers = self.words.error(_problem(one))
            kind = headers.get("Content-Type", "application/json")
            content = {kind: {"schema": self.by_word[self.refusal], "example": body}}
            told.setdefault(str(status), {"content": content})
        for status, texts in self.refusals(each).items():
            told[str(status)]["description"] = "; ".join(texts) or HTTPStatus(status).phrase
        return dict(sorted(told.items()))


def _said_in_a_query(field: Schema) -> Schema:
    """A query has no null: what is not said is left out."""
    parts = [each for each in field.get("anyOf", ()) if each != NULL]
    return parts[0] if len(parts) == 1 else field


def _problem(one: Refusal) -> Problem:
    retry = 1 if one.passes else None
    if one.code == "fields":
        return Problem(one.status, one.text, fields={("name",): ["Field is required"]})
    return Problem(one.status, one.text, code=one.code, noun=one.noun, retry_after=retry)

"""What the documents' pages say to a program."""

from typing import Any


def documents(names: dict[str, str], base: str) -> dict[str, Any]:
    """The documents there are: {documents: [{name, url, openapi}]}."""
    urls = {name: f"{base}/docs/{name}" for name in names}
    found = [{"name": n, "url": url, "openapi": f"{url}/openapi.json"} for n, url in urls.items()]
    return {"documents": found}


def document(name: str, operations: list[dict[str, Any]]) -> dict[str, Any]:
    """One document: {name, operations: [{method, path, text}]}."""
    told = ("method", "path", "text")
    return {"name": name, "operations": [{key: each[key] for key in told} for each in operations]}


def guide(
    refusals: dict[str, list[tuple[int, Any]]], bases: dict[str, str], shared: list[tuple[str, str]]
) -> dict[str, Any]:
    """How each API refuses, and what two of them claim: {apis: [{name, base, refusals}],
    shared: [{method, path}]}."""
    apis = [
        {
            "name": name,
            "base": base,
            "refusals": [{"status": status, "body": body} for status, body in refusals[name]],
        }
        for name, base in bases.items()
    ]
    return {"apis": apis, "shared": [{"method": m, "path": p} for m, p in shared]}

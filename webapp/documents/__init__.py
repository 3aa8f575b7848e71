"""The documents of the APIs, generated from what serves them: routes, forms, replies, refusals."""

from webapp.documents import pages

__all__ = ["pages"]

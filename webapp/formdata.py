"""The fields of a form, of which there are never many: taking a flood of them apart takes long."""

from typing import Any

from quart.formparser import FormDataParser
from quart.wrappers.request import Body
from werkzeug.exceptions import RequestEntityTooLarge

LARGEST = 1024 * 1024
MOST_FIELDS = 10_000


class FormParser(FormDataParser):
    """Quart's, which has bounds only for forms of parts. Raises RequestEntityTooLarge."""

    async def parse(
        self,
        body: Body,
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Any:
        if "urlencoded" in mimetype or "url-encoded" in mimetype:
            said: bytes = await body
            if len(said) > LARGEST or said.count(b"&") >= MOST_FIELDS:
                raise RequestEntityTooLarge
        return await super().parse(body, mimetype, content_length, options)

"""What tests of accounts say again and again: a browser, a registration, a sign-in."""

from typing import Any

from quart import Quart, Response

from tests.support.world import PAGE

PASSWORD = "plum-orchard-9"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36"
)


class Browser:
    """A browser nobody is signed in with; `address` is where it connects from."""

    def __init__(self, app: Quart, address: str = "192.0.2.1", agent: str = ANDROID) -> None:
        self.app, self.address, self.agent = app, address, agent
        self.client: Any = app.test_client()

    async def get(self, path: str, **headers: str) -> Response:
        return await self._send("GET", path, headers)

    async def post(self, path: str, form: Any = None, **headers: str) -> Response:
        return await self._send("POST", path, headers, form=form or {})

    async def _send(self, method: str, path: str, headers: dict[str, str], **sent: Any) -> Response:
        dashed = {name.replace("_", "-"): value for name, value in headers.items()}
        said = {**PAGE, "User-Agent": self.agent, **dashed}
        scope = {"client": (self.address, 50000)}
        answer: Response = await self.client.open(
            path, method=method, headers=said, scope_base=scope, **sent
        )
        return answer

    async def register(self, username: str = "cleo", **said: str) -> Response:
        return await self.post("/register", {"username": username, "password": PASSWORD, **said})

    async def sign_in(self, login: str = "cleo", password: str = PASSWORD, **said: str) -> Response:
        return await self.post("/login", {"login": login, "password": password, **said})

    async def is_in(self) -> bool:
        """Whether somebody is signed in with this browser."""
        return (await self.get("/settings")).status_code == 200

    def cookie(self, name: str = "setlog") -> Any:
        """The cookie of that name in the jar, or None."""
        return next((each for each in self.client.cookie_jar if each.name == name), None)

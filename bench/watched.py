"""Setlog as it is served, with one task more that tells how many tasks there are.

python -m bench.watched PORT FILE
"""

import asyncio
import sys
from pathlib import Path

from quart import Quart

from webapp import create_app, logs, server
from webapp.settings import Settings, from_environment

EVERY = 0.25  # seconds


async def _count(file: Path) -> None:
    while True:
        file.write_text(str(len(asyncio.all_tasks()) - 1))
        await asyncio.sleep(EVERY)


def _watched(settings: Settings) -> Quart:
    app, counting = create_app(settings), set[asyncio.Task[None]]()

    @app.before_serving
    async def begin() -> None:
        counting.add(asyncio.create_task(_count(Path(sys.argv[2]))))

    @app.after_serving
    async def end() -> None:
        counting.pop().cancel()

    return app


if __name__ == "__main__":
    logs.configure()
    server.create_app = _watched
    sys.exit(server.run(from_environment(), "127.0.0.1", int(sys.argv[1]), 1))

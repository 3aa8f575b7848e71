"""HTTP as it comes over the wire: version 1.1 alone, and nothing that two readers read two ways.

Hypercorn opens the sockets and ends them; each connection is ours. Its own takes HTTP/2 and
WebSockets when a client asks, which nobody here speaks and which let a client tunnel through a
proxy that trusts us, and keeps three tasks and two state machines for what is one request after
the other.
"""

import hypercorn.asyncio.run

from webapp.wire.line import Line


def install() -> None:
    """Let Hypercorn in this process speak so; it has no setting for it."""
    hypercorn.asyncio.run.TCPServer = Line  # type: ignore[misc]

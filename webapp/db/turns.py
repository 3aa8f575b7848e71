"""Writers who take turns."""

from webapp.db import is_postgres, row

_PERSON = "SELECT id FROM users WHERE id = ? FOR NO KEY UPDATE"


async def alone(user_id: int) -> None:
    """Let others who ask for this user's turn wait until the transaction ends, so that what is
    counted next stays so. On SQLite a transaction that writes is alone."""
    if is_postgres():
        await row(_PERSON, user_id)

"""Places in a person's feed as programs keep them: signed, and of that feed alone."""

from itsdangerous import BadSignature, URLSafeSerializer

from webapp.feed.reading import Place, lost


def sealed(secret: str, user_id: int, place: Place) -> str:
    """The place as a text for URLs."""
    said: str = _sealer(secret, user_id).dumps([place.feed, place.number])
    return said


def opened(secret: str, user_id: int, cursor: str) -> Place:
    """The place of a cursor that was given to this person; the beginning for none. Problem 400."""
    if not cursor:
        return Place()
    try:
        feed, number = _sealer(secret, user_id).loads(cursor)
    except BadSignature as error:
        raise lost() from error
    return Place(number, feed)


def _sealer(secret: str, user_id: int) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=f"events {user_id}")

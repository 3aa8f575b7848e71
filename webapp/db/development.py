"""What `tortoise -c webapp.db.development.TORTOISE makemigrations` reads; nothing else does."""

from webapp.db import config
from webapp.settings import Settings

TORTOISE = config(Settings(database_url="sqlite://var/makemigrations.sqlite3"))

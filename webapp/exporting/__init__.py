"""An account as a file: everything a person owns, to keep or to take elsewhere."""

from webapp.exporting.restoring import restore_account
from webapp.exporting.writing import export_account

__all__ = ["export_account", "restore_account"]

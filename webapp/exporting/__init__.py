"""An account as a file: everything a person owns, to keep or to take elsewhere."""

from webapp.exporting.counting import amounts
from webapp.exporting.spreadsheet import export_sets
from webapp.exporting.writing import export_account

__all__ = ["amounts", "export_account", "export_sets"]

"""Everything that is kept, and the only SQL. Each module holds one family of tables."""

from curation.store.workspace import Workspace, open_workspace

__all__ = ["Workspace", "open_workspace"]

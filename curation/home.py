"""Where a workspace lives when nobody says where."""

import os
import sys
from pathlib import Path


def workspace_path() -> Path:
    """The workspace file to work in: SIFT_WORKSPACE, else `default.duckdb` in Sift's own folder."""
    named = os.environ.get("SIFT_WORKSPACE")
    return Path(named).expanduser().absolute() if named else home() / "default.duckdb"


def home() -> Path:
    """Sift's own folder: SIFT_HOME, else the place where the system keeps the data of programs."""
    named = os.environ.get("SIFT_HOME")
    return Path(named).expanduser().absolute() if named else _data_folder(sys.platform) / "sift"


def _data_folder(platform: str) -> Path:
    """Where programs keep their data on this system (on Linux by the XDG base directory specification)."""
    if platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"

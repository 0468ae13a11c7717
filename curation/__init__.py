"""Build, inspect and curate the data that instruction-tunes language models.

Everything that the dashboard does can be done from a notebook: open a workspace with
`curation.store.open_workspace` and call the functions of `curation.stages`.
"""

__version__ = "0.1.0"

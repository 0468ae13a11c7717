"""The steps of the work: each reads from the store, calls a method, writes to the store. Each can be run again."""

"""One instruction over many inputs whose answers can be computed."""

"""Instructions from an aligned model itself, without seeds: Magpie, and its like for endpoints that only chat."""

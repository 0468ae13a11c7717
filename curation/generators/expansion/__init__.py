"""More samples like those that are there, with a model, none too close to another."""

"""Prompt evolution: the prompts of a domain varied along axes, with a grid that shows what is missing."""

"""Evol-Instruct: prompts made harder, or rarer, round by round."""

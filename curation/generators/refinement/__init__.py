"""Refinement: answers polished, with their content kept."""

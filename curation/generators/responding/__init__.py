"""Answers for instructions: as they are, held to a principle, or out of the user's own documents."""

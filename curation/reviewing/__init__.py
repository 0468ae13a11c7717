"""What comes of several people reviewing, as pure functions: who may do what, how far they agree."""

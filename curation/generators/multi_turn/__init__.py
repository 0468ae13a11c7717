"""Single turns extended to conversations."""

"""Self-Instruct and its Alpaca variant: new tasks after the example of a pool."""

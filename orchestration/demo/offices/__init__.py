"""The offices of the demo, one module each: what their units send and what must come of it, all of it invented."""

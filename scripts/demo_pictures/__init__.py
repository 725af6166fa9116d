"""The demo content's illustrations: flat scenes drawn from shapes, the same on every machine."""

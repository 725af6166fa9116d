"""Cache-Control, by kind of answer."""

# A page made private must be gone from the next answer on: keep a copy, but ask before every use.
CONTENT = "no-cache"
# Changes only when the portal is upgraded: the description of the API.
RELEASE = "public, max-age=300"
# For one reader alone, or right only at this moment.
PRIVATE = "no-store"

"""The demo content: plain data that `manage.py load_demo` makes a site of."""

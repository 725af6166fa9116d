"""The editor's desk: what the page editor says and mends while somebody writes."""

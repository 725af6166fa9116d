"""Takes the text out of files to download, in a process of its own with limits of time and memory."""

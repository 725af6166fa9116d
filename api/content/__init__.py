"""What the portal publishes, for other programs: pages of every type, pictures, files, redirects, the site itself."""

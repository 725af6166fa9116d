"""What editors paste from Word and from other sites, as blocks of a page's body."""

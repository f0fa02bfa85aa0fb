"""Other ways to do the same work; the libraries come with the extra `[bench]`."""

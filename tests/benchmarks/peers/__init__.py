"""What others offer for the same work; the libraries come with the extra `[bench]`."""

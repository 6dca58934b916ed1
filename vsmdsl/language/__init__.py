"""Text and tree: what a `.vsm` file looks like, before anybody asks what it means."""

"""pages: what a district chooses of its pages (pages/*.yaml): which figures, in which order, from where on."""

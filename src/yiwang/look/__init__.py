"""How Yiwang looks: the parts that every page is made of."""

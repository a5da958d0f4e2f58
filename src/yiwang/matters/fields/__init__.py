"""What a form can ask for: one register of types (`types`), how each is read, compared and asked."""

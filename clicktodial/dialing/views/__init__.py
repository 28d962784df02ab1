"""The pages of dialling. A GET shows, a POST does."""

"""How the matching works, how good it is, what it cannot know, and under which licences."""

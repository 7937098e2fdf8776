"""Where organisations and past projects are: counted by region, as a table and on a map."""

"""Where the next offices help most, with a proven bound."""

class Stale:
    answer = 42

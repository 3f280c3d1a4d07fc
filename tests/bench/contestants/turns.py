"""The other end of support/contestant.ts: tells that it is ready, then takes a turn for every line of input."""

import json
import statistics
import sys
import time


def serve_turns(description, turn):
    turn()
    print(json.dumps({"ready": description}), flush=True)
    for _ in sys.stdin:
        print(json.dumps(turn()), flush=True)


def median_ms(calls, work):
    times = []
    for _ in range(calls):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)

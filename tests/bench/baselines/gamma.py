"""Times pygamma-agreement on spans. Prints one line of JSON.

gamma.py FILE CALLS: with more than one call, a small continuum comes first, so that its code is compiled by then.
30 samples, exact, random continua by shuffling as in the paper; memory is limited so that it fails rather than swaps.
"""

import csv
import json
import resource
import sys
import time

from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum, ShuffleContinuumSampler

SAMPLES = 30
MEMORY = 8 * 2**30


def read(path, most=None):
    continuum = Continuum()
    taken = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            taken[row["rater"]] = taken.get(row["rater"], 0) + 1
            if most is None or taken[row["rater"]] <= most:
                segment = Segment(int(row["start_ms"]) / 1000, int(row["end_ms"]) / 1000)
                continuum.add(row["rater"], segment, row["label"])
    return continuum


def gamma(continuum):
    dissimilarity = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    return continuum.compute_gamma(dissimilarity, n_samples=SAMPLES, sampler=ShuffleContinuumSampler())


def main():
    path, calls = sys.argv[1], int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if calls > 1:
        gamma(read(path, most=5))
    continuum = read(path)
    times = []
    for _ in range(calls):
        began = time.perf_counter()
        found = gamma(continuum)
        value = float(found.gamma)
        times.append((time.perf_counter() - began) * 1000)
    print(json.dumps({"ms": times, "values": [value], "observed": float(found.observed_disorder)}))


main()

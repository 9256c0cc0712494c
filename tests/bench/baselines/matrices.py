"""Times published packages, and plain numpy, on a matrix of units × raters. Prints one line of JSON.

matrices.py alpha|bootstrap|vectorised|icc FILE CALLS: with more than one call, one that is not timed comes first.
"""

import json
import sys
import time

import numpy as np

RESAMPLES = 1000
SEED = 1


def read(path):
    """Units × raters; an empty cell is NaN."""
    return np.genfromtxt(path, delimiter=",", skip_header=1)[:, 1:]


def alpha(units):
    import krippendorff

    ratings = np.ascontiguousarray(units.T)
    return lambda: {"values": [krippendorff.alpha(reliability_data=ratings, level_of_measurement="ordinal")]}


def bootstrap(units):
    """The package, called once for each resample."""
    import krippendorff

    ratings = np.ascontiguousarray(units.T)
    number = ratings.shape[1]

    def act():
        random = np.random.default_rng(SEED)

        def of(columns):
            return krippendorff.alpha(reliability_data=ratings[:, columns], level_of_measurement="ordinal")

        drawn = [of(random.integers(0, number, number)) for _ in range(RESAMPLES)]
        return {"values": [of(np.arange(number))], "limits": [np.quantile(drawn, [0.025, 0.975]).tolist()]}

    return act


def vectorised(units):
    """Each unit's coincidences once; a resample is a product of counts and coincidences."""

    def act():
        known = np.unique(units[~np.isnan(units)])
        number, size = len(units), len(known)
        counts = (units[:, :, None] == known).sum(axis=1).astype(float)
        rated = counts.sum(axis=1)
        pairs = counts[:, :, None] * counts[:, None, :] - np.eye(size) * counts[:, :, None]
        pairs /= np.maximum(rated - 1, 1)[:, None, None]
        pairs = pairs.reshape(number, -1)

        def of(coincidences):
            coincidences = coincidences.reshape(-1, size, size)
            marginal = coincidences.sum(axis=2)
            ranks = np.cumsum(marginal, axis=1) - marginal / 2
            differences = (ranks[:, :, None] - ranks[:, None, :]) ** 2
            observed = (coincidences * differences).sum(axis=(1, 2))
            expected = (marginal[:, :, None] * marginal[:, None, :] * differences).sum(axis=(1, 2))
            return 1 - (marginal.sum(axis=1) - 1) * observed / expected

        drawn = np.random.default_rng(SEED).integers(0, number, size=(RESAMPLES, number))
        drawn += np.arange(RESAMPLES)[:, None] * number
        times = np.bincount(drawn.ravel(), minlength=RESAMPLES * number).reshape(RESAMPLES, number)
        limits = np.quantile(of(times.astype(float) @ pairs), [0.025, 0.975])
        return {"values": of(pairs.sum(axis=0)).tolist(), "limits": [limits.tolist()]}

    return act


def icc(units):
    """pingouin rounds its intervals to two digits unless it is told not to."""
    import pandas
    import pingouin

    pingouin.options["round"] = None
    pingouin.options["round.column.CI95"] = None
    number, raters = units.shape
    table = pandas.DataFrame(
        {
            "unit": np.repeat(np.arange(number), raters),
            "rater": np.tile(np.arange(raters), number),
            "score": units.ravel(),
        }
    )

    def act():
        found = pingouin.intraclass_corr(data=table, targets="unit", raters="rater", ratings="score")
        limits = [list(map(float, interval)) for interval in found.filter(like="CI95").iloc[:, 0]]
        return {"values": found["ICC"].tolist(), "limits": limits}

    return act


def main():
    kind, path, calls = sys.argv[1], sys.argv[2], int(sys.argv[3])
    act = {"alpha": alpha, "bootstrap": bootstrap, "vectorised": vectorised, "icc": icc}[kind](read(path))
    if calls > 1:
        act()
    times = []
    for _ in range(calls):
        began = time.perf_counter()
        found = act()
        times.append((time.perf_counter() - began) * 1000)
    print(json.dumps({"ms": times, **found}))


main()

"""Labels needed until the acceptance rate is known within ± 3 points: our order and estimate against random order.

python benchmarks/queue_order.py [--simulations 20] [--samples 10000] [--speed 100000]

Each simulation plants who would be accepted: the chance of a sample depends on two measured columns, on the square of a
third (which a straight line does not see), and on its cluster; five more columns say nothing. A reviewer then walks the
queue until the 95 % interval is ± 3 points or narrower, looking again after half of the labels that seem to be missing
and then after every 20. The peer is what everybody does: labels in random order and the interval of a share. In between
stands random order with our estimate, so that it shows what the order adds. Coverage is how often the interval held the
planted truth at that moment; 95 % is honest, and a little less comes of stopping when it looks good. The AUC says how
well what is measured could tell accepted from rejected at best.

Then the time of the processor (other work on the machine does not count) until the first 200 samples of each order are
there, in a workspace of 100,000 samples with 30 signals and 40 clusters, right after a decision; the first time
includes reading what was measured, which is kept.

2026-11-21, 2 shared cores, 200 simulations of 10,000 samples; median labels, ratio, coverage in brackets:

    measured tells  random        random, our estimate  our order and estimate
    nothing (0.50)  840 (95.5 %)  840, 1.00 (95.5 %)    840, 1.00 (95.5 %)
    little (0.76)   820 (97.0 %)  740, 0.90 (97.5 %)    740, 0.90 (97.5 %)
    well (0.89)     820 (97.0 %)  620, 0.76 (95.0 %)    620, 0.76 (96.5 %)
    very well (.96) 820 (96.0 %)  540, 0.66 (95.0 %)    520, 0.63 (95.5 %)

So nearly all of the gain is the estimate's, whatever the order; the order adds 0 to 3 points to it. At 100,000 samples
every order is there in 15 to 85 ms, the estimate in 85 ms, and what was measured is read in 0.7 s, once.
"""

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from curation.facets import Facets
from curation.reviewing.estimating import WISHED, Said, estimate, expectations, helps, labelled_of, reached, sizes_of
from curation.reviewing.orders import ORDERS
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.acceptance import EQUAL, FIRST_PLAN, share_accepted
from curation.stages.queueing import Wanted, queue
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples
from curation.store.signals import write_labels, write_signals

WORLDS = (("nothing measured tells", 0.0, 0.7), ("a little", 0.7, 0.7), ("well", 1.5, 0.7), ("very well", 3.0, 0.7),
          ("well, 9 in 10 accepted", 1.5, 0.9))  # fmt: skip
SIDES = ("random order", "random order, our estimate", "our order and estimate")
STEP, MOST, CLUSTERS = 20, 2000, 20


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--simulations", type=int, default=20)
    arguments.add_argument("--samples", type=int, default=10_000)
    arguments.add_argument("--speed", type=int, default=100_000, help="samples in the workspace; 0 to leave it out")
    asked = arguments.parse_args()
    for name, strength, rate in WORLDS if asked.simulations else ():
        found = [simulate(seed, asked.samples, strength, rate) for seed in range(asked.simulations)]
        auc = np.mean([one[0] for one in found])
        print(f"{name} (AUC {auc:.2f}, {rate:.0%} accepted), {asked.simulations} simulations of {asked.samples:,}")
        labels = np.array([one[1] for one in found])
        for place, side in enumerate(SIDES):
            median, ratio = np.median(labels[:, place]), np.median(labels[:, place]) / np.median(labels[:, 0])
            covered, off = np.mean([one[2][place] for one in found]), np.mean([one[3][place] for one in found])
            print(f"    {side:<27} {median:5.0f} labels, ratio {ratio:.2f}, coverage {covered:.1%}, bias {off:+.2%}")
    if asked.speed:
        speed(asked.speed)


def simulate(seed, samples, strength, rate):
    """(AUC, labels needed by side, whether the truth was in the interval, estimate less truth)."""
    columns, chance, accepted = world(np.random.default_rng(seed), samples, strength, rate)
    rank = np.argsort(np.argsort(chance))
    yes = accepted.sum()
    auc = (rank[accepted].sum() - yes * (yes - 1) / 2) / (yes * (samples - yes))
    luck = np.random.default_rng(seed + 1_000_000).random(samples)
    sides = ((columns[:, :0], False), (columns, False), (columns, True))
    ends = [walk(luck, accepted, known, plan) for known, plan in sides]
    truth = accepted.mean()
    return (
        auc,
        [labels for labels, _ in ends],
        [share.low <= truth <= share.high for _, share in ends],
        [share.value - truth for _, share in ends],
    )


def world(rng, samples, strength, rate):
    """(columns as they are measured, chance of each sample to be accepted, whether it is)."""
    x = rng.normal(size=(samples, 8))
    cluster = rng.integers(0, CLUSTERS, samples)
    lean = strength * (x[:, 0] + 0.7 * x[:, 1] - 0.5 * x[:, 2] ** 2 + 0.7 * rng.normal(size=CLUSTERS)[cluster])
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 / (1 + np.exp(-lean - middle))).mean() < rate else (low, middle)
    chance = 1 / (1 + np.exp(-lean - middle))
    columns = np.hstack([x, cluster[:, None] == np.arange(CLUSTERS)]).astype(np.float32)
    return columns, chance, rng.random(samples) < chance


def walk(luck, accepted, columns, plan):
    """(labels until the interval is narrow enough, the share as it is estimated then)."""
    said = Said(luck, np.zeros(len(luck), np.int8), np.zeros(len(luck), np.bool_))
    plans, labels, more = [np.full(len(luck), EQUAL)], 0, FIRST_PLAN
    while True:
        rank = np.where(said.touched, np.inf, luck / plans[-1])
        chosen = np.argpartition(rank, more)[:more]
        said.verdict[chosen] = np.where(accepted[chosen], 1, -1)
        said.touched[chosen] = True
        labels += more
        chance = reached(said, plans)
        share = estimate(said, chance, columns)
        if share.half <= WISHED or labels >= MOST:
            return labels, share
        if plan and labels >= FIRST_PLAN * 2 ** (len(plans) - 1):
            labelled = labelled_of(said, chance)
            expected = expectations(said, labelled, columns)
            plans.append(sizes_of(expected) if helps(expected, labelled) else plans[0])
        ahead = FIRST_PLAN * 2 ** (len(plans) - 1) - labels if plan else MOST
        more = max(STEP, min(ahead, STEP * round(share.missing / 2 / STEP)))


def speed(samples):
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder) / "w.duckdb")
        made = (Sample(f"Task {n}.", output=f"Answer {n}.") for n in range(samples))
        add_samples(workspace, "run", [Collected(one, Origin("test", "", str(n))) for n, one in enumerate(made)])
        # Under names that count as measured on all samples.
        write_signals(workspace, 0, {f"signal {n}": rng.normal(size=samples).tolist() for n in range(30)})
        write_labels(workspace, "cluster", {n: f"cluster {n % 40}" for n in range(samples)})
        for name in ORDERS:
            times = []
            for turn in range(6):
                start = time.process_time()
                found = queue(workspace, Wanted(Facets(), "me", name))
                times.append(time.process_time() - start)
                add_decisions(workspace, found[:20] or [turn], Decision("accept" if turn % 3 else "reject", "me"))
            print(f"{name:<15} first {1000 * times[0]:6.0f} ms, then {1000 * np.median(times[1:]):6.0f} ms")
        times = []
        for _ in range(5):
            start = time.process_time()
            share_accepted(workspace, Facets())
            times.append(time.process_time() - start)
        print(f"{'the estimate':<15} first {1000 * times[0]:6.0f} ms, then {1000 * np.median(times[1:]):6.0f} ms")
        workspace.close()


if __name__ == "__main__":
    main()

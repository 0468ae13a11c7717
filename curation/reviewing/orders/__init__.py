"""In which order samples come for review. To add an order: write its file, then name it here."""

from curation.methods import by_name
from curation.reviewing.orders.by_cluster import ByCluster
from curation.reviewing.orders.disputed import Disputed
from curation.reviewing.orders.doubtful import Doubtful
from curation.reviewing.orders.in_round import InRound
from curation.reviewing.orders.informative import Informative
from curation.reviewing.orders.newest import Newest
from curation.reviewing.orders.oldest import Oldest
from curation.reviewing.orders.order import Among, Need, QueueOrder, Waiting
from curation.reviewing.orders.random_order import RandomOrder
from curation.reviewing.orders.second_opinions import SecondOpinions

ORDERS = by_name(Oldest, Newest, RandomOrder, Informative, Doubtful, ByCluster, InRound, SecondOpinions, Disputed)

__all__ = ["ORDERS", "Among", "Need", "QueueOrder", "Waiting"]

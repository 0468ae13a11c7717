"""A ledger in memory that keeps the rules of the real one, and remembers in which order things happened."""

import math
import threading

from curation.model.ledger import Attempt, History, Response

MAYBE_PAID = {"timeout", "unknown"}


class Remembering:
    def __init__(self):
        self.sent: dict[str, Attempt] = {}
        self.received: dict[str, Response] = {}
        self.by_key: dict[str, list[Attempt]] = {}
        self.commits = 0
        self.threads = set()
        self.booked_before = (0, 0.0)
        self.fail_at = 0

    def recall(self, keys):
        self.threads.add(threading.get_ident())
        return {key: self.history(key) for key in keys if key in self.by_key}

    def history(self, key):
        attempts = self.by_key[key]
        responses = {one.id: self.received.get(one.id) for one in attempts}
        good = [one for one in attempts if (got := responses[one.id]) and not got.problem]
        unknown = [one for one in attempts if not (got := responses[one.id]) or got.problem in MAYBE_PAID]
        last = good[-1] if good else None
        return History(
            responses[last.id].body if last else None,
            last.endpoint if last else "",
            last.form if last else "plain",
            len(unknown),
            len(good),
        )

    def commit(self, sent, received):
        self.threads.add(threading.get_ident())
        self.commits += 1
        if self.commits == self.fail_at:
            raise OSError("disk full")
        for one in sent:
            self.sent[one.id] = one
            self.by_key.setdefault(one.key, []).append(one)
        for one in received:
            assert one.attempt in self.sent, "an answer to what was never sent"
            self.received[one.attempt] = one

    def spent(self):
        tokens, dollars = self.booked_before
        for attempt in self.sent.values():
            got = self.received.get(attempt.id)
            tokens += got.prompt_tokens + got.completion_tokens if got else attempt.tokens
            cost = got.cost if got else attempt.cost
            dollars += 0.0 if math.isnan(cost) else cost
        return tokens, dollars

"""One prompt → one reply: remembered where it was bought before, else bought, and written down on the way."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast, get_args

from curation.errors import ModelError, Paused
from curation.model.alarm import Alarm
from curation.model.budget import Booking
from curation.model.clock import Clock
from curation.model.dialect import Asked, Dialect
from curation.model.endpoint import Endpoint
from curation.model.gate import Gate, UnwantedError
from curation.model.ledger import Attempt, History
from curation.model.prices import Price, cost, most_tokens
from curation.model.pump import Pump
from curation.model.reading import Read, read, reply
from curation.model.reasking import asked_again
from curation.model.receipt import MAYBE_PAID, receipt
from curation.model.retrying import MOST_ANSWERS, MOST_UNKNOWN, STOPPING, Tries, backoff, retry_after
from curation.model.structure import Form
from curation.model.wire import Got, Wire
from curation.prompts import Problem, Prompt, Reply

Wanted = Callable[[], bool]
NOT_SENT = "not sent"
PROBLEMS = frozenset(get_args(Problem))


@dataclass(frozen=True)
class _Ended:
    """How one attempt ended: with a reply, or with trouble on the way."""

    problem: str
    reply: Reply
    trouble: ModelError | None
    learned: bool = False


@dataclass
class Buyer:
    """Gets replies. All of it runs in one event loop.

    Args:
        endpoint: who is asked.
        wire: the way there.
        ledger: where it is written down.
        gate: where requests wait.
        dialect: how the endpoint is spoken to.
        price: None where it is not known.
        clock: where waits come from.
    """

    endpoint: Endpoint
    wire: Wire
    ledger: Pump
    gate: Gate
    dialect: Dialect
    price: Price | None
    clock: Clock
    _asked: dict[str, "asyncio.Future[Reply]"] = field(default_factory=dict)
    _given_up: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Watch how requests end."""
        self._alarm = Alarm(self.endpoint.name)

    async def __call__(self, prompt: Prompt, wanted: Wanted) -> Reply:
        """The reply to a prompt; one whose JSON does not fit is asked about once more (F10).

        Args:
            prompt: what is asked.
            wanted: whether somebody still waits for it.

        Raises:
            CurationError: nothing more is sent.
            UnwantedError: nobody waits any more.
        """
        first = await self._shared(prompt, wanted)
        if first.problem != "malformed" or not (prompt.schema and first.text):
            return first
        return await self._shared(asked_again(prompt, first.text), wanted)

    async def _shared(self, prompt: Prompt, wanted: Wanted) -> Reply:
        """Equal prompts that are asked at the same time are asked once."""
        key = prompt.key(self.endpoint.model)
        while (other := self._asked.get(key)) is not None:
            try:
                return await other
            except UnwantedError:
                if not wanted():
                    raise
        mine: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._asked[key] = mine
        try:
            told = await self._found(prompt, key, wanted)
        except BaseException as error:
            mine.set_exception(error)
            mine.exception()  # it is no news where nobody shares it
            if not isinstance(error, UnwantedError):
                self.gate.stop(error)  # of the ledger, say: nothing may be sent that cannot be written down
            raise
        finally:
            del self._asked[key]
        mine.set_result(told)
        return told

    async def _found(self, prompt: Prompt, key: str, wanted: Wanted) -> Reply:
        """Remember or buy."""
        history = await self.ledger.recall(key)
        told = self._remembered(prompt, key, history)
        return told or await self._bought(prompt, key, Tries(history.unknown, history.answers), wanted)

    def _remembered(self, prompt: Prompt, key: str, history: History) -> Reply | None:
        """What the ledger's answer says; None where it may be bought.

        What earlier starts of the run never heard of again is tried once more: a person has started it since (F5).
        """
        if history.body is None:
            return Reply(key, self.endpoint.model, problem="unknown") if key in self._given_up else None
        told = reply(key, prompt.schema, read(history.body), self.endpoint.model)
        again = told.problem == "empty" and history.answers < MOST_ANSWERS and history.unknown < MOST_UNKNOWN
        return None if again else told

    async def _bought(self, prompt: Prompt, key: str, tries: Tries, wanted: Wanted) -> Reply:
        again = False
        while True:
            ended = await self._attempt(prompt, key, wanted, again)
            again = True
            if ended.learned:
                continue
            step = tries.after(ended.problem)
            if step == "stop":
                self.gate.stop(Paused(str(ended.trouble)))
            elif step == "done":
                self._watch(key, ended.problem)
                return ended.reply
            elif tries.pauses:
                await self.gate.nap(self.clock.about(backoff(tries.pauses)))

    def _watch(self, key: str, problem: str) -> None:
        if problem in MAYBE_PAID:
            self._given_up.add(key)
        sentence = self._alarm.after(problem)
        if sentence:
            self.gate.stop(Paused(sentence))

    async def _attempt(self, prompt: Prompt, key: str, wanted: Wanted, again: bool) -> _Ended:
        """One request: set aside, written down, sent, written down again, read."""
        most_read = most_tokens(prompt, "plain")  # the longest form
        most = Booking(most_read + prompt.max_tokens, cost(self.price, most_read, prompt.max_tokens))
        await self.gate.enter(most, wanted, again)
        form = self.dialect.form
        attempt = Attempt(
            id=secrets.token_hex(16),
            key=key,
            model=self.endpoint.model,
            prompt=prompt,
            endpoint=self.endpoint.name,
            form=form,
            tokens=most.tokens,
            cost=most.dollars,
        )
        got, since, learned = await self._sent(attempt, form, wanted)
        found = read(got.body) if got.trouble is None else Read()
        response = receipt(attempt, got, found, self.price, self.clock.now() - since)
        await self.ledger.keep(response)
        self.gate.settle(most, Booking(response.prompt_tokens + response.completion_tokens, response.cost))
        if got.trouble is None:
            told = reply(key, prompt.schema, found, self.endpoint.model)
            return _Ended(told.problem, told, None)
        return self._troubled(key, got.trouble, learned)

    async def _sent(self, attempt: Attempt, form: Form, wanted: Wanted) -> tuple[Got, float, bool]:
        """Over the wire, once the attempt is kept; with the time when it left, and whether to ask in another way."""
        try:
            start = self.clock.now()
            await self.ledger.keep(attempt)
            kept = self.clock.now() - start
            await self.gate.board()
            since = self.clock.now()
            if self.gate.stopped or not wanted():
                return Got(0, b"", ModelError("It was not sent.", NOT_SENT)), since, False
            asked = self.dialect.asked(attempt.prompt, attempt.model, form)
            got = await self.wire.complete(asked.body)
            self.gate.timed(kept, self.clock.now() - since)
            return got, since, self._learned(asked, got, since)
        finally:
            self.gate.leave()

    def _learned(self, asked: Asked, got: Got, since: float) -> bool:
        """Draw the conclusions for others before the next is let in; whether this one is to be asked in another way."""
        if got.trouble is None:
            self.gate.went_well()
            self.dialect.worked(asked)
            return False
        if got.trouble.kind in STOPPING:
            self.gate.stop(Paused(str(got.trouble)))
        elif got.trouble.kind == "rate limit":
            self.gate.too_many(since, retry_after(got.retry_after, self.clock.wall()), str(got.trouble))
        return self.dialect.learned(asked, got.status, got.body.decode("utf-8", "replace"))

    def _troubled(self, key: str, trouble: ModelError, learned: bool) -> _Ended:
        if trouble.kind == NOT_SENT:
            raise self.gate.stopped or UnwantedError
        problem = cast(Problem, trouble.kind if trouble.kind in PROBLEMS else "rejected")
        return _Ended(trouble.kind, Reply(key, self.endpoint.model, problem=problem), trouble, learned)

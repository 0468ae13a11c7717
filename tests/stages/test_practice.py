from concurrent.futures import ThreadPoolExecutor

from curation.model import ask
from curation.model import test_connection as check_connection
from curation.practice import PRACTICE_MODEL
from curation.stages.practice import practice_endpoint


def test_one_server_for_all_who_ask_at_once():
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: practice_endpoint(), range(16)))
    assert len(found) == 1


def test_works_like_any_endpoint():
    endpoint = practice_endpoint()
    assert "works" in check_connection(endpoint)
    answer = ask(endpoint, "Explain why honey bees dance.")
    assert answer.model == PRACTICE_MODEL
    assert answer.text

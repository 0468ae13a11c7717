"""The practice server answers /v1/moderations in the shape that OpenAI gives it."""

import contextlib
import json
import urllib.error
import urllib.request

import pytest

from curation.practice import FAULTS, PRACTICE_MODEL, Faults, serve
from curation.practice.moderation import scores


def post(url, body):
    request = urllib.request.Request(f"{url}/moderations", json.dumps(body).encode(), method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def test_the_same_text_has_the_same_scores_over_http():
    with serve() as serving:
        asked = {"model": PRACTICE_MODEL, "input": "I will kill the process, you idiot."}
        first, again = post(serving.base_url, asked), post(serving.base_url, asked)
        assert first == again
        (result,) = first["results"]
        assert result["flagged"]
        assert result["category_scores"] == scores(asked["input"])
        assert [name for name, over in result["categories"].items() if over] == ["harassment", "violence"]
        with pytest.raises(urllib.error.HTTPError, match="400"):
            post(serving.base_url, {"model": PRACTICE_MODEL})


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in ("hang", "cut", "reset", "huge")])
def test_faults_hold_there_too(fault):
    with serve(Faults(first=[fault])) as serving:
        asked = {"model": PRACTICE_MODEL, "input": "Hello."}
        with contextlib.suppress(urllib.error.HTTPError, ValueError):
            post(serving.base_url, asked)
        assert post(serving.base_url, asked)["results"][0]["category_scores"]


def test_another_model_is_not_there():
    with serve() as serving, pytest.raises(urllib.error.HTTPError, match="404"):
        post(serving.base_url, {"model": "other", "input": "x"})

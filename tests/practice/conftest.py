import openai
import pytest

from curation.practice import Log, serve

CANARY = "sk-CANARY-77aa10b4"


@pytest.fixture
def serving():
    with serve(log=Log(keep_bodies=True)) as one:
        yield one


@pytest.fixture
def client(serving):
    http = openai.DefaultHttpxClient(follow_redirects=False)
    with openai.OpenAI(base_url=serving.base_url, api_key=CANARY, timeout=5, max_retries=0, http_client=http) as one:
        yield one

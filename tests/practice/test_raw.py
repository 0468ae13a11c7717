"""Raw texts at /v1/completions of the practice server."""

import openai
import pytest

from curation.practice import PRACTICE_MODEL, Faults, serve
from curation.practice.raw import turns

USERS = {
    "chatml": "<|im_start|>user\n",
    "llama 3": "<|start_header_id|>user<|end_header_id|>\n\n",
    "gemma": "<start_of_turn>user\n",
    "phi 3": "<|user|>\n",
    "phi 4": "<|im_start|>user<|im_sep|>",
    "mistral": "[INST] ",
    "with a system message": "<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\n",
}


def asked(client, prompt, **options):
    return client.completions.create(model=PRACTICE_MODEL, prompt=prompt, **{"max_tokens": 400} | options)


@pytest.mark.parametrize("name", USERS)
def test_where_the_user_is_to_speak_an_instruction_comes(client, name):
    texts = [asked(client, USERS[name], seed=seed, temperature=1).choices[0].text for seed in range(8)]
    assert len(set(texts)) >= 7
    assert sum(text[0].isupper() and text[-1] in ".?" for text in texts) >= 5
    assert not any("<|" in text for text in texts)


def test_where_the_assistant_is_to_speak_an_answer_comes(client):
    prompt = f"{USERS['chatml']}Explain why honey bees dance.<|im_end|>\n<|im_start|>assistant\n"
    answer = asked(client, prompt, temperature=0)
    assert "honey bees" in answer.choices[0].text
    assert answer.object == "text_completion"
    assert answer.usage.prompt_tokens > 6 < answer.usage.completion_tokens


def test_mistral_closes_what_the_user_says():
    assert turns("[INST] Name a colour. [/INST]") == [("user", "Name a colour."), ("assistant", "")]


def test_limits_seeds_and_refused_requests_are_as_for_chats(client):
    assert asked(client, USERS["chatml"], max_tokens=2).choices[0].finish_reason == "length"
    same = {asked(client, USERS["chatml"], seed=4, temperature=1).choices[0].text for _ in range(3)}
    assert len(same) == 1
    assert asked(client, "Explain why honey bees dance.").choices[0].text
    with pytest.raises(openai.BadRequestError):
        asked(client, "")
    with pytest.raises(openai.NotFoundError):
        client.completions.create(model="other", prompt="a")
    with pytest.raises(openai.APIStatusError, match="Only POST"):
        client.get("/completions", cast_to=object)


@pytest.mark.parametrize(
    ("fault", "found"),
    [("empty", ""), ("refusal", "I cannot help with that request."), ("wrong_shape", '{"practice"')],
)
def test_faults_are_those_of_chats(fault, found):
    with serve(Faults({fault: 1.0})) as one:
        http = openai.DefaultHttpxClient()
        with openai.OpenAI(base_url=one.base_url, api_key="x", max_retries=0, http_client=http) as client:
            assert asked(client, USERS["chatml"]).choices[0].text.strip().startswith(found)

"""A little German, French, Spanish and Italian, so that language filters have something to do."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Language:
    """What is needed to write a few sentences: instructions and answers with gaps, and what fills them."""

    tasks: tuple[str, ...]
    topics: tuple[str, ...]
    answers: tuple[str, ...]


GERMAN = Language(
    (
        "Schreibe einen kurzen Text über {topic} und nenne zwei Beispiele.",
        "Erkläre einem Kind, warum {topic} wichtig ist.",
        "Nenne fünf Tipps zum Thema {topic}.",
        "Vergleiche {topic} mit {other} in drei Sätzen.",
    ),
    ("Brotbacken", "Radfahren", "Gartenarbeit", "Vogelzug", "Stromsparen", "Schwimmen", "Kochen", "Zugreisen"),
    (
        "Beim Thema {topic} lohnt es sich, früh zu planen und in kleinen Schritten vorzugehen.",
        "Wer mit {topic} anfängt, braucht vor allem Geduld und ein wenig Übung.",
        "Zum Schluss hilft ein Gespräch mit Leuten, die das schon lange machen.",
    ),
)
FRENCH = Language(
    (
        "Écris un court texte sur {topic} avec deux exemples.",
        "Explique à un enfant pourquoi {topic} est important.",
        "Donne cinq conseils pratiques sur {topic}.",
        "Compare {topic} et {other} en trois phrases.",
    ),
    ("le jardinage", "le vélo", "la cuisine", "le théâtre", "le recyclage", "la lecture", "le voyage", "le pain"),
    (
        "Pour {topic}, il vaut mieux commencer tôt et avancer par petites étapes.",
        "Avec un peu de patience, {topic} devient une bonne habitude.",
        "Demandez enfin conseil à des personnes qui ont de l'expérience.",
    ),
)
SPANISH = Language(
    (
        "Escribe un texto breve sobre {topic} con dos ejemplos.",
        "Explica a un niño por qué {topic} es importante.",
        "Da cinco consejos prácticos sobre {topic}.",
        "Compara {topic} con {other} en tres frases.",
    ),
    ("la cocina", "el ciclismo", "el reciclaje", "la lectura", "el teatro", "la jardinería", "el viaje", "el pan"),
    (
        "En cuanto a {topic}, conviene empezar pronto y avanzar paso a paso.",
        "Con un poco de paciencia, {topic} se convierte en una buena costumbre.",
        "Por último, pregunta a quienes tienen más experiencia.",
    ),
)
ITALIAN = Language(
    (
        "Scrivi un breve testo su {topic} con due esempi.",
        "Spiega a un bambino perché {topic} è importante.",
        "Dai cinque consigli pratici su {topic}.",
        "Confronta {topic} con {other} in tre frasi.",
    ),
    ("il giardinaggio", "la cucina", "il riciclo", "la lettura", "il teatro", "il viaggio", "il nuoto", "il pane"),
    (
        "Per {topic} conviene cominciare presto e procedere a piccoli passi.",
        "Con un po' di pazienza {topic} diventa una buona abitudine.",
        "Infine, chiedi consiglio a chi ha più esperienza.",
    ),
)
LANGUAGES = (GERMAN, FRENCH, SPANISH, ITALIAN)


def foreign_task(chance: Random) -> str:
    """An instruction in one of the languages."""
    language = chance.choice(LANGUAGES)
    topic, other = chance.sample(language.topics, 2)
    return chance.choice(language.tasks).format(topic=topic, other=other)


def foreign_answer(text: str) -> str:
    """An answer in the language of an instruction that was made here; "" for any other instruction."""
    for language in LANGUAGES:
        starts = {form.split("{")[0] for form in language.tasks}
        topic = next((topic for topic in language.topics if topic in text), "")
        if topic and text.startswith(tuple(starts)):
            return " ".join(sentence.format(topic=topic) for sentence in language.answers)
    return ""

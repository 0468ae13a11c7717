"""Sentences of the practice model's answers, with gaps for words of the question. Written for this project."""


def _words(table: str) -> list[str]:
    return table.split()


COMMON = frozenset(
    _words("""about after again answer article because before being between compare create describe does each every
    explain find first five following four from give have here into just keep know like list make mention
    more most much must name need only other over please point points produce provide reason seven short
    should show since sentence sentences some start state such suggest task text than that their them
    then there these they this those three turn under until using very want were what when where whether
    which while whom with without words would write your includes include exactly least than used uses
    also many people practical tips avoid address""")
)
OPENINGS = (
    "When it comes to {a}, {aspect} matters more than most people think.",
    "There are several ways to look at {a}, and {b} plays a part in most of them.",
    "The short answer is that {a} depends on {aspect}.",
    "Anyone who deals with {a} soon learns how much {aspect} counts.",
    "Let us begin with {b}, because it explains a good deal about {a}.",
    "Good news first: {a} is easier than it looks once {aspect} is settled.",
    "It helps to separate {a} from {b} before anything else.",
)
MIDDLES = (
    "A simple start is to note {aspect} and {other} for a week.",
    "Many beginners forget {aspect}, which later costs time.",
    "With {b} in mind, {person} might choose a smaller first step.",
    "The link between {a} and {other} is often overlooked.",
    "In practice, {aspect} improves as soon as {other} is written down.",
    "One example: a group {setting} changed its {aspect} and saved about {number} percent.",
    "That is why {person} should ask about {other} early.",
    "Experience shows that {b} works best in small portions.",
    "Without {aspect}, even a good plan for {a} falls apart.",
    "A second point concerns {other}: it is cheap to check and dear to ignore.",
    "Some say that {b} is a matter of taste; the figures on {aspect} say otherwise.",
    "For {a} {setting}, {number} minutes a day are usually enough.",
    "Keep {aspect} and {other} apart, or the result will be hard to judge.",
)
ENDINGS = (
    "In the end, {a} rewards those who keep at it.",
    "So plan {aspect} first and leave {other} for later.",
    "If in doubt, ask {person}.",
    "That is all that is needed to get going with {a}.",
    "What would {person} do differently?",
    "All in all, {b} is worth the effort.",
)
ITEMS = (
    "Check {aspect} before you start with {a}",
    "Talk to {person} about {other}",
    "Set aside {number} minutes for {b}",
    "Keep a record of {aspect}",
    "Begin small: {a} {setting}",
    "Compare {aspect} with {other}",
    "Leave room for {other} and surprises",
    "Share what you learn about {a} with {person}",
    "Decide what {b} may cost",
    "Test {aspect} on a quiet day",
)
LINES = (
    "The {b} waits beside the door",
    "and {a} hums a little more",
    "a question of {aspect} and of light",
    "we carry {other} through the night",
    "the morning counts its {number} bells",
    "and what it knows it never tells",
)
CODE = '''```python
def {name}(items: list[str]) -> dict[str, int]:
    """Count how often each of {a} occurs."""
    counts: dict[str, int] = {{}}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts
```
The function goes over the list once, so {number},000 items are no problem.'''
QUERY = """```sql
SELECT id, title, created_at
FROM {name}
WHERE topic = '{a}'
ORDER BY created_at DESC
LIMIT {number};
```"""
LETTER = "Dear reader,\n\n{body}\n\nKind regards,\nThe practice model"
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}

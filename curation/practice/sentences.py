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
    "{a} and {b} have more in common than {aspect} alone.",
    "Picture {person} {setting}: that is where {a} becomes interesting.",
    "First of all, {a} is a question of {aspect}, then of {other}.",
    "Nobody needs to be an expert in {a} to get {aspect} right.",
    "Ask ten people about {a} and at least {number} percent will mention {aspect}.",
    "What counts for {a} is not size but {aspect}.",
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
    "Start with a sketch of {a}, then add {aspect} step by step.",
    "Costs for {aspect} usually stay below {number} euros a month.",
    "Two things decide: how much {aspect} there is, and who looks after {other}.",
    "Should {other} become scarce, switch to a simpler form of {b}.",
    "An old rule says to spend twice as long on {aspect} as on {other}.",
    "Write down three questions about {b} and answer them one by one.",
    "{person} once tried it the other way round and regretted it.",
    "After about {number} days the difference in {aspect} can be seen by anyone.",
    "Borrowed advice on {other} seldom fits, so measure {aspect} yourself.",
    "There is no need to hurry: {a} can wait until {aspect} is right.",
    "Look at {b} from the side of {person}, and {other} suddenly makes sense.",
    "Neither {aspect} nor {other} should be left to chance.",
    "In a test {setting}, {number} of 100 people preferred more {aspect}.",
    "Small changes to {other} add up: five minutes a day are thirty hours a year.",
    "Put {aspect} in one column and {other} in a second, and compare them on Friday.",
    "Children grasp {b} quickly when {aspect} is turned into a game.",
    "Rain, noise or a missing key: {aspect} has to survive all of them.",
    "For that purpose {setting}, a pencil and a list of {other} are enough.",
)
ENDINGS = (
    "In the end, {a} rewards those who keep at it.",
    "So plan {aspect} first and leave {other} for later.",
    "If in doubt, ask {person}.",
    "That is all that is needed to get going with {a}.",
    "What would {person} do differently?",
    "All in all, {b} is worth the effort.",
    "Try it once {setting} and see.",
    "After {number} days it will feel natural.",
    "Everything else is {aspect}.",
    "That leaves one open point: {other}.",
    "Good {aspect} to you!",
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
    "Ask for a second opinion on {other}",
    "Write {aspect} on the calendar {number} days ahead",
    "Avoid {other} {setting}",
    "Put one person in charge of {b}",
    "Repeat what worked for {a}, drop the rest",
    "Take a photo of {b} before and after",
)
LINES = (
    "The {b} waits beside the door",
    "and {a} hums a little more",
    "a question of {aspect} and of light",
    "we carry {other} through the night",
    "the morning counts its {number} bells",
    "and what it knows it never tells",
    "A lamp, a cup, a word on {b}",
    "the year goes round and so do we",
    "no map has ever shown {other}",
    "{a} at dawn, {a} at sea",
    "and {number} steps lead back to town",
    "the quiet part of {aspect} stays",
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

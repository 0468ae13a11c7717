"""Words that the practice model puts together. Written for this project; nothing here is copied from anywhere."""


def _entries(table: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in table.split("|"))


TOPICS = _entries(
    """bread baking|night trains|tide pools|urban foxes|letterpress printing|solar panels|public libraries
    |school gardens|mountain huts|second-hand bicycles|weather balloons|folk dances|paper recycling
    |lighthouse keepers|street markets|sourdough starters|community radio|old maps|roof gardens|chess clubs
    |ferry crossings|wool dyeing|kitchen knives|bird migration|village theatres|rain barrels|repair cafes
    |glass blowing|desert plants|river barges|cheese making|honey bees|ice skating|home insurance|tenant rights
    |job interviews|savings accounts|parking rules|tram timetables|password safety|spam filters|open data
    |spreadsheet formulas|version control|search engines|voice assistants|battery storage|wind turbines
    |heat pumps|bicycle lanes|traffic lights|bridge building|stone walls|timber houses|clay pottery
    |watercolour painting|choir singing|violin practice|marathon training|swimming lessons|hiking boots
    |camping stoves|allergy tests|sleep habits|first aid|healthy lunches|vaccination records|hospital visits
    |hearing aids|dog training|indoor cats|aquarium fish|sheep herding|apple orchards|mushroom picking
    |seed saving|soil testing|compost heaps|tomato plants|spice mixtures|noodle soups|tea ceremonies
    |coffee roasting|family recipes|wedding speeches|birthday parties|moving house|lost luggage|train delays
    |museum tours|travel diaries|language exchanges|bedtime stories|science fairs|algebra homework
    |history lessons|spelling contests|student exchanges|exam nerves|reading groups|board games|puzzle books
    |detective novels|silent films|jazz records|comic strips|space probes|meteor showers|moon phases
    |deep-sea vents|coral reefs|volcanic islands|glacier walks|flood barriers|earthquake drills|forest fires
    |city elections|town councils|volunteer fire brigades|food banks|charity runs|flea markets|small bakeries
    |online shops|customer complaints|product recalls|office plants|team meetings|remote work|shift schedules"""
)
"""What instructions are about."""

SETTINGS = _entries(
    """in a small harbour town|on a tight budget|during a long winter|for people who work at night
    |without special tools|in a crowded city|for a family with three children|after a power cut
    |on a rented balcony|in the year 1900|for a group of beginners|before the summer holidays
    |with only a few helpers|in a mountain village|during a heat wave|for the first time
    |at a busy railway station|with very little water|for someone who has moved recently
    |when plans change at short notice|in a school with forty pupils|on a remote island|for a local newspaper
    |at the end of a project|between two generations|in a dry climate|when money is short|for a weekend workshop
    |across three countries|on a rainy Sunday|with guests from abroad|after many years
    |in an old factory building|for people with poor eyesight|under new regulations|in times of high prices
    |with borrowed equipment|at a neighbourhood festival|when nobody is in charge|inside a moving train"""
)
"""Where, when and for whom."""

PEOPLE = _entries(
    """a ten-year-old|new volunteers|a sceptical neighbour|the town council|a busy nurse|first-year students
    |a retired engineer|the customers of a small shop|a visiting choir|a shy colleague
    |tourists with one free day|a job applicant|parents of teenagers|night-shift workers|a museum guide
    |an impatient boss|language learners|the readers of a club magazine|an old friend
    |people without internet access|a landlord|amateur astronomers|a cook in training
    |the residents of a care home|a sports team|weekend gardeners|a young journalist|bus drivers
    |a committee of experts|someone who disagrees"""
)
"""Who it is for."""

RULES = _entries(
    """Keep it under {many} words.|Use exactly {few} bullet points.|Avoid technical terms.|End with a question.
    |Write in the second person.|Mention at least {few} concrete figures.|Start with the most surprising fact.
    |Give a reason for each point.|Do not use the word "very".|Add one realistic example.|Use a friendly tone.
    |Structure it as questions and answers.|Name one risk and how to avoid it.|Make it sound urgent but polite.
    |Include a short title.|Leave out the history.|Compare it with how things were twenty years ago.
    |Quote one imaginary witness.|Rank your points by importance.|Say where further help can be found.
    |Use the past tense throughout.|Put the conclusion first.|Explain every abbreviation.
    |Address the reader by name.|Finish with a one-line summary.|Make the second half funnier than the first.
    |Assume no prior knowledge.|Limit each sentence to {many} letters.|State what you are unsure about.
    |Suggest what to read next.|Write it as a dialogue of {few} turns.|Balance advantages and drawbacks."""
)
"""What else is wanted of the answer."""

ASPECTS = _entries(
    """cost|timing|safety|preparation|tools|habits|patience|weather|storage|advice|rules|practice|distance|quality
    |planning|teamwork|maintenance|light|temperature|tradition|records|space|noise|demand|training|trust|choice
    |balance|detail|season|speed|material|memory|routine"""
)
"""What can be said something about."""

LABELS = (
    ("positive", "negative", "neutral"),
    ("urgent", "not urgent"),
    ("fact", "opinion"),
    ("spam", "not spam"),
    ("formal", "informal"),
    ("billing", "delivery", "technical", "other"),
    ("true", "false", "unclear"),
    ("politics", "sport", "culture", "science"),
    ("low", "medium", "high"),
    ("question", "complaint", "praise"),
    ("easy", "moderate", "hard"),
    ("joy", "anger", "sadness", "fear"),
    ("past", "present", "future"),
    ("relevant", "irrelevant"),
)
"""Classes to tell apart."""

TEXTS = _entries(
    """review|e-mail|forum post|paragraph|headline|support ticket|meeting note|news item|customer comment
    |diary entry|product description|short speech|voice message|letter to the editor|lab report|advertisement
    |invitation|chat message|interview answer|travel report"""
)
"""What instructions with an input are applied to."""

"""What makes a good seed: shown beside the form in which people write one."""

GUIDELINES = """\
**What makes a good seed**

- **One task that stands alone.** A stranger who reads instruction and input, and nothing else, knows what to do.
- **Something a text model can do.** No pictures to look at, no calls to make, no files to open, nothing that depends \
on today's date.
- **Say it the way people ask.** Questions, requests and orders all have their place; begin with different verbs.
- **Instruction and input apart.** The instruction is what to do and would fit other inputs too; the input is the \
text, list or table to do it with. Leave it empty where the instruction says it all.
- **Real content.** Write the actual paragraph or table, not “[paste text here]”; invent names, and leave out personal \
data.
- **The answer that you would sign.** Correct, complete, in the form asked for, as long as it needs to be and no longer.
- **Another one than the last ten.** Another subject, another kind of work, another length: variety of the seeds is \
variety of everything made from them.
- **Classification: name the labels.** Say in the instruction which answers are allowed; the answer is one of them, \
word for word. Over time, write some for each label.
"""

"""Sentence frames by register; ``{slot}`` names are filled by ``grammar``.

Frames are many and unlike each other, because an *absent* sentence is made
from a frame that the document at hand does not use.
"""

DIPLOMATIC = (
    "On {date}, {person} {saying} {person} that {org} {must_not} {inf} the {adj} {noun} before {month_year}.",
    "{person} {claimed} that the {adj} {noun} {is_not} a {noun} and {must_not} be treated as one in {city}.",
    "{org} {past} the {people} {noun} and {past} a {adj} {noun} of its own, {number} pages long.",
    "The {people} side {adverb} {past} the {noun}, while the {people} side {past} its {plural}.",
    "{opener}, {person} {past} the {noun} that {person} had {adverb} {past} in {city}.",
    "It would be {prefixed} to {inf} these {plural} as long as {country} {must_not} {inf} its {plural}.",
    "The two governments agreed to {opposed} the number of {plural} from {number} to {number} by {date}.",
    "{person} assured {person} that {country} would {opposed} the {adj} {noun} and {inf} the {noun}.",
    "We {must_not} {inf} the {noun}, and we will {alike} a {adj} {noun} with {country} in due course.",
    "The {noun} of {date} binds {country} to {inf} {number} {plural} stationed near {city}.",
    "Both {person} and {person} regarded the {noun} as {opposed_adj}, {adj} and in need of {adj} {plural}.",
    "{country} {must_not} join the {noun} until {quantity} of its {plural} have been {past}.",
    "The {alike_noun} between {country} and {country} rests on {adj} {plural} rather than on {adj} {plural}.",
    "Nothing in this {noun} prevents {country} from {plural} or from a {adj} {noun}, {person} {claimed}.",
    "If {country} {must_not} {inf} the {noun}, then {country} is {prefixed} to {inf} its own {plural}.",
    "Having {past} the {noun}, {person} flew to {city} to {inf} the {plural} with {person}.",
)

BUREAUCRATIC = (
    "Pursuant to {section}, {quantity} {plural} shall be {past} by the {role} no later than {date}.",
    "The total cost of the {noun} came to {money}, of which {percent} was charged to {org}.",
    "Copies of the {noun} were {past} to {org}, to {org} and to the {role} in {city}.",
    "Applicants who {contracted} {inf} the {noun} within {number} days {must_not} {inf} it afterwards.",
    "This office has {past} {number} {measure} of {plural} since {month_year} and {past} none of them.",
    "The {role} {is_not} {prefixed} for {plural} {past} before {date}.",
    "Enclosed please find the {adj} {noun}, the {adj} {noun} and a list of {number} {plural}.",
    "Expenditure on {plural} is expected to {opposed} by {percent}, from {money} to {money}.",
    "Form {number} must be signed by the {role}, {past} by the {role} and returned to {org}.",
    "A temperature of {minus} degrees was recorded at the {city} {noun} on {date}.",
    "The {adj} committee met {number} times, heard {number} {plural} and {past} {number} {plural}.",
    "{firm} has {never} {past} the {plural} that {firm} ordered in {month_year}.",
    "Losses of less than {percent} {is_not} to be {past} unless the {role} so directs.",
    "The {alike_noun} of the audit was that {money} had been {adverb} {past} through {firm}.",
    "Items marked with an asterisk were {adverb} {past} and {must_not} be shown to {plural}.",
    "Vehicles over {decimal} tons may use the {city} road only with a {adj} permit.",
)

NARRATIVE = (
    "The {hue} {thing} stood beside the {thing}, and {weather} came over the {thing} before dawn.",
    "{person} walked past the {thing} with a {hue} {thing} under one arm and {contracted} look back.",
    "Nobody in {city} remembered the {role} who had {past} the {hue} {thing} in {year}.",
    "By the time {person} reached the {thing}, {weather} had {adverb} hidden the {thing}.",
    "She was {prefixed} to {alike} the {thing}, so the {role} carried the {hue} {thing} instead.",
    "There were {number} steps down to the {thing} and {number} more to the {hue} {thing}.",
    "He {adverb} folded the {noun}, put it under the {thing} and {never} spoke of it.",
    "The {role} and the {role} shared a {thing} near {city}, {decimal} miles from the {thing}.",
    "Every morning the {role} swept the {thing}, fed the {role}'s cat and counted {number} {plural}.",
    "A {hue} door led from the {thing} to the {thing}, where {person} kept {number} {plural}.",
    "In {year} the {thing} burned down, and {person} {claimed} that {weather} had saved the {thing}.",
    "What the {role} saw that night was a {opposed_adj} {thing}, not a {opposed_adj} {thing}.",
    "The old {role} {must_not} {inf} the {thing} while {weather} lasted.",
    "Long after {date}, the {hue} {thing} was still leaning against the {thing} in {city}.",
)

DIALOGUE = (
    '"I {contracted} {alike} that {noun}," {person} said, "because the {role} is {prefixed}."',
    '"Have you {past} the {plural}?" asked {person}. "{number} of them," said the {role}.',
    '"We shall {opposed} the {noun} on {date}," {person} answered, "and {country} will {inf} it."',
    '"{country} is our {opposed_adj} neighbor," the {role} replied; "{country} {is_not}."',
    '{person} said: "Give me {number} {plural} and I will {inf} the {thing}."',
    '"It\'s {prefixed} to {inf} a {noun} in {city}," the {role} muttered to {person}.',
    '"Tell {person} that the {noun} {is_not} ready," the {role} whispered, "and {alike} me later."',
    '"What the {people} want," {person} observed, "is to {opposed} the {noun} before {month_year}."',
)

TECHNICAL = (
    "The {noun} weighs {decimal} kilograms and draws {number} watts when the {plural} are {past}.",
    "Between {year} and {year}, exports of {plural} to {country} rose by {percent}.",
    "Range: {number} kilometres; crew: {number}; unit price: {money}; supplier: {firm}.",
    "Samples taken near {city} contained {decimal} grams of iron, against {decimal} grams elsewhere.",
    "The {adj} reactor at {city} was shut down for {number} days after the {noun} of {date}.",
    "Model {number} replaced Model {number} because the {plural} were too {opposed_adj}.",
    "Of {number} {plural} tested, {number} failed, {number} passed and the rest were {past}.",
    "Signals below {minus} decibels {must_not} be {past} by {plural} of this type.",
    "The {people} {noun} uses {opposed_adj} {plural}, whereas the {people} one has {opposed_adj} {plural}.",
    "At {clock} the {role} {past} the {noun}; at {clock} the {plural} were {adverb} {past}.",
    "Table {number} lists {quantity} {plural} {past} in {country} since {year}.",
    "A crew of {number} can {inf} about {number} {measure} in a day, or {decimal} {measure} an hour.",
)

CONTRAST = (
    "{person} will {inf} the {noun} in {city}, {contrast} {country} {must_not} {inf} the {plural}.",
    "{org} is ready to {opposed} its {plural}, {contrast} the {role} has {never} {past} the {noun}.",
    "The {plural} were {past} in full; however, {org} {must_not} {inf} the {adj} {noun}.",
    "Payment of {money} falls due on {date}, unless {firm} {adverb} {past} the {noun}.",
    "The {role} could {inf} the {thing}, although {weather} made the {thing} {opposed_adj}.",
)

BOILERPLATE = (
    "This document has been reviewed for release and is subject to the usual reservations.",
    "Distribution of this paper is limited to those named in the list above.",
    "The information in this paragraph was obtained in confidence and has not been evaluated.",
    "All times are local unless another zone is given in the text.",
    "Please return this copy to the registry when it is no longer needed.",
)

HEADINGS = (
    "Program Agency",
    "Background",
    "Summary of Conclusions",
    "Participants",
    "Next Steps",
    "Memorandum of Conversation",
    "Notes for the File",
    "Current Situation",
    "Annex B",
    "Points to Be Raised",
    "Key Judgments",
    "Discussion",
)

#: Real confusions that turn one ordinary word into another: never mere noise.
REAL_WORD_TRAPS = (
    ("modern", "modem"),
    ("from", "form"),
    ("clear", "dear"),
    ("close", "dose"),
    ("burn", "bum"),
    ("corner", "comer"),
    ("best", "test"),
    ("hear", "bear"),
    ("hack", "back"),
    ("heat", "beat"),
    ("eat", "cat"),
    ("fact", "pact"),
    ("fell", "tell"),
    ("now", "not"),
    ("hut", "but"),
    ("peace", "pence"),
    ("ratify", "gratify"),
    ("three", "there"),
    ("cast", "east"),
    ("lost", "last"),
)

REGISTERS = {
    "diplomatic": DIPLOMATIC,
    "bureaucratic": BUREAUCRATIC,
    "narrative": NARRATIVE,
    "dialogue": DIALOGUE,
    "technical": TECHNICAL,
    "contrast": CONTRAST,
}

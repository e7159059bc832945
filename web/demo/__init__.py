"""The demo archive: five statements as a wire agency reported them, and an invented government with captured originals.

Everything in it says that it is a demo. What is reported and what is invented is kept apart in every word shown.
"""

BANNER = (
    "This is a demo archive. The statements from India and Japan are kept as reported by a news agency, not from their "
    "posts; the country of Ostrelund, its ministers, posts and articles are invented."
)
REPORTED = "As reported: five posts as the agency IANS quoted them on 6 March 2026. The posts themselves are not held."
INVENTED = "Invented: the country of Ostrelund, its ministers, their posts and the articles about them."

"""The harness behind ``edgewise bench``: one file per question, and what they share."""

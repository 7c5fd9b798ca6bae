"""The first answer: talks to Rasa or to the scripted engine and decides what is said."""

"""Use cases: ``verb_noun(runtime, …)`` gives a value. The only owners of transactions; they decide nothing."""

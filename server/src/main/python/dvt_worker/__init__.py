"""Runs one DVT Python model: ``python -m dvt_worker``.

Two processes: a small one (``supervisor``) that speaks with the engine and survives whatever the
model does, and its child (``child``) that imports the model and runs it. The contract with the
engine is ``docs/worker-protocol.md``. ``compiler`` renders SQL models in a process of its own.
"""

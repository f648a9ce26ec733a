"""Backup, restore, upgrade and move: how a deployment is kept. These modules need neither settings nor a sound
database: what must ask a database asks it in a process of its own (`inside`)."""

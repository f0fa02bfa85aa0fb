"""The rules told a second time, from the plan's words alone: money, phases, timers, refusals.

It shares no code with the engine: it reads a policy's rows and a command's fields, and keeps its
own books. Timers are instants and, while they stand still, seconds that are left; the engine
keeps beginnings and counts. What both say must be the same after every command.
"""

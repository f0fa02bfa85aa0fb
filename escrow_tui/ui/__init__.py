"""The screens: they render views and give commands to their session, and know nothing else."""

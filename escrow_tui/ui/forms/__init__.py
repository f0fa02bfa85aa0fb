"""What each verb asks for, and the fields that ask it."""

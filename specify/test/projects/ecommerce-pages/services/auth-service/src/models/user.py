"""Who may log in."""


class User:
    email: str
    password_hash: str

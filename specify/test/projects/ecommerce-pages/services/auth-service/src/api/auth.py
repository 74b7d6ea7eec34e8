"""Authentication endpoints."""


def login(email: str, password: str) -> dict:
    return {"data": {"accessToken": "", "refreshToken": "", "expiresIn": 900}}


def validate(token: str) -> dict:
    return {"userId": ""}

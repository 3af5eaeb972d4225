"""Defines ``cardwright login``."""

from __future__ import annotations

import sys

import click

from cardwright.cli.arguments import command


@command(
    "cardwright login --user me@example.org",
    "cardwright login --user me --server https://sync.example.org",
    "cardwright login --forget",
)
@click.option("--user", metavar="EMAIL", help="The account (default: ask).")
@click.option(
    "--server",
    default="",
    envvar="CARDWRIGHT_SYNC_SERVER",
    metavar="URL",
    help="A sync server of your own (default: CARDWRIGHT_SYNC_SERVER, or else AnkiWeb).",
)
@click.option("--forget", is_flag=True, help="Forget the account and its key.")
def login(user: str | None, server: str, forget: bool) -> int:
    """Log in to AnkiWeb, or to a sync server of your own, for 'push --sync'.

    The password is sent to the server once and never stored. The server returns a key, which is
    stored in the keyring of your system. In CI, set CARDWRIGHT_SYNC_KEY (and
    CARDWRIGHT_SYNC_SERVER) instead of logging in.
    """
    from cardwright.delivery import account as accounts
    from cardwright.delivery.addon import is_loopback
    from cardwright.delivery.sync import log_in
    from cardwright.delivery.values import AnkiError
    from cardwright.terminal import Terminal

    if "@" in server.partition("://")[2].partition("/")[0]:
        raise click.UsageError("leave the account and the password out of --server")
    terminal = Terminal(is_quiet=False)
    try:
        if forget:
            known = accounts.delete_account()
            terminal.result(f"forgot {known.name}" if known else "no account is logged in")
            return 0
        if server.startswith("http://") and not is_loopback(server):
            terminal.notice(f"{server} has no encryption: the network can read the password")
        user = user or click.prompt("Account (email)")
        if sys.stdin.isatty():
            password = str(click.prompt("Password", hide_input=True))
        else:
            password = sys.stdin.readline().rstrip("\n")
        account = accounts.Account(server, user)
        accounts.store_account(account, log_in(server, user, password))
    except AnkiError as error:
        terminal.problems((error.diagnostic("login"),), is_strict=False)
        return 1
    terminal.result(f"logged in: {account.name}; 'cardwright push --sync' goes there")
    return 0

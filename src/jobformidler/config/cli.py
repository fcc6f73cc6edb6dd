"""The `jobformidler` command: one entry point for running, filling, checking and measuring.

`up` and `db` are explained by this module, `bench` and `clocks` by their own, `coverage` reads files only; every command in
`DJANGO_COMMANDS` is a Django management command that runs with the database up and gets its own arguments, its own
`--help` included.

Exit codes: 0 all good, 1 done but rows quarantined or problems found, 2 nothing done.
"""

import argparse
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

from jobformidler import __version__
from jobformidler.config.cluster import Cluster, existing_server_url
from jobformidler.config.errors import LaunchError
from jobformidler.config.keys import ensure_key_file
from jobformidler.core import coverage

OK, PROBLEMS, NOTHING_DONE = 0, 1, 2

#: subcommand → (Django management command, one line of help)
DJANGO_COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "create municipality, units and the first administrator, without the demo"),
    "ingest": ("ingest", "read a register file: citizens, spells, visitations, employers or places"),
    "rebuild": ("rebuild", "compute every derived read model anew"),
    "check-inconsistencies": ("check_inconsistencies", "list what the database should not hold"),
    "retention": ("retention", "show, or carry out, what the rules for keeping data say for today"),
    "audit": ("audit", "check (verify) or seal the access log"),
    "keys": ("keys", "encryption keys: status, new, rotate, retire"),
    "demo": ("demo", "load the fictional municipality"),
}


def build_parser() -> argparse.ArgumentParser:
    """The parser of the commands this module answers itself; the others appear in it for the list of commands."""
    parser = argparse.ArgumentParser(
        prog="jobformidler",
        description="An open platform for a municipality's personal-job-broker effort.",
        epilog="Exit codes: 0 all good, 1 done but rows quarantined or problems found, 2 nothing done.",
    )
    parser.add_argument("--version", action="version", version=f"jobformidler {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    up = commands.add_parser("up", help="start everything and print the address", description="Start everything.")
    up.add_argument("--port", type=int, default=8000, help="port of the web server (default 8000)")
    up.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    up.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    for name, (_, text) in DJANGO_COMMANDS.items():
        commands.add_parser(name, help=text, add_help=False)
    commands.add_parser("clocks", help="compute right and duty of a file of people, without a database", add_help=False)
    commands.add_parser("bench", help="measure the main pages and the ingest into var/bench", add_help=False)
    commands.add_parser("coverage", help="show or check the table of requirements", add_help=False)
    commands.add_parser("manage", help="run any Django management command with the database up", add_help=False)

    database = commands.add_parser("db", help="the private PostgreSQL", description="The private PostgreSQL.")
    actions = database.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("run", help="keep the server running in the foreground until Ctrl-C")
    psql = actions.add_parser("psql", help="print the psql command line of a running server")
    psql.add_argument("--role", default="jf_owner", help="database role (default jf_owner)")
    execute = actions.add_parser("exec", help="run a command with the server up: db exec -- COMMAND …")
    execute.add_argument("argv", nargs=argparse.REMAINDER, metavar="COMMAND", help="the command and its arguments")
    return parser


def run() -> int:
    """The `jobformidler` program: being told to end is like Ctrl-C, so the database is stopped in order."""
    signal.signal(signal.SIGTERM, _as_ctrl_c)
    signal.signal(signal.SIGHUP, _as_ctrl_c)
    return main()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _dispatch(words)
    except LaunchError as error:
        print(f"jobformidler: {error}", file=sys.stderr)
        return NOTHING_DONE
    except PermissionError as error:  # files that another user of this checkout made
        print(f"jobformidler: {error.filename} cannot be used by this user: {error.strerror}.", file=sys.stderr)
        return NOTHING_DONE
    except KeyboardInterrupt:
        return 130


def _as_ctrl_c(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _dispatch(words: list[str]) -> int:
    if words and words[0] in DJANGO_COMMANDS:
        return run_django_command(DJANGO_COMMANDS[words[0]][0], words[1:], shown_as=words[0])
    if words and words[0] == "bench":
        return _bench(words[1:])
    if words and words[0] == "coverage":
        return coverage.main(words[1:])
    if words and words[0] == "clocks":
        from jobformidler.config import clocks

        return clocks.main(words[1:])
    if words and words[0] == "manage":
        name = words[1] if len(words) > 1 else "help"
        return run_django_command(name, words[2:], shown_as=f"manage {name}")
    options = build_parser().parse_args(words)
    if options.command == "db":
        return _database(options)
    from jobformidler.config.launcher import up

    return up(host=options.host, port=options.port, load_demo=not options.no_demo)


def _bench(words: list[str]) -> int:
    """Measure, with the database up if it is needed. Ends with argparse's own words when misused."""
    from jobformidler.config import bench

    options = bench.parser().parse_args(words)  # --help and mistakes end here
    cluster = Cluster()
    if options.names and bench.WITHOUT_DATABASE.issuperset(options.names):
        return bench.main(options, cluster.paths.var / "bench")
    ensure_key_file(cluster.paths.key_file)
    with cluster.running():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobformidler.config.settings")
        import django
        from django.db import connections

        django.setup()
        try:
            return bench.main(options, cluster.paths.var / "bench")
        finally:
            connections.close_all()


def _database(options: argparse.Namespace) -> int:
    cluster = Cluster()
    if options.action == "psql":
        url = existing_server_url()
        print(shlex.join(["psql", url] if url else cluster.psql_command(options.role)))
        return OK
    if options.action == "exec":
        command = options.argv[1:] if options.argv[:1] == ["--"] else options.argv
        if not command:
            raise LaunchError("Say which command to run: jobformidler db exec -- COMMAND.")
        with cluster.running():
            return _run_attached(command)
    with cluster.running() as where:
        if cluster.process is None:
            raise LaunchError(f"A database already answers in {where.host or where.url}.")
        print(f"PostgreSQL answers in {where.host}; Ctrl-C stops it.", flush=True)
        code = cluster.process.wait()
    return PROBLEMS if code else OK


def _run_attached(command: list[str]) -> int:
    """Run a command on this terminal; Ctrl-C reaches it directly, and this process waits for it to end."""
    ensure_key_file(Cluster().paths.key_file)
    try:
        child = subprocess.Popen(command)
    except OSError as error:
        raise LaunchError(f"{command[0]} cannot be run: {error.strerror}.") from error
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.send_signal(signal.SIGINT)


def run_django_command(name: str, arguments: list[str], *, shown_as: str) -> int:
    """Run a Django management command, with the database up unless only its help is asked for.

    A CommandError means that nothing was done (2); a command says "done, with problems" by `sys.exit(1)`.
    """
    from django.core.management.base import CommandError

    only_help = "--help" in arguments or "-h" in arguments or name in ("help", "version")
    cluster = Cluster()
    ensure_key_file(cluster.paths.key_file)
    try:
        if only_help:
            return _execute(name, arguments, shown_as)
        with cluster.running():
            if shown_as in DJANGO_COMMANDS:
                _bring_schema_up_to_date()
            return _execute(name, arguments, shown_as)
    except CommandError as error:
        print(f"jobformidler {shown_as}: {error}", file=sys.stderr)
        return NOTHING_DONE
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or OK
        print(end.code, file=sys.stderr)
        return NOTHING_DONE


def _bring_schema_up_to_date() -> None:
    """A named command works on a fresh installation too. On somebody's own server the schema is changed when they say so.

    Raises CommandError with the command to run, when there is a server of one's own with an older schema.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobformidler.config.settings")
    import django
    from django.core.management import call_command
    from django.core.management.base import CommandError
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if existing_server_url():
        raise CommandError("The database's schema is older than the program; run: jobformidler manage migrate")
    call_command("migrate", verbosity=0, interactive=False)


def _execute(name: str, arguments: list[str], shown_as: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobformidler.config.settings")
    import django
    from django.core.management import ManagementUtility, get_commands, load_command_class
    from django.core.management.base import BaseCommand, CommandError, handle_default_options
    from django.db import connections

    if name == "help":
        ManagementUtility(["jobformidler manage", "help", *arguments]).execute()
        return OK
    django.setup()
    home = get_commands().get(name)
    if home is None:
        raise CommandError(f"There is no command {name}.")
    command = home if isinstance(home, BaseCommand) else load_command_class(home, name)
    given = vars(command.create_parser("jobformidler", shown_as).parse_args(arguments))
    handle_default_options(argparse.Namespace(**given))
    positional = given.pop("args", ())
    try:
        command.execute(*positional, **given)
    finally:
        # The private server stops next: no pool may be left that would try to reach it again.
        for connection in connections.all(initialized_only=True):
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()
    return OK

"""The roles of the database and what they may do, as SQL run once in `template1`.

In `template1`, because default privileges are kept per database and every database (also a test database) is copied
from it. `docs/operations.md` repeats this for an existing server; a test keeps the two equal.
"""

#: Made by initdb; used for nothing but making the roles.
SUPERUSER = "jf_super"

#: Everybody who logs in, apart from the superuser. `jf_search` owns one function and never logs in.
ROLES = ("jf_owner", "jf_web", "jf_worker", "jf_backup")

_CREATE_ROLES = """\
create role jf_owner login createdb noinherit;
create role jf_web login noinherit;
create role jf_worker login noinherit;
create role jf_search nologin noinherit;
create role jf_backup login bypassrls;
grant pg_read_all_data to jf_backup;
grant jf_search to jf_owner;
"""

_PRIVILEGES = """\
alter schema public owner to jf_owner;
set role jf_owner;
grant usage on schema public to jf_web, jf_worker, jf_search;
alter default privileges in schema public grant select, insert, update, delete on tables to jf_web, jf_worker;
alter default privileges in schema public grant usage, select on sequences to jf_web, jf_worker;
alter default privileges revoke execute on functions from public;
alter default privileges in schema public grant execute on functions to jf_web, jf_worker;
reset role;
"""


def bootstrap_sql() -> str:
    """All of it, for a new private server."""
    return _CREATE_ROLES + _PRIVILEGES

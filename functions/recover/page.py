"""What somebody sees who is locked out: a field for the code, and then what to do with the hour.

Works without JavaScript. The code is the only authority, so the form needs no token against
requests forged from elsewhere: who has a code needs no victim's browser.
"""

import time

from aws_lambda_powertools.event_handler import Response

from authsso.web import answers, pages

_TITLE = "Get back in with a recovery code"
_FORM = """<p class="soft">For administrators whose single sign-on has stopped working. A code works
once. It lets everybody in your organisation sign in with a password for one hour, so that you can
put the connection right.</p>
<form method="post" action="/recover">
{notice}<label for="code">Recovery code</label>
<input id="code" name="code" type="text" required autofocus maxlength="200" autocomplete="off"
 autocapitalize="characters" spellcheck="false"
 placeholder="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"{marked}>
<button type="submit">Allow passwords for one hour</button>
</form>"""
_NOTICE = (
    '<p id="notice" role="alert">This code is not right, or it has been used already. Compare it '
    "with your list, or take the next one.</p>\n"
)
_LIFTED = """<p>Until <strong>{until} UTC</strong> people in your organisation may sign in with
their password.</p>
<p>Sign in to the application with yours, open Settings, Single Sign-on, and put the connection
right or switch Enforce off. Then passwords stop working again by themselves.</p>
<p class="soft">The code is used up; your organisation's history tells that it was used.</p>"""


def ask() -> Response[str]:
    """Ask for a code."""
    return _show(200, _TITLE, _FORM.format(notice="", marked=""))


def wrong() -> Response[str]:
    """Ask again. Unknown, used and misspelled codes get this one answer."""
    marked = ' aria-invalid="true" aria-describedby="notice"'
    return _show(400, _TITLE, _FORM.format(notice=_NOTICE, marked=marked))


def lifted(until: int) -> Response[str]:
    """Tell what has happened and what to do now."""
    clock = time.strftime("%H:%M", time.gmtime(until))
    return _show(200, "Passwords work for one hour", _LIFTED.format(until=clock))


def _show(status: int, title: str, content: str) -> Response[str]:
    return answers.page(status, pages.plain(title, content), pages.policy("'self'"))

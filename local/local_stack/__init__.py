"""The local stack: authsso as deployed, on one machine.

    set_up.py        what has to be installed first; imports nothing but the standard library
    __main__.py      python -m local_stack up | down | run | status | logs
    stack.py         up, down, and whether it is up
    record.py        stack.json: what a running stack says of itself
    plan.py          which ports and folders a stack has
    processes.py     starting what runs, finding it again, stopping it
    emulator.py      AWS
    provider.py      the OpenID Providers, the demo application and the TLS front
    certificate.py   for this machine's names
    people.py        the demo tenants: who is in them, what is registered for them
    sam.py           how SAM's command line is run
    building.py      sam build
    deployment.py    sam deploy
    seed.py          users in the pool, proven domains, connections through the settings API
    function_logs.py what the functions wrote
    http.py          requests to hosts that only browsers resolve
    chromium.py      the browser
    failure.py       what is told in one line

Tests use `stack.up(run_dir)` and the `Stack` that it returns.
"""

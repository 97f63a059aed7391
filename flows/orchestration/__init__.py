"""Everything that knows Prefect: the two flows, their schedules, and what these stand on.

``verifying`` and ``refetching`` hold the flows, which ``flows.verify`` and
``flows.refetch`` show to the outside; ``serving`` runs both on schedules.
``batches`` makes a task of each batch, ``flow_runs`` gives a flow its settings
and takes its outcome, ``tidying`` clears away what dead runs left behind,
``local_server`` brings a server of our own, and ``environment`` says what
Prefect is to read when it is imported. What a run does is in ``pipeline``,
which knows nothing of all this.
"""

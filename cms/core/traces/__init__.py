"""What cameras write into pictures beside the picture: where it was taken, by whom, with which device.

`without_traces` takes it out of the file as it is: nothing is compressed again. What shows the picture rightly stays:
its colour profile, and which way up it is.
"""

from cms.core.traces.removing import without_traces

__all__ = ["without_traces"]

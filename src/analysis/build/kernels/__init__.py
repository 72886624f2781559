"""Kernels for notebooks: plain ones, and ones forked from a warm parent that has imported everything already.

``engine`` is what papermill calls, ``manager`` and ``provisioner`` what jupyter_client calls, ``warm`` this process's
end of the line to the parent; ``parent`` and ``child`` run over there. ``opened`` notes which files a notebook reads.
"""

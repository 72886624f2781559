"""Cells that show much of what a notebook can see of its kernel, or can do to it."""

from __future__ import annotations

#: Changes whatever can be changed for a whole process.
CHANGES = """\
import builtins, decimal, gc, json, locale, logging, os, random, signal, sys, tempfile, warnings
import numpy as np, pandas as pd, altair
pd.set_option("display.max_rows", 7, "display.precision", 1)
np.set_printoptions(precision=2)
np.seterr(all="raise")
altair.data_transformers.disable_max_rows()
warnings.simplefilter("error")
logging.basicConfig(level=10)
os.environ["SPY"] = "1"
del os.environ["PATH"]
sys.path.insert(0, "/spy")
sys.setrecursionlimit(555)
os.chdir("/")
os.umask(0)
random.seed(1)
np.random.seed(1)
decimal.getcontext().prec = 3
builtins.spy = json.spy = pd.spy = 1
signal.signal(signal.SIGTERM, signal.SIG_IGN)
gc.disable()
tempfile.tempdir = "/nowhere"
print("changed")"""

#: What a fresh kernel says of itself.
FACTS = (
    "import sys; sys.argv[0], sys.argv[1]",
    "sys.path, sys.flags, sys.executable, sys.orig_argv[:3], sys.getrecursionlimit(), sys.version, sys.prefix",
    "__name__, '__file__' in globals(), __doc__, sorted(name for name in globals() if not name.startswith('_i'))",
    "import __main__; sorted(vars(__main__)), type(__main__), __main__.__spec__",
    "ip = get_ipython(); type(ip), ip.profile, ip.user_ns is globals(), ip.colors, type(ip.displayhook)",
    "ip.history_manager.session_number, ip.history_manager.hist_file, len(In), Out",
    "sorted(ip.display_formatter.formatters), ip.display_formatter.active_types",
    "ip.magics_manager.magics",
    "sorted(ip.events.callbacks)",
    "import os; sorted(os.environ)",
    "chance = {'IPYTHONDIR', 'JUPYTER_RUNTIME_DIR', 'JPY_PARENT_PID'}",
    "{name: value for name, value in os.environ.items() if name not in chance}",
    "os.getcwd(), os.getpid() == os.getsid(0), os.getpgrp() == os.getpid(), os.getpriority(0, 0)",
    "mask = os.umask(0o22); os.umask(mask), mask, sorted(os.sched_getaffinity(0))",
    "import signal; {str(one): str(signal.getsignal(one)) for one in signal.valid_signals()}",
    "signal.pthread_sigmask(signal.SIG_BLOCK, [])",
    "import threading; sorted((one.name, one.daemon, type(one)) for one in threading.enumerate())",
    "threading.Thread().name",
    "import gc; gc.isenabled(), gc.get_threshold(), gc.get_debug()",
    "import resource; [resource.getrlimit(getattr(resource, name)) for name in dir(resource) if 'RLIMIT_' in name]",
    "import logging; logging.root.handlers, logging.root.level, logging.lastResort",
    "import locale; locale.setlocale(locale.LC_ALL), locale.getpreferredencoding()",
    "sys.stdout.encoding, sys.stderr.encoding, type(sys.stdout), sys.stdout.isatty(), sys.__stdout__",
    "sys.stdin.encoding, sys.stdin.read(), sys.stdin.isatty()",
    "import decimal, time; decimal.getcontext(), time.tzname",
    "import pandas as pd; pd.options.display.max_rows, pd.options.display.max_columns, pd.options.display.encoding",
    "from pandas._config.config import _registered_options as all_; [(name, str(all_[name].defval)) for name in all_]",
    "pd.set_option('display.max_columns', 3); pd.reset_option('display.max_columns'); pd.options.display.max_columns",
    "import numpy as np; np.get_printoptions(), np.geterr()",
    "import pyarrow; pyarrow.cpu_count(), pyarrow.default_memory_pool().backend_name",
    "import altair; altair.data_transformers.active, altair.renderers.active, altair.data_transformers.options",
    "import multiprocessing as mp; mp.get_start_method(), mp.current_process(), mp.parent_process()",
    "sys.gettrace(), sys.getprofile(), sys.getswitchinterval(), sys.breakpointhook, sys.warnoptions, sys._xoptions",
    "list({'a', 'b', 'c', 'd'}), hash('x')",
    "import asyncio; asyncio.get_event_loop_policy(), type(asyncio.get_running_loop())",
    "import builtins; dir(builtins)",
    "import tempfile; tempfile.gettempdir()",
    "type(ip.kernel), type(ip.kernel.parent), ip.kernel.implementation, ip.kernel.parent.interrupt",
    "import inspect; len(inspect.stack()), inspect.stack()[-1].function, inspect.currentframe().f_code.co_filename",
    "rows = np.random.RandomState(0).rand(400, 400); (rows @ rows).tobytes().hex()[-400:]",
    "numbers = np.random.RandomState(1).rand(100_000); (numbers @ numbers).hex(), numbers.sum().hex()",
    "import json; 'spy' in dir(builtins) or 'spy' in dir(json) or 'spy' in dir(pd) or '/spy' in sys.path",
    "%who",
    "%lsmagic",
    "help(len)",
)

#: What a notebook does; each cell ends in the same way, whatever that is.
DEEDS = (
    "1 / 0",
    "raise SystemExit",
    "import sys; sys.exit(3)",
    "input('name?')",
    "import getpass; getpass.getpass()",
    "x = = 1",
    "  y",
    "def deeper(number): return deeper(number + 1)\ndeeper(0)",
    "from analysis.quarter import Quarter; Quarter.parse('x')",
    "raise KeyboardInterrupt",
    "class Odd(Exception):\n    def __str__(self): 1 / 0\nraise Odd",
    "try:\n    1 / 0\nexcept ZeroDivisionError as fault:\n    raise ValueError('two') from fault",
    "import os, time\npid = os.fork()\nif not pid:\n    os._exit(7)\nos.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])",
    "import subprocess; subprocess.run(['echo', 'told'])",
    "subprocess.run([sys.executable, '-c', 'import sys; print(sys.path[1:], sys.flags)'], capture_output=True)",
    "subprocess.run(['cat'])",
    "import math, multiprocessing as mp",
    "with mp.get_context('fork').Pool(2) as pool: print(pool.map(math.sqrt, range(9)))",
    "with mp.get_context('spawn').Pool(1) as pool: print(pool.map(math.sqrt, range(9)))",
    "import threading\none = threading.Thread(target=print, args=('thread',)); one.start(); one.join()",
    "threading.Thread(target=time.sleep, args=(100,), daemon=True).start()",
    "threading.Thread(target=time.sleep, args=(3,)).start()",
    "threading.Thread(target=lambda: 1 / 0).start(); time.sleep(0.2)",
    "import atexit; atexit.register(print, 'bye')",
    "import asyncio; await asyncio.gather(asyncio.sleep(0.01, 3), asyncio.sleep(0, 4))",
    "never = asyncio.sleep(0)",
    "asyncio.run(never)",
    "never.close()",
    "later = asyncio.create_task(asyncio.sleep(0, 5)); await later",
    "from IPython.display import HTML, JSON, SVG, Markdown, clear_output, display, update_display",
    "shown = display('one', display_id='x'); display(HTML('<b>b</b>')); shown.update('two')",
    "update_display('three', display_id='x')",
    "print('gone'); clear_output(); print('left'); clear_output(wait=True); print('later')",
    "for number in range(5):\n    print('out', number); print('err', number, file=sys.stderr)",
    "import warnings\nfor _ in range(3): warnings.warn('once')",
    "warnings.warn('deprecated', DeprecationWarning); warnings.warn('future', FutureWarning)",
    "def inner(): warnings.warn('of the caller', stacklevel=2)\ninner(); inner()",
    "os.write(1, b'low\\n'); time.sleep(0.5)",
    "import ctypes; ctypes.CDLL(None).puts(b'from C'); ctypes.CDLL(None).fflush(None); time.sleep(0.5)",
    "import logging; logging.warning('w'); logging.getLogger('a').error('e'); logging.info('i')",
    "%env SPY=2",
    "%%bash\necho $SPY",
    "!echo yes",
    "%%python\nprint(1)",
    "%%capture caught\nprint(1)",
    "caught.stdout",
    "%history -l 3",
    "_, __, _i, sorted(Out), len(In)",
    "%precision 3",
    "3.14159",
    "%precision",
    "%nomagic",
    "?len",
    "%xmode Plain",
    "1 / 0",
    "%xmode Context",
    "import numpy as np, pandas as pd; pd.DataFrame({'a': [1, 2.5, None], 'b': list('xyz')})",
    "pd.DataFrame(np.arange(4000).reshape(100, 40))",
    "np.arange(2000), pd.Series([1, 2]), {1: 2}",
    "pd.DataFrame({'a': [1]}).style.format('{:.2f}').set_uuid('u')",
    "np.array([1.0]) / 0",
    "pd.read_csv('not-there.csv')",
    "pd.DataFrame({'a': [1]})['b']",
    "import analysis.views.theme, altair as alt; alt.Chart(pd.DataFrame({'a': [1]})).mark_bar().encode(x='a:Q')",
    "alt.Chart(pd.DataFrame({'a': [1]})).mark_bar().encode(x=1)",
    "import rfc3987_syntax as rules; [rules.is_valid_syntax('iri', text) for text in ('http://a.b/c', 'no iri')]",
    "rules.__file__[-30:], rules.__spec__.name, rules.__name__, type(rules.parse('iri', 'http://a.b/'))",
    "import jsonschema; judge = jsonschema.FormatChecker()",
    "[judge.conforms(text, name) for name in ('iri', 'iri-reference') for text in ('http://a.b/é', 'no iri', '::')]",
    "import random; random.seed(3); np.random.seed(3); random.random(), np.random.rand()",
    "print('a', end=''); print('b'); print('c' * 100_000)",
    "print('\\x1b[31mred\\x1b[0m \\r over')",
    "'é€𝄞'",
    "display({'text/plain': 'p', 'text/html': 'h', 'application/x+json': {'a': 1}}, raw=True)",
    "display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'), JSON([1]), Markdown('*m*'))",
    "%%html\n<i>",
    "def steps():\n    try:\n        yield 1\n    finally: print('closed')\nstep = steps(); next(step); del step",
    "class Stuck:\n    def __del__(self): 1 / 0\nStuck(); None",
    "import no_such_module",
    "sys.stderr.isatty(), sys.stdout.writable(), sys.stdout.line_buffering",
    "for number in range(300): print(number, file=sys.stderr if number % 2 else sys.stdout)",
    "get_ipython().set_next_input('z')",
)

#: What ends a notebook before its end, and the cell after it.
ENDS = {
    "error": "1 / 0",
    "sys-exit": "import sys; sys.exit(2)",
    "system-exit": "raise SystemExit('text')",
    "exit": "exit()",
    "quit": "quit",
    "input": "input()",
    "kill": "import os, time; time.sleep(0.3); os.kill(os.getpid(), 9)",
    "terminate": "import os, time; time.sleep(0.3); os.kill(os.getpid(), 15); time.sleep(60)",
    "interrupt": "import os, time; os.kill(os.getpid(), 2); time.sleep(60)",
    "segfault": "import ctypes, time; time.sleep(0.3); ctypes.string_at(0)",
    "abort": "import os, time; time.sleep(0.3); os.abort()",
    "_exit": "import os, time; time.sleep(0.3); os._exit(0)",
    "invalid": "from IPython.display import display; display({'application/x': {'a': 1}}, raw=True)",
    "timeout": "import time; print('x'); time.sleep(100)",
    "endless": "import itertools, time\nfor number in itertools.count():\n    print(number); time.sleep(0.01)",
}

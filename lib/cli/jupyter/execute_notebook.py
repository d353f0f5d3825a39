"""Executes one notebook on a fresh kernel and writes it, outputs included, as far as it came.

Called by execute-notebook.ts. Progress and the outcome are JSON lines on standard output; a cell that fails is an
outcome, not an error of this program. The tslab kernel stores no `error` output for a failed cell, so one is added.
"""

import argparse
import asyncio
import json
import os
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

# A promise that nobody awaits may reject after the last cell; this cell gives it time, and is taken out again.
SETTLE = "await new Promise((resolve) => setTimeout(resolve, 250))"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("notebook")
    parser.add_argument("output")
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--timeout", type=float, required=True, help="seconds for the whole notebook")
    options = parser.parse_args()

    notebook = nbformat.read(options.notebook, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    Execution(notebook, options).run()
    nbformat.write(notebook, options.output)


class Execution:
    def __init__(self, notebook, options):
        self.notebook = notebook
        self.options = options
        self.settle = nbformat.v4.new_code_cell(SETTLE)
        self.code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.current = self.settle
        self.cell_started = 0.0
        self.finished = {}  # id of an execute request -> its cell
        self.client = NotebookClient(
            notebook,
            kernel_name=options.kernel,
            # The limit is for the whole notebook (see run); nbclient's own is per cell.
            timeout=None,
            startup_timeout=120,
            coalesce_streams=True,
            record_timing=False,
            # tslab often does not end when asked, which costs five seconds; nothing is left to lose by now.
            shutdown_kernel="immediate",
            resources={"metadata": {"path": os.path.abspath(options.folder)}},
            on_notebook_start=self.on_notebook_start,
            on_cell_start=self.on_cell_start,
            on_cell_executed=self.on_cell_executed,
        )

    def run(self):
        self.notebook.cells.append(self.settle)
        started = time.monotonic()
        try:
            asyncio.run(self.execute())
        except CellExecutionError:
            self.mark_failed("Error", stream_text(self.current, "stderr").strip())
        except (DeadKernelError, asyncio.TimeoutError, TimeoutError):
            # nbclient takes its own cancelling for the kernel's death, so only the clock can tell the two apart.
            if time.monotonic() - started >= self.options.timeout:
                self.mark_failed("Timeout", f"The notebook was stopped after {self.options.timeout:g} s.")
            else:
                self.mark_failed("DeadKernel", "The kernel's process ended while this cell ran.")
        finally:
            self.notebook.cells.remove(self.settle)
        if self.code_cells:
            self.code_cells[-1].outputs.extend(self.settle.outputs)

    async def execute(self):
        await asyncio.wait_for(self.client.async_execute(), self.options.timeout)

    def on_notebook_start(self, notebook):
        """Keeps what a cell prints after its end; nbclient drops it, and unhandled rejections come that late."""
        channel = self.client.kc.iopub_channel
        get_message = channel.get_msg

        async def get_message_and_keep_late_ones(*arguments, **keywords):
            message = await get_message(*arguments, **keywords)
            cell = self.finished.get(message["parent_header"].get("msg_id"))
            if cell is not None and message["msg_type"] == "stream":
                content = message["content"]
                cell.outputs.append(nbformat.v4.new_output("stream", name=content["name"], text=content["text"]))
            return message

        channel.get_msg = get_message_and_keep_late_ones

    def on_cell_start(self, cell, cell_index):
        self.current = cell
        self.cell_started = time.monotonic()

    def on_cell_executed(self, cell, cell_index, execute_reply):
        self.finished[execute_reply["parent_header"]["msg_id"]] = cell
        if cell is not self.settle:
            seconds = time.monotonic() - self.cell_started
            number = next(n for n, other in enumerate(self.code_cells, start=1) if other is cell)
            print(json.dumps({"kind": "cell", "cell": number, "of": len(self.code_cells), "seconds": seconds}), flush=True)

    def mark_failed(self, name, text):
        self.current.outputs.append(nbformat.v4.new_output("error", ename=name, evalue=text, traceback=[]))


def stream_text(cell, name):
    return "".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == name)


main()

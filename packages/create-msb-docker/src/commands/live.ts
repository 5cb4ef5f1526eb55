/** One line at the end of a terminal that says what is going on now, above it the lines that stay. */
export interface LiveLine {
  show(text: string): void;
  keep(text: string): void;
  end(): void;
}

/** Writes to a terminal; elsewhere only the lines that stay are written, and with `quiet` none. */
export function liveLine(stream: { readonly isTTY?: boolean; write(text: string): unknown }, quiet: boolean): LiveLine {
  const begun = Date.now();
  const live = stream.isTTY === true && !quiet;
  let current = '';
  const clear = (): void => {
    if (live && current !== '') stream.write('\r\u001b[K');
  };
  const draw = (): void => {
    const seconds = `${((Date.now() - begun) / 1000).toFixed(0)} s`;
    if (live && current !== '') stream.write(`\r\u001b[K  ${seconds.padStart(5)}  ${current.slice(0, 70)}`);
  };
  const timer = live ? setInterval(draw, 1000) : undefined;
  timer?.unref();
  return {
    show(text) {
      current = text;
      draw();
    },
    keep(text) {
      if (quiet) return;
      clear();
      stream.write(`${text}\n`);
      draw();
    },
    end() {
      clear();
      current = '';
      clearInterval(timer);
    },
  };
}

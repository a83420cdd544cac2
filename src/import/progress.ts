import { SingleBar } from 'cli-progress';

/** The most lines that a phase prints without a terminal. */
const LINES = 10;

/** Receives the progress of long work. */
export interface Steps {
  /** Begins a phase of `total` steps, and ends the one before. */
  begin(name: string, total: number): void;
  /** Advances by this many steps. */
  advance(steps: number): void;
  /** Ends the phase, if one runs. */
  end(): void;
}

/** Shows a command's progress on standard error: a bar on a terminal, else a few lines. */
export class Progress implements Steps {
  #bar: SingleBar | null = null;
  #name = '';
  #total = 0;
  #done = 0;
  #printed = 0;

  constructor(private readonly output: NodeJS.WriteStream = process.stderr) {}

  begin(name: string, total: number): void {
    this.end();
    this.#name = name;
    this.#total = total;
    this.#done = 0;
    this.#printed = 0;
    if (total === 0 || !this.output.isTTY) return;
    this.#bar = new SingleBar({
      format: `${name.padEnd(10)} [{bar}] {percentage}% | {value}/{total} | {duration_formatted}`,
      stream: this.output,
      hideCursor: true,
      clearOnComplete: false,
    });
    this.#bar.start(total, 0);
  }

  advance(steps: number): void {
    this.to(this.#done + steps);
  }

  /** Moves to a step. The total may have changed since the phase began. */
  to(done: number, total = this.#total): void {
    this.#done = done;
    this.#total = total;
    if (this.#bar) {
      this.#bar.setTotal(total);
      this.#bar.update(done);
      return;
    }
    const share = total === 0 ? 1 : Math.min(1, done / total);
    if (this.output.isTTY || Math.floor(share * LINES) <= this.#printed) return;
    this.#printed = Math.floor(share * LINES);
    this.output.write(`${this.#name}: ${Math.floor(share * 100)}%\n`);
  }

  /** Clears the bar's line for other output. The bar is drawn again below it. */
  clearLine(): void {
    if (this.#bar) this.output.write('\r\u001B[K');
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = null;
  }
}

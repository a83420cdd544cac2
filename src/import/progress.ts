import { SingleBar } from 'cli-progress';

/** Plain lines that a phase prints at most, where there is no terminal. */
const LINES = 10;

/** What long work tells of how far it is. */
export interface Steps {
  /** Begins a phase of so many steps and ends the one before. */
  begin(name: string, total: number): void;
  /** Moves on by so many steps. */
  advance(steps: number): void;
  /** Ends the phase, if one runs. */
  end(): void;
}

/** Shows how far a command is: a bar on a terminal, a few plain lines elsewhere; on standard error. */
export class Progress implements Steps {
  #bar: SingleBar | null = null;
  #name = '';
  #total = 0;
  #done = 0;
  #printed = 0;

  constructor(private readonly output: NodeJS.WriteStream = process.stderr) {}

  /** Begins a phase of so many steps and ends the one before. */
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

  /** Moves on by so many steps. */
  advance(steps: number): void {
    this.to(this.#done + steps);
  }

  /** Moves to a step; the total may turn out greater than first thought. */
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

  /** Takes the bar off its line, so that other output can stand there; the bar goes on below. */
  clearLine(): void {
    if (this.#bar) this.output.write('\r\u001B[K');
  }

  /** Ends the phase, if one runs, and frees the terminal for other output. */
  end(): void {
    this.#bar?.stop();
    this.#bar = null;
  }
}

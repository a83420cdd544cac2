/** @jsxImportSource preact */
import type { Import } from '../api.js';
import type { Visit } from '../http/page.js';
import { translate } from '../locale/messages.js';

/** The most lines of a kind that a page shows. */
const SHOWN_MAX = 500;

/** What an import has done or would do: counts, and the lines that it leaves out. */
export function ImportReport({ visit, report }: { visit: Visit; report: Import }) {
  const { importing: words, format } = visit.text;
  const { reviews, saved } = report;
  const counts = [
    [words.added, reviews.added],
    [words.updated, reviews.updated],
    [words.savedAdded, saved.added],
    [words.already, report.already],
  ] as const;
  const say = (message: string) => translate(message, visit.language);
  return (
    <>
      <dl class="import-counts">
        {counts.map(([name, count]) => (
          <div>
            <dt>{name}</dt>
            <dd>{format.number(count)}</dd>
          </div>
        ))}
      </dl>
      <Lines
        id="unmatched"
        heading={words.unmatched}
        count={report.unmatched_count}
        visit={visit}
        lines={report.unmatched.map(({ title, year, ...place }) => ({
          ...place,
          text: year === null ? title : `${title} (${year})`,
        }))}
      />
      <Lines
        id="faults"
        heading={words.faults}
        count={report.faults_count}
        visit={visit}
        lines={report.faults.map(({ message, ...place }) => ({ ...place, text: say(message) }))}
      />
      <Lines
        id="notes"
        heading={words.notes}
        count={report.notes_count}
        visit={visit}
        lines={report.notes.map(({ message, ...place }) => ({ ...place, text: say(message) }))}
      />
    </>
  );
}

interface Line {
  file: string;
  line: number | null;
  text: string;
}

function Lines({
  id,
  heading,
  count,
  lines,
  visit,
}: {
  id: string;
  heading: string;
  count: number;
  lines: Line[];
  visit: Visit;
}) {
  if (count === 0) return null;
  const { importing: words, format } = visit.text;
  const shown = lines.slice(0, SHOWN_MAX);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {heading} ({format.number(count)})
      </h2>
      <ul class="import-lines">
        {shown.map(({ file, line, text }) => (
          <li>
            <span dir="auto">{text}</span>{' '}
            <span class="quiet">{line === null ? file : words.place(file, line)}</span>
          </li>
        ))}
      </ul>
      {count > shown.length && <p class="quiet">{words.more(format.number(count - shown.length))}</p>}
    </section>
  );
}

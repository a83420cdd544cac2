import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../../src/project-root.js';
import { anonymous } from '../support/clients.js';

interface Rules {
  groups: {
    rules: { alert?: string; record?: string; expr: string; annotations?: Record<string, string> }[];
  }[];
}

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
  templating: { list: { definition?: string }[] };
}

const read = (...path: string[]) => readFileSync(join(ROOT, 'deploy', ...path), 'utf8');

/** PromQL keywords that look like metric names. */
const WORDS = new Set('by without on ignoring group_left group_right or and unless bool offset'.split(' '));

/** The metrics in a query, each with the labels that it uses. */
function metricsIn(query: string): { name: string; labels: string[] }[] {
  const plain = query.replace(/"[^"]*"/g, '""').replace(/\[[^\]]*\]/g, '');
  const labelLists = plain.replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, '');
  return [...labelLists.matchAll(/(?<![\w.{$:])([a-zA-Z_][\w:]*)\b(?!\s*\()(?:\{([^}]*)\})?/g)]
    .map(([, name = '', matchers = '']) => ({
      name,
      labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    }))
    .filter(({ name }) => !WORDS.has(name));
}

/** Metrics that only some configurations have: with MySQL, replicas, Redis or several workers; and their labels. */
const ELSEWHERE: [string, string[]][] = [
  ['database_pool_connections', ['state']],
  ['database_replica_up', ['replica']],
  ['database_replica_lag_seconds', ['replica']],
  ['database_replica_replicating', ['replica']],
  ['search_queue_movies', []],
  ['marquee_redis_ready', []],
  ['marquee_workers_configured', []],
  ['marquee_workers_serving', []],
  ['marquee_worker_deaths_total', []],
];

/** Every metric name of /metrics, as a query writes it, with the labels of its series. */
async function served(): Promise<Map<string, Set<string>>> {
  await anonymous.get('/healthz');
  await anonymous.post('/account/login/', { username: 'nobody', password: 'quiet-harbour-71' });
  const { text } = await anonymous.get('/metrics');
  const names = new Map<string, Set<string>>([['up', new Set()]]);
  for (const [, name = '', type = ''] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    const endings = type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
    for (const ending of endings) names.set(name + ending, new Set());
  }
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)\{([^}]*)\}/gm)) {
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) names.get(name)?.add(label);
  }
  for (const [name, labels] of ELSEWHERE) names.set(name, new Set(labels));
  // No client has given up.
  names.set('http_requests_aborted_total', new Set(['route', 'method', 'waited']));
  return names;
}

/** Labels that Prometheus, and the primary of several workers, add to every series. */
const ADDED = ['job', 'instance', 'worker'];

describe('monitoring', () => {
  const all = (parse(read('prometheus', 'alerts.yaml')) as Rules).groups.flatMap((group) => group.rules);
  const recorded = new Set(all.flatMap(({ record }) => record ?? []));
  const alerts = all.flatMap(({ alert, expr, annotations = {} }) =>
    alert ? [{ alert, expr, annotations }] : [],
  );
  const dashboard = JSON.parse(read('grafana', 'marquee.json')) as Dashboard;
  const sources: [string, () => [string, string][]][] = [
    ['rule', () => all.map(({ alert, record = '', expr }) => [alert ?? record, expr])],
    [
      'panel',
      () => [
        ...dashboard.panels.flatMap(({ title, targets }) =>
          targets.map(({ expr }) => [title, expr] as [string, string]),
        ),
        ...dashboard.templating.list.flatMap(({ definition }): [string, string][] =>
          definition ? [['variable', definition.replace(/^label_values\((.*), \w+\)$/, '$1')]] : [],
        ),
      ],
    ],
  ];
  for (const [kind, queries] of sources) {
    it(`asks in every ${kind} only for metrics and labels that /metrics serves`, async () => {
      const names = await served();
      expect(queries().length).to.be.above(8);
      for (const [title, query] of queries()) {
        const asked = metricsIn(query);
        expect(asked, title).not.to.deep.equal([]);
        for (const { name, labels } of asked) {
          if (recorded.has(name)) continue;
          expect([...names.keys()], title).to.include(name);
          expect([...(names.get(name) ?? []), ...ADDED], title).to.include.members(labels);
        }
      }
    });
  }

  it('names only existing routes in queries', async () => {
    const { apiRoutes } = await import('../../src/api/routes.js');
    const pages = ['/readyz', '/healthz', '/metrics', '/admin', '/login'];
    const routes = new Set([...apiRoutes.map(({ path }) => path), ...pages]);
    const queries = sources.flatMap(([, list]) => list());
    const patterns = queries.flatMap(([, query]) =>
      [...query.matchAll(/route(?:=~|!~|!=|=)"([^"]*)"/g)].map(([, pattern = '']) => pattern),
    );
    expect(patterns).not.to.deep.equal([]);
    for (const pattern of new Set(patterns.flatMap((text) => alternatives(text)))) {
      expect(
        [...routes].some((route) => new RegExp(`^(?:${pattern})$`).test(route)),
        pattern,
      ).to.equal(true);
    }
  });

  it('says for every alert what it means and what to do, and has a test in which it fires', () => {
    const tests = read('prometheus', 'alerts.test.yaml');
    for (const { alert, annotations } of alerts) {
      expect(annotations, alert).to.have.all.keys('summary', 'action');
      expect(tests, alert).to.match(new RegExp(`alertname="${alert}"}', value: [1-9]|alertname: ${alert}\n`));
    }
    expect(new Set(alerts.map(({ alert }) => alert)).size).to.equal(alerts.length);
  });
});

/** The alternatives of a pattern: split at `|`, also inside its parentheses, of which it has at most one pair. */
function alternatives(pattern: string): string[] {
  const group = /^(.*)\((.*)\)(.*)$/.exec(pattern);
  if (!group) return pattern.split('|');
  const [, before = '', inner = '', after = ''] = group;
  return inner.split('|').map((part) => before + part + after);
}

import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { dialect } from '../../src/database/connection-options.js';
import { ROOT } from '../../src/project-root.js';
import { anonymous } from '../support/clients.js';

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
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
  return [...labelLists.matchAll(/(?<![\w.{$])([a-zA-Z_]\w*)\b(?!\s*\()(?:\{([^}]*)\})?/g)]
    .map(([, name = '', matchers = '']) => ({
      name,
      labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    }))
    .filter(({ name }) => !WORDS.has(name));
}

/** Every metric name of /metrics, as a query writes it, with the labels of its series. */
async function served(): Promise<Map<string, Set<string>>> {
  await anonymous.get('/healthz');
  const { text } = await anonymous.get('/metrics');
  const names = new Map<string, Set<string>>([['up', new Set()]]);
  for (const [, name = '', type = ''] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    const endings = type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
    for (const ending of endings) names.set(name + ending, new Set());
  }
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)\{([^}]*)\}/gm)) {
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) names.get(name)?.add(label);
  }
  // The embedded database has no pool.
  if (dialect === 'sqlite') names.set('database_pool_connections', new Set(['state']));
  return names;
}

/** Labels that Prometheus, and the primary of several workers, add to every series. */
const ADDED = ['job', 'instance', 'worker'];

describe('monitoring', () => {
  const rules = (parse(read('prometheus', 'alerts.yaml')) as Rules).groups.flatMap((group) => group.rules);
  const dashboard = JSON.parse(read('grafana', 'marquee.json')) as Dashboard;
  const sources: [string, () => [string, string][]][] = [
    ['alert', () => rules.map(({ alert, expr }) => [alert, expr])],
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
          expect([...names.keys()], title).to.include(name);
          expect([...(names.get(name) ?? []), ...ADDED], title).to.include.members(labels);
        }
      }
    });
  }

  it('names only existing routes in queries', async () => {
    const { apiRoutes } = await import('../../src/api/routes.js');
    const routes = new Set([...apiRoutes.map(({ path }) => path), '/readyz', '/healthz', '/metrics']);
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

  it('says for every alert what it means and what to do', () => {
    for (const { alert, annotations } of rules) {
      expect(annotations, alert).to.have.all.keys('summary', 'action');
    }
    expect(new Set(rules.map(({ alert }) => alert)).size).to.equal(rules.length);
  });
});

/** The alternatives of a pattern: split at `|`, also inside its parentheses, of which it has at most one pair. */
function alternatives(pattern: string): string[] {
  const group = /^(.*)\((.*)\)(.*)$/.exec(pattern);
  if (!group) return pattern.split('|');
  const [, before = '', inner = '', after = ''] = group;
  return inner.split('|').map((part) => before + part + after);
}

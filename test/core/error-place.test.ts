import { inspect } from 'node:util';
import { ConfigError, EksApp, SynthesisError, Tenant } from 'cdk8s-eks-patterns';
import { newTenant, podOf, web } from '../support/app';

/** What Node.js prints of an error that nothing catches. */
function printed(program: () => unknown): string {
  try {
    program();
  } catch (error) {
    return inspect(error);
  }
  throw new Error('the program succeeds');
}

test.each([
  ['a key', () => new Tenant(new EksApp(), 'shop', { quotas: {} } as never)],
  ['a part of a part', () => web({ probes: { readiness: { timout: 1 } } })],
  ['a port by name', () => web().url('http', 'admin')],
  ['a scheme', () => web().url('http://')],
])('an error about %s has its message and one line of this program', (_what, program) => {
  const lines = printed(program).split('\n');
  const places = lines.filter((line) => /^\s+at /.test(line));
  expect(lines[0]).toMatch(/^PropsError: \S+: .+ \[props\/\w+\]$/);
  expect(places[0]).toMatch(/test[\\/](?:core|support)[\\/]/);
  expect(lines.join('\n')).not.toMatch(/charts[\\/]|findings/);
});

test('an error about a function of the user has the stack of its cause', () => {
  const text = printed(() => podOf(web({ env: { A: (self: { name: string }) => self.name[99]!.at(0)! } })));
  expect(text).toMatch(/^PropsError: .*TypeError/);
  expect(text).toMatch(/cause\]?: TypeError/);
});

test('an error that is assigned a stack keeps it', () => {
  const shop = newTenant();
  try {
    web({ prot: 1 }, shop);
  } catch (error) {
    const changed = Object.assign(error as Error, { stack: 'mine' });
    expect(changed.stack).toBe('mine');
  }
  expect.assertions(1);
});

test('errors of several findings have their messages alone', () => {
  const finding = { rule: 'a/b', severity: 'error', message: 'wrong' } as const;
  expect(
    printed(() => {
      throw new ConfigError([finding]);
    }),
  ).not.toMatch(/\n {4}at /);
  expect(
    printed(() => {
      throw new SynthesisError([]);
    }),
  ).not.toMatch(/\n {4}at /);
});

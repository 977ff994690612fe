import { ApiObject } from 'cdk8s';
import { type EksApp, KubeObject } from 'cdk8s-eks-patterns';
import { Node } from 'constructs';
import { servicesApp } from '../../bench/services';
import { REAL_DISK } from '../../charts/core/synthesis/disk';
import { temporaryFolder } from '../support/app';

/** Services, of ten objects each. */
const FEW = 20;
const MANY = 10 * FEW;

/** What a synthesis does, counted without a clock. */
interface Work {
  /** Manifests that are rendered by this library, and by cdk8s below it. */
  readonly rendered: number;
  readonly byCdk8s: number;
  /** Times that a construct was asked for what is below it: once in each walk of the tree. */
  readonly visits: number;
  /** Characters of all that JSON has written or read, as deep copies do. */
  readonly json: number;
  /** Characters of the files that are written, and of those that are read before. */
  readonly written: number;
  readonly read: number;
}

const sizeOf = (value: unknown): number => (typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 0);

/** The work of one synthesis. */
function workOf(app: EksApp): Work {
  const work = { rendered: 0, byCdk8s: 0, visits: 0, json: 0, written: 0, read: 0 };
  const add = (key: keyof Work, amount: number) => {
    work[key] += amount;
  };
  // biome-ignore lint/suspicious/noExplicitAny: functions of many types are watched alike
  const watch = (owner: any, name: string, seen: (args: unknown[], result: unknown) => void) => {
    const own = owner[name];
    return jest.spyOn(owner, name).mockImplementation(function (this: unknown, ...args: unknown[]) {
      const result = own.apply(this, args);
      seen(args, result);
      return result;
    });
  };
  const children = Object.getOwnPropertyDescriptor(Node.prototype, 'children')!;
  Object.defineProperty(Node.prototype, 'children', {
    ...children,
    get(this: Node) {
      add('visits', 1);
      return children.get!.call(this);
    },
  });
  const watched = [
    watch(KubeObject.prototype, 'toJson', () => add('rendered', 1)),
    watch(ApiObject.prototype, 'toJson', () => add('byCdk8s', 1)),
    watch(JSON, 'stringify', (_, text) => add('json', sizeOf(text))),
    watch(JSON, 'parse', ([text]) => add('json', sizeOf(text))),
    watch(globalThis, 'structuredClone', ([value]) => add('json', JSON.stringify(value)?.length ?? 0)),
    watch(REAL_DISK, 'write', ([, text]) => add('written', sizeOf(text))),
    watch(REAL_DISK, 'read', (_, text) => add('read', sizeOf(text))),
  ];
  try {
    app.synth();
  } finally {
    Object.defineProperty(Node.prototype, 'children', children);
    for (const one of watched) {
      one.mockRestore();
    }
  }
  return work;
}

/** For each service, its part of the tenant included. Lower what has become less; what grows needs a reason. */
const MOST: Work = { rendered: 10.4, byCdk8s: 0, visits: 24, json: 490, written: 11_500, read: 0 };

describe('the work of a synthesis', () => {
  jest.spyOn(console, 'warn').mockImplementation(() => {});
  const app = servicesApp(MANY, temporaryFolder());
  const few = workOf(servicesApp(FEW, temporaryFolder()));
  const many = workOf(app);
  const again = workOf(app);
  const objects = app.node.findAll().filter((construct) => construct instanceof KubeObject);

  test('each manifest is rendered once', () => {
    expect(objects.length).toBeGreaterThan(9 * MANY);
    expect(many.rendered).toBe(objects.length);
  });

  test.each(Object.keys(MOST) as (keyof Work)[])('is linear in the services, and no more than it was: %s', (key) => {
    expect(many[key]).toBeLessThanOrEqual((MANY / FEW) * few[key]);
    expect((many[key] - few[key]) / (MANY - FEW)).toBeLessThanOrEqual(MOST[key]);
  });

  test('what is there already is read once and not written', () => {
    expect(again).toMatchObject({ rendered: many.rendered, visits: many.visits, written: 0 });
    expect(again.read).toBeGreaterThan(0.9 * many.written);
    expect(again.read).toBeLessThanOrEqual(many.written);
  });
});

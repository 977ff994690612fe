/** What programs declare of their connections, before any policy is made of it. */
import * as path from 'node:path';
import { EksApp } from 'cdk8s-eks-patterns';
import type { IConstruct } from 'constructs';
import { Connections, endpointOf } from '../../charts/network/connections';
import { MetricsPeer } from '../../charts/network/metrics-peer';
import type { ConnectionTarget } from '../../charts/network/targets';
import { REPOSITORY } from '../app/support';
import type { Program } from './programs';

/** A workload that declares to call others: workloads of the app, or peers. */
export interface Declared {
  readonly by: IConstruct;
  readonly target: ConnectionTarget;
  /** Whether it calls the metrics ports of all others: Peer.metrics. */
  readonly scrapes: boolean;
}

export interface RunProgram {
  readonly app: EksApp;
  readonly declared: readonly Declared[];
  readonly workloads: ReadonlyMap<IConstruct, DeclaredWorkload>;
}

export interface DeclaredWorkload {
  readonly name: string;
  readonly namespace: string;
  /** As the program writes them. */
  readonly props: Readonly<Record<string, unknown>>;
}

/** Runs a program in this process, once, without writing its output. */
export function runProgram({ main }: Program): RunProgram {
  const declared: Declared[] = [];
  const workloads = new Map<IConstruct, DeclaredWorkload>();
  let app: EksApp | undefined;
  const original = Connections.prototype.to;
  const to = jest.spyOn(Connections.prototype, 'to').mockImplementation(function (this: Connections, targets, fieldOf) {
    const { owner } = this;
    for (const target of targets) {
      const scrapes = target instanceof MetricsPeer;
      declared.push({ by: owner.construct, target: target.toConnectionTarget(), scrapes });
    }
    original.call(this, targets, fieldOf);
  });
  const synth = jest.spyOn(EksApp.prototype, 'synth').mockImplementation(function (this: EksApp) {
    app = this;
  });
  made = (construct, props) => {
    const { name, namespace } = endpointOf(construct)!;
    workloads.set(construct, { name, namespace, props });
  };
  try {
    require(path.join(REPOSITORY, main));
  } finally {
    to.mockRestore();
    synth.mockRestore();
  }
  if (!app) {
    throw new Error(`${main} synthesizes no app`);
  }
  return { app, declared, workloads };
}

/** Of the program that runs. */
let made: (construct: IConstruct, props: Readonly<Record<string, unknown>>) => void;

// what programs import from here on: the library, whose patterns tell their props
jest.doMock('cdk8s-eks-patterns', () => {
  const actual: Record<string, unknown> = jest.requireActual('cdk8s-eks-patterns');
  const isPattern = (value: unknown): value is new () => IConstruct =>
    typeof value === 'function' && typeof value.prototype?.connectTo === 'function';
  return Object.fromEntries(
    Object.entries(actual).map(([name, value]) => [name, isPattern(value) ? telling(value) : value]),
  );
});

function telling<C extends new (...args: never[]) => IConstruct>(pattern: C): C {
  return new Proxy(pattern, {
    construct(target, args) {
      const construct: IConstruct = Reflect.construct(target, args);
      made(construct, args[2]);
      return construct;
    },
  });
}

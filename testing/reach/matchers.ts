import { Construct, type IConstruct } from 'constructs';
import { describe } from '../../kube/describe';
import { PROTOCOLS, type Protocol } from '../../kube/reachability/open-ports';
import type { Reachability } from '../../kube/reachability/reachability';
import { type ReachEnd, resolveEnd } from './ends';
import { type Judged, whyNot, whyYet } from './explain';

/** What `expect` has once it is extended by `Testing.matchers`. */
export interface ReachMatchers<R> {
  /**
   * Passes if the NetworkPolicies of both ends let connections through for sure, from each pod of the one to each pod of the
   * other. `.not` passes if they let none through, whatever address and node a pod gets.
   *
   * @param from who calls
   * @param to who is called
   * @param port of the pod, not of its Service
   * @param protocol @default 'TCP'
   */
  toReach(from: ReachEnd, to: ReachEnd, port: number, protocol?: Protocol): R;
}

/** What a matcher of Jest and Vitest returns. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** For `expect.extend`, once in a setup file. A type, since `extend` of Jest asks for a map. */
export type Matchers = {
  toReach(
    this: { readonly isNot?: boolean } | undefined,
    received: IConstruct | Reachability,
    from: ReachEnd,
    to: ReachEnd,
    port: number,
    protocol?: Protocol,
  ): MatcherResult;
};

/** @param reachabilityOf of an app */
export function matchers(reachabilityOf: (scope: IConstruct) => Reachability): Matchers {
  return {
    toReach(received, from, to, port, protocol = 'TCP') {
      checkPort(port, protocol);
      const reach = isReachability(received) ? received : reachabilityOf(checkApp(received));
      const isNot = this?.isNot === true;
      const unexpected = isNot ? 'no' : 'yes';
      const failing = judgedPairs(reach, from, to, port, protocol).find(
        ({ verdict }) => verdict.reaches !== unexpected,
      );
      // under `.not` a matcher fails by passing
      return {
        pass: isNot ? failing !== undefined : failing === undefined,
        message: () => (failing ? (isNot ? whyYet : whyNot)(failing) : ''),
      };
    },
  };
}

function judgedPairs(reach: Reachability, from: ReachEnd, to: ReachEnd, port: number, protocol: Protocol): Judged[] {
  const [callers, called] = [resolveEnd(reach, from).ends, resolveEnd(reach, to).ends];
  return callers.flatMap((caller) =>
    called.map((one) => ({
      from: caller,
      to: one,
      port,
      protocol,
      verdict: reach.verdict(caller, one, port, protocol),
      open: typeof caller === 'string' || typeof one === 'string' ? [] : reach.ports(caller, one),
    })),
  );
}

/** By its form: in the package each entry point that is loaded by itself has a class of its own. */
function isReachability(received: IConstruct | Reachability): received is Reachability {
  return typeof (received as Partial<Reachability> | undefined)?.verdict === 'function';
}

function checkApp(received: IConstruct): IConstruct {
  if (!Construct.isConstruct(received)) {
    throw new TypeError(
      `expect() must get an app or what reachability() returns, but got ${describe(received)}. Write expect(app).toReach(...).`,
    );
  }
  return received;
}

function checkPort(port: unknown, protocol: unknown): void {
  if (!Number.isInteger(port) || (port as number) < 1 || (port as number) > 65535) {
    throw new TypeError(
      `port must be an integer from 1 to 65535, but is ${String(port)}. Write the port of the container.`,
    );
  }
  if (!PROTOCOLS.some((one) => one === protocol)) {
    throw new TypeError(`protocol must be one of ${PROTOCOLS.join(', ')}, but is ${String(protocol)}.`);
  }
}

declare global {
  namespace jest {
    // as @types/jest declares it, without which this is nothing
    // biome-ignore lint/complexity/noBannedTypes: declarations of one interface must have equal parameters
    interface Matchers<R, T = {}> extends ReachMatchers<R> {}
  }
}

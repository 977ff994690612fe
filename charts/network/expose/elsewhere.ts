import type { KeyTable } from '../../../kube/values';
import { checkLoadBalancer, type ExposeProps, loadBalancer } from './load-balancer';
import type { ExposeWay } from './way';

/** Props of a load balancer that something else makes. P is the union of the port names of the workload. */
export interface ElsewhereProps<P extends string> {
  /** The name of the port that it calls. The port of the readiness probe is open to its health check too. @default - the main port */
  readonly port?: P;
  /** The subnets that it is in: public for 'internet-facing', private for 'internal'. Required, since its calls come from there. */
  readonly scheme: ExposeProps<P>['scheme'];
}

const ELSEWHERE: KeyTable<ElsewhereProps<string>> = { port: 'text', scheme: true };

/** A load balancer of another app, or of another tool: the pods are prepared for it, and no object is written. */
export function elsewhere(props: ElsewhereProps<string>): ExposeWay {
  return {
    ...loadBalancer(props),
    kind: 'elsewhere',
    check(check) {
      check.keys<ElsewhereProps<string>>('expose', props ?? null, ELSEWHERE);
      checkLoadBalancer(check, props);
    },
    // who makes it brings its controller
    needs: () => [],
  };
}

import { targetGroupAttributes } from './attributes';
import { given } from './load-balancer';
import { TARGET_GROUP_DEFAULTS, type TargetGroupSettings, targetGroup } from './target-group';
import type { ExposedService } from './way';

/** What a target group needs otherwise than the Ingress says for the main service. */
export function differences(main: ExposedService, target: ExposedService, settings: TargetGroupSettings): Settings {
  const [ofMain, own] = [whole(main, settings), whole(target, settings)];
  // a probe of the port of the traffic needs no number, unless that of the Ingress stands in the way
  const port = { 'healthcheck-port': own['healthcheck-port'] ?? 'traffic-port' };
  const wanted: Settings = { ...own, ...(ofMain['healthcheck-port'] === undefined ? {} : port) };
  return Object.fromEntries(
    Object.entries(wanted)
      .filter(([key, value]) => ofMain[key] !== value)
      .map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
  );
}

type Settings = Readonly<Record<string, string>>;

/** All that an Ingress or a Service can say of a target group. */
function whole(service: ExposedService, settings: TargetGroupSettings): Settings {
  return {
    ...TARGET_GROUP_DEFAULTS,
    ...given(targetGroup(service, settings)),
    'target-group-attributes': targetGroupAttributes(service, settings.targetGroupAttributes),
  };
}

import { windowProblems } from '../../../kube/keda-triggers';
import { Check } from '../../core/check';
import { NO_PERMISSIONS } from './permissions';
import type { TriggerModel } from './trigger';

/** A recurring time window, and the replicas in it. */
export interface WindowTriggerProps {
  /** Start of the window, a cron expression of five fields. */
  readonly start: string;
  /** End of the window, a cron expression of five fields. */
  readonly end: string;
  /** IANA time zone, such as 'Europe/Berlin'. */
  readonly timeZone: string;
  /** Replicas in the window, 1 or more. */
  readonly replicas: number;
}

export function windowTrigger(props: WindowTriggerProps): TriggerModel {
  const check = new Check('ScaleTrigger.window');
  check.keys<WindowTriggerProps>('props', props ?? null, {
    start: 'text',
    end: 'text',
    timeZone: 'text',
    replicas: true,
  });
  const metadata = {
    start: check.text('start', props.start),
    end: check.text('end', props.end),
    timezone: check.text('timeZone', props.timeZone),
    desiredReplicas: String(check.integer('replicas', props.replicas, 1)),
  };
  const [problem] = windowProblems(metadata);
  if (problem) {
    const field = problem.key === 'timezone' ? 'timeZone' : problem.key;
    check.fail('invalid', field, `${field} ${problem.problem}`, problem.fix);
  }
  return { spec: () => ({ type: 'cron', metadata }), permissions: () => NO_PERMISSIONS };
}

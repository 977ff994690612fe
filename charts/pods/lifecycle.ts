import { remembered } from '../../kube/collections';
import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';
import type { Lifecycle } from '../core/k8s';
import type { Duration } from '../core/values';

/** A program and its arguments, run in the container without a shell: ['nodetool', 'drain']. */
export type Command = readonly string[];
/** A command that runs before SIGTERM, and the time it needs. */
export interface PreStopCommand {
  /** The program and its arguments. */
  readonly command: Command;
  /** The time it takes at most, which the grace period then includes. Whole seconds. */
  readonly time: Duration;
}
/** How a sidecar stops. */
export interface ContainerShutdown {
  /** Runs before SIGTERM; without a time it shares that of the workload. @default - none */
  readonly preStop?: Command | PreStopCommand;
}

/** A validated preStop command. */
export interface PreStop {
  readonly command: Command;
  readonly seconds: number;
}

const PRE_STOP: KeyTable<PreStopCommand> = { command: 'texts', time: true };

/** A command that is given with its program; arguments alone may be empty. */
export function checkProgram(check: Check, field: string, value: unknown): void {
  if (value === undefined) {
    return;
  }
  checkCommand(check, field, value);
  const [program] = value as Command;
  if (program?.trim() === '') {
    check.fail(
      'invalid',
      `${field}[0]`,
      `${field}[0] must be a program, but is ${describe(program)}`,
      "write for example ['/bin/app', '--verbose']",
    );
  }
}

export function checkCommand(check: Check, field: string, value: unknown): void {
  if (
    value !== undefined &&
    (!Array.isArray(value) || value.length === 0 || value.some((part) => typeof part !== 'string'))
  ) {
    check.fail(
      'type',
      field,
      `${field} must be a list of strings that is not empty, but is ${describe(value)}`,
      "write for example ['sh', '-c', '...']",
    );
  }
}

export function resolvePreStop(
  check: Check,
  field: string,
  given: Command | PreStopCommand | undefined,
): PreStop | undefined {
  if (given === undefined) {
    return undefined;
  }
  if (Array.isArray(given) || typeof given !== 'object') {
    checkProgram(check, field, given);
    return { command: given as Command, seconds: 0 };
  }
  const { command, time } = given as PreStopCommand;
  check.keys<PreStopCommand>(field, given, PRE_STOP);
  if (command === undefined) {
    check.fail(
      'required',
      `${field}.command`,
      `${field}.command is required`,
      "write for example ['nodetool', 'drain']",
    );
  }
  checkProgram(check, `${field}.command`, command);
  return { command, seconds: check.seconds(`${field}.time`, time, 1) };
}

/** The hooks of most containers, by seconds: the same object in all of them. */
const asleep = remembered((seconds): Lifecycle => ({ preStop: { sleep: { seconds: Number(seconds) } } }));

/**
 * The hooks of a container. Kubernetes takes one preStop hook, so a command that is to run after a sleep needs the shell of
 * the image.
 */
export function lifecycleOf(
  sleep: number,
  preStop: PreStop | undefined,
  postStart: Command | undefined,
): Lifecycle | undefined {
  if (!preStop && !postStart) {
    return sleep > 0 ? asleep(String(sleep)) : undefined;
  }
  const started = postStart && { postStart: { exec: { command: [...postStart] } } };
  if (preStop) {
    const command =
      sleep > 0 ? ['sh', '-c', `sleep ${sleep}; exec "$@"`, 'preStop', ...preStop.command] : [...preStop.command];
    return { ...started, preStop: { exec: { command } } };
  }
  return sleep > 0 ? { ...started, preStop: { sleep: { seconds: sleep } } } : started;
}

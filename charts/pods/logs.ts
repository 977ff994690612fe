import { describe } from '../../kube/describe';
import type { KeyTable } from '../../kube/values';
import type { Check } from '../core/check';

/** How the Fluent Bit of the nodes reads the output of the pods. */
export interface LogParser {
  /** The name of a parser in its configuration: 'json', 'nginx'. */
  readonly parser: string;
}

const PARSER: KeyTable<LogParser> = { parser: 'text' };

export function checkLogs(check: Check, logs: 'exclude' | LogParser | undefined): void {
  if (logs === undefined || logs === 'exclude') {
    return;
  }
  if (typeof logs !== 'object' || logs === null) {
    check.fail(
      'unsupported',
      'logs',
      `logs must be 'exclude' or { parser }, but is ${describe(logs)}`,
      "write logs: { parser: 'json' }",
    );
  }
  check.keys<LogParser>('logs', logs, PARSER);
  const parser = check.text('logs.parser', logs.parser);
  if (!/^[\w.-]+$/.test(parser)) {
    check.fail(
      'invalid',
      'logs.parser',
      `logs.parser must be the name of a parser, but is '${parser}'`,
      "write for example 'json'",
    );
  }
}

export function logAnnotations(logs: 'exclude' | LogParser | undefined): Record<string, string> {
  return logs === undefined
    ? {}
    : logs === 'exclude'
      ? { 'fluentbit.io/exclude': 'true' }
      : { 'fluentbit.io/parser': logs.parser };
}

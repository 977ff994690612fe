import { describe } from '../../kube/describe';
import type { Check } from '../core/check';
import type { Because } from '../core/values';

/** A network without isolation, and the reason. */
export interface OpenNetwork extends Because {
  /** Always true, so that the exception is explicit. */
  readonly open: true;
}

/** The reason for an open network; undefined for an isolated one. */
export function networkOpenBecause(check: Check, network: 'isolated' | OpenNetwork | undefined): string | undefined {
  if (network === undefined || network === 'isolated') {
    return undefined;
  }
  check.keys<OpenNetwork>('network', network, { open: 'boolean', because: 'text' });
  if (network.open !== true) {
    check.fail(
      network.open === undefined ? 'required' : 'unsupported',
      'network.open',
      `network.open must be true, but is ${describe(network.open)}`,
      "write network: 'isolated', or { open: true, because: '...' }",
    );
  }
  return check.because('network', network.because);
}

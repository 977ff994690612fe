import { describe } from '../../../kube/describe';
import { indexPath } from '../../../kube/text';
import type { Check } from '../../core/check';
import { checkSettings } from './balancer-settings';
import { checkCertificates, checkLoadBalancer, checkTlsPolicy } from './load-balancer';
import { checkAddressList, STATIC_ADDRESSES } from './nlb-addresses';
import { listenersOf } from './nlb-listeners';
import { checkPerMember } from './nlb-members';
import { ALPN_POLICIES, NLB, type NlbProps } from './nlb-props';

export function checkNlb(check: Check, props: NlbProps<string>): void {
  check.keys<NlbProps<string>>('expose', props ?? null, NLB);
  checkLoadBalancer(check, props);
  checkCertificates(check, props.certificate);
  checkTlsPolicy(check, props.tlsPolicy);
  checkSettings(check, props);
  checkListeners(check, props);
  checkTls(check, props);
  for (const name of ['elasticIps', 'privateAddresses'] as const) {
    const list = props.perMember === undefined ? props[name] : undefined;
    if (list !== undefined) {
      checkAddressList(check, `expose.${name}`, list, STATIC_ADDRESSES[name], props);
    }
  }
  checkPerMember(check, props);
  if (props.clientIp !== undefined) {
    check.oneOf('expose.clientIp', props.clientIp, ['preserve', 'proxy-protocol']);
  }
}

function checkListeners(check: Check, { listeners, port }: NlbProps<string>): void {
  if (listeners === undefined) {
    return;
  }
  if (port !== undefined) {
    check.fail(
      'forbidden',
      'expose.port',
      'expose.port must not be set with expose.listeners, which name the ports',
      'leave one of them out',
    );
  }
  const entries = Object.entries(listeners);
  if (entries.length === 0) {
    check.fail('invalid', 'expose.listeners', 'expose.listeners must not be empty', "write for example { 80: 'http' }");
  }
  for (const [number, ports] of entries) {
    const field = `expose.listeners.${number}`;
    if (!/^\d+$/.test(number) || Number(number) < 1 || Number(number) > 65_535) {
      check.fail(
        'invalid',
        field,
        `${field} must have a port number from 1 to 65535 as its key`,
        "write { 80: 'http' }",
      );
    }
    const named = typeof ports === 'string' ? [ports] : ports;
    const isList = Array.isArray(named) && named.every((name) => typeof name === 'string') && named.length < 3;
    if (!isList || named.length === 0 || named[0] === named[1]) {
      check.fail(
        isList ? 'invalid' : 'type',
        field,
        `${field} must be the name of a port, or those of a TCP and a UDP port, but is ${describe(ports)}`,
        "write 'http', or ['dns-tcp', 'dns']",
      );
    }
  }
}

function checkTls(check: Check, props: NlbProps<string>): void {
  const { certificate, tlsPorts, tlsPolicy, alpnPolicy } = props;
  if (alpnPolicy !== undefined) {
    check.oneOf('expose.alpnPolicy', alpnPolicy, ALPN_POLICIES);
  }
  const needing = Object.entries({ tlsPorts, tlsPolicy, alpnPolicy }).find(([, value]) => value !== undefined);
  if (certificate === undefined && needing) {
    check.fail(
      'forbidden',
      `expose.${needing[0]}`,
      `expose.${needing[0]} needs expose.certificate, without which TLS is passed through`,
      'add the certificate, or remove it',
    );
  }
  const numbers = listenersOf(props).map(({ number }) => number);
  for (const [i, port] of (tlsPorts ?? []).entries()) {
    const field = indexPath('expose.tlsPorts', i);
    check.integer(field, port, 1, 65_535);
    if (!numbers.includes(port)) {
      check.fail(
        'unsupported',
        field,
        `${field} must be the number of a listener, but is ${port}`,
        numbers.length > 0 ? `use one of ${numbers.join(', ')}` : 'write listeners',
      );
    }
  }
}

import { parseArn } from '../../../eks/arn';
import { describe } from '../../../kube/describe';
import { isSubdomain } from '../../../kube/names';
import { indexPath } from '../../../kube/text';
import type { Check } from '../../core/check';
import {
  ALB,
  type AlbFrontend,
  type AlbListeners,
  type AlbProps,
  DEFAULT_LISTENERS,
  listOf,
  MUTUAL,
  type MutualAuthentication,
} from './alb-props';
import { checkAuthentication } from './authentication';
import { checkSettings } from './balancer-settings';
import { checkCertificates, checkLoadBalancer, checkTlsPolicy } from './load-balancer';
import { checkConditions, countConditions, MAX_RULE_VALUES, prefixValues } from './request-conditions';
import { BACKEND_PROTOCOLS } from './target-group';
import { checkWeights } from './weights';

export function checkAlb(check: Check, props: AlbProps<string>): void {
  check.keys<AlbProps<string>>('expose', props ?? null, ALB);
  checkLoadBalancer(check, props);
  checkSettings(check, props);
  checkWeights(check, props);
  checkHosts(check, props.host);
  checkPaths(check, props.paths);
  checkFrontend(check, props);
  checkAuthentication(check, props.authentication);
  checkGroup(check, props);
  checkRules(check, props);
  checkMutual(check, props);
  checkCapacity(check, props);
  if (props.protocol !== undefined) {
    check.oneOf('expose.protocol', props.protocol, BACKEND_PROTOCOLS);
  }
}

/** @param props what needs a listener with TLS is looked for in them */
export function checkFrontend(
  check: Check,
  props: AlbFrontend & Pick<AlbProps<string>, 'scheme' | 'authentication'>,
): void {
  checkCertificates(check, props.certificate);
  checkTlsPolicy(check, props.tlsPolicy);
  checkListeners(check, props);
  checkProtection(check, props);
}

export function checkHosts(check: Check, host: AlbProps<string>['host']): void {
  const hosts = listOf(host);
  if (host !== undefined && hosts.length === 0) {
    check.fail('invalid', 'expose.host', 'expose.host must not be empty', "write for example 'shop.example.com'");
  }
  for (const [i, one] of (hosts.length === 0 ? [undefined] : hosts).entries()) {
    const field = Array.isArray(host) ? indexPath('expose.host', i) : 'expose.host';
    if (typeof one !== 'string' || !isSubdomain(one.startsWith('*.') ? one.slice(2) : one) || !one.includes('.')) {
      check.fail(
        one === undefined ? 'required' : typeof one === 'string' ? 'invalid' : 'type',
        field,
        `${field} must be a host name in lowercase letters with at least one dot, but is ${describe(one)}`,
        "write for example 'shop.example.com'",
      );
    }
    if (hosts.indexOf(one) < i) {
      check.fail('duplicate', field, `${field} is '${one}', which is listed before`, 'list each host once');
    }
  }
}

function checkPaths(check: Check, paths: readonly string[] | undefined): void {
  for (const [i, path] of (paths ?? []).entries()) {
    const field = indexPath('expose.paths', i);
    if (!path.startsWith('/')) {
      check.fail('invalid', field, `${field} must begin with '/', but is '${path}'`, `write '/${path}'`);
    }
    if (/[*?]/.test(path)) {
      const covered = path.replace(/\/?[*?].*$/, '') || '/';
      check.fail(
        'invalid',
        field,
        `${field} must not have a wildcard, but is '${path}'`,
        `write '${covered}', which covers what lies below`,
      );
    }
  }
  if (paths?.length === 0) {
    check.fail('invalid', 'expose.paths', 'expose.paths must not be empty', "leave it out for '/'");
  }
}

function checkListeners(check: Check, props: AlbFrontend & Pick<AlbProps<string>, 'scheme' | 'authentication'>): void {
  const { listeners = DEFAULT_LISTENERS, scheme, authentication, certificate, tlsPolicy } = props;
  if (listeners === DEFAULT_LISTENERS) {
    return;
  }
  check.keys<AlbListeners>('expose.listeners', listeners, { http: true, https: true });
  const { http, https } = listeners;
  for (const [name, port] of Object.entries({ http, https })) {
    if (port !== undefined) {
      check.integer(`expose.listeners.${name}`, port, 1, 65_535);
    }
  }
  if ((http === undefined && https === undefined) || http === https) {
    check.fail(
      'invalid',
      'expose.listeners',
      'expose.listeners must have a port of http, of https, or two different ones',
      'write listeners: { https: 443 }',
    );
  }
  if (https !== undefined) {
    return;
  }
  const withTls = { authentication, certificate, tlsPolicy };
  const needing = Object.entries(withTls).find(([, value]) => value !== undefined);
  if (needing) {
    check.fail(
      'forbidden',
      `expose.${needing[0]}`,
      `expose.${needing[0]} needs a listener with TLS, but listeners has no https`,
      'add https to listeners, or remove it',
    );
  }
  if (scheme === 'internet-facing') {
    check.fail(
      'forbidden',
      'expose.listeners',
      'expose.listeners must have https with the scheme internet-facing: whoever is on the way reads what is sent without TLS',
      'add https: 443',
    );
  }
}

function checkProtection(check: Check, { webAcl }: AlbFrontend): void {
  if (webAcl === undefined) {
    return;
  }
  const arn = parseArn(webAcl);
  if (arn?.service !== 'wafv2' || !arn.resource.startsWith('regional/webacl/')) {
    check.fail(
      'invalid',
      'expose.webAcl',
      `expose.webAcl must be the ARN of a regional web ACL of AWS WAF, but is ${describe(webAcl)}`,
      "write 'arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID'",
    );
  }
}

function checkRules(check: Check, { conditions, paths = ['/'] }: AlbProps<string>): void {
  if (conditions === undefined) {
    return;
  }
  const field = 'expose.conditions';
  checkConditions(check, field, conditions);
  const own = countConditions(conditions);
  if (own === 0) {
    check.fail('invalid', field, `${field} must not be empty`, 'leave it out for every request');
  }
  const values = 1 + own + Math.max(...paths.map(prefixValues));
  if (values > MAX_RULE_VALUES) {
    check.fail(
      'invalid',
      field,
      `${field} must make at most ${MAX_RULE_VALUES} values of a rule of the load balancer, but makes ${values}: the host, the path (two for one other than '/'), and each of the conditions`,
      'match by less',
    );
  }
}

function checkMutual(check: Check, { mutualAuthentication, listeners = DEFAULT_LISTENERS }: AlbProps<string>): void {
  if (mutualAuthentication === undefined) {
    return;
  }
  const field = 'expose.mutualAuthentication';
  check.keys<MutualAuthentication>(field, mutualAuthentication, MUTUAL);
  const { mode, trustStore, ignoreExpired, advertiseAuthorities } = mutualAuthentication;
  check.oneOf(`${field}.mode`, mode, ['verify', 'passthrough']);
  if (listeners.https === undefined) {
    check.fail('forbidden', field, `${field} needs a listener with TLS, but listeners has no https`, 'add https to it');
  }
  const arn = parseArn(trustStore);
  if (mode === 'verify' && (arn?.service !== 'elasticloadbalancing' || !arn.resource.startsWith('truststore/'))) {
    check.fail(
      trustStore === undefined ? 'required' : 'invalid',
      `${field}.trustStore`,
      `${field}.trustStore must be the ARN of a trust store with mode 'verify', but is ${describe(trustStore)}`,
      "write 'arn:aws:elasticloadbalancing:REGION:ACCOUNT:truststore/NAME/ID'",
    );
  }
  const extra = Object.entries({ trustStore, ignoreExpired, advertiseAuthorities }).find(
    ([, value]) => value !== undefined,
  );
  if (mode === 'passthrough' && extra) {
    check.fail(
      'forbidden',
      `${field}.${extra[0]}`,
      `${field}.${extra[0]} must not be set with mode 'passthrough', which verifies nothing`,
      "remove it, or write mode: 'verify'",
    );
  }
}

const MIN_CAPACITY = 100;

function checkCapacity(check: Check, { ipamPool, minimumCapacity, scheme }: AlbProps<string>): void {
  if (ipamPool !== undefined && !/^ipam-pool-[0-9a-f]{8,17}$/.test(ipamPool)) {
    check.fail(
      'invalid',
      'expose.ipamPool',
      `expose.ipamPool must be the id of an IPAM pool, but is '${ipamPool}'`,
      "write 'ipam-pool-...'",
    );
  }
  if (ipamPool !== undefined && scheme === 'internal') {
    check.fail(
      'forbidden',
      'expose.ipamPool',
      "expose.ipamPool must not be set with the scheme 'internal', whose addresses are those of the subnets",
      'remove it',
    );
  }
  if (minimumCapacity !== undefined) {
    check.integer('expose.minimumCapacity', minimumCapacity, MIN_CAPACITY);
  }
}

function checkGroup(check: Check, { group, order }: AlbProps<string>): void {
  if (group !== undefined && !/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(group)) {
    check.fail(
      'invalid',
      'expose.group',
      `expose.group must be at most 63 lowercase letters, digits, '-' and '.', but is '${group}'`,
      'choose another name',
    );
  }
  if (order !== undefined) {
    check.integer('expose.order', order, -1000, 1000);
    if (group === undefined) {
      check.fail('forbidden', 'expose.order', 'expose.order needs expose.group, whose members it sorts', 'remove it');
    }
  }
}

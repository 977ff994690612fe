import { NLB_PREFIX } from '../../../eks/load-balancer-annotations';
import { type InventoryObject, referenceTo } from '../../../kube/inventory';
import { asObject } from '../../../kube/loose';
import { isLoadBalancer } from '../../gateways';
import { type AlbIngress, albIngresses, classNameOf } from '../../ingresses';
import type { Effect, EffectsOf, PlanInput, Risk } from '../model';
import { fieldsBelow, isUpdate, leftBehind, type Move, movesOfKind, named, type Update } from './moves';

/**
 * Load balancers that are made, replaced or deleted. The AWS Load Balancer Controller replaces one whose type or scheme
 * changes, and a target group whose target type or protocol does.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export const loadBalancers: EffectsOf = (input) => [
  ...ofIngresses(input),
  ...movesOfKind(input, 'Service').flatMap((move) => (isUpdate(move) ? ofService(move) : ofNewService(move))),
  ...movesOfKind(input, 'Gateway').flatMap((move) => ofGateway(input, move)),
];

type Said = readonly [risk: Risk, text: string, field: string];

const effectsOf = (object: InventoryObject, said: readonly Said[]): Effect[] =>
  said.map(([risk, text, field]) => ({
    kind: 'load-balancer',
    risk,
    object: referenceTo(object),
    text,
    ...(field === '' ? {} : { because: [field] }),
  }));

/** Classes and their parameters decide on Ingresses that do not change themselves. */
function ofIngresses(input: PlanInput): readonly Effect[] {
  const moved = movesOfKind(input, 'Ingress');
  const isAsked = moved.length > 0 || movesOfKind(input, 'IngressClass', 'IngressClassParams').length > 0;
  if (!isAsked) {
    return [];
  }
  const [old, now] = [input.old, input.after].map(
    (set) => new Map(albIngresses(set).map((one) => [nameOf(one.object), one])),
  );
  const left = new Set(leftBehind(input).map(nameOf));
  return [...new Set([...old!.keys(), ...now!.keys()])].flatMap((name): Effect[] => {
    const [was, is] = [old!.get(name), now!.get(name)];
    if (left.has(name)) {
      return [];
    }
    if (!is) {
      return was
        ? effectsOf(was.object, [
            [
              'danger',
              `${named(was.object)} no longer belongs to the AWS Load Balancer Controller: its load balancer is deleted, and its address is lost`,
              'spec.ingressClassName',
            ],
          ])
        : [];
    }
    return was
      ? effectsOf(is.object, changesOf(input, was, is))
      : effectsOf(is.object, [ofNewIngress(is, [...old!.values()])]);
  });
}

const nameOf = ({ manifest, namespace }: InventoryObject): string =>
  `${manifest.kind} ${namespace}/${manifest.metadata.name}`;

function ofNewIngress({ object, group, scheme }: AlbIngress, others: readonly AlbIngress[]): Said {
  const shared = group !== undefined && others.some((other) => other.group === group);
  return shared
    ? ['notice', `${named(object)} adds its rules to the load balancer of group '${group}'`, '']
    : ['notice', `${named(object)} makes a load balancer that is ${schemeText(scheme)}`, ''];
}

const schemeText = (scheme: string | undefined): string =>
  scheme === 'internet-facing' ? 'open to the internet' : 'internal';

/** Settings of a target group that it keeps for its whole life. */
const OF_TARGETS = ['backend-protocol', 'backend-protocol-version'];

function changesOf(input: PlanInput, was: AlbIngress, is: AlbIngress): readonly Said[] {
  const { object } = is;
  const said: Said[] = [];
  const field = (name: string) => `metadata.annotations['alb.ingress.kubernetes.io/${name}']`;
  const controllers = [was.object, object].map((one, i) => controllerOf(i === 0 ? input.old : input.after, one));
  const lost = 'its address is lost';
  if (was.group !== is.group) {
    const to = is.group === undefined ? 'one of its own' : `that of group '${is.group}'`;
    said.push(['danger', `${named(object)} moves to another load balancer, ${to}: ${lost}`, field('group.name')]);
  } else if ((was.scheme ?? 'internal') !== (is.scheme ?? 'internal')) {
    said.push([
      'danger',
      `the load balancer of ${named(object)} is replaced by one that is ${schemeText(is.scheme)}: ${lost}`,
      field('scheme'),
    ]);
  } else if (controllers[0] !== controllers[1]) {
    said.push([
      'danger',
      `${named(object)} goes to another controller, which makes a load balancer of its own: ${lost}`,
      'spec.ingressClassName',
    ]);
  }
  if (was.setting('load-balancer-name') !== is.setting('load-balancer-name') && said.length === 0) {
    said.push([
      'notice',
      `the load balancer of ${named(object)} keeps its name: another one is read only when it is made`,
      field('load-balancer-name'),
    ]);
  }
  if (was.targetType !== is.targetType) {
    said.push([
      'danger',
      `the target groups of ${named(object)} are replaced: requests can fail until the new targets are healthy`,
      field('target-type'),
    ]);
  }
  for (const name of OF_TARGETS) {
    if (was.setting(name) !== is.setting(name)) {
      said.push([
        'danger',
        `the target groups of ${named(object)} are replaced: requests can fail until the new targets are healthy`,
        field(name),
      ]);
    }
  }
  const [oldPorts, newPorts] = [was, is].map((one) => one.ports.map(([port, protocol]) => `${protocol} ${port}`));
  const closed = oldPorts!.filter((port) => !newPorts!.includes(port));
  const opened = newPorts!.filter((port) => !oldPorts!.includes(port));
  if (closed.length > 0) {
    said.push([
      'danger',
      `the load balancer of ${named(object)} no longer listens on ${closed.join(', ')}`,
      field('listen-ports'),
    ]);
  }
  if (opened.length > 0) {
    said.push([
      'notice',
      `the load balancer of ${named(object)} also listens on ${opened.join(', ')}`,
      field('listen-ports'),
    ]);
  }
  const [oldHosts, newHosts] = [was, is].map(({ rules }) => [
    ...new Set(rules.map(({ host }) => host ?? 'every host')),
  ]);
  const gone = oldHosts!.filter((host) => !newHosts!.includes(host));
  const come = newHosts!.filter((host) => !oldHosts!.includes(host));
  if (gone.length > 0 && !newHosts!.includes('every host')) {
    said.push(['danger', `${named(object)} no longer answers for ${gone.join(', ')}`, 'spec.rules']);
  }
  if (come.length > 0) {
    said.push(['notice', `${named(object)} answers for ${come.join(', ')}`, 'spec.rules']);
  }
  return said;
}

/** The controller of a class, as far as the set says; else the name of the class. */
function controllerOf(set: PlanInput['old'], object: InventoryObject): string | undefined {
  const name = classNameOf(object);
  const known = set.ofKind('IngressClass', 'networking.k8s.io').find(({ manifest }) => manifest.metadata.name === name);
  const controller = known?.manifest.spec?.controller;
  return typeof controller === 'string' ? controller : name;
}

const balanced = ({ manifest }: InventoryObject): boolean => manifest.spec?.type === 'LoadBalancer';

function ofNewService({ after }: Move): readonly Effect[] {
  return balanced(after)
    ? effectsOf(after, [
        ['notice', `${named(after)} makes a load balancer that is ${schemeText(schemeOf(after))}`, 'spec.type'],
      ])
    : [];
}

/** Without an annotation it is internal. */
function schemeOf({ manifest }: InventoryObject): string | undefined {
  const { annotations = {} } = manifest.metadata;
  return (
    annotations[`${NLB_PREFIX}scheme`] ??
    (annotations[`${NLB_PREFIX}internal`] === 'false' ? 'internet-facing' : undefined)
  );
}

function ofService({ before, after, change }: Update): readonly Effect[] {
  const [had, has] = [before, after].map(balanced);
  if (!had && !has) {
    return [];
  }
  if (had !== has) {
    return effectsOf(after, [
      has
        ? ['notice', `${named(after)} gets a load balancer that is ${schemeText(schemeOf(after))}`, 'spec.type']
        : ['danger', `the load balancer of ${named(after)} is deleted, and its address is lost`, 'spec.type'],
    ]);
  }
  const setting = ({ manifest }: InventoryObject, name: string) =>
    manifest.metadata.annotations?.[`${NLB_PREFIX}${name}`];
  const differs = (name: string) => setting(before, name) !== setting(after, name);
  const field = (name: string) => `metadata.annotations['${NLB_PREFIX}${name}']`;
  const said: Said[] = [];
  if (differs('type')) {
    said.push([
      'danger',
      `${named(after)} goes to another controller: its load balancer is replaced or stays behind, and its address is lost`,
      field('type'),
    ]);
  } else if ((schemeOf(before) ?? 'internal') !== (schemeOf(after) ?? 'internal')) {
    said.push([
      'danger',
      `the load balancer of ${named(after)} is replaced by one that is ${schemeText(schemeOf(after))}: its address is lost`,
      field('scheme'),
    ]);
  }
  if (differs('nlb-target-type')) {
    said.push([
      'danger',
      `the target groups of ${named(after)} are replaced: connections can fail until the new targets are healthy`,
      field('nlb-target-type'),
    ]);
  }
  if (differs('name') && said.length === 0) {
    said.push([
      'notice',
      `the load balancer of ${named(after)} keeps its name: another one is read only when it is made`,
      field('name'),
    ]);
  }
  if (differs('subnets')) {
    said.push([
      'notice',
      `AWS may refuse other subnets for the load balancer of ${named(after)}, which exists`,
      field('subnets'),
    ]);
  }
  const [was, is] = [before, after].map(({ manifest }) => manifest.spec?.loadBalancerSourceRanges);
  if (JSON.stringify(was) !== JSON.stringify(is)) {
    const from = Array.isArray(is) && is.length > 0 ? `from ${is.join(', ')} alone` : 'from anywhere';
    said.push([
      'notice',
      `the load balancer of ${named(after)} can be reached ${from}`,
      fieldsBelow(change, 'spec.loadBalancerSourceRanges')[0]!,
    ]);
  }
  return effectsOf(after, said);
}

function ofGateway(input: PlanInput, move: Move): readonly Effect[] {
  const { after } = move;
  if (!isUpdate(move)) {
    return isLoadBalancer(input.after, after)
      ? effectsOf(after, [['notice', `${named(after)} makes a load balancer`, '']])
      : [];
  }
  const [was, is] = [move.before, after].map(({ manifest }) => asObject(manifest.spec));
  const said: Said[] = [];
  if (was!.gatewayClassName !== is!.gatewayClassName) {
    said.push([
      'danger',
      `${named(after)} goes to class '${is!.gatewayClassName}': its load balancer is replaced, and its address is lost`,
      'spec.gatewayClassName',
    ]);
  }
  const ports = ({ listeners }: Readonly<Record<string, unknown>>) =>
    Array.isArray(listeners) ? listeners.map((one) => `${asObject(one).protocol} ${asObject(one).port}`) : [];
  const closed = ports(was!).filter((port) => !ports(is!).includes(port));
  const opened = ports(is!).filter((port) => !ports(was!).includes(port));
  if (closed.length > 0) {
    said.push(['danger', `${named(after)} no longer listens on ${closed.join(', ')}`, 'spec.listeners']);
  }
  if (opened.length > 0) {
    said.push(['notice', `${named(after)} also listens on ${opened.join(', ')}`, 'spec.listeners']);
  }
  return effectsOf(after, said);
}

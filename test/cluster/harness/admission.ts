import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { V1Namespace, V1Pod } from '@kubernetes/client-node';
import { CRDS_PRESENT, CUSTOM_KINDS } from '../../golden/custom-resources';
import { type Manifest, PROGRAMS } from '../../golden/programs';
import { installDefinitions } from './admission-definitions';
import { changed, settled, versionsOf } from './applied';
import { POD, podByHand, refusal } from './by-hand';
import type { Kube } from './kube';
import { QUICK } from './kubectl';
import { addNodes, nodesOf } from './nodes';
import { Output } from './output';
import { Plane, type SUPPORTED } from './plane';
import { clusterConfigIn, outputOf } from './programs';
import { creationsThatFailed, runAllCronJobs, untilAllHavePods } from './workloads';

/** What kubectl calls configured at each apply, though nothing changes. */
const TOLD_AS_CONFIGURED: Readonly<Record<string, string>> = {
  PodDisruptionBudget: 'kubectl always sends the selector, since a patch of it replaces the whole',
  PriorityClass: 'the API server leaves out globalDefault when it is false',
  StatefulSet: 'the API server fills in its claim templates, and kubectl compares them as a whole',
};
/** The same, since the API server writes 1.5Gi as 1536Mi. */
const WRITTEN_OTHERWISE = ['Deployment/ui', 'Deployment/ui-canary'];

const MANAGED = 'app.kubernetes.io/managed-by=cdk8s-eks-patterns';
/** The level and the reason of each tenant of the programs that has them. */
const LESS_THAN_RESTRICTED: Readonly<Record<string, readonly [string, string]>> = {
  logging: ['privileged', 'the log agent reads /var/log of its node'],
  runners: ['privileged', 'workflows run Docker, whose daemon is privileged'],
  'telemetry-agents': ['privileged', 'the agents are called on a port of their node'],
};
/** Of a namespace, or of a copy of it with a suffix. */
const lessThanRestricted = (name: string) => LESS_THAN_RESTRICTED[name.replace(/(?:-\d+){2}$/, '')];

/** Names for copies, so that the objects of one program are never those of another, nor of another round. */
const suffix = (program: number, round: number): string => (program === 0 && round === 1 ? '' : `-${program}-${round}`);

/**
 * How often each program is applied afresh: a race would show in some of the rounds. It would be one with the controllers,
 * which are the same programs whatever minor the API server emulates, so most rounds are left to one of them. Whoever looks
 * for a race says another number for all: ADMISSION_ROUNDS=20 npm run test:cluster -- admission
 */
export interface Rounds {
  /** Of main.ts, the largest. */
  readonly main: number;
  /** Of each example with a namespace; what stands outside of namespaces waits for no controller, and is applied once. */
  readonly examples: number;
}

const ASKED = Number(process.env.ADMISSION_ROUNDS);

/** What a minor of Kubernetes makes of main.ts and the examples. */
export function admits(minor: (typeof SUPPORTED)[number], usual: Rounds): void {
  const rounds = ASKED ? { main: ASKED, examples: ASKED } : usual;
  const customs = CRDS_PRESENT ? '' : ', without custom resources: the folder of their definitions is absent';
  describe(`Kubernetes ${minor}${customs}`, () => {
    let root: string;
    let plane: Plane;
    let kube: Kube;
    let outputs: Output[];
    let applied: Manifest[];
    let failed = false;

    /** A test that builds on the steps before it: where one of them failed there is nothing to wait for. */
    const step = (name: string, body: () => Promise<void>): void =>
      test(name, async () => {
        expect({ earlierStepFailed: failed }).toEqual({ earlierStepFailed: false });
        failed = true;
        await body();
        failed = false;
        // long, so that a machine with other work to do is no failure
      }, 1_800_000);

    /** As a user would; whatever is not new or is warned about is an error. */
    const applyAfresh = async (program: number, round: number, ...flags: readonly string[]): Promise<void> => {
      const output = outputs[program]!;
      const own = suffix(program, round);
      const said = await plane.kubectl().apply(output.copy(path.join(root, `${program}-${round}`), own), ...flags);
      const expected = output.manifests(own).map((manifest) => `${lineOf(manifest)} created`);
      expect({ program: output.program, round, said }).toEqual({ program: output.program, round, said: expected });
    };

    beforeAll(async () => {
      root = fs.mkdtempSync(path.join(os.tmpdir(), 'admission-'));
      plane = await Plane.start({ minor, parts: 'controllers' });
      kube = plane.kube();
      const unknown = CRDS_PRESENT ? new Set<string>() : CUSTOM_KINDS;
      outputs = await Promise.all(PROGRAMS.map(async ({ name }) => new Output(name, await outputOf(name), unknown)));
      applied = outputs.flatMap((output, i) => output.manifests(suffix(i, 1)));
      if (CRDS_PRESENT) {
        await installDefinitions(plane.kubectl(), applied, root);
      }
      await addNodes(kube, nodesOf(clusterConfigIn(outputs[0]!.folder)!));
    }, 300_000);
    afterAll(async () => {
      await plane?.stop();
      fs.rmSync(root, { recursive: true, force: true });
    });

    step('every output is created whole by its first apply, and nothing in it is warned about', async () => {
      // the largest as a user applies it; the second apply, a single one for all, looks for unknown fields in the others
      const apply = (program: number) => applyAfresh(program, 1, ...(program === 0 ? [] : [QUICK]));
      const programs = [...outputs.keys()];
      // a program may take the classes of another one, which main.ts has under the same names
      const hasClasses = (program: number) =>
        outputs[program]!.manifests().some(({ kind }) => kind === 'PriorityClass');
      await Promise.all(programs.filter(hasClasses).map(apply));
      await Promise.all(programs.filter((program) => !hasClasses(program)).map(apply));
    });

    step('no kind that is applied is deprecated', async () => {
      const metrics = await plane.kubectl().run('get', '--raw', '/metrics');
      const samples = metrics.match(/^apiserver_requested_deprecated_apis\{.*$/gm) ?? [];
      // Endpoints are what the controllers write beside each Service
      expect(samples.filter((sample) => !sample.includes('resource="endpoints"'))).toEqual([]);
      expect(applied.map(({ kind }) => kind)).not.toContain('Endpoints');
    });

    step('every workload gets its pods, and no pod is refused', async () => {
      expect(await runAllCronJobs(kube)).toHaveLength(applied.filter(({ kind }) => kind === 'CronJob').length);
      expect(await untilAllHavePods(kube)).toBeGreaterThan(10);
      expect(await creationsThatFailed(kube)).toEqual([]);
    });

    step('exactly the tenants that say so in the program enforce less than restricted', async () => {
      const { items } = await kube.core.listNamespace({ labelSelector: MANAGED });
      const level = (of: V1Namespace) => [
        of.metadata?.labels?.['pod-security.kubernetes.io/enforce'],
        of.metadata?.annotations?.['cdk8s-eks-patterns.io/pod-security-because'],
      ];
      const levels = Object.fromEntries(items.map((item) => [item.metadata?.name, level(item)]));
      const names = applied.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name as string);
      expect(levels).toEqual(
        Object.fromEntries(names.map((name) => [name, lessThanRestricted(name) ?? ['restricted', undefined]])),
      );
      for (const name of names) {
        const pod = createPodOfNode(kube, name);
        await (lessThanRestricted(name)
          ? pod
          : expect(refusal(pod)).resolves.toContain('violates PodSecurity "restricted:latest": host namespaces'));
      }
    });

    step('a second apply changes no object, and no field is unknown', async () => {
      await asAutoscalers(kube, applied);
      await untilAllHavePods(kube);
      const before = await settled(kube, applied);
      expect(before.size).toBe(applied.length);
      const [first, ...others] = outputs.map((_, program) => path.join(root, `${program}-1`));
      const said = await plane.kubectl().apply(first!, ...others.map((folder) => `--filename=${folder}`));
      expect(said).toEqual(toldOf(applied));
      expect(changed(before, await versionsOf(kube, applied))).toEqual([]);
    });

    step('nor does an apply whose patches come from the descriptions of the kinds, as those of a user do', async () => {
      // one of each kind, since kubectl reads the description anew for each object
      const ofKinds = [...new Map(applied.map((manifest) => [manifest.kind, manifest] as const)).values()];
      const folder = fs.mkdtempSync(path.join(root, 'kinds-'));
      fs.writeFileSync(path.join(folder, 'kinds.json'), ofKinds.map((manifest) => JSON.stringify(manifest)).join('\n'));
      const before = await settled(kube, ofKinds);
      expect(await plane.kubectl().apply(folder, QUICK, '--openapi-patch=true')).toEqual(toldOf(ofKinds));
      expect(changed(before, await versionsOf(kube, ofKinds))).toEqual([]);
    });

    step(
      `the same happens every time: ${rounds.main} times for main.ts, ${rounds.examples} for each example`,
      async () => {
        const inTurn = async (program: number) => {
          const namespaced = outputs[program]!.manifests('').some(({ kind }) => kind === 'Namespace');
          const last = namespaced ? (program === 0 ? rounds.main : rounds.examples) : 1;
          for (let round = 2; round <= last; round++) {
            await applyAfresh(program, round, QUICK);
          }
        };
        await Promise.all(outputs.map((_, program) => inTurn(program)));
        await untilAllHavePods(kube);
        expect(await creationsThatFailed(kube)).toEqual([]);
      },
    );
  });
}

/** A pod that sees the network of its node; nothing is stored. */
const createPodOfNode = ({ core }: Kube, namespace: string): Promise<V1Pod> =>
  core.createNamespacedPod({ namespace, body: podByHand({ ...POD, hostNetwork: true }), dryRun: 'All' });

/** As kubectl calls it: 'deployment.apps/web'. */
function lineOf({ apiVersion, kind, metadata }: Manifest): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  return `${kind.toLowerCase()}${group}/${metadata.name}`;
}

/** What kubectl says of an apply that changes nothing. */
const toldOf = (manifests: readonly Manifest[]): string[] =>
  manifests.map((manifest) => `${lineOf(manifest)} ${isToldAsConfigured(manifest) ? 'configured' : 'unchanged'}`);

const isToldAsConfigured = ({ kind, metadata }: Manifest): boolean =>
  TOLD_AS_CONFIGURED[kind] !== undefined || WRITTEN_OTHERWISE.includes(`${kind}/${metadata.name}`);

/** Each autoscaler of a Deployment adds a replica; nothing here runs the pods of a Rollout. */
async function asAutoscalers({ apps }: Kube, applied: readonly Manifest[]): Promise<void> {
  const autoscalers = applied.filter(
    ({ kind, spec }) =>
      ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind) &&
      (spec.scaleTargetRef.kind ?? 'Deployment') === 'Deployment',
  );
  expect(autoscalers.length).toBeGreaterThan(1);
  await Promise.all(
    autoscalers.map(async ({ metadata: { namespace }, spec }) => {
      const { name } = spec.scaleTargetRef;
      const body = await apps.readNamespacedDeploymentScale({ name, namespace });
      body.spec!.replicas! += 1;
      await apps.replaceNamespacedDeploymentScale({ name, namespace, body });
    }),
  );
}

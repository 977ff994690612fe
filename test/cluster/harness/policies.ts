import * as fs from 'node:fs';
import * as path from 'node:path';
import { waiverAnnotation } from '../../../review/waiver-text';
import { type Manifest, newApp, newCluster, newTenant, temporaryFolder } from '../../support/app';
import { POD, podByHand, refusal } from './by-hand';
import { eventually } from './eventually';
import { QUICK, type Said } from './kubectl';
import { Plane } from './plane';
import { manifestsOf } from './programs';

export const ADMISSION = 'cdk8s-eks-patterns.io/admission';

/** A control plane with the admission policies, and the namespaces 'strict' and 'lenient' without a quota. */
export class PolicyPlane {
  private readonly folder = temporaryFolder();
  private files = 0;

  private constructor(
    readonly plane: Plane,
    /** What kubectl says of the second apply of the policies. */
    readonly again: readonly string[],
  ) {}

  static async start(): Promise<PolicyPlane> {
    const plane = await Plane.start({ parts: 'controllers' });
    const app = newApp();
    const cluster = newCluster(app);
    newTenant({ admission: 'deny', quota: 'none' }, cluster, 'strict');
    newTenant({ admission: 'warn', quota: 'none' }, cluster, 'lenient');
    await plane.kubectl().apply(manifestsOf(app));
    const started = new PolicyPlane(plane, await plane.kubectl().apply(manifestsOf(app)));
    // a new policy takes the API server a moment
    const body = podByHand({ ...POD, containers: [{ ...POD.containers[0]!, image: 'web' }] });
    await eventually('the policies are in force', async () => {
      const said = refusal(plane.kube().core.createNamespacedPod({ namespace: 'strict', body, dryRun: 'All' }));
      return (await said).includes('[images/latest]');
    });
    return started;
  }

  stop(): Promise<void> {
    return this.plane.stop();
  }

  apply(objects: readonly Manifest[], ...flags: readonly string[]): Promise<Said> {
    const file = path.join(this.folder, `${this.files++}.json`);
    fs.writeFileSync(file, objects.map((object) => JSON.stringify(object)).join('\n'));
    return this.plane.kubectl().try('apply', '-f', file, QUICK, ...flags);
  }

  /** A namespace in which the rules of the policies hold, but for those that are waived. */
  async namespace(name: string, own: Manifest['metadata'], waived: readonly string[] = []): Promise<void> {
    const waivers = Object.fromEntries(waived.map((rule) => [waiverAnnotation(rule), 'the test says so']));
    const { labels, annotations } = own;
    const metadata = { name, labels: { ...labels, [ADMISSION]: 'deny' }, annotations: { ...annotations, ...waivers } };
    await this.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata }]);
    await eventually('its account is there', async () => {
      const { status } = await this.plane.kubectl().try('get', 'serviceaccount', 'default', '-n', name);
      return status === 0;
    });
  }
}

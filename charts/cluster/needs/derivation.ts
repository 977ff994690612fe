import type { IConstruct } from 'constructs';
import type { Controller } from '../../../eks/controllers';
import { title } from '../../../kube/inventory';
import type { Manifest } from '../../../kube/objects';
import type { Requirement } from '../../core/requirements';
import type { Because } from '../../core/values';
import { prerequisiteOf } from '../controllers';

/** What objects of some kinds need of the cluster. */
export interface Derivation {
  /** Whether an object may need something; known before it is rendered. */
  readonly may: (object: Pick<Manifest, 'apiVersion' | 'kind'>) => boolean;
  readonly needs: (manifest: Manifest, app: DerivationApp) => readonly Requirement[];
}

/** What derivations know of the app. */
export interface DerivationApp {
  /** For what is told once for all of its objects. */
  readonly root: IConstruct;
  /** API groups and drivers that it has from elsewhere. */
  readonly brought: ReadonlySet<string>;
}

/** The reason of a requirement: "Service 'shop/web' asks for a name". */
export function because(manifest: Manifest, why: string): Because {
  return { because: `${title({ manifest })} ${why}` };
}

/** Whether an app has the custom resources of a controller, and so the controller, from elsewhere. */
export function isBrought({ groups = [] }: Pick<Controller, 'groups'>, brought: ReadonlySet<string>): boolean {
  return groups.some((group) => brought.has(group));
}

/** A controller that a step installs. */
export function controllerRequirement(controller: Controller, { because }: Because): Requirement {
  return {
    id: `controller/${controller.name}`,
    because,
    check: (cluster) => ({
      status: 'provided',
      addition: { kind: 'prerequisite', prerequisite: prerequisiteOf(controller, cluster) },
    }),
  };
}

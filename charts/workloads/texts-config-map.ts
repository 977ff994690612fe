import type { Construct } from 'constructs';
import { hasNoKey } from '../../kube/collections';
import { checkConfigSize, type FileData, hashedConfigMap } from '../config/config-map';
import type { Check } from '../core/check';
import type { AnyObject } from '../core/k8s';
import type { KubeObject, MetadataOf } from '../core/kube-object';
import type { WrittenConfigMap } from '../core/written';
import { ownContainers } from './containers/containers';
import { isKnown, writtenTexts } from './content';
import type { PodModel } from './pod';

type Texts = Readonly<Record<string, FileData>>;

/** What the ConfigMap of the literals or files of a workload is made from. */
export interface TextsInput {
  readonly check: Check;
  readonly field: 'env' | 'files';
  readonly namespace: string;
  readonly metadataOf: MetadataOf;
  /** What the constructor knows. */
  readonly data: Texts;
  /** Knows what is written, once every workload exists. */
  readonly pod: PodModel;
}

/** The ConfigMap; undefined without literals or files. */
export function textsConfigMap(
  workload: Construct,
  id: string,
  { check, field, namespace, metadataOf, data, pod }: TextsInput,
): KubeObject<WrittenConfigMap> | undefined {
  if (hasNoKey(data)) {
    return undefined;
  }
  checkConfigSize(check, field, data);
  const head = { name: `${pod.name}-${field}`, namespace };
  const written = () => {
    const all = writtenTexts(field, pod.content, ownContainers(pod.containers));
    checkConfigSize(check, field, all);
    return all;
  };
  const known = isKnown(field, pod.content, ownContainers(pod.containers)) ? data : undefined;
  const made: KubeObject<AnyObject> = hashedConfigMap(workload, id, head, metadataOf, written, known);
  return made as KubeObject<WrittenConfigMap>;
}

import type { Construct } from 'constructs';
import { checkConfigSize, type FileData, hashedConfigMap } from '../config/config-map';
import type { Check } from '../core/check';
import type { AnyObject } from '../core/k8s';
import type { KubeObject, MetadataOf } from '../core/kube-object';
import type { WrittenConfigMap } from '../core/written';

type Texts = Readonly<Record<string, FileData>>;

/** What the ConfigMap of the literals or files of a workload is made from. */
export interface TextsInput {
  readonly check: Check;
  readonly field: 'env' | 'files';
  readonly name: string;
  readonly namespace: string;
  readonly metadataOf: MetadataOf;
  /** What the constructor knows. */
  readonly data: Texts;
  /** What is written, once every workload exists. */
  readonly written: () => Texts;
}

/** The ConfigMap; undefined without literals or files. */
export function textsConfigMap(
  workload: Construct,
  id: string,
  { check, field, name, namespace, metadataOf, data, written }: TextsInput,
): KubeObject<WrittenConfigMap> | undefined {
  if (Object.keys(data).length === 0) {
    return undefined;
  }
  checkConfigSize(check, field, data);
  const made: KubeObject<AnyObject> = hashedConfigMap(workload, id, { name, namespace }, metadataOf, () => {
    const all = written();
    checkConfigSize(check, field, all);
    return all;
  });
  return made as KubeObject<WrittenConfigMap>;
}

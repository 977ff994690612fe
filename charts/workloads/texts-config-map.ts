import type { Construct } from 'constructs';
import { checkConfigSize, type FileData, hashedConfigMap } from '../config/config-map';
import type { Check } from '../core/check';
import type { AnyObject } from '../core/k8s';
import type { KubeObject, MetadataOf } from '../core/kube-object';
import type { WrittenConfigMap } from '../core/written';
import type { ContainerModel } from './containers/container-model';
import { type Content, writtenTexts } from './content';

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
  /** The containers whose texts are written, once every workload exists. */
  readonly main: Content;
  readonly others: readonly ContainerModel[];
}

/** The ConfigMap of a workload with literals or files. */
export function textsConfigMap(
  workload: Construct,
  id: string,
  { check, field, name, namespace, metadataOf, data, main, others }: TextsInput,
): KubeObject<WrittenConfigMap> {
  checkConfigSize(check, field, data);
  const made: KubeObject<AnyObject> = hashedConfigMap(workload, id, { name, namespace }, metadataOf, () => {
    const all = writtenTexts(field, main, others);
    checkConfigSize(check, field, all);
    return { ...all };
  });
  return made as KubeObject<WrittenConfigMap>;
}

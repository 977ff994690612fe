import { architectureOf } from '../../eks/instance-types';
import { ARCH, INSTANCE_TYPE } from '../../eks/node-labels';
import { allows, filtered, isImpossible, type LabelRequirements } from '../../kube/label-requirements';

/** The labels, below the prefix of whoever makes the nodes, that follow from an instance type or from a family. */
function implied(value: string, prefix: string): readonly (readonly [string, string])[] {
  const [family = '', size] = value.split('.');
  const [, category, generation] = /^([a-z]+)(\d+)/.exec(family) ?? [];
  return [
    [ARCH, architectureOf(`${family}.`)],
    ...(category && generation
      ? ([
          [`${prefix}instance-category`, category],
          [`${prefix}instance-generation`, generation],
        ] as const)
      : []),
    ...(size === undefined
      ? []
      : ([
          [`${prefix}instance-family`, family],
          [`${prefix}instance-size`, size],
        ] as const)),
  ];
}

/** The label under which no instance type is left, when its other labels exclude all that are named. */
export function impossibleType(requirementOf: LabelRequirements, prefix: string): string | undefined {
  return [INSTANCE_TYPE, `${prefix}instance-family`].find((key) => {
    const left = filtered(requirementOf(key), (value) =>
      implied(value, prefix).every(([label, text]) => allows(requirementOf(label), text)),
    );
    return isImpossible(left);
  });
}

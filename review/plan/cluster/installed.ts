import { eksctl } from './commands';
import type { Section } from './draft';

/** What eksctl installs in a cluster and then leaves alone. */
export const installed: Section = ({ changes, new: next, target }, draft) => {
  draft.ignored(
    changes.under('karpenter'),
    'eksctl installs Karpenter only when it makes a cluster; install and upgrade it by its Helm chart, and change its IAM resources yourself',
  );
  const flux = changes.under('gitops');
  if (next.gitops === undefined) {
    draft.ignored(flux, 'eksctl takes Flux out of no cluster; `flux uninstall` does');
  } else if (flux.length > 0) {
    draft.step('addons', {
      id: 'gitops/flux',
      command: eksctl('enable', 'flux', '-f', target.file),
      text: 'Run the bootstrap of Flux with these flags; it commits its own manifests to the repository',
      fields: flux,
      minutes: [1, 5],
      risk: 'notice',
    });
  }
};

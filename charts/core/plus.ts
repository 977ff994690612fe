import type * as plus from 'cdk8s-plus-28';

/** cdk8s-plus-28, loaded only by programs that use it beside ours: it takes longer to load than cdk8s. */
export function loadPlus(): typeof plus {
  return require('cdk8s-plus-28');
}

/** What is asked of the shape of a file, before its values: ids, what each says, and who refuses it. */
export const SHAPE_RULES = [
  { id: 'L1', enforcedBy: 'eksctl', title: 'keys are known, written once, and of the right type' },
  { id: 'L1b', enforcedBy: 'aws', title: 'keys are those of eksctl also where it drops others without a word' },
  { id: 'L1c', enforcedBy: 'aws', title: 'a file has one document and no tags of its own, which eksctl overlooks' },
  { id: 'L2', enforcedBy: 'eksctl', title: 'metadata is there' },
  { id: 'L3', enforcedBy: 'eksctl', title: 'lists of objects hold no null' },
  { id: 'L3b', enforcedBy: 'aws', title: 'other lists hold no null, which eksctl takes for an empty entry' },
] as const;
